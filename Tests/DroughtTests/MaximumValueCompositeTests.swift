import Drought
import GridCore
import TestSupport
import Testing

@Suite struct MaximumValueCompositeTests {
    /// Images of cells, `[step][cell]`, as a block.
    func block(_ images: [[Float]]) -> SeriesBlock {
        let cells = images.first?.count ?? 0
        let block = SeriesBlock(cells: cells, steps: images.count)
        block.prepare(cells: cells, steps: images.count)
        for (step, image) in images.enumerated() {
            for cell in 0..<cells { block.plane(step)[cell] = image[cell] }
        }
        return block
    }

    struct Result: Equatable {
        var bits: [UInt32] = []
        var positions: [Int32] = []
        var counts: [Int32] = []
    }

    func composite(
        _ images: [[Float]], steps: Range<Int>, ranks: [[UInt8]]? = nil, kernels: Kernels
    ) -> Result {
        let block = block(images)
        let composite = MaximumValueComposite(cells: block.cells)
        if let ranks {
            var plane = [UInt8](repeating: 0, count: block.stride * block.steps)
            for (step, row) in ranks.enumerated() {
                for (cell, rank) in row.enumerated() { plane[step * block.stride + cell] = rank }
            }
            plane.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                composite.compose(
                    block, steps: steps, order: .best(ranks: base), kernels: kernels)
            }
        } else {
            composite.compose(block, steps: steps, kernels: kernels)
        }
        let cells = 0..<block.cells
        return Result(
            bits: curveBits(cells.map { composite.planes.values[$0] }),
            positions: cells.map { composite.planes.positions[$0] },
            counts: cells.map { composite.planes.counts[$0] })
    }

    @Test func theLargestValueCountsAndTheEarliestOfEqualOnes() {
        let none = Float.nan
        for kernels in kernelForms {
            let found = composite(
                [[1, 5, none, none, -1], [3, 5, 2, none, -3], [2, none, 2, none, -2]],
                steps: 0..<3, kernels: kernels)
            #expect(found.bits == curveBits([3, 5, 2, none, -1]))
            #expect(found.positions == [1, 0, 1, -1, 0])
            #expect(found.counts == [3, 2, 2, 0, 3])
        }
    }

    @Test func onlyTheStepsOfThePeriodCountAndNoneGiveNoValue() {
        let images: [[Float]] = [[9, 1], [2, 3], [4, 2], [8, 8]]
        let found = composite(images, steps: 1..<3, kernels: .best)
        #expect(found.bits == curveBits([4, 3]) && found.positions == [2, 1])
        let empty = composite(images, steps: 2..<2, kernels: .best)
        #expect(empty.bits == curveBits([.nan, .nan]) && empty.counts == [0, 0])
    }

    @Test func aBetterQualityCountsBeforeALargerValue() {
        let none = Float.nan
        let found = composite(
            [[9, 4, none, 1], [5, 7, 3, 2], [6, 7, 8, 3]], steps: 0..<3,
            ranks: [[2, 1, 0, 3], [1, 1, 3, 3], [1, 1, 3, 255]], kernels: .best)
        #expect(found.bits == curveBits([6, 7, 8, 2]))
        #expect(found.positions == [2, 1, 2, 1])
        // The count is that of all values.
        #expect(found.counts == [3, 3, 2, 3])
    }

    @Test(arguments: [UInt64(1), 2])
    func everyFormEqualsTheDefinition(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let images = (0..<7).map { _ in
            (0..<27).map { _ -> Float in
                Bool.random(using: &generator)
                    ? .nan : Float(Int.random(in: -3...3, using: &generator))
            }
        }
        let ranks = images.map { $0.map { _ in UInt8.random(in: 0...2, using: &generator) } }
        for given in [nil, ranks] {
            var expected = Result()
            for cell in 0..<27 {
                let known = (0..<7).filter { !images[$0][cell].isNaN }
                let best = known.map { given?[$0][cell] ?? 0 }.min()
                let competing = known.filter { (given?[$0][cell] ?? 0) == best }
                let largest = competing.map { images[$0][cell] }.max()
                let position = competing.first { images[$0][cell] == largest }
                expected.bits += curveBits([largest ?? .nan])
                expected.positions.append(Int32(position ?? -1))
                expected.counts.append(Int32(known.count))
            }
            for kernels in kernelForms {
                #expect(composite(images, steps: 0..<7, ranks: given, kernels: kernels) == expected)
            }
        }
    }

    /// The values and reasons of one series after its gaps were filled.
    func filled(
        _ series: [Float], longestGap: Int, kernels: Kernels = .best
    ) -> (values: [Float], reasons: [IndicatorReason?]) {
        let block = block(series.map { [0, $0] })
        var marks = [UInt8](repeating: 255, count: block.stride * block.steps)
        kernels.fillGaps(block, longestGap: longestGap, marks: &marks)
        return (
            series.indices.map { block.plane($0)[1] },
            series.indices.map { IndicatorReason(rawValue: marks[$0 * block.stride + 1]) }
        )
    }

    @Test func shortGapsAreFilledByALineAndMarkedAndTheEndsAreNot() {
        let none = Float.nan
        let series: [Float] = [none, 2, none, 4, none, none, 1, none, none, none, 9, none]
        for kernels in kernelForms {
            let found = filled(series, longestGap: 2, kernels: kernels)
            #expect(
                curveBits(found.values)
                    == curveBits([none, 2, 3, 4, 3, 2, 1, none, none, none, 9, none]))
            let (ok, fill, no) = (
                IndicatorReason.ok, IndicatorReason.filled, IndicatorReason.inputNodata
            )
            #expect(found.reasons == [no, ok, fill, ok, fill, fill, ok, no, no, no, ok, no])
        }
        let all = filled(series, longestGap: .max)
        #expect(curveBits(Array(all.values[7...9])) == curveBits([3, 5, 7]))
        #expect(all.values[0].isNaN && all.values[11].isNaN)
        #expect(curveBits(filled(series, longestGap: 0).values) == curveBits(series))
    }
}
