import Diagnostics
import GridCore

/// What every step on a grid costs: the graph that journeys are computed on.
///
/// Cells are the nodes. A step from cell a to cell b costs
/// (f_a + f_b) / 2 * L minutes, with frictions f in minutes per metre and L
/// the metres between the centres, plus half the crossing minutes of both;
/// it costs the same back. Which steps there are says the `MovementRule`.
/// A value: surfaces of other seasons or with blocked cells are other
/// surfaces.
public struct TravelSurface: Sendable {
    public let spec: GridSpec
    public let metric: GroundMetric
    public let rule: MovementRule
    public let lengths: EdgeLengths
    /// Cells that can be travelled.
    public let passableCells: Int

    let friction: PaddedFriction
    /// Minutes to cross a cell, by its number in `friction`.
    let crossingMinutes: [Int: Double]
    let halfLengths: [Double]
    let moves: [Move]
    /// No step costs less, in minutes; 0 when no cell can be travelled.
    let leastStepMinutes: Double
    /// No step costs more, in minutes.
    let mostStepMinutes: Double

    /// The surface of a friction field.
    ///
    /// - Parameter metric: how coordinates become metres; by default what the
    ///   CRS of the grid says.
    /// - Throws: `TravelError` when no cell can be travelled, when a crossing
    ///   time is negative or not finite, for a grid that `EdgeLengths`
    ///   refuses and for a CRS that is not known.
    public init(
        _ field: FrictionField, rule: MovementRule = MovementRule(), metric: GroundMetric? = nil
    ) throws(TravelError) {
        let spec = field.minutesPerMeter.spec
        let ground: GroundMetric
        if let metric { ground = metric } else { ground = try GroundMetric(spec.crs) }
        let lengths = try EdgeLengths(spec, metric: ground)
        for (cell, minutes) in field.crossingMinutes {
            guard minutes.isFinite, minutes >= 0, (0..<spec.shape.count).contains(cell) else {
                throw TravelError(
                    .unsuitableParameter, at: Place(field: "crossing minutes"),
                    "have to be finite and not negative, for a cell of the grid (found \(minutes) "
                        + "for cell \(cell))",
                    mend: "Correct the ferry's minutes in the speed table")
            }
        }
        self.init(
            spec: spec, metric: ground, rule: rule, lengths: lengths,
            crossingMinutes: field.crossingMinutes
        ) { row, cells in
            field.minutesPerMeter.withCells { source in
                for column in 0..<spec.shape.columns {
                    cells[column] = source[row * spec.shape.columns + column]
                }
            }
        }
        guard passableCells > 0 else {
            throw TravelError(
                .allImpassable, at: Place(field: "friction"),
                "is impassable in all of its \(spec.shape.count) cells",
                mend: "Check that the speed table has the codes of the land cover, and that the "
                    + "layers overlap")
        }
    }

    /// The same surface with cells that nobody can travel: what remains when
    /// a stretch of road is cut. Cells outside the grid are passed over.
    public func blocking(_ cells: some Sequence<CellIndex>) -> TravelSurface {
        let columns = spec.shape.columns
        var blocked = Set<Int>()
        for cell in cells where contains(cell) { blocked.insert(cell.row * columns + cell.column) }
        let rows = Set(blocked.map { $0 / columns })
        var minutes: [Int: Double] = [:]
        for (index, extra) in crossingMinutes {
            let cell = friction.cell(index)
            minutes[cell.row * columns + cell.column] = extra
        }
        return TravelSurface(
            spec: spec, metric: metric, rule: rule, lengths: lengths, crossingMinutes: minutes
        ) { row, target in
            let source = friction.cells + friction.index(row: row, column: 0)
            for column in 0..<columns { target[column] = source[column].magnitude }
            guard rows.contains(row) else { return }
            for column in 0..<columns where blocked.contains(row * columns + column) {
                target[column] = .infinity
            }
        }
    }

    /// Minutes per metre of a cell; infinite where nobody can travel and
    /// outside the grid.
    public func minutesPerMeter(at cell: CellIndex) -> Double {
        guard contains(cell) else { return .infinity }
        return friction.cells[friction.index(row: cell.row, column: cell.column)].magnitude
    }

    /// Whether somebody can travel in a cell; never outside the grid.
    public func isPassable(_ cell: CellIndex) -> Bool { minutesPerMeter(at: cell) < .infinity }

    func contains(_ cell: CellIndex) -> Bool {
        (0..<spec.shape.rows).contains(cell.row) && (0..<spec.shape.columns).contains(cell.column)
    }

    private init(
        spec: GridSpec, metric: GroundMetric, rule: MovementRule, lengths: EdgeLengths,
        crossingMinutes minutes: [Int: Double],
        _ write: (_ row: Int, _ cells: UnsafeMutablePointer<Double>) -> Void
    ) {
        let columns = spec.shape.columns
        let margin = PaddedFriction.margin
        let stride = columns + 2 * margin
        let moves = Move.all(rule.moves, stride: stride)
        var passable = 0
        var least = Double.infinity
        var most = 0.0
        let friction = PaddedFriction(spec.shape) { row, cells in
            write(row, cells)
            for column in 0..<columns where cells[column] < .infinity {
                passable += 1
                least = min(least, cells[column])
                most = max(most, cells[column])
            }
        } mark: { cells in
            func markNeighbours(of cell: Int, _ moves: some Sequence<Move>) {
                for move in moves {
                    let neighbour = cell + move.offset
                    cells[neighbour] = -cells[neighbour].magnitude
                }
            }
            // Which steps pass beside an impassable cell: those from its
            // orthogonal neighbours, and knights from the diagonal ones too.
            let beside = moves.prefix(rule.moves == .eight ? 4 : 8)
            for row in 0..<(rule.corners == .open ? 0 : spec.shape.rows) {
                let first = (row + margin) * stride + margin
                for cell in first..<first + columns where cells[cell].magnitude == .infinity {
                    markNeighbours(of: cell, beside)
                }
            }
            for cell in minutes.keys {
                let index = (cell / columns + margin) * stride + cell % columns + margin
                cells[index] = -cells[index].magnitude
                markNeighbours(of: index, moves)
            }
        }
        self.spec = spec
        self.metric = metric
        self.rule = rule
        self.lengths = lengths
        self.moves = moves
        self.friction = friction
        halfLengths = RowHalfLengths.table(lengths)
        passableCells = passable
        crossingMinutes = Dictionary(
            uniqueKeysWithValues: minutes.map {
                (friction.index(row: $0.key / columns, column: $0.key % columns), $0.value)
            })
        var all = lengths.eastWest + lengths.northSouth + lengths.diagonal
        if rule.moves == .sixteen { all += lengths.wideKnight + lengths.tallKnight }
        leastStepMinutes = passable > 0 ? least * (all.min() ?? 0) : 0
        mostStepMinutes = most * (all.max() ?? 0) + (minutes.values.max() ?? 0)
    }
}
