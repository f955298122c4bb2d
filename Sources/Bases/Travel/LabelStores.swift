import CCPUFeatures

/// Minutes and base of one journey to every cell.
struct JourneyCells: ~Copyable {
    private var memory: PagedMemory
    let times: UnsafeMutablePointer<Double>
    let bases: UnsafeMutablePointer<UInt16>

    /// Cells not reached have this; finite, see `LabelStore.bound`.
    static let unreached = Double.greatestFiniteMagnitude

    init(count: Int) {
        memory = PagedMemory(byteCount: count * 10)
        times = memory.base.bindMemory(to: Double.self, capacity: count)
        times.initialize(repeating: Self.unreached, count: count)
        bases = (memory.base + 8 * count).bindMemory(to: UInt16.self, capacity: count)
        bases.initialize(repeating: TravelTimes.noBase, count: count)
    }

    /// Minutes as in a result.
    func time(_ cell: Int) -> Double { times[cell] == Self.unreached ? .infinity : times[cell] }

    /// Whether a label still is the journey.
    @inline(__always)
    func minutes(of label: SweepLabel) -> Double {
        let minutes = times[label.cell]
        return bases[label.cell] == label.base && SweepLabel.stamp(minutes) == label.stamp
            ? minutes : -1
    }

    @inline(__always)
    func prefetch(_ cell: Int) {
        jilaal_prefetch(times + cell)
        jilaal_prefetch(bases + cell)
    }

    /// Notes a journey of no more minutes than are held; false when it is no
    /// news.
    @inline(__always)
    func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        guard minutes < times[cell] || base < bases[cell] else { return false }
        times[cell] = minutes
        bases[cell] = base
        return true
    }

    /// Gives back the memory of the times before `cell`, which must not be
    /// asked for again.
    mutating func releaseTimes(before cell: Int) { memory.release(before: 8 * cell) }
}

/// The best journey to every cell.
struct NearestStore: ~Copyable, LabelStore {
    var journeys: JourneyCells

    init(cells: Int) { journeys = JourneyCells(count: cells) }

    @inline(__always)
    func bound(_ cell: Int) -> Double { journeys.times[cell] }

    @inline(__always)
    func prefetch(_ cell: Int) { journeys.prefetch(cell) }

    @inline(__always)
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        journeys.note(cell, minutes, base)
    }

    @inline(__always)
    func minutes(of label: SweepLabel) -> Double { journeys.minutes(of: label) }
}

/// The best journey to every cell from another base than its nearest.
struct SecondStore: ~Copyable, LabelStore {
    var journeys: JourneyCells
    private let nearest: UnsafePointer<UInt16>

    /// - Parameter nearest: the nearest base of every cell, valid as long as
    ///   this is in use.
    init(cells: Int, nearest: UnsafePointer<UInt16>) {
        journeys = JourneyCells(count: cells)
        self.nearest = nearest
    }

    @inline(__always)
    func bound(_ cell: Int) -> Double { journeys.times[cell] }

    @inline(__always)
    func prefetch(_ cell: Int) { journeys.prefetch(cell) }

    @inline(__always)
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        base != nearest[cell] && journeys.note(cell, minutes, base)
    }

    @inline(__always)
    func minutes(of label: SweepLabel) -> Double { journeys.minutes(of: label) }
}

/// Journeys of one base within a limit. Only the cells reached are touched,
/// so that the next sweep can begin without looking at the others.
struct ReachStore: ~Copyable, LabelStore {
    private let memory: PagedMemory
    private let times: UnsafeMutablePointer<Double>
    private var limit = 0.0
    /// Cells reached, in the order in which they were first.
    private var reached: [Int32] = []

    init(cells: Int) {
        memory = PagedMemory(byteCount: cells * 8)
        times = memory.base.bindMemory(to: Double.self, capacity: cells)
        times.initialize(repeating: JourneyCells.unreached, count: cells)
    }

    /// Makes every cell unreached again.
    mutating func begin(limit: Double) {
        for cell in reached { times[Int(cell)] = JourneyCells.unreached }
        reached.removeAll(keepingCapacity: true)
        self.limit = min(limit, JourneyCells.unreached)
    }

    @inline(__always)
    func bound(_ cell: Int) -> Double { min(limit, times[cell]) }

    @inline(__always)
    func prefetch(_ cell: Int) { jilaal_prefetch(times + cell) }

    @inline(__always)
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        let held = times[cell]
        guard minutes < held else { return false }
        if held == JourneyCells.unreached { reached.append(Int32(truncatingIfNeeded: cell)) }
        times[cell] = minutes
        return true
    }

    @inline(__always)
    func minutes(of label: SweepLabel) -> Double {
        let minutes = times[label.cell]
        return SweepLabel.stamp(minutes) == label.stamp ? minutes : -1
    }

    func time(_ cell: Int32) -> Double { times[Int(cell)] }

    /// The cells reached, ascending.
    mutating func sortedCells() -> [Int32] {
        reached.sort()
        return reached
    }
}
