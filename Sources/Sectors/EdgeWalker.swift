import GridCore

/// What the edges leave in one cell they cross.
struct CellCrossing {
    var row: Int
    var column: Int
    /// Signed height spanned in the cell: cover of all cells further right.
    var cover: Double
    /// Signed area inside the cell to the right of the edge.
    var area: Double
}

/// Walks edges through the cells of a grid, in cell coordinates: x counts
/// columns from the west edge, y rows from the north edge.
struct EdgeWalker {
    private let transform: Geotransform
    private let rowCount: Int
    private let columnCount: Int
    private var crossings: [CellCrossing] = []

    init(_ spec: GridSpec) {
        transform = spec.geotransform
        rowCount = spec.shape.rows
        columnCount = spec.shape.columns
    }

    /// The crossings by row, then column; those of one cell in the order in
    /// which the edges came.
    consuming func sortedCrossings() -> [CellCrossing] {
        var sorted = crossings
        sorted.sort { ($0.row, $0.column) < ($1.row, $1.column) }
        return sorted
    }

    /// Adds a ring: what it encloses counts +1, or -1 for a hole, whatever
    /// way it runs.
    mutating func addRing(_ ring: Ring, isHole: Bool) {
        guard let last = ring.last else { return }
        let area = ring.signedArea
        guard area != 0 else { return }
        // With rows counted southwards, a counter-clockwise ring goes down
        // along its west side, so that what lies to the right counts +1.
        let sign: Double = (area > 0) == isHole ? -1 : 1
        var previous = cellCoordinate(last)
        for vertex in ring {
            let next = cellCoordinate(vertex)
            addEdge(from: previous, to: next, sign: sign)
            previous = next
        }
    }

    private func cellCoordinate(_ c: Coordinate) -> Coordinate {
        Coordinate(
            x: cells(from: transform.originX, to: c.x, size: transform.cellWidth),
            y: cells(from: transform.originY, to: c.y, size: transform.cellHeight))
    }

    /// The distance in cells, a whole number when it is one but for the
    /// rounding of the inputs: otherwise an outline along cell edges would
    /// leave slivers in the cells beside it.
    private func cells(from origin: Double, to value: Double, size: Double) -> Double {
        let distance = value - origin
        let result = distance / size
        precondition(abs(result) <= 1e15, "coordinate is not finite or too far from the grid")
        let whole = result.rounded()
        let unitsInLastPlace = 4.0
        let rounding =
            unitsInLastPlace * max(abs(value), abs(origin), abs(distance)).ulp / abs(size)
        return abs(result - whole) <= rounding ? whole : result
    }

    private mutating func addEdge(from a: Coordinate, to b: Coordinate, sign: Double) {
        guard a.y != b.y else { return }
        // Always walked from the upper end, so that two polygons along one
        // edge get the same numbers with opposite signs.
        let isDownward = a.y < b.y
        let upper = isDownward ? a : b
        let lower = isDownward ? b : a
        let top = max(upper.y, 0)
        let bottom = min(lower.y, Double(rowCount))
        let west = min(upper.x, lower.x)
        let east = max(upper.x, lower.x)
        guard top < bottom, west < Double(columnCount) else { return }

        let slope = (lower.x - upper.x) / (lower.y - upper.y)
        func x(at y: Double) -> Double {
            if y == upper.y { return upper.x }
            if y == lower.y { return lower.x }
            return min(max(upper.x + (y - upper.y) * slope, west), east)
        }
        let signOfPart = isDownward ? sign : -sign
        var row = Int(top)
        var y = top
        var xHere = x(at: top)
        while y < bottom {
            let nextY = min(Double(row + 1), bottom)
            let nextX = x(at: nextY)
            addPart(
                row: row, west: min(xHere, nextX), east: max(xHere, nextX),
                height: signOfPart * (nextY - y))
            y = nextY
            xHere = nextX
            row += 1
        }
    }

    /// A piece of an edge inside one row, between two x, of signed height.
    private mutating func addPart(row: Int, west: Double, east: Double, height: Double) {
        guard west < Double(columnCount) else { return }
        // Left of the grid an edge covers whole cells of the row, wherever it
        // is; right of the grid it covers none.
        guard east > 0 else {
            add(row, 0, cover: height, area: height)
            return
        }
        var column = Int(max(west, 0))
        if west >= 0, east <= Double(column + 1) {
            addSpan(row, column, from: west, to: east, cover: height)
            return
        }
        let length = east - west
        var reached = 0.0
        if west < 0 {
            reached = height * (-west / length)
            add(row, 0, cover: reached, area: reached)
        }
        var x = max(west, 0)
        while x < east, column < columnCount {
            let nextX = min(Double(column + 1), east)
            // Differences of running totals, so that the parts add up to the
            // height exactly.
            let total = nextX == east ? height : height * ((nextX - west) / length)
            addSpan(row, column, from: x, to: nextX, cover: total - reached)
            reached = total
            x = nextX
            column += 1
        }
    }

    private mutating func addSpan(
        _ row: Int, _ column: Int, from west: Double, to east: Double, cover: Double
    ) {
        let left = Double(column)
        let middle = ((west - left) + (east - left)) / 2
        add(row, column, cover: cover, area: cover * (1 - middle))
    }

    private mutating func add(_ row: Int, _ column: Int, cover: Double, area: Double) {
        crossings.append(CellCrossing(row: row, column: column, cover: cover, area: area))
    }
}
