import Diagnostics
import GridCore

/// Finds what single bases reach within a limit, again and again, touching
/// only the cells that are reached.
///
/// Keeps its working memory of eight bytes per cell between calls: one finder
/// per thread.
public final class ReachFinder {
    public let surface: TravelSurface
    private var store: ReachStore
    private let queueKind: TravelSurface.QueueKind
    private var buckets: BucketQueue
    private var heap = HeapQueue()

    public init(_ surface: TravelSurface) {
        self.surface = surface
        store = ReachStore(cells: surface.friction.count)
        queueKind = surface.queueKind
        buckets =
            queueKind == .buckets
            ? BucketQueue(leastStep: surface.leastStepMinutes, mostStep: surface.mostStepMinutes)
            : BucketQueue(leastStep: 1, mostStep: 1)
    }

    /// The cells that a base reaches in at most `limitInMinutes`, the limit
    /// included, with their minutes, exact on the graph.
    ///
    /// - Throws: `TravelError` when the base stands outside the grid or on an
    ///   impassable cell, or when the limit is negative or NaN.
    /// - Complexity: linear in the cells reached, but for sorting them.
    public func reach(
        from base: CellIndex, withinMinutes limitInMinutes: Double
    ) throws(TravelError) -> ReachedCells {
        guard limitInMinutes >= 0 else {
            throw TravelError(
                .unsuitableParameter, at: Place(field: "time limit"),
                "has to be a positive number of minutes (found \(limitInMinutes))",
                mend: "Give a limit such as 120")
        }
        let starts = try surface.startLabels([base])
        store.begin(limit: limitInMinutes)
        switch queueKind {
        case .buckets:
            buckets.reset()
            surface.begin(starts, &store, &buckets)
            surface.sweep(&store, &buckets)
        case .heap:
            heap.reset()
            surface.begin(starts, &store, &heap)
            surface.sweep(&store, &heap)
        }
        let found = store.sortedCells()
        let stride = surface.friction.stride
        let margin = PaddedFriction.margin
        let columns = surface.spec.shape.columns
        return ReachedCells(
            cells: found.map {
                let (row, column) = Int($0).quotientAndRemainder(dividingBy: stride)
                return Int32((row - margin) * columns + column - margin)
            }, minutes: found.map { store.time($0) })
    }
}

extension TravelSurface {
    /// The cells that each base reaches in at most `limitInMinutes`, the limit
    /// included; none for a base that takes no part.
    ///
    /// - Parameter bases: the cell of each base, by base index; nil for one
    ///   that takes no part.
    /// - Parameter threads: how many work at once, each with eight bytes per
    ///   cell of the grid. The result does not depend on it.
    /// - Throws: `TravelError` of the lowest base that stands outside the grid
    ///   or on an impassable cell, or when the limit is negative or NaN.
    public func reach(
        from bases: [CellIndex?], withinMinutes limitInMinutes: Double, threads: Int = 1
    ) throws(TravelError) -> [ReachedCells] {
        let finders = PerWorker(workers: max(1, threads)) { ReachFinder(self) }
        do {
            return try mapInParallel(count: bases.count, threads: threads) { worker, base in
                guard let cell = bases[base] else { return ReachedCells(cells: [], minutes: []) }
                return try finders.value(of: worker).reach(
                    from: cell, withinMinutes: limitInMinutes)
            }
        } catch {
            guard let error = error as? TravelError else { preconditionFailure("\(error)") }
            throw error
        }
    }
}
