import GridCore

/// The outlines of sets of cells, traced along the edges of cells.
struct CellOutlines {
    /// One polygon per component, in order.
    let polygons: [Polygon]

    /// Precondition: components are joined by edges, not by corners.
    ///
    /// Boundaries are walked with the component on the left: exteriors come
    /// out counter-clockwise and holes clockwise. Where two cells of a
    /// component meet at a corner only, the walk turns right, across the
    /// corner: an exterior then never touches itself, and two holes that meet
    /// there stay two. Walking starts in row-major order, so the first ring
    /// of a component is its exterior.
    init(of components: CellComponents, on spec: GridSpec) {
        var walked = [UInt8](repeating: 0, count: components.label.count)
        polygons = components.members.enumerated().map { index, cells in
            let walk = OutlineWalk(
                components: components, number: Int32(index + 1), spec: spec)
            var rings: [Ring] = []
            for cell in cells {
                for side in Side.allCases
                where walked[cell] & side.bit == 0 && walk.isBoundary(side, of: cell) {
                    rings.append(walk.ring(from: cell, side, marking: &walked))
                }
            }
            return Polygon(exterior: rings.first ?? [], holes: Array(rings.dropFirst()))
        }
    }
}

/// A side of a cell; walked with the cell on the left.
private enum Side: Int, CaseIterable {
    /// Walked southwards.
    case west
    /// Walked eastwards.
    case south
    /// Walked northwards.
    case east
    /// Walked westwards.
    case north

    var bit: UInt8 { 1 << UInt8(rawValue) }

    /// The side after a turn to the left, and to the right.
    var left: Side { Side.allCases[(rawValue + 1) % 4] }
    var right: Side { Side.allCases[(rawValue + 3) % 4] }

    /// The step in rows and columns that walking along the side makes.
    var heading: (rows: Int, columns: Int) {
        switch self {
        case .west: (1, 0)
        case .south: (0, 1)
        case .east: (-1, 0)
        case .north: (0, -1)
        }
    }

    /// The step to the cell across the side, to the right of the walker.
    var across: (rows: Int, columns: Int) { right.heading }

    /// Where the walk along the side ends, from the cell's upper left corner.
    var end: (rows: Int, columns: Int) {
        switch self {
        case .west: (1, 0)
        case .south: (1, 1)
        case .east: (0, 1)
        case .north: (0, 0)
        }
    }
}

/// Walks along the boundaries of one component.
private struct OutlineWalk {
    let components: CellComponents
    let number: Int32
    let spec: GridSpec

    private func isMember(_ row: Int, _ column: Int) -> Bool {
        let shape = components.shape
        guard row >= 0, row < shape.rows, column >= 0, column < shape.columns else {
            return false
        }
        return components.label[row * shape.columns + column] == number
    }

    /// Whether the component ends at this side of one of its cells.
    func isBoundary(_ side: Side, of cell: Int) -> Bool {
        let (row, column) = cell.quotientAndRemainder(dividingBy: components.shape.columns)
        return !isMember(row + side.across.rows, column + side.across.columns)
    }

    /// The closed ring through a side, corners only.
    func ring(from start: Int, _ startSide: Side, marking walked: inout [UInt8]) -> Ring {
        let columns = components.shape.columns
        var (row, column) = start.quotientAndRemainder(dividingBy: columns)
        var side = startSide
        var corners: Ring = []
        repeat {
            walked[row * columns + column] |= side.bit
            let corner = (row: row + side.end.rows, column: column + side.end.columns)
            let ahead = (
                row: row + side.heading.rows, column: column + side.heading.columns)
            let aheadRight = (
                row: ahead.row + side.across.rows, column: ahead.column + side.across.columns)
            let before = side
            if isMember(aheadRight.row, aheadRight.column) {
                (row, column) = aheadRight
                side = side.right
            } else if isMember(ahead.row, ahead.column) {
                (row, column) = ahead
            } else {
                side = side.left
            }
            if side != before { corners.append(coordinate(corner.row, corner.column)) }
        } while row * columns + column != start || side != startSide
        corners.append(corners[0])
        return corners
    }

    private func coordinate(_ row: Int, _ column: Int) -> Coordinate {
        Coordinate(
            x: spec.geotransform.originX + Double(column) * spec.geotransform.cellWidth,
            y: spec.geotransform.originY + Double(row) * spec.geotransform.cellHeight)
    }
}
