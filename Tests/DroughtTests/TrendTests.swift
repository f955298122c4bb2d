import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// Trends of series of one length, by a form of the kernel.
struct KernelTrends {
    let slope, intercept, z, p, tau: [Float]
    let count: [UInt16]
    let direction: [Int8]
    let reasons: [UInt8]

    init(of series: [[Float]], rule: TrendRule, kernels: Kernels) {
        let block = SeriesBlock(series)
        let cells = series.count
        let floats = UnsafeMutablePointer<Float>.allocate(capacity: 5 * cells)
        let counts = UnsafeMutablePointer<UInt16>.allocate(capacity: cells)
        let directions = UnsafeMutablePointer<Int8>.allocate(capacity: cells)
        let codes = UnsafeMutablePointer<UInt8>.allocate(capacity: cells)
        defer {
            floats.deallocate()
            counts.deallocate()
            directions.deallocate()
            codes.deallocate()
        }
        kernels.trend(
            block, rule: rule, scratch: TrendScratch(steps: block.steps),
            into: TrendOutput(
                slope: floats, intercept: floats + cells, z: floats + 2 * cells,
                p: floats + 3 * cells, tau: floats + 4 * cells, count: counts,
                direction: directions), reasons: codes)
        func array<T>(_ pointer: UnsafeMutablePointer<T>) -> [T] {
            Array(UnsafeBufferPointer(start: pointer, count: cells))
        }
        slope = array(floats)
        intercept = array(floats + cells)
        z = array(floats + 2 * cells)
        p = array(floats + 3 * cells)
        tau = array(floats + 4 * cells)
        count = array(counts)
        direction = array(directions)
        reasons = array(codes)
    }
}

extension SeriesBlock {
    /// The series given, one for each cell, all of one length.
    convenience init(_ series: [[Float]]) {
        let steps = series.first?.count ?? 0
        self.init(cells: series.count, steps: steps)
        prepare(cells: series.count, steps: steps)
        for (cell, values) in series.enumerated() {
            for (step, value) in values.enumerated() { plane(step)[cell] = value }
        }
    }
}

@Suite struct MannKendallTests {
    /// The tolerance of the vectors, relative.
    static let tolerance = 1e-12

    struct Expected: Decodable {
        let x: [Double?]?
        let p: Double?
        let z: Double?
        let tau: Double?
        let S: Double?
        let var_S: Double?
        let slope: Double?
        let intercept: Double?
        let trend: String?
    }

    static func vectors() throws -> [String: Expected] {
        try JSONDecoder().decode(
            [String: Expected].self,
            from: Data(contentsOf: TestPaths.fixture("drought/mann_kendall.json")))
    }

    private func check(_ name: String, _ found: MannKendall, _ expected: Expected) -> Int {
        var compared = 0
        for (what, number, reference) in [
            ("p", found.p, expected.p), ("z", found.z, expected.z),
            ("tau", found.tau, expected.tau), ("S", found.statistic, expected.S),
            ("variance", found.variance, expected.var_S), ("slope", found.slope, expected.slope),
            ("intercept", found.intercept, expected.intercept),
        ] {
            guard let reference else { continue }
            compared += 1
            #expect(
                abs(number - reference) <= Self.tolerance * max(1, abs(reference)),
                "\(name) \(what): \(number), expected \(reference)")
        }
        return compared
    }

    @Test func theReferenceSeriesGiveTheirNumbers() throws {
        let vectors = try Self.vectors()
        func series(_ name: String) throws -> [Double] {
            try #require(vectors[name]?.x).map { $0 ?? .nan }
        }
        var compared = 0
        for name in ["up", "ties", "flat", "down", "n4", "ndvi20", "ndvi40_ties", "gap20"] {
            let expected = try #require(vectors[name])
            let found = try MannKendall.original(series(name))
            compared += check(name, found, expected)
            let word = ["decreasing", "no trend", "increasing"][found.direction() + 1]
            #expect(word == expected.trend, "\(name)")
        }
        let ndvi = try series("ndvi20")
        compared += try check(
            "seasonal12", .seasonal(series("seasonal12"), period: 12),
            #require(vectors["seasonal12"]))
        compared += try check(
            "yue_wang", .yueWang(ndvi), #require(vectors["ndvi20_yue_wang"]))
        compared += try check(
            "hamed_rao", .hamedRao(ndvi), #require(vectors["ndvi20_hamed_rao"]))
        compared += try check(
            "tfpw", .trendFreePrewhitening(ndvi), #require(vectors["ndvi20_tfpw"]))
        #expect(compared == 9 * 7 + 3 + 3 + 4)
    }

    @Test func aSeriesOfGapsAloneHasNoTrend() {
        let found = MannKendall.original([.nan, .nan, .nan])
        #expect(found.count == 0 && found.p == 1 && found.slope.isNaN)
        #expect(MannKendall.hamedRao([1, 1, 1, 1, 1]).p == 1)
        #expect(MannKendall.yueWang([1, 1, 1, 1, 1]).p == 1)
    }
}

@Suite struct TrendKernelTests {
    static let perCell = TrendRule(minimumCount: 4)

    /// Stored NDVI with noise, gaps and, in some series, many ties.
    static func randomSeries(seed: UInt64, cells: Int, steps: Int) -> [[Float]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<cells).map { cell in
            let slope = Double.random(in: -20...20, using: &generator)
            let spread = [0, 2, 60, 900][cell % 4]
            return (0..<steps).map { step in
                if Int.random(in: 0..<8, using: &generator) == 0 { return .nan }
                let noise = Int.random(in: -spread...spread, using: &generator)
                let trend = cell % 3 == 0 ? 0 : slope * Double(step)
                return Float((4000 + trend + Double(noise)).rounded())
            }
        }
    }

    /// Same Float64 numbers, rounded once; the intercept is summed in another
    /// order in neither.
    @Test(arguments: kernelForms.indices, [(37, 20, 1), (16, 9, 1), (9, 61, 1), (9, 60, 12)])
    func theKernelEqualsTheSingleSeries(form: Int, size: (cells: Int, steps: Int, period: Int)) {
        let series = Self.randomSeries(seed: 31, cells: size.cells, steps: size.steps)
        let rule = TrendRule(
            minimumCount: 4,
            variant: size.period == 1 ? .original : .seasonal(period: size.period))
        let found = KernelTrends(of: series, rule: rule, kernels: kernelForms[form])
        for (cell, values) in series.enumerated() {
            let values = values.map { Double($0) }
            let expected: MannKendall =
                size.period == 1 ? .original(values) : .seasonal(values, period: size.period)
            #expect(found.slope[cell] == Float(expected.slope), "cell \(cell)")
            #expect(found.intercept[cell] == Float(expected.intercept), "cell \(cell)")
            #expect(found.z[cell] == Float(expected.z), "cell \(cell)")
            #expect(found.p[cell] == Float(expected.p), "cell \(cell)")
            #expect(found.tau[cell] == Float(expected.tau), "cell \(cell)")
            #expect(Int(found.count[cell]) == expected.count)
            #expect(Int(found.direction[cell]) == expected.direction())
            #expect(found.reasons[cell] == 0)
        }
    }

    @Test func theReferenceSeriesPassTheKernelToo() throws {
        for (name, expected) in try MannKendallTests.vectors() {
            guard let x = expected.x, name != "seasonal12" else { continue }
            let values = x.map { Float($0 ?? .nan) }
            let found = KernelTrends(of: [values], rule: Self.perCell, kernels: .best)
            // Decimal fractions as Float, and a Float for the result.
            let tolerance = 2e-6
            for (number, reference) in [
                (found.slope[0], expected.slope), (found.z[0], expected.z),
                (found.p[0], expected.p), (found.intercept[0], expected.intercept),
            ] {
                let reference = try #require(reference)
                #expect(abs(Double(number) - reference) <= tolerance * max(1, abs(reference)), "\(name)")
            }
        }
    }

    @Test func slopesThatAreAllButEqualAreToldApart() {
        // Steps of a third: most slopes are equal or differ in the last bits.
        let series: [[Float]] = [
            (0..<40).map { Float($0) / 3 }, (0..<40).map { Float($0 / 3) },
            (0..<40).map { Float($0 % 2) }, (0..<40).map { _ in 7 },
            (0..<40).map { 1e-6 * Float($0 * $0) }, (0..<40).map { 1e7 + Float($0 % 5) },
        ]
        let found = KernelTrends(of: series, rule: Self.perCell, kernels: .best)
        for (cell, values) in series.enumerated() {
            let expected = MannKendall.original(values.map { Double($0) })
            #expect(found.slope[cell] == Float(expected.slope), "cell \(cell)")
            #expect(found.z[cell] == Float(expected.z), "cell \(cell)")
        }
    }

    @Test(arguments: kernelForms.indices)
    func seriesOfManyEqualValuesKeepTheExactMedian(form: Int) {
        // Half of the pairs rise by exactly 1/2 a step, more than are gathered;
        // medians of 0 by many ties, by one pair, and with an even number of
        // pairs just beside it; gaps.
        let steps = 97
        let series: [[Float]] = [
            (0..<steps).map { Float($0 / 2) }, (0..<steps).map { Float($0 / 24) },
            (0..<steps).map { $0 % 9 == 0 ? Float($0) : 0 },
            (0..<steps).map { $0 % 7 == 2 ? .nan : Float($0 % 3) },
            (0..<steps).map { $0 < 49 ? 0 : 1 }, (0..<steps).map { $0 < 29 ? 1 : 0 },
            (0..<steps).map { $0 < 93 ? .nan : [0, 1, 0, 1][$0 - 93] },
            (0..<steps).map { -Float($0 / 3) },
        ]
        let found = KernelTrends(of: series, rule: Self.perCell, kernels: kernelForms[form])
        for (cell, values) in series.enumerated() {
            let expected = MannKendall.original(values.map { Double($0) })
            #expect(found.slope[cell] == Float(expected.slope), "cell \(cell)")
            #expect(found.intercept[cell] == Float(expected.intercept), "cell \(cell)")
        }
    }

    @Test func tooFewValuesGiveNoTrendAndAReason() {
        let series: [[Float]] = [
            [.nan, .nan, .nan, .nan, .nan], [1, 2, .nan, .nan, .nan], [1, 2, 3, 5, .nan],
        ]
        let found = KernelTrends(of: series, rule: Self.perCell, kernels: .best)
        #expect(found.reasons == [1, 2, 0])
        #expect(found.count == [0, 2, 4])
        #expect(found.slope[0].isNaN && found.p[1].isNaN && found.tau[1].isNaN)
        #expect(found.direction == [0, 0, 0])
        #expect(found.slope[2] == Float((1 + 4.0 / 3) / 2))
        let seasonal = KernelTrends(
            of: [[1, 2, 3, 4, 5]],
            rule: TrendRule(minimumCount: 4, variant: .seasonal(period: 5)), kernels: .best)
        #expect(seasonal.reasons == [2], "a season of one year has no pair")
    }
}
