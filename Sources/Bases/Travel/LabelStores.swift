/// The best journey to every cell.
struct NearestStore: ~Copyable, LabelStore {
    private let memory: PagedMemory
    private let times: UnsafeMutablePointer<Double>
    private let bases: UnsafeMutablePointer<UInt16>

    /// Cells not reached have this; finite, see `LabelStore.bound`.
    static let unreached = Double.greatestFiniteMagnitude

    init(cells: Int) {
        memory = PagedMemory(byteCount: cells * 10)
        times = memory.base.bindMemory(to: Double.self, capacity: cells)
        times.initialize(repeating: Self.unreached, count: cells)
        bases = (memory.base + 8 * cells).bindMemory(to: UInt16.self, capacity: cells)
        bases.initialize(repeating: TravelTimes.noBase, count: cells)
    }

    @inline(__always)
    func bound(_ cell: Int) -> Double { times[cell] }

    @inline(__always)
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        guard minutes < times[cell] || base < bases[cell] else { return false }
        times[cell] = minutes
        bases[cell] = base
        return true
    }

    @inline(__always)
    func minutes(of label: SweepLabel) -> Double {
        let minutes = times[label.cell]
        return bases[label.cell] == label.base && SweepLabel.stamp(minutes) == label.stamp
            ? minutes : -1
    }

    func time(_ cell: Int) -> Double { times[cell] == Self.unreached ? .infinity : times[cell] }
    func base(_ cell: Int) -> UInt16 { bases[cell] }
}

/// The best two journeys to every cell, to different bases.
struct TwoNearestStore: ~Copyable, LabelStore {
    private struct Journeys {
        var firstMinutes = NearestStore.unreached
        var secondMinutes = NearestStore.unreached
        var firstBase = TravelTimes.noBase
        var secondBase = TravelTimes.noBase
    }

    private var memory: PagedMemory
    private let cells: UnsafeMutablePointer<Journeys>

    init(cells count: Int) {
        memory = PagedMemory(byteCount: count * MemoryLayout<Journeys>.stride)
        cells = memory.base.bindMemory(to: Journeys.self, capacity: count)
        cells.initialize(repeating: Journeys(), count: count)
    }

    @inline(__always)
    func bound(_ cell: Int) -> Double { cells[cell].secondMinutes }

    @inline(__always)
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        let held = cells[cell]
        if base == held.firstBase {
            guard minutes < held.firstMinutes else { return false }
            cells[cell].firstMinutes = minutes
        } else if minutes < held.firstMinutes
            || (minutes == held.firstMinutes && base < held.firstBase)
        {
            // The first becomes the second, also where this base was it.
            cells[cell] = Journeys(
                firstMinutes: minutes, secondMinutes: held.firstMinutes, firstBase: base,
                secondBase: held.firstBase)
        } else {
            guard
                minutes < held.secondMinutes
                    || (minutes == held.secondMinutes && base < held.secondBase)
            else { return false }
            cells[cell].secondMinutes = minutes
            cells[cell].secondBase = base
        }
        return true
    }

    @inline(__always)
    func minutes(of label: SweepLabel) -> Double {
        let held = cells[label.cell]
        let minutes =
            label.base == held.firstBase
            ? held.firstMinutes : label.base == held.secondBase ? held.secondMinutes : -1
        return SweepLabel.stamp(minutes) == label.stamp ? minutes : -1
    }

    func first(_ cell: Int) -> (minutes: Double, base: UInt16) {
        let minutes = cells[cell].firstMinutes
        return (minutes == NearestStore.unreached ? .infinity : minutes, cells[cell].firstBase)
    }

    func second(_ cell: Int) -> (minutes: Double, base: UInt16) {
        let minutes = cells[cell].secondMinutes
        return (minutes == NearestStore.unreached ? .infinity : minutes, cells[cell].secondBase)
    }

    /// Gives back the memory of the cells before `cell`, which must not be
    /// asked for again.
    mutating func release(before cell: Int) {
        memory.release(before: cell * MemoryLayout<Journeys>.stride)
    }
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
        times.initialize(repeating: NearestStore.unreached, count: cells)
    }

    /// Makes every cell unreached again.
    mutating func begin(limit: Double) {
        for cell in reached { times[Int(cell)] = NearestStore.unreached }
        reached.removeAll(keepingCapacity: true)
        self.limit = min(limit, NearestStore.unreached)
    }

    @inline(__always)
    func bound(_ cell: Int) -> Double { min(limit, times[cell]) }

    @inline(__always)
    mutating func note(_ cell: Int, _ minutes: Double, _ base: UInt16) -> Bool {
        let held = times[cell]
        guard minutes < held else { return false }
        if held == NearestStore.unreached { reached.append(Int32(truncatingIfNeeded: cell)) }
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
