import GridCore

/// The cell that stands for a place on a travel surface.
public enum SnappedPlace: Sendable, Hashable {
    /// The place lies in a passable cell.
    case inside(CellIndex)
    /// The place lies in an impassable cell; this is the nearest passable
    /// one, and the metres from the place to its centre.
    case snapped(CellIndex, meters: Double)
    /// No passable cell is near enough: the place has no travel time.
    case offNetwork
    /// The place lies outside the grid, or its coordinates are not numbers.
    case outsideGrid

    /// The cell; nil off the network and outside.
    public var cell: CellIndex? {
        switch self {
        case .inside(let cell), .snapped(let cell, _): cell
        case .offNetwork, .outsideGrid: nil
        }
    }

    /// Metres that the place was moved: 0 inside a passable cell, nil where
    /// there is no cell.
    public var meters: Double? {
        switch self {
        case .inside: 0
        case .snapped(_, let meters): meters
        case .offNetwork, .outsideGrid: nil
        }
    }
}

extension TravelSurface {
    /// The passable cell for a place, never silently a far one.
    ///
    /// - Parameters:
    ///   - place: in the coordinates of the grid.
    ///   - maximumCells: how many rows or columns away a passable cell may be
    ///     when the place lies in an impassable one. The nearest is taken, by
    ///     metres from the place to the centres; of equals the first in rows.
    public func snap(_ place: Coordinate, maximumCells: Int = 2) -> SnappedPlace {
        guard let home = spec.cell(containing: place) else { return .outsideGrid }
        if isPassable(home) { return .inside(home) }
        var best: (cell: CellIndex, meters: Double)?
        let around = max(0, maximumCells)
        for row in max(0, home.row - around)...min(spec.shape.rows - 1, home.row + around) {
            for column in max(0, home.column - around)...min(
                spec.shape.columns - 1, home.column + around)
            {
                let cell = CellIndex(row: row, column: column)
                guard isPassable(cell) else { continue }
                let meters = metric.distanceInMeters(from: place, to: spec.center(of: cell))
                if best.map({ meters < $0.meters }) ?? true { best = (cell, meters) }
            }
        }
        return best.map { .snapped($0.cell, meters: $0.meters) } ?? .offNetwork
    }
}
