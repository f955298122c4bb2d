/// When a series is in drought, and which droughts count.
///
/// A drought begins with a value below `threshold`, strictly. It ends with the
/// last step before `leavingSteps` values in a row are `leaveThreshold` or
/// more; between the two thresholds it goes on. Then, in this order: a step
/// without a value ends it at once, unless no more than `bridgedGap` follow
/// each other; droughts at most `poolingGap` steps apart are one (Tallaksen,
/// Madsen and Clausen 1997, Hydrological Sciences Journal 42, 15-33); what is
/// shorter than `minimumLength` steps, from the first to the last, is none.
public struct DroughtRunRule: Hashable, Sendable {
    public let threshold: Double
    /// `threshold` or more.
    public let leaveThreshold: Double
    /// At least 1.
    public let leavingSteps: Int
    /// At least 1.
    public let minimumLength: Int
    /// Steps between two droughts that are one; 0 or more. A gap that holds
    /// more steps without a value than `bridgedGap` is not pooled.
    public let poolingGap: Int
    /// Steps without a value that a drought outlasts; 0 or more.
    public let bridgedGap: Int

    /// The defaults are below 35, at least three steps, droughts one step
    /// apart pooled, no gap bridged, no hysteresis.
    ///
    /// nil when a number is outside its range, or a threshold is NaN.
    public init?(
        threshold: Double = 35, leaveThreshold: Double? = nil, leavingSteps: Int = 1,
        minimumLength: Int = 3, poolingGap: Int = 1, bridgedGap: Int = 0
    ) {
        let leave = leaveThreshold ?? threshold
        guard leave >= threshold, leavingSteps >= 1, minimumLength >= 1, poolingGap >= 0,
            bridgedGap >= 0
        else { return nil }
        self.threshold = threshold
        self.leaveThreshold = leave
        self.leavingSteps = leavingSteps
        self.minimumLength = minimumLength
        self.poolingGap = poolingGap
        self.bridgedGap = bridgedGap
    }
}

/// Planes of one drought of each cell.
public struct DroughtRunPlanes {
    /// Step of the first value below the threshold; -1 where there is no such
    /// drought or nothing is known.
    public var onset: UnsafeMutablePointer<Int32>
    /// Last step in drought; -1 likewise.
    public var end: UnsafeMutablePointer<Int32>
    /// `end - onset + 1`; 0 where there is no such drought, -1 where nothing
    /// is known.
    public var duration: UnsafeMutablePointer<Int32>
    /// Sum of `threshold - x` over the values below the threshold; 0 where
    /// there is no such drought, NaN where nothing is known.
    public var severity: UnsafeMutablePointer<Float>
    /// Lowest value; NaN where there is no such drought.
    public var peak: UnsafeMutablePointer<Float>

    public init(
        onset: UnsafeMutablePointer<Int32>, end: UnsafeMutablePointer<Int32>,
        duration: UnsafeMutablePointer<Int32>, severity: UnsafeMutablePointer<Float>,
        peak: UnsafeMutablePointer<Float>
    ) {
        self.onset = onset
        self.end = end
        self.duration = duration
        self.severity = severity
        self.peak = peak
    }
}

/// Where the droughts of a block go.
public struct DroughtRunTargets {
    /// The drought that nothing has ended up to the last step.
    public var current: DroughtRunPlanes
    /// The drought of the largest severity, the earliest of equals; it may be
    /// the current one.
    public var worst: DroughtRunPlanes
    /// Number of droughts, the current one included; -1 without any value.
    public var count: UnsafeMutablePointer<Int32>
    /// Steps of the longest; -1 without any value.
    public var longest: UnsafeMutablePointer<Int32>

    public init(
        current: DroughtRunPlanes, worst: DroughtRunPlanes, count: UnsafeMutablePointer<Int32>,
        longest: UnsafeMutablePointer<Int32>
    ) {
        self.current = current
        self.worst = worst
        self.count = count
        self.longest = longest
    }
}

/// The droughts of every cell of a block, in one pass over its steps.
///
/// The reason is `inputNodata` where the state at the last step is not known:
/// no value there, nor within `bridgedGap` steps before it. The counts and
/// the worst drought are known wherever the cell has a value at all. Sums are
/// in Float64, in order of time, and rounded once. The planes hold the cells
/// of the block.
@inlinable @inline(__always)
public func droughtRunKernel(
    _ block: SeriesBlock, rule: DroughtRunRule, into targets: DroughtRunTargets,
    reasons: UnsafeMutablePointer<UInt8>
) {
    let cells = block.cells
    let steps = block.steps
    let stride = block.stride * MemoryLayout<Float>.stride
    var first = 0
    while first < cells {
        var state = DroughtRunLanes(rule)
        var address = UnsafeRawPointer(block.values + first)
        for step in 0..<steps {
            // Blocks are padded to whole vectors.
            state.take(widened(address.load(as: SIMD8<Float>.self)), step: Double(step))
            address += stride
        }
        state.finish()
        state.store(in: targets, reasons: reasons, from: first, end: cells)
        first &+= 8
    }
}
