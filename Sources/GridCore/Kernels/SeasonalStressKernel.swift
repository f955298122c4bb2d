/// When a cell counts as stressed over a season.
public struct SeasonalStressRule: Hashable, Sendable {
    /// A mean vegetation health below this, strictly, is stress.
    public var threshold: Double
    /// Share of the season's steps that need a value, 0...1.
    public var minimumShare: Double

    /// 35 and one half, as FAO's index has them (Rojas, Vrieling and Rembold
    /// 2011, Remote Sensing of Environment 115, 343-352).
    public init(threshold: Double = 35, minimumShare: Double = 0.5) {
        self.threshold = threshold
        self.minimumShare = minimumShare
    }

    /// Values that a season of `steps` steps needs, rounded up; at least 1.
    public func minimumCount(steps: Int) -> Int {
        // A share such as 2 / 3 may lie a rounding above the fraction meant.
        max(1, Int((minimumShare * Double(steps) - 1e-9).rounded(.up)))
    }
}

/// What a stress plane holds.
public enum StressCode {
    public static let unstressed: UInt8 = 0
    public static let stressed: UInt8 = 1
    public static let nodata: UInt8 = 255
}

/// The running sums of a season, one per cell; see `seasonalStressAddKernel`.
public struct SeasonalSums {
    public var sum: UnsafeMutablePointer<Double>
    public var weight: UnsafeMutablePointer<Double>
    public var count: UnsafeMutablePointer<Double>

    public init(
        sum: UnsafeMutablePointer<Double>, weight: UnsafeMutablePointer<Double>,
        count: UnsafeMutablePointer<Double>
    ) {
        self.sum = sum
        self.weight = weight
        self.count = count
    }

    @inlinable @inline(__always)
    func load(_ first: Int) -> WeightedSum {
        var state = WeightedSum()
        state.sum = UnsafeRawPointer(sum + first).loadUnaligned(as: SIMD8<Double>.self)
        state.total = UnsafeRawPointer(weight + first).loadUnaligned(as: SIMD8<Double>.self)
        state.count = UnsafeRawPointer(count + first).loadUnaligned(as: SIMD8<Double>.self)
        return state
    }

    @inlinable @inline(__always)
    func store(_ state: WeightedSum, _ first: Int) {
        UnsafeMutableRawPointer(sum + first).storeBytes(of: state.sum, as: SIMD8<Double>.self)
        UnsafeMutableRawPointer(weight + first).storeBytes(
            of: state.total, as: SIMD8<Double>.self)
        UnsafeMutableRawPointer(count + first).storeBytes(
            of: state.count, as: SIMD8<Double>.self)
    }
}

/// Adds one step of a season: NaN is left out. The sums hold `cells` rounded
/// up to eight, the plane holds `cells`.
@inlinable @inline(__always)
public func seasonalStressAddKernel(
    _ plane: UnsafePointer<Float>, weight: Double, cells: Int, to sums: SeasonalSums
) {
    var first = 0
    while first < cells {
        var state = sums.load(first)
        state.add(widened(plane.lanes(from: first, end: cells)), weight: weight)
        sums.store(state, first)
        first &+= 8
    }
}

/// Mean of the season and whether it is below the threshold, both before the
/// mean is rounded to Float32. Where too few steps have a value, NaN,
/// `StressCode.nodata` and the reason `inputNodata`.
@inlinable @inline(__always)
public func seasonalStressFinishKernel(
    _ sums: SeasonalSums, cells: Int, minimumCount: Int, threshold: Double,
    mean output: UnsafeMutablePointer<Float>, stress: UnsafeMutablePointer<UInt8>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    var first = 0
    while first < cells {
        let state = sums.load(first)
        let hasValue = state.isValue(fewest: Double(minimumCount), lightest: 0)
        let mean = state.mean(where: hasValue)
        var code = SIMD8<Int64>(repeating: Int64(StressCode.unstressed))
        code.replace(with: Int64(StressCode.stressed), where: mean .< threshold)
        code.replace(with: Int64(StressCode.nodata), where: .!hasValue)
        var reason = SIMD8<Int64>(repeating: Int64(ReasonCode.inputNodata))
        reason.replace(with: Int64(ReasonCode.ok), where: hasValue)
        output.store(mean, from: first, end: cells)
        stress.store(code, from: first, end: cells)
        reasons.store(reason, from: first, end: cells)
        first &+= 8
    }
}
