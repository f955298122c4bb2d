import GridCore

extension GridSpec {
    /// Row-major numbers of all cells that a line touches, ascending, each
    /// once: the parts of it outside the grid, and ends that are not numbers,
    /// are passed over. Precondition: north-up.
    ///
    /// Every cell is meant whose closed square the line meets, so that a river
    /// drawn so is a barrier to straight steps, and with
    /// `MovementRule.Corners.gap` to all.
    public func cellsTouched(by line: [Coordinate]) -> [Int] {
        precondition(geotransform.isNorthUp, "lines need a north-up grid")
        let points = line.map { point in
            Coordinate(
                x: (point.x - geotransform.originX) / geotransform.cellWidth,
                y: (point.y - geotransform.originY) / geotransform.cellHeight)
        }
        var found = Set<Int>()
        if points.count == 1 { addCells(from: points[0], to: points[0], &found) }
        for (a, b) in zip(points, points.dropFirst()) { addCells(from: a, to: b, &found) }
        return found.sorted()
    }

    /// The cells of a segment in columns and rows, row by row: within one row
    /// they are contiguous.
    private func addCells(from a: Coordinate, to b: Coordinate, _ found: inout Set<Int>) {
        guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return }
        let (top, bottom) = a.y <= b.y ? (a, b) : (b, a)
        let height = bottom.y - top.y
        // A point on a line between cells touches those on both sides.
        guard bottom.y >= 0, top.y <= Double(shape.rows) else { return }
        let firstRow = max(0, Int(max(top.y, 0).rounded(.up)) - 1)
        let lastRow = min(shape.rows - 1, Int(min(bottom.y, Double(shape.rows)).rounded(.down)))
        guard firstRow <= lastRow else { return }
        for row in firstRow...lastRow {
            func x(at y: Double) -> Double {
                if y <= top.y { return top.x }
                if y >= bottom.y { return bottom.x }
                return top.x + (y - top.y) / height * (bottom.x - top.x)
            }
            let ends =
                height == 0 ? (top.x, bottom.x) : (x(at: Double(row)), x(at: Double(row + 1)))
            let west = min(ends.0, ends.1)
            let east = max(ends.0, ends.1)
            guard east >= 0, west <= Double(shape.columns) else { continue }
            let first = max(0, Int(max(west, 0).rounded(.up)) - 1)
            let last = min(
                shape.columns - 1, Int(min(east, Double(shape.columns)).rounded(.down)))
            guard first <= last else { continue }
            for column in first...last { found.insert(row * shape.columns + column) }
        }
    }
}
