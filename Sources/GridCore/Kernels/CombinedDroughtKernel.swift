/// What the values of an indicator mean on a common scale of conditions, 1
/// (none) to 5 (extreme), such as `DroughtCondition`.
public struct ConditionScale: Hashable, Sendable {
    /// Ascending, as Float32 holds them.
    public let bounds: [Float]
    /// Whether a value that equals the bound belongs below it.
    public let boundBelongsBelow: [Bool]
    /// One more than bounds.
    public let conditions: [UInt8]

    /// Precondition: as many flags as bounds, and one condition more.
    public init(bounds: [Float], boundBelongsBelow: [Bool], conditions: [UInt8]) {
        precondition(
            boundBelongsBelow.count == bounds.count && conditions.count == bounds.count + 1)
        self.bounds = bounds
        self.boundBelongsBelow = boundBelongsBelow
        self.conditions = conditions
    }

    /// Conditions of eight values; 0 for NaN.
    @inlinable @inline(__always)
    func conditions(of x: SIMD8<Float>) -> SIMD8<Int32> {
        var result = SIMD8<Int32>(repeating: 0)
        result.replace(with: Int32(conditions[0]), where: x .== x)
        for index in bounds.indices {
            let isBeyond = boundBelongsBelow[index] ? x .> bounds[index] : x .>= bounds[index]
            result.replace(with: Int32(conditions[index &+ 1]), where: isBeyond)
        }
        return result
    }
}

/// One indicator of a combination.
public struct CombinedIndicatorPlane {
    public var values: UnsafePointer<Float>
    /// Why a cell has no value; nil when nobody knows.
    public var reasons: UnsafePointer<UInt8>?
    public var scale: ConditionScale

    public init(
        values: UnsafePointer<Float>, reasons: UnsafePointer<UInt8>? = nil,
        scale: ConditionScale
    ) {
        self.values = values
        self.reasons = reasons
        self.scale = scale
    }
}

/// Where a combination goes; every plane holds the cells.
public struct CombinedDroughtTargets {
    /// The worst condition; 0 where no indicator has a value.
    public var condition: UnsafeMutablePointer<UInt8>
    /// Which indicator triggered: 1 for the first, and so on, the first of
    /// those that share the worst condition; 0 where the condition is none.
    public var trigger: UnsafeMutablePointer<UInt8>
    /// All that share it: bit 0 for the first indicator, and so on; 0
    /// likewise.
    public var triggers: UnsafeMutablePointer<UInt8>
    /// How many indicators give this condition.
    public var agreeing: UnsafeMutablePointer<UInt8>
    /// How many have a value.
    public var available: UnsafeMutablePointer<UInt8>
    /// `ok`, or why the first indicator has no value where none has.
    public var reasons: UnsafeMutablePointer<UInt8>

    public init(
        condition: UnsafeMutablePointer<UInt8>, trigger: UnsafeMutablePointer<UInt8>,
        triggers: UnsafeMutablePointer<UInt8>, agreeing: UnsafeMutablePointer<UInt8>,
        available: UnsafeMutablePointer<UInt8>, reasons: UnsafeMutablePointer<UInt8>
    ) {
        self.condition = condition
        self.trigger = trigger
        self.triggers = triggers
        self.agreeing = agreeing
        self.available = available
        self.reasons = reasons
    }
}

/// The worst condition that any indicator gives, and which gave it. Our own
/// rule: a warning must not be averaged away; how many agree is told beside
/// it.
///
/// At most eight indicators. Cells that an indicator has no value for are
/// left to the others.
@inlinable @inline(__always)
public func combinedDroughtKernel(
    _ indicators: UnsafeBufferPointer<CombinedIndicatorPlane>, cells: Int,
    into targets: CombinedDroughtTargets
) {
    var first = 0
    while first < cells {
        var worst = SIMD8<Int32>(repeating: 0)
        var trigger = worst
        var triggers = worst
        var agreeing = worst
        var available = worst
        for index in indicators.indices {
            let x = indicators[index].values.lanes(from: first, end: cells)
            let condition = indicators[index].scale.conditions(of: x)
            let isValue = x .== x
            let bit = Int32(truncatingIfNeeded: 1 &<< index)
            let isSame = isValue .& (condition .== worst)
            agreeing.replace(with: agreeing &+ 1, where: isSame)
            triggers.replace(with: triggers | bit, where: isSame)
            let isWorse = condition .> worst
            agreeing.replace(with: 1, where: isWorse)
            triggers.replace(with: bit, where: isWorse)
            trigger.replace(with: Int32(truncatingIfNeeded: index &+ 1), where: isWorse)
            worst.replace(with: condition, where: isWorse)
            available.replace(with: available &+ 1, where: isValue)
        }
        let isNone = worst .<= 1
        trigger.replace(with: 0, where: isNone)
        triggers.replace(with: 0, where: isNone)
        targets.condition.store(wide(worst), from: first, end: cells)
        targets.trigger.store(wide(trigger), from: first, end: cells)
        targets.triggers.store(wide(triggers), from: first, end: cells)
        targets.agreeing.store(wide(agreeing), from: first, end: cells)
        targets.available.store(wide(available), from: first, end: cells)
        let missing = SIMD8<Int64>(repeating: Int64(ReasonCode.inputNodata))
        var reason = indicators.first?.reasons?.lanes(from: first, end: cells) ?? missing
        reason.replace(with: Int64(ReasonCode.ok), where: wide(available) .> 0)
        targets.reasons.store(reason, from: first, end: cells)
        first &+= 8
    }
}

@inlinable @inline(__always)
func wide(_ x: SIMD8<Int32>) -> SIMD8<Int64> {
    SIMD8<Int64>(
        Int64(x[0]), Int64(x[1]), Int64(x[2]), Int64(x[3]), Int64(x[4]), Int64(x[5]),
        Int64(x[6]), Int64(x[7]))
}
