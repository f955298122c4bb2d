import Drought
import GridCore
import TestSupport
import Testing

@Suite struct WhittakerKernelTests {
    static let grid: [Double] = [-1, 0, 1, 2, 3]
    static let rules: [WhittakerRule] = [
        WhittakerRule(lambda: .fixed(30)),
        WhittakerRule(lambda: .fixed(30), asymmetry: 0.9),
        WhittakerRule(lambda: .fixed(3), asymmetry: 0.2, asymmetricStart: .symmetricFit),
        WhittakerRule(lambda: .fixed(1000), isRobust: true, maximumGap: 1),
        WhittakerRule(lambda: .vCurve(log10: grid), smallestCount: 12),
        WhittakerRule(lambda: .vCurve(log10: grid), asymmetry: 0.9, maximumGap: 2),
        WhittakerRule(lambda: .generalizedCrossValidation(log10: grid)),
        WhittakerRule(
            lambda: .generalizedCrossValidation(log10: grid), asymmetry: 0.7, isRobust: true),
    ]

    @Test(arguments: rules)
    func everyFormHasTheBitsOfTheSingleSeries(rule: WhittakerRule) {
        // More than a vector of cells, fewer than two; one series of few
        // values and one of none among them.
        var series = smoothableSeries(count: 11, steps: 34, seed: 5)
        for step in 3..<34 where step % 5 != 0 { series[4][step] = .nan }
        series[7] = [Float](repeating: .nan, count: 34)
        series[8][3] = .infinity
        var generator = SeededGenerator(seed: 6)
        let weights = series.map { $0.map { _ in Float.random(in: -0.1...1, using: &generator) } }
        for given in [nil, weights] {
            let expected = series.indices.map { cell in
                Whittaker.smooth(
                    series[cell].map(Double.init),
                    weights: given.map { $0[cell].map(Double.init) }, rule: rule)
            }
            for kernels in kernelForms {
                let block = SmoothedBlock(series, weights: given, rule: rule, kernels: kernels)
                for (cell, fit) in expected.enumerated() {
                    let curve =
                        fit?.values.map { Float($0) }
                        ?? [Float](repeating: .nan, count: 34)
                    #expect(curveBits(block.curves[cell]) == curveBits(curve), "cell \(cell)")
                    #expect(
                        curveBits([block.lambda[cell]])
                            == curveBits([fit.map { Float($0.log10Lambda) } ?? .nan]))
                    let reason: IndicatorReason =
                        fit.map { $0.isFilled.contains(true) ? .filled : .ok }
                        ?? (cell == 7 ? .inputNodata : .fitFailed)
                    #expect(block.reasons[cell] == reason, "cell \(cell)")
                }
            }
        }
    }

    @Test func theOrderOfTheCellsAndTheirNeighboursDoNotMatter() {
        let series = smoothableSeries(count: 19, steps: 30, seed: 8)
        let rule = WhittakerRule(lambda: .vCurve(log10: Self.grid), asymmetry: 0.9)
        let forward = SmoothedBlock(series, rule: rule, kernels: .best)
        let backward = SmoothedBlock(series.reversed(), rule: rule, kernels: .best)
        for cell in series.indices {
            #expect(curveBits(forward.curves[cell]) == curveBits(backward.curves[18 - cell]))
            #expect(forward.lambda[cell] == backward.lambda[18 - cell])
        }
    }

    @Test func aBlockMayBeSmoothedInPlaceAndScratchServesAnyRule() {
        let series = smoothableSeries(count: 5, steps: 25, seed: 9)
        let scratch = WhittakerScratch(steps: 40)
        for rule in [Self.rules[0], Self.rules[5], Self.rules[0]] {
            let apart = SmoothedBlock(series, rule: rule, kernels: .best)
            let inPlace = SmoothedBlock(
                series, rule: rule, kernels: .best, inPlace: true, scratch: scratch)
            #expect(apart.curves.map(curveBits) == inPlace.curves.map(curveBits))
        }
    }

    @Test func cellsWithoutFitSayWhy() {
        let rule = WhittakerRule(lambda: .fixed(10), smallestCount: 3)
        let none = Float.nan
        let block = SmoothedBlock(
            [
                [1, 2, 3, 4, 6], [1, none, 3, 4, none], [none, none, 3, 4, none],
                [none, none, none, none, none], [1, .infinity, -.infinity, none, 2],
            ], rule: rule, kernels: .best)
        #expect(block.reasons == [.ok, .filled, .fitFailed, .inputNodata, .fitFailed])
        #expect(block.lambda[..<2] == [1, 1] && block.lambda[2...].allSatisfy(\.isNaN))
        #expect(block.curves[..<2].allSatisfy { $0.allSatisfy(\.isFinite) })
        #expect(block.curves[2...].allSatisfy { $0.allSatisfy(\.isNaN) })
        let short = SmoothedBlock(
            [[1, 2, 3], [none, none, none]], rule: WhittakerRule(lambda: .fixed(10)),
            kernels: .best)
        #expect(short.reasons == [.fitFailed, .inputNodata])
        #expect(short.curves.allSatisfy { $0.allSatisfy(\.isNaN) })
    }

    @Test func gapsUpToTheLongestAreFilledAndLongerOnesStayWhole() {
        let none = Float.nan
        let series: [Float] = [
            none, none, 3, none, 4, none, none, 5, none, none, none, 4, 5, none, none, none,
        ]
        func kept(_ gap: Int?) -> [Bool] {
            let block = SmoothedBlock(
                [series], rule: WhittakerRule(lambda: .fixed(1), maximumGap: gap), kernels: .best)
            return block.curves[0].map { !$0.isNaN }
        }
        let present = series.map { !$0.isNaN }
        #expect(kept(0) == present)
        var expected = present
        expected[3] = true
        #expect(kept(1) == expected)
        for step in [0, 1, 5, 6] { expected[step] = true }
        #expect(kept(2) == expected)
        #expect(kept(3) == [Bool](repeating: true, count: 16))
        #expect(kept(nil) == [Bool](repeating: true, count: 16))
    }
}
