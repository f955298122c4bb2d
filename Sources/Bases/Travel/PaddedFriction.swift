import GridCore

/// Friction with a margin of impassable cells, so that no step has to ask
/// whether it leaves the grid.
///
/// Minutes per metre; `+infinity` is impassable. The sign is a mark: a cell
/// with negative friction has obstacles around it, or minutes of its own, and
/// its steps have to be looked at one by one.
///
/// `@unchecked Sendable`: written to in `init` only.
final class PaddedFriction: @unchecked Sendable {
    /// Cells on each side: a knight's move leaves the grid by two.
    static let margin = 2

    private let memory: PagedMemory
    /// Columns with both margins.
    let stride: Int
    /// Rows with both margins.
    let rows: Int
    var count: Int { stride * rows }
    var cells: UnsafePointer<Double> {
        UnsafePointer(memory.base.assumingMemoryBound(to: Double.self))
    }

    /// An impassable field whose inner cells `write` sets: it is called with
    /// each row and the place of its first inner cell. `mark` gets the whole
    /// field at the end.
    init(
        _ shape: Shape, write: (_ row: Int, _ cells: UnsafeMutablePointer<Double>) -> Void,
        mark: (_ cells: UnsafeMutablePointer<Double>) -> Void
    ) {
        stride = shape.columns + 2 * Self.margin
        rows = shape.rows + 2 * Self.margin
        memory = PagedMemory(byteCount: stride * rows * MemoryLayout<Double>.stride)
        let cells = memory.base.bindMemory(to: Double.self, capacity: stride * rows)
        for row in 0..<rows {
            let start = cells + row * stride
            let inner = row - Self.margin
            if inner >= 0 && inner < shape.rows {
                for column in 0..<Self.margin {
                    start[column] = .infinity
                    start[stride - 1 - column] = .infinity
                }
                write(inner, start + Self.margin)
            } else {
                start.update(repeating: .infinity, count: stride)
            }
        }
        mark(cells)
    }

    /// Number of a cell in here.
    func index(row: Int, column: Int) -> Int {
        (row + Self.margin) * stride + column + Self.margin
    }

    /// The cell of a number.
    func cell(_ index: Int) -> CellIndex {
        CellIndex(row: index / stride - Self.margin, column: index % stride - Self.margin)
    }
}

/// Half the metres of every step from a padded row: a step costs the sum of
/// two frictions times half its length.
enum RowHalfLengths {
    static let eastWest = 0
    static let north = 1
    static let south = 2
    static let northDiagonal = 3
    static let southDiagonal = 4
    static let northWide = 5
    static let southWide = 6
    static let northTall = 7
    static let southTall = 8
    /// Numbers for each row.
    static let stride = 9

    /// Nine numbers for each row of the padded grid; 0 where a step leaves
    /// the grid.
    static func table(_ lengths: EdgeLengths) -> [Double] {
        let rows = lengths.eastWest.count
        let margin = PaddedFriction.margin
        var table = Array(repeating: 0.0, count: (rows + 2 * margin) * stride)
        func half(_ values: [Double], _ row: Int) -> Double {
            values.indices.contains(row) ? values[row] / 2 : 0
        }
        for row in 0..<rows {
            let start = (row + margin) * stride
            table[start + eastWest] = half(lengths.eastWest, row)
            table[start + north] = half(lengths.northSouth, row - 1)
            table[start + south] = half(lengths.northSouth, row)
            table[start + northDiagonal] = half(lengths.diagonal, row - 1)
            table[start + southDiagonal] = half(lengths.diagonal, row)
            table[start + northWide] = half(lengths.wideKnight, row - 1)
            table[start + southWide] = half(lengths.wideKnight, row)
            table[start + northTall] = half(lengths.tallKnight, row - 2)
            table[start + southTall] = half(lengths.tallKnight, row)
        }
        return table
    }
}
