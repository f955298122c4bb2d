/// The state machine of `droughtRunKernel` for eight cells. Steps and counts
/// are whole numbers in Float64, so that all masks have one width.
@usableFromInline
struct DroughtRunLanes {
    @usableFromInline typealias Numbers = SIMD8<Double>
    @usableFromInline typealias Mask = SIMDMask<SIMD8<Int64>>

    @usableFromInline let threshold: Double
    @usableFromInline let leaveThreshold: Double
    @usableFromInline let leavingSteps: Double
    @usableFromInline let minimumLength: Double
    @usableFromInline let poolingGap: Double
    @usableFromInline let bridgedGap: Double

    /// Whether a drought is open: it goes on, or may still be pooled.
    @usableFromInline var isOpen = Mask(repeating: false)
    @usableFromInline var onset = Numbers(repeating: -1)
    @usableFromInline var lastHeld = Numbers(repeating: -1)
    @usableFromInline var severity = Numbers(repeating: 0)
    @usableFromInline var peak = Numbers(repeating: .infinity)
    /// Values in a row at or above the leave threshold.
    @usableFromInline var leaving = Numbers(repeating: 0)
    /// Steps in a row without a value.
    @usableFromInline var missing = Numbers(repeating: 0)
    @usableFromInline var hasAny = Mask(repeating: false)

    @usableFromInline var count = Numbers(repeating: 0)
    @usableFromInline var longest = Numbers(repeating: 0)
    @usableFromInline var worst = DroughtRunNumbers()
    @usableFromInline var current = DroughtRunNumbers()

    @inlinable @inline(__always)
    init(_ rule: DroughtRunRule) {
        threshold = rule.threshold
        leaveThreshold = rule.leaveThreshold
        leavingSteps = Double(rule.leavingSteps)
        minimumLength = Double(rule.minimumLength)
        poolingGap = Double(rule.poolingGap)
        bridgedGap = Double(rule.bridgedGap)
    }

    @inlinable @inline(__always)
    mutating func take(_ x: Numbers, step: Double) {
        // NaN is neither below nor at or above anything.
        let isValue = x .== x
        let isBelow = x .< threshold
        let isAbove = x .>= leaveThreshold
        hasAny = hasAny .| isValue
        missing = (missing + 1).replacing(with: 0, where: isValue)
        let isBroken = missing .> bridgedGap
        let isStale = isBelow .& (leaving .>= leavingSteps) .& ((step - 1 - lastHeld) .> poolingGap)
        let closing = isOpen .& (isBroken .| isStale)
        // Rare, and costly: most steps end nothing.
        if any(closing) { close(closing) }
        isOpen = isOpen .& .!closing

        let starting = isBelow .& .!isOpen
        onset.replace(with: step, where: starting)
        severity.replace(with: 0, where: starting)
        peak.replace(with: .infinity, where: starting)
        isOpen = isOpen .| starting

        let isBetween = isValue .& .!isAbove .& (leaving .< leavingSteps)
        let isHeld = isOpen .& (isBelow .| isBetween)
        lastHeld.replace(with: step, where: isHeld)
        leaving.replace(with: 0, where: isHeld)
        leaving.replace(with: leaving + 1, where: isAbove)
        severity.replace(with: severity + (threshold - x), where: isBelow)
        peak.replace(with: x, where: isHeld .& (x .< peak))
    }

    /// Counts the open drought of these cells, when it is long enough.
    @inlinable @inline(__always)
    mutating func close(_ closing: Mask) {
        let duration = lastHeld - onset + 1
        let counts = closing .& (duration .>= minimumLength)
        count.replace(with: count + 1, where: counts)
        longest.replace(with: duration, where: counts .& (duration .> longest))
        worst.replace(
            onset: onset, end: lastHeld, severity: severity, peak: peak,
            where: counts .& (severity .> worst.severity))
    }

    /// After the last step.
    @inlinable @inline(__always)
    mutating func finish() {
        close(isOpen)
        let isCurrent =
            isOpen .& (leaving .< leavingSteps)
            .& ((lastHeld - onset + 1) .>= minimumLength)
        current.replace(
            onset: onset, end: lastHeld, severity: severity, peak: peak, where: isCurrent)
    }

    @inlinable @inline(__always)
    func store(
        in targets: DroughtRunTargets, reasons: UnsafeMutablePointer<UInt8>, from first: Int,
        end: Int
    ) {
        let isKnown = hasAny .& (missing .<= bridgedGap)
        current.store(in: targets.current, where: isKnown, from: first, end: end)
        worst.store(in: targets.worst, where: hasAny, from: first, end: end)
        targets.count.store(count.replacing(with: -1, where: .!hasAny), from: first, end: end)
        targets.longest.store(
            longest.replacing(with: -1, where: .!hasAny), from: first, end: end)
        var reason = SIMD8<Int64>(repeating: Int64(ReasonCode.inputNodata))
        reason.replace(with: Int64(ReasonCode.ok), where: isKnown)
        reasons.store(reason, from: first, end: end)
    }
}

/// One drought of eight cells; `onset` is -1 where there is none.
@usableFromInline
struct DroughtRunNumbers {
    @usableFromInline var onset = SIMD8<Double>(repeating: -1)
    @usableFromInline var end = SIMD8<Double>(repeating: -1)
    // Below every severity, which is above 0.
    @usableFromInline var severity = SIMD8<Double>(repeating: 0)
    @usableFromInline var peak = SIMD8<Double>(repeating: .nan)

    @inlinable @inline(__always)
    init() {}

    @inlinable @inline(__always)
    mutating func replace(
        onset: SIMD8<Double>, end: SIMD8<Double>, severity: SIMD8<Double>,
        peak: SIMD8<Double>, where mask: SIMDMask<SIMD8<Int64>>
    ) {
        self.onset.replace(with: onset, where: mask)
        self.end.replace(with: end, where: mask)
        self.severity.replace(with: severity, where: mask)
        self.peak.replace(with: peak, where: mask)
    }

    @inlinable @inline(__always)
    func store(
        in planes: DroughtRunPlanes, where isKnown: SIMDMask<SIMD8<Int64>>, from first: Int,
        end last: Int
    ) {
        var duration = end - onset + 1
        duration.replace(with: 0, where: onset .< 0)
        duration.replace(with: -1, where: .!isKnown)
        planes.onset.store(onset.replacing(with: -1, where: .!isKnown), from: first, end: last)
        planes.end.store(end.replacing(with: -1, where: .!isKnown), from: first, end: last)
        planes.duration.store(duration, from: first, end: last)
        planes.severity.store(
            severity.replacing(with: .nan, where: .!isKnown), from: first, end: last)
        planes.peak.store(peak.replacing(with: .nan, where: .!isKnown), from: first, end: last)
    }
}
