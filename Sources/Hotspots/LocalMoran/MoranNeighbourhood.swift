import Diagnostics
import GridCore

/// Which cells of a grid are neighbours of a cell, each with weight 1.
public enum MoranNeighbourhood: Hashable, Sendable {
    /// The up to eight cells that share an edge or corner.
    case queen
    /// The up to four cells that share an edge.
    case rook
    /// The cells whose centres are at most so far away.
    case distanceBand(radiusInMeters: Double)

    /// Steps in rows and columns from a cell to its neighbours, row after
    /// row.
    ///
    /// - Throws: `.unsuitableParameter` or `.unsuitableGrid` for a distance
    ///   band that cannot be measured on the grid.
    func steps(on spec: GridSpec) throws(HotspotError) -> [CellStep] {
        switch self {
        case .queen, .rook:
            return (-1...1).flatMap { row in
                (-1...1).compactMap { column in
                    let distance = abs(row) + abs(column)
                    let isNeighbour = distance == 1 || (self == .queen && distance == 2)
                    return isNeighbour ? CellStep(rows: row, columns: column) : nil
                }
            }
        case .distanceBand(let radius):
            try spec.checkMetric()
            try checkRadius(radius, name: "local Moran radius")
            let band = DistanceBand(radiusInMeters: radius, on: spec)
            let furthest = band.halfWidths.count - 1
            return (-furthest...furthest).flatMap { row in
                let halfWidth = band.halfWidths[abs(row)]
                return (-halfWidth...halfWidth).compactMap { column in
                    row == 0 && column == 0 ? nil : CellStep(rows: row, columns: column)
                }
            }
        }
    }
}

/// From a cell to another.
struct CellStep: Hashable, Sendable {
    var rows: Int
    var columns: Int
}

/// Where the neighbours of an observation come from.
enum NeighbourSource: Sendable {
    case cells(Shape, [CellStep])
    case list(SpatialWeights)

    /// The most neighbours that an observation has.
    var most: Int {
        switch self {
        case .cells(_, let steps): steps.count
        case .list(let weights): weights.rows.reduce(0) { max($0, $1.count) }
        }
    }

    /// Calls `body` with each neighbour of observation `i` and its weight,
    /// `i` itself left out, in the order of indices.
    @inline(__always)
    func forEach(of i: Int, _ body: (_ index: Int, _ weight: Double) -> Void) {
        switch self {
        case .cells(let shape, let steps):
            let (row, column) = i.quotientAndRemainder(dividingBy: shape.columns)
            for step in steps {
                let r = row + step.rows
                let c = column + step.columns
                guard r >= 0, r < shape.rows, c >= 0, c < shape.columns else { continue }
                body(r * shape.columns + c, 1)
            }
        case .list(let weights):
            for neighbour in weights.rows[i] where neighbour.index != i {
                body(neighbour.index, neighbour.weight)
            }
        }
    }
}
