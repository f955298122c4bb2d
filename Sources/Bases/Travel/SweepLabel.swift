/// A journey's end in the queue of a sweep, in 64 bits: cell, base, and a
/// stamp of its minutes by which an outdated label is told.
struct SweepLabel {
    let bits: UInt64

    /// After the last one.
    static let none = SweepLabel(bits: .max)

    @inline(__always)
    init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(cell: Int, base: UInt16, minutes: Double) {
        bits =
            UInt64(truncatingIfNeeded: cell) << 32 | UInt64(base) << 16
            | UInt64(Self.stamp(minutes))
    }

    @inline(__always) var cell: Int { Int(bits >> 32) }
    @inline(__always) var base: UInt16 { UInt16(truncatingIfNeeded: bits >> 16) }
    @inline(__always) var stamp: UInt16 { UInt16(truncatingIfNeeded: bits) }

    /// Sixteen bits of minutes. Different minutes with one stamp only mean
    /// that a label is looked at once more.
    @inline(__always)
    static func stamp(_ minutes: Double) -> UInt16 {
        UInt16(truncatingIfNeeded: (minutes.bitPattern &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }
}

/// Labels in the order of their minutes, as far as a sweep needs it: one that
/// comes out can no longer be improved through a label still inside.
protocol LabelQueue: ~Copyable {
    /// The cell of a label that comes out some labels later, to have it near
    /// by then. A guess: it may be any number.
    var upcomingCell: Int { get }
    mutating func push(_ label: SweepLabel, minutes: Double)
    /// `.none` when empty.
    mutating func pop() -> SweepLabel
}

/// A queue for labels of which some only begin on the way.
protocol StartingQueue: LabelQueue, ~Copyable {
    /// Begins at minute 0 with labels in the order of their minutes, the
    /// earliest last. Precondition: the queue is empty.
    mutating func start(with waiting: [LateStart])
}

/// A label and its minutes.
struct LateStart {
    let minutes: Double
    let label: SweepLabel
}

/// What a sweep knows of the cells: the best journeys to each.
protocol LabelStore: ~Copyable {
    /// A journey to the cell has to take no more than this to be of interest.
    /// Always finite, so that an infinite time never is.
    func bound(_ cell: Int) -> Double
    /// Has the processor bring near what `bound` reads.
    func prefetch(_ cell: Int)
    /// Notes a journey that `bound` lets pass; false when it is no news.
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool
    /// Minutes of the journey of a label; negative when a better one was
    /// noted since.
    func minutes(of label: SweepLabel) -> Double
}
