import Diagnostics
import GridCore

/// A journey along cells.
public struct TravelPath: Sendable, Hashable {
    /// Index of the base where it starts.
    public var base: Int
    /// The cells, from the base to the goal; one alone when they are the same.
    public var cells: [CellIndex]
    /// Minutes from the base to each of the cells.
    public var minutes: [Double]
    /// Metres between the centres of the cells, added up.
    public var lengthInMeters: Double

    /// Minutes of the whole journey.
    public var totalMinutes: Double { minutes.last ?? 0 }
}

/// The best journeys from a set of bases to every cell.
public struct TravelTree: Sendable {
    public let surface: TravelSurface
    /// Minutes from the nearest base, and which it is.
    public let times: NearestTimes

    /// The journey to a cell; nil when no base reaches it or it is outside
    /// the grid.
    ///
    /// Among journeys of equal time the one is taken whose last steps come,
    /// in this order, straight, diagonally or by a knight's move; then from
    /// the north, then from the west.
    ///
    /// - Complexity: linear in the length of the journey: back-pointers are
    ///   found from the times, to the bit, and take no memory.
    public func path(to goal: CellIndex) -> TravelPath? {
        guard surface.contains(goal), times.minutes[goal] < .infinity else { return nil }
        var cells = [goal]
        var minutes = [times.minutes[goal]]
        var meters = 0.0
        var here = goal
        while times.minutes[here] > 0 {
            guard let step = lastStep(to: here) else { return nil }
            here = step.from
            meters += step.meters
            cells.append(here)
            minutes.append(times.minutes[here])
        }
        return TravelPath(
            base: Int(times.base[goal]), cells: cells.reversed(), minutes: minutes.reversed(),
            lengthInMeters: meters)
    }

    /// The cell from which a cell was reached: earlier, from the same base,
    /// and with the cost of the step at exactly its time.
    private func lastStep(to cell: CellIndex) -> (from: CellIndex, meters: Double)? {
        let friction = surface.friction
        let index = friction.index(row: cell.row, column: cell.column)
        let time = times.minutes[cell]
        return surface.withGraph { graph in
            let half = graph.halfLengths(ofRowWith: index)
            for move in surface.moves {
                let minutes = surface.stepMinutes(from: index, by: move, half: half, graph.friction)
                guard minutes < .infinity else { continue }
                let before = friction.cell(index + move.offset)
                if times.minutes[before] < time, times.base[before] == times.base[cell],
                    times.minutes[before] + minutes == time
                {
                    return (before, 2 * half[move.length])
                }
            }
            return nil
        }
    }
}

extension TravelSurface {
    /// The best journeys from a set of bases to every cell. Parameters and
    /// errors as of `nearest`.
    public func tree(from bases: [CellIndex?]) throws(TravelError) -> TravelTree {
        TravelTree(surface: self, times: try nearest(to: bases))
    }
}
