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
    /// in one sweep, exact on the graph.
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
        var minutes = Grid(spec, filledWith: Double.infinity)
        var base = Grid(spec, filledWith: TravelTimes.noBase)
        minutes.withMutableCells { minutes in
            base.withMutableCells { base in
                forEachCell { cell, index in
                    minutes[cell] = store.time(index)
                    base[cell] = store.base(index)
                }
            }
        }
        return NearestTimes(minutes: minutes, base: base)
    }

    func twoNearest(
        to bases: [CellIndex?], queue kind: QueueKind
    ) throws(TravelError) -> TravelTimes {
        let starts = try startLabels(bases)
        var store = TwoNearestStore(cells: friction.count)
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
        return travelTimes(&store)
    }

    /// The labels as grids; their memory is given back on the way.
    private func travelTimes(_ store: inout TwoNearestStore) -> TravelTimes {
        var secondMinutes: Grid<Double>?
        var firstBase: Grid<UInt16>?
        var secondBase: Grid<UInt16>?
        let columns = spec.shape.columns
        let firstMinutes = Grid<Double>(spec) { firstTimes in
            secondMinutes = Grid<Double>(spec) { secondTimes in
                firstBase = Grid<UInt16>(spec) { firsts in
                    secondBase = Grid<UInt16>(spec) { seconds in
                        for row in 0..<spec.shape.rows {
                            let start = friction.index(row: row, column: 0)
                            for column in 0..<columns {
                                let cell = row * columns + column
                                (firstTimes[cell], firsts[cell]) = store.first(start + column)
                                (secondTimes[cell], seconds[cell]) = store.second(start + column)
                            }
                            store.release(before: start)
                        }
                    }
                }
            }
        }
        guard let secondMinutes, let firstBase, let secondBase else {
            preconditionFailure("the grids are made one in the other")
        }
        return TravelTimes(
            firstMinutes: firstMinutes, firstBase: firstBase, secondMinutes: secondMinutes,
            secondBase: secondBase)
    }

    /// Calls `body` with the row-major number of every cell and its padded
    /// one.
    private func forEachCell(_ body: (_ cell: Int, _ index: Int) -> Void) {
        let columns = spec.shape.columns
        for row in 0..<spec.shape.rows {
            let start = friction.index(row: row, column: 0)
            for column in 0..<columns { body(row * columns + column, start + column) }
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
