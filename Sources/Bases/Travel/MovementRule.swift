/// The steps that a journey over a grid may take.
public struct MovementRule: Hashable, Sendable {
    /// Which cells a step leads to.
    public enum Moves: Int, Hashable, Sendable, CaseIterable {
        /// To the eight neighbours. The length of a straight line is
        /// overestimated by at most 8.24 %, 1 / cos(pi / 8) - 1.
        case eight = 8
        /// To the eight neighbours and by the eight moves of the knight. The
        /// overestimate is at most 2.79 %.
        case sixteen = 16
    }

    /// When a step may pass between impassable cells.
    ///
    /// A diagonal step goes between two cells, the orthogonal neighbours that
    /// it shares with its goal. A knight's move, as from (0, 0) to (2, 1),
    /// goes through two cells, here (1, 0) and (1, 1). Cells outside the grid
    /// are impassable.
    public enum Corners: String, Hashable, Sendable, CaseIterable {
        /// A diagonal step is refused when both cells beside it are
        /// impassable, a knight's move when one of those it goes through is.
        /// A line of cells that touch at corners only is a barrier; a
        /// knight's move that is allowed can always be made in two smaller
        /// steps that are.
        case gap
        /// A diagonal step is refused when one of the cells beside it is
        /// impassable; knights as in `gap`.
        case strict
        /// No step is refused: a barrier one cell wide does not hold. For
        /// comparison with programs that compute so.
        case open
    }

    public var moves: Moves
    public var corners: Corners

    public init(moves: Moves = .eight, corners: Corners = .gap) {
        self.moves = moves
        self.corners = corners
    }
}

/// One step, on a padded grid of a certain width.
struct Move: Sendable {
    /// What is added to the number of the cell.
    let offset: Int
    /// Which length of `RowHalfLengths` the step has.
    let length: Int
    /// What is added to get the two cells beside or on the way; 0 when there
    /// are none.
    let beside: (Int, Int)
    let isKnight: Bool

    /// The steps, in the order in which equal ones are preferred: straight,
    /// diagonal, knights; from north to south, from west to east.
    static func all(_ moves: MovementRule.Moves, stride: Int) -> [Move] {
        typealias L = RowHalfLengths
        func diagonal(_ rows: Int, _ columns: Int) -> Move {
            Move(
                offset: rows * stride + columns,
                length: rows < 0 ? L.northDiagonal : L.southDiagonal,
                beside: (rows * stride, columns), isKnight: false)
        }
        func knight(_ rows: Int, _ columns: Int) -> Move {
            let tall = abs(rows) == 2
            let length =
                tall ? (rows < 0 ? L.northTall : L.southTall) : (rows < 0 ? L.northWide : L.southWide)
            let near = (rows / 2) * stride + columns / 2
            return Move(
                offset: rows * stride + columns, length: length,
                beside: (near, near + (tall ? columns : rows * stride)), isKnight: true)
        }
        func straight(_ offset: Int, _ length: Int) -> Move {
            Move(offset: offset, length: length, beside: (0, 0), isKnight: false)
        }
        let near = [
            straight(-stride, L.north), straight(-1, L.eastWest), straight(1, L.eastWest),
            straight(stride, L.south), diagonal(-1, -1), diagonal(-1, 1), diagonal(1, -1),
            diagonal(1, 1),
        ]
        guard moves == .sixteen else { return near }
        return near + [
            knight(-2, -1), knight(-2, 1), knight(-1, -2), knight(-1, 2), knight(1, -2),
            knight(1, 2), knight(2, -1), knight(2, 1),
        ]
    }
}
