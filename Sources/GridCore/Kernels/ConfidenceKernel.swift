/// How much a cell's result rests on, as a product of three parts, each 0...1
/// and each monotone in what it is made of. Our own rule, kept so simple that
/// a reader can repeat it by hand:
///
/// - observations: `share / fullShare`, at most 1, of the valid observations
///   among those expected;
/// - quality: `qualityFloor + (1 - qualityFloor) q` with q the share of best
///   quality among the valid ones;
/// - timeliness: 1 up to `freshDays` of age of the newest image, 0 from
///   `staleDays` on, a straight line between.
public struct ConfidenceRule: Hashable, Sendable {
    /// In 0...1, above 0.
    public let fullShare: Double
    /// What quality counts when no observation is of the best, 0...1.
    public let qualityFloor: Double
    /// The share of best quality where none is known, 0...1.
    public let unknownQuality: Double
    /// 0 or more.
    public let freshDays: Double
    /// More than `freshDays`.
    public let staleDays: Double

    /// nil when a number is outside its range.
    public init?(
        fullShare: Double = 0.8, qualityFloor: Double = 0.5, unknownQuality: Double = 0.5,
        freshDays: Double = 16, staleDays: Double = 96
    ) {
        guard fullShare > 0, fullShare <= 1, (0...1).contains(qualityFloor),
            (0...1).contains(unknownQuality), freshDays >= 0, staleDays > freshDays
        else { return nil }
        self.fullShare = fullShare
        self.qualityFloor = qualityFloor
        self.unknownQuality = unknownQuality
        self.freshDays = freshDays
        self.staleDays = staleDays
    }

    private init() {
        fullShare = 0.8
        qualityFloor = 0.5
        unknownQuality = 0.5
        freshDays = 16
        staleDays = 96
    }

    /// The defaults.
    public static let standard = ConfidenceRule()
}

/// Confidence of every cell, 0...100, rounded half up, and its weakest part.
///
/// - Parameters:
///   - validShare: of the observations, 0...1; NaN counts as none.
///   - bestShare: of best quality among the valid, 0...1; NaN, or no plane at
///     all, is unknown.
///   - ageInDays: of the newest image with a value; NaN, no image, counts as
///     stale.
///   - weakest: 1 observations, 2 quality, 3 timeliness, the first of equals;
///     0 where all three are full.
@inlinable @inline(__always)
public func confidenceKernel(
    validShare: UnsafePointer<Float>, bestShare: UnsafePointer<Float>?,
    ageInDays: UnsafePointer<Float>, cells: Int, rule: ConfidenceRule,
    into output: UnsafeMutablePointer<UInt8>, weakest: UnsafeMutablePointer<UInt8>
) {
    let unknown = SIMD8<Float>(repeating: .nan)
    var first = 0
    while first < cells {
        let observations = unitRange(
            widened(validShare.lanes(from: first, end: cells)) / rule.fullShare)
        var best = widened(bestShare?.lanes(from: first, end: cells) ?? unknown)
        best.replace(with: rule.unknownQuality, where: best .!= best)
        let quality = unitRange(best) * (1 - rule.qualityFloor) + rule.qualityFloor
        let age = widened(ageInDays.lanes(from: first, end: cells))
        let timeliness = unitRange((rule.staleDays - age) / (rule.staleDays - rule.freshDays))
        let total = observations * quality * timeliness * 100

        var which = SIMD8<Int64>(repeating: 0)
        var least = SIMD8<Double>(repeating: 1)
        which.replace(with: 1, where: observations .< least)
        least.replace(with: observations, where: observations .< least)
        which.replace(with: 2, where: quality .< least)
        least.replace(with: quality, where: quality .< least)
        which.replace(with: 3, where: timeliness .< least)

        let rounded = (total + 0.5).rounded(.down)
        output.store(
            SIMD8<Int64>(
                Int64(rounded[0]), Int64(rounded[1]), Int64(rounded[2]), Int64(rounded[3]),
                Int64(rounded[4]), Int64(rounded[5]), Int64(rounded[6]), Int64(rounded[7])),
            from: first, end: cells)
        weakest.store(which, from: first, end: cells)
        first &+= 8
    }
}

/// Cut off at 0 and 1; NaN is 0.
@inlinable @inline(__always)
func unitRange(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var result = SIMD8<Double>(repeating: 0)
    result.replace(with: x, where: x .> 0)
    result.replace(with: 1, where: x .> 1)
    return result
}
