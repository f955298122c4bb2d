import Drought
import Foundation
import GridCore
import TestSupport
import Testing

@Suite struct WhittakerVectorTests {
    /// Of the dense solutions and of ours, whose condition is up to 1e6.
    static let systemTolerance = 1e-6
    static let traceTolerance = 1e-9
    /// Another order of operations in Float64 on values below 1.
    static let publishedTolerance = 1e-12
    /// Rounding of curves below 8192 to Float32.
    static let floatTolerance = 0.000245 + systemTolerance

    struct System: Decodable {
        let cases: [Case]
        struct Case: Decodable {
            let lambda: Double
            let y: [Double]
            let w: [Double]
            let z_dense: [Double]
            let z_hdc: [Double]
        }
    }

    struct Curves: Decodable {
        let cases: [Case]
        struct Case: Decodable {
            let y: [Double]
            let nodata: Double
            let srange_log10: [Double]
            let ws2dgu_lam100: [Int]
            let symmetricAsymmetric: [Int]
            let optv: Chosen
            let asymmetric: Chosen
            let gcv: Chosen
            let gcv_robust: Chosen
            let dense_check: Trace
            enum CodingKeys: String, CodingKey {
                case y, nodata, srange_log10, ws2dgu_lam100, optv, gcv, gcv_robust, dense_check
                case symmetricAsymmetric = "ws2dpgu_lam100_p0.9"
                case asymmetric = "optvp_p0.9"
            }
        }
        struct Chosen: Decodable {
            let lambda: Double
            let z: [Int]
        }
        struct Trace: Decodable {
            let log_fit: [Double]
            let log_pen: [Double]
            let v: [Double]
            let log10_lambda_mid: [Double]
            let log10_lambda_opt: Double
        }
    }

    func read<T: Decodable>(_ name: String) throws -> T {
        try JSONDecoder().decode(
            T.self, from: Data(contentsOf: TestPaths.fixture("drought/\(name)")))
    }

    func largestDifference(_ found: [Double], _ expected: [Double]) -> Double {
        guard found.count == expected.count else { return .infinity }
        return zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test func solutionsEqualTheDenseOnes() throws {
        let system: System = try read("whittaker_ws2d.json")
        try #require(system.cases.count == 30)
        for item in system.cases {
            let rule = WhittakerRule(lambda: .fixed(item.lambda))
            let fit = try #require(Whittaker.smooth(item.y, weights: item.w, rule: rule))
            #expect(largestDifference(fit.values, item.z_dense) < Self.systemTolerance)
            #expect(largestDifference(fit.values, item.z_hdc) < Self.systemTolerance)
            for kernels in kernelForms {
                let block = SmoothedBlock(
                    [item.y.map(Float.init)], weights: [item.w.map(Float.init)], rule: rule,
                    kernels: kernels)
                #expect(
                    largestDifference(block.curves[0].map(Double.init), item.z_dense)
                        < Self.floatTolerance)
            }
        }
    }

    @Test func theVCurveEqualsItsTrace() throws {
        let curves: Curves = try read("whittaker_vcurve.json")
        try #require(curves.cases.count == 8)
        for item in curves.cases {
            let series = item.y.map { $0 == item.nodata ? .nan : $0 }
            let fit = try #require(
                Whittaker.smooth(series, rule: WhittakerRule(lambda: .vCurve(log10: item.srange_log10))))
            let trace = item.dense_check
            let tolerance = Self.traceTolerance
            #expect(largestDifference(fit.trials.map(\.logMisfit), trace.log_fit) < tolerance)
            #expect(largestDifference(fit.trials.map(\.logRoughness), trace.log_pen) < tolerance)
            #expect(largestDifference(fit.vCurve.map(\.distance), trace.v) < tolerance)
            #expect(
                largestDifference(fit.vCurve.map(\.log10Lambda), trace.log10_lambda_mid)
                    < tolerance)
            #expect(abs(fit.log10Lambda - trace.log10_lambda_opt) < tolerance)
        }
    }

    /// hdc-algo approximates the trace of the hat matrix, and counts a gap at
    /// one step as a missing frequency: its lambda is that of the exact trace
    /// in three of the eight series, a step or two of the grid smaller in four
    /// and at the grid's lower edge in one. Where lambda is the same, so is
    /// every stored integer.
    @Test func crossValidationDiffersFromThePublishedOneByItsTraceOnly() throws {
        let curves: Curves = try read("whittaker_vcurve.json")
        // log10 of ours less theirs; the grid has steps of 0.2.
        let expected = [0, 1, 0.2, 0.2, 0.4, 0.2, 0, 0]
        let robustBound = 1.0
        try #require(curves.cases.count == expected.count)
        for (item, difference) in zip(curves.cases, expected) {
            let series = item.y.map { $0 == item.nodata ? .nan : $0 }
            let lambda = WhittakerRule.Lambda.generalizedCrossValidation(log10: item.srange_log10)
            let fit = try #require(Whittaker.smooth(series, rule: WhittakerRule(lambda: lambda)))
            let found = fit.log10Lambda - log10(item.gcv.lambda)
            #expect(abs(found - difference) < Self.traceTolerance)
            let stored = fit.values.map { Int($0.rounded(.toNearestOrEven)) }
            #expect((stored == item.gcv.z) == (difference == 0))
            let robust = try #require(
                Whittaker.smooth(series, rule: WhittakerRule(lambda: lambda, isRobust: true)))
            #expect(abs(robust.log10Lambda - log10(item.gcv_robust.lambda)) <= robustBound)
        }
    }

    @Test func storedIntegersEqualThoseOfThePublishedAlgorithm() throws {
        let curves: Curves = try read("whittaker_vcurve.json")
        let grid = try #require(curves.cases.first?.srange_log10)
        let vCurve = WhittakerRule.Lambda.vCurve(log10: grid)
        let all: [(WhittakerRule, (Curves.Case) -> ([Int], Double))] = [
            (WhittakerRule(lambda: .fixed(100)), { ($0.ws2dgu_lam100, 100) }),
            (
                WhittakerRule(lambda: .fixed(100), asymmetry: 0.9),
                { ($0.symmetricAsymmetric, 100) }
            ),
            (WhittakerRule(lambda: vCurve), { ($0.optv.z, $0.optv.lambda) }),
            (
                WhittakerRule(lambda: vCurve, asymmetry: 0.9),
                { ($0.asymmetric.z, $0.asymmetric.lambda) }
            ),
        ]
        let series = curves.cases.map { item in item.y.map { $0 == item.nodata ? .nan : $0 } }
        for (rule, expected) in all {
            for (item, values) in zip(curves.cases, series) {
                let (stored, lambda) = expected(item)
                let fit = try #require(Whittaker.smooth(values, rule: rule))
                #expect(fit.values.map { Int($0.rounded(.toNearestOrEven)) } == stored)
                #expect(abs(fit.log10Lambda - log10(lambda)) < Self.traceTolerance)
            }
            // As Float a curve is rounded once more before it is an integer.
            let block = SmoothedBlock(
                series.map { $0.map(Float.init) }, rule: rule, kernels: .best)
            for (item, curve) in zip(curves.cases, block.curves) {
                let stored = expected(item).0.map(Double.init)
                #expect(
                    largestDifference(curve.map(Double.init), stored)
                        < 0.5 + Self.floatTolerance)
            }
            for (lambda, item) in zip(block.lambda, curves.cases) {
                #expect(abs(Double(lambda) - log10(expected(item).1)) < 1e-6)
            }
        }
    }

    struct Published: Decodable {
        let y, w, z_ws2d, z_ws2dvc, z_ws2dvcp: [Double]
        let sopt_ws2dvc, sopt_ws2dvcp: Double
    }

    /// Beside the folder of real data.
    static let publishedFile: URL? = TestPaths.data.map {
        $0.deletingLastPathComponent().appendingPathComponent(
            "vectors/drought/modape_mxd_published.json")
    }
    static var hasPublished: Bool {
        publishedFile.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
    }

    @Test(.enabled(if: Self.hasPublished, "JILAAL_DATA or the vectors beside it are absent"))
    func aPublishedMODISSeriesIsReproduced() throws {
        let file = try #require(Self.publishedFile)
        let published = try JSONDecoder().decode(Published.self, from: Data(contentsOf: file))
        let grid = WhittakerRule.Lambda.vCurve(log10: (0...15).map { -2 + 0.2 * Double($0) })
        let tolerance = Self.publishedTolerance
        func smooth(_ rule: WhittakerRule) throws -> WhittakerFit {
            try #require(Whittaker.smooth(published.y, weights: published.w, rule: rule))
        }
        let fixed = try smooth(WhittakerRule(lambda: .fixed(10)))
        #expect(largestDifference(fixed.values, published.z_ws2d) < tolerance)
        let symmetric = try smooth(WhittakerRule(lambda: grid))
        #expect(largestDifference(symmetric.values, published.z_ws2dvc) < tolerance)
        #expect(abs(pow(10, symmetric.log10Lambda) - published.sopt_ws2dvc) < tolerance)
        let envelope = try smooth(WhittakerRule(lambda: grid, asymmetry: 0.9))
        #expect(largestDifference(envelope.values, published.z_ws2dvcp) < tolerance)
        #expect(abs(pow(10, envelope.log10Lambda) - published.sopt_ws2dvcp) < tolerance)
    }
}
