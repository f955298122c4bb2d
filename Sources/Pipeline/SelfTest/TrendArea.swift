import Drought
import GridCore

/// Mann-Kendall tests and Theil-Sen slopes of short series with ties and
/// gaps.
struct TrendArea: SelfTestArea {
    static let file = "mann_kendall.json"
    private static let tolerance = 1e-12
    private static let names = ["up", "ties", "flat", "down", "n4", "ndvi20", "ndvi40_ties", "gap20"]
    private static let seasonal = "seasonal12"

    private let document: VectorNode

    init(_ vectors: SelfTestVectors) throws { document = try vectors.document(Self.file) }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        guard profile == .jilaal else { return [] }
        return [try series(), try autocorrelated(), try kernel(kernels)]
    }

    private static func compare(
        _ found: MannKendall, _ expected: VectorNode, _ members: [String],
        in deviation: inout Deviation
    ) throws {
        let own = [
            "p": found.p, "z": found.z, "tau": found.tau, "S": found.statistic,
            "var_S": found.variance, "slope": found.slope, "intercept": found.intercept,
        ]
        for member in members {
            let part = try expected(member)
            deviation.compare(own[member] ?? .nan, try part.number(), at: part.path)
        }
    }

    private func series() throws -> SelfTestCheck {
        let all = ["p", "z", "tau", "S", "var_S", "slope", "intercept"]
        return try SelfTestCheck(
            "Mann-Kendall and Theil-Sen, series", of: Self.file, tolerance: Self.tolerance,
            isRelative: true
        ) { found in
            for name in Self.names {
                let part = try document(name)
                try Self.compare(
                    .original(try part("x").numbers()), part, all, in: &found)
            }
            let part = try document(Self.seasonal)
            try Self.compare(
                .seasonal(try part("x").numbers(), period: 12), part, all, in: &found)
        }
    }

    private func autocorrelated() throws -> SelfTestCheck {
        let series = try document("ndvi20")("x").numbers()
        return try SelfTestCheck(
            "Mann-Kendall allowing for autocorrelation, series", of: Self.file,
            tolerance: Self.tolerance, isRelative: true
        ) { found in
            try Self.compare(
                .yueWang(series), document("ndvi20_yue_wang"), ["p", "z", "var_S"], in: &found)
            try Self.compare(
                .hamedRao(series), document("ndvi20_hamed_rao"), ["p", "z", "var_S"], in: &found)
            try Self.compare(
                .trendFreePrewhitening(series), document("ndvi20_tfpw"), ["p", "z", "S", "slope"],
                in: &found)
        }
    }

    private func kernel(_ kernels: Kernels) throws -> SelfTestCheck {
        try SelfTestCheck(
            "Mann-Kendall and Theil-Sen, kernel", of: Self.file,
            tolerance: SelfTestTolerance.float, isRelative: true
        ) { found in
            for name in Self.names + [Self.seasonal] {
                let part = try document(name)
                let variant: TrendRule.Variant =
                    name == Self.seasonal ? .seasonal(period: 12) : .original
                let own = Self.trend(
                    try part("x").numbers(), TrendRule(minimumCount: 4, variant: variant), kernels)
                for (value, member) in zip(own, ["slope", "intercept", "z", "p", "tau"]) {
                    let expected = try part(member)
                    found.compare(value, try expected.number(), at: expected.path)
                }
            }
        }
    }

    /// Slope, intercept, z, p and tau of one series by the kernel.
    private static func trend(
        _ series: [Double], _ rule: TrendRule, _ kernels: Kernels
    ) -> [Double] {
        let floats = (0..<5).map { _ in ResultPlane<Float>(1, .nan) }
        let count = ResultPlane<UInt16>(1, 0)
        let direction = ResultPlane<Int8>(1, 0)
        let reason = ResultPlane<UInt8>(1, 0)
        kernels.trend(
            .holding([series]), rule: rule, scratch: TrendScratch(steps: series.count),
            into: TrendOutput(
                slope: floats[0].pointer, intercept: floats[1].pointer, z: floats[2].pointer,
                p: floats[3].pointer, tau: floats[4].pointer, count: count.pointer,
                direction: direction.pointer), reasons: reason.pointer)
        return floats.map { Double($0.values[0]) }
    }
}
