/// The numbers that turn stored temperatures into a temperature condition.
public struct TemperatureConditionRule: Hashable, Sendable {
    /// Kelvin per stored unit, such as 0.02 for MOD11. An offset would cancel.
    public var scale: Double
    /// Fewer baseline years than this: no value.
    public var minimumYears: Int32
    /// Smallest `maximum - minimum` that carries a value.
    public var minimumRangeInKelvin: Double
    /// Whether values beyond the baseline are cut off at 0 and 100 (reason
    /// `clipped`) rather than kept as they are.
    public var isClamped: Bool

    public init(
        scale: Double = 1, minimumYears: Int = 5, minimumRangeInKelvin: Double = 1,
        isClamped: Bool = false
    ) {
        self.scale = scale
        self.minimumYears = Int32(clamping: minimumYears)
        self.minimumRangeInKelvin = minimumRangeInKelvin
        self.isClamped = isClamped
    }

    /// The smallest range in stored units. A little less than the quotient,
    /// so that a range of exactly 50 units of 0.02 K passes 1 K.
    @inlinable
    public var minimumStoredRange: Double { minimumRangeInKelvin / scale * (1 - 1e-12) }
}

/// Temperature condition index, percent: `100 (max - T) / (max - min)` of the
/// stored temperature against the baseline of its period of the year (Kogan
/// 1995, Advances in Space Research 15, 91-100). Hot is low.
///
/// No value, with the first reason that applies: no current temperature
/// (`inputNodata`), fewer than `minimumYears` (`insufficientBaseline`), a
/// range of zero or below the smallest (`zeroRange`). Computed in Float64 and
/// rounded once. Planes hold `cells` cells; `into` and `reasons` may not
/// overlap the others.
@inlinable @inline(__always)
public func temperatureConditionKernel(
    current: UnsafePointer<Float>, minimum: UnsafePointer<Float>,
    maximum: UnsafePointer<Float>, count: UnsafePointer<Int32>, cells: Int,
    rule: TemperatureConditionRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    let smallest = rule.minimumStoredRange
    let years = Double(rule.minimumYears)
    var first = 0
    while first < cells {
        let x = widened(current.lanes(from: first, end: cells))
        let high = widened(maximum.lanes(from: first, end: cells))
        let range = high - widened(minimum.lanes(from: first, end: cells))
        let samples = SIMD8<Double>(truncatingIfNeeded: count.lanes(from: first, end: cells))
        var value = (high - x) * 100 / range
        var reason = SIMD8<Int64>(repeating: 0)
        if rule.isClamped {
            let isOutside = (value .< 0) .| (value .> 100)
            reason.replace(with: Int64(ReasonCode.clipped), where: isOutside)
            value.replace(with: 0, where: value .< 0)
            value.replace(with: 100, where: value .> 100)
        }
        let hasRange = (range .> 0) .& (range .>= smallest)
        reason.replace(with: Int64(ReasonCode.zeroRange), where: .!hasRange)
        let hasYears = samples .>= years
        reason.replace(with: Int64(ReasonCode.insufficientBaseline), where: .!hasYears)
        let isValue = x .== x
        reason.replace(with: Int64(ReasonCode.inputNodata), where: .!isValue)
        value.replace(with: .nan, where: .!(hasRange .& hasYears .& isValue))
        output.store(value, from: first, end: cells)
        reasons.store(reason, from: first, end: cells)
        first &+= 8
    }
}

/// How vegetation and temperature condition are mixed.
public struct VegetationHealthRule: Hashable, Sendable {
    /// What stands for the index where the temperature condition has no value.
    public enum Fallback: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case none
        /// The clamped VCI alone, with the reason `filled`.
        case vci
    }

    /// Share of the VCI, `a` in `a VCI + (1 - a) TCI`.
    public let vciWeight: Double
    public let fallback: Fallback

    /// nil when `vciWeight` is outside 0...1.
    public init?(vciWeight: Double, fallback: Fallback = .none) {
        guard (0...1).contains(vciWeight) else { return nil }
        self.vciWeight = vciWeight
        self.fallback = fallback
    }

    private init() {
        vciWeight = 0.5
        fallback = .none
    }

    /// Equal shares and no fallback, as NOAA and FAO compute it.
    public static let standard = VegetationHealthRule()
}

/// Vegetation health index, percent: `a VCI + (1 - a) TCI` (Kogan 1995), each
/// component clamped to 0...100 first, so that one beyond its baseline does
/// not outweigh the other.
///
/// Where a component has no value, so has the index, with the reason of that
/// component (the VCI's first; `inputNodata` when no reason planes are
/// given); with `fallback == .vci` a VCI alone is enough. Planes hold `cells`
/// cells; `into` and `reasons` may not overlap the others.
@inlinable @inline(__always)
public func vegetationHealthKernel(
    vci: UnsafePointer<Float>, tci: UnsafePointer<Float>,
    vciReasons: UnsafePointer<UInt8>?, tciReasons: UnsafePointer<UInt8>?, cells: Int,
    rule: VegetationHealthRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    let a = rule.vciWeight
    let missing = SIMD8<Int64>(repeating: Int64(ReasonCode.inputNodata))
    var first = 0
    while first < cells {
        let vegetation = clampedToPercent(widened(vci.lanes(from: first, end: cells)))
        let temperature = clampedToPercent(widened(tci.lanes(from: first, end: cells)))
        var value = vegetation * a + temperature * (1 - a)
        var reason = SIMD8<Int64>(repeating: 0)
        let hasVegetation = vegetation .== vegetation
        let hasTemperature = temperature .== temperature
        if rule.fallback == .vci {
            value.replace(with: vegetation, where: .!hasTemperature)
            reason.replace(with: Int64(ReasonCode.filled), where: .!hasTemperature)
        } else {
            let why = tciReasons?.lanes(from: first, end: cells) ?? missing
            reason.replace(with: why, where: .!hasTemperature)
        }
        let why = vciReasons?.lanes(from: first, end: cells) ?? missing
        reason.replace(with: why, where: .!hasVegetation)
        // One bit pattern of NaN in every form.
        value.replace(with: .nan, where: value .!= value)
        output.store(value, from: first, end: cells)
        reasons.store(reason, from: first, end: cells)
        first &+= 8
    }
}

/// NaN stays NaN.
@inlinable @inline(__always)
func clampedToPercent(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var result = x
    result.replace(with: 0, where: x .< 0)
    result.replace(with: 100, where: x .> 100)
    return result
}
