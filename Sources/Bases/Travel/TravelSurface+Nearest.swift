import Diagnostics
import GridCore

/// Minutes to the nearest base, cell by cell.
public struct NearestTimes: Sendable {
    /// Minutes to the nearest base; `+infinity` where none is reached.
    public var minutes: Grid<Double>
    /// Index of the nearest base, the lower one of equals;
    /// `TravelTimes.noBase` where none is reached.
    public var base: Grid<UInt16>

    /// The grid of the cells.
    public var spec: GridSpec { minutes.spec }
}

extension TravelSurface {
    /// Minutes to the nearest base from every cell, exact on the graph.
    ///
    /// - Parameter bases: the cell of each base, by base index; nil for one
    ///   that takes no part, because it is closed or off the network. Bases
    ///   may share a cell.
    /// - Throws: `TravelError` when a base stands outside the grid or on an
    ///   impassable cell, and for more than 65,535 bases.
    /// - Complexity: linear in the cells, as long as no step costs more than
    ///   100,000 times another.
    public func nearest(to bases: [CellIndex?]) throws(TravelError) -> NearestTimes {
        try nearest(to: bases, queue: queueKind)
    }

    /// Minutes to the nearest and to the second nearest base from every cell,
    /// in two sweeps, exact on the graph.
    ///
    /// Where the nearest base closes, the second time is what remains: it
    /// equals the time of a sweep without that base. Equal times go to the
    /// lower base index. Parameters and errors as of `nearest`.
    public func twoNearest(to bases: [CellIndex?]) throws(TravelError) -> TravelTimes {
        try twoNearest(to: bases, queue: queueKind)
    }

    /// The queues; results do not depend on the choice.
    enum QueueKind { case buckets, heap }

    var queueKind: QueueKind {
        BucketQueue.suits(leastStep: leastStepMinutes, mostStep: mostStepMinutes)
            ? .buckets : .heap
    }

    func nearest(
        to bases: [CellIndex?], queue kind: QueueKind
    ) throws(TravelError) -> NearestTimes {
        let starts = try startLabels(bases)
        var store = NearestStore(cells: friction.count)
        switch kind {
        case .buckets:
            var queue = BucketQueue(leastStep: leastStepMinutes, mostStep: mostStepMinutes)
            begin(starts, &store, &queue)
            sweep(&store, &queue)
        case .heap:
            var queue = HeapQueue()
            begin(starts, &store, &queue)
            sweep(&store, &queue)
        }
        let minutes = minuteGrid(&store.journeys)
        return NearestTimes(minutes: minutes, base: baseGrid(store.journeys))
    }

    func twoNearest(
        to bases: [CellIndex?], queue kind: QueueKind
    ) throws(TravelError) -> TravelTimes {
        let starts = try startLabels(bases)
        switch kind {
        case .buckets:
            var queue = BucketQueue(leastStep: leastStepMinutes, mostStep: mostStepMinutes)
            return twoNearest(starts, &queue)
        case .heap:
            var queue = HeapQueue()
            return twoNearest(starts, &queue)
        }
    }

    /// First the nearest bases as ever; then, from the borders between their
    /// areas, the second ones. A second journey to a cell comes from the
    /// first or second of a neighbour; from a first only over a border.
    @inline(__always)
    private func twoNearest<Queue: StartingQueue & ~Copyable>(
        _ starts: [SweepLabel], _ queue: inout Queue
    ) -> TravelTimes {
        var first = NearestStore(cells: friction.count)
        begin(starts, &first, &queue)
        sweep(&first, &queue)
        var second = SecondStore(cells: friction.count, nearest: first.journeys.bases)
        queue.start(with: crossBorders(starts, first, &second))
        let firstMinutes = minuteGrid(&first.journeys)
        sweep(&second, &queue)
        let secondMinutes = minuteGrid(&second.journeys)
        return TravelTimes(
            firstMinutes: firstMinutes, firstBase: baseGrid(first.journeys),
            secondMinutes: secondMinutes, secondBase: baseGrid(second.journeys))
    }

    /// Takes the nearest journeys one step over the borders; gives what
    /// begins there, the earliest last.
    private func crossBorders(
        _ starts: [SweepLabel], _ first: borrowing NearestStore, _ second: inout SecondStore
    ) -> [LateStart] {
        var crossings = BorderCrossings()
        // Bases that share a cell with another.
        begin(starts, &second, &crossings)
        let nearest = UnsafePointer(first.journeys.bases)
        let offsets = moves.map(\.offset)
        withGraph { graph in
            for row in 0..<spec.shape.rows {
                let start = friction.index(row: row, column: 0)
                for cell in start..<start + spec.shape.columns {
                    let base = nearest[cell]
                    guard base != TravelTimes.noBase,
                        offsets.contains(where: { nearest[cell &+ $0] != base })
                    else { continue }
                    let minutes = first.journeys.times[cell]
                    step(
                        on: SweepLabel(cell: cell, base: base, minutes: minutes), minutes, graph,
                        &second, &crossings)
                }
            }
        }
        var waiting: [LateStart] = []
        for label in crossings.labels {
            let minutes = second.minutes(of: label)
            if minutes >= 0 { waiting.append(LateStart(minutes: minutes, label: label)) }
        }
        waiting.sort { $0.minutes > $1.minutes }
        return waiting
    }

    /// Minutes as a grid; their memory is given back on the way.
    private func minuteGrid(_ journeys: inout JourneyCells) -> Grid<Double> {
        let columns = spec.shape.columns
        return Grid<Double>(spec) { minutes in
            for row in 0..<spec.shape.rows {
                let start = friction.index(row: row, column: 0)
                for column in 0..<columns {
                    minutes[row * columns + column] = journeys.time(start + column)
                }
                journeys.releaseTimes(before: start)
            }
        }
    }

    private func baseGrid(_ journeys: borrowing JourneyCells) -> Grid<UInt16> {
        let columns = spec.shape.columns
        let source = journeys.bases
        return Grid<UInt16>(spec) { bases in
            for row in 0..<spec.shape.rows {
                let start = friction.index(row: row, column: 0)
                for column in 0..<columns {
                    bases[row * columns + column] = source[start + column]
                }
            }
        }
    }

    func begin<Store: LabelStore & ~Copyable, Queue: LabelQueue & ~Copyable>(
        _ starts: [SweepLabel], _ store: inout Store, _ queue: inout Queue
    ) {
        for label in starts where 0 <= store.bound(label.cell) {
            if store.note(label.cell, 0, label.base) { queue.push(label, minutes: 0) }
        }
    }

    /// The journeys of no length, one for each base that takes part.
    func startLabels(_ bases: [CellIndex?]) throws(TravelError) -> [SweepLabel] {
        guard bases.count <= Int(TravelTimes.noBase) else {
            throw TravelError(
                .unsuitableSource, at: Place(field: "bases"),
                "are too many (found \(bases.count), expected at most \(TravelTimes.noBase))",
                mend: "Compute a part of the bases at a time")
        }
        var labels: [SweepLabel] = []
        for (base, cell) in bases.enumerated() {
            guard let cell else { continue }
            guard isPassable(cell) else {
                throw TravelError(
                    .unsuitableSource, at: Place(field: "base \(base)"),
                    contains(cell)
                        ? "stands on an impassable cell (found row \(cell.row), column "
                            + "\(cell.column))"
                        : "stands outside the grid (found row \(cell.row), column \(cell.column), "
                            + "expected rows 0 to \(spec.shape.rows - 1) and columns 0 to "
                            + "\(spec.shape.columns - 1))",
                    mend: "Snap it to a passable cell first")
            }
            labels.append(
                SweepLabel(
                    cell: friction.index(row: cell.row, column: cell.column), base: UInt16(base),
                    minutes: 0))
        }
        return labels
    }
}

/// Collects the labels that steps over borders make.
private struct BorderCrossings: ~Copyable, LabelQueue {
    var labels: [SweepLabel] = []

    var upcomingCell: Int { 0 }

    mutating func push(_ label: SweepLabel, minutes: Double) { labels.append(label) }

    mutating func pop() -> SweepLabel { .none }
}
