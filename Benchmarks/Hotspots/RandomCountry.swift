import Glibc
import GridCore
import Hotspots

/// A made-up country on cells of 5 km: a ragged outline with a lake, and
/// provinces that a coarse incident is known to lie in.
struct RandomCountry {
    static let cellInMeters = 5000.0
    private static let side = 88

    let spec: GridSpec
    let valid: Grid<UInt8>
    /// The cells of the country, by row, then column.
    let cells: [CellIndex]
    /// The number of the province of each of `cells`.
    private let provinceOf: [CellIndex: Int]
    private let provinces: [SpreadRegion]
    /// The share of incidents that are known to their province only.
    private let coarseShare: Double

    init(seed: UInt64, number: Int, coarseShare: Double) throws {
        self.coarseShare = coarseShare
        var random = CounterRandom(seed: seed, stream: UInt64(number), substream: 0)
        let side = Self.side
        spec = SharedInput.grid(side: side, cell: Self.cellInMeters)
        // A circle whose radius swings with the angle.
        let radius = 28 + 9 * random.nextUnit()
        let swings = (2...6).map { k in
            (k: Double(k), size: 0.28 / Double(k) * random.nextUnit(), at: 6.28 * random.nextUnit())
        }
        let lake = Coordinate(
            x: 30 + 28 * random.nextUnit(), y: 30 + 28 * random.nextUnit())
        var valid = Grid<UInt8>(spec, filledWith: 0)
        var cells: [CellIndex] = []
        for row in 0..<side {
            for column in 0..<side {
                let y = Double(row) - 43.5
                let x = Double(column) - 43.5
                let angle = atan2(y, x)
                let edge = swings.reduce(radius) {
                    $0 + radius * $1.size * cos($1.k * angle + $1.at)
                }
                let inLake = hypot(Double(column) - lake.x, Double(row) - lake.y) < 4
                guard hypot(x, y) < edge, !inLake else { continue }
                valid[row, column] = 1
                cells.append(CellIndex(row: row, column: column))
            }
        }
        self.valid = valid
        self.cells = cells
        (provinceOf, provinces) = try Self.divide(cells, into: 8, &random)
    }

    /// Provinces: the cells nearest to capitals drawn at random.
    private static func divide(
        _ cells: [CellIndex], into count: Int, _ random: inout CounterRandom
    ) throws -> ([CellIndex: Int], [SpreadRegion]) {
        let capitals = (0..<count).map { _ in cells[Int(random.nextUnit() * Double(cells.count))] }
        var provinceOf: [CellIndex: Int] = [:]
        var members = [[CellIndex]](repeating: [], count: count)
        for cell in cells {
            var nearest = 0
            for i in capitals.indices
            where squaredCells(cell, capitals[i]) < squaredCells(cell, capitals[nearest]) {
                nearest = i
            }
            provinceOf[cell] = nearest
            members[nearest].append(cell)
        }
        return (
            provinceOf, try members.map { try SpreadRegion(cells: $0.map { (cell: $0, share: 1) }) }
        )
    }

    static func squaredCells(_ a: CellIndex, _ b: CellIndex) -> Int {
        (a.row - b.row) * (a.row - b.row) + (a.column - b.column) * (a.column - b.column)
    }

    /// An incident in a cell, or known to its province only.
    func incident(in cell: CellIndex, _ random: inout CounterRandom) -> PlacedIncident {
        let isCoarse = random.nextUnit() < coarseShare
        return PlacedIncident(
            position: spec.center(of: cell),
            footprint: isCoarse ? .region(provinces[provinceOf[cell] ?? 0]) : .point)
    }

    /// A cell of the country, each as likely as the other.
    func randomCell(_ random: inout CounterRandom) -> CellIndex {
        cells[Int(random.nextUnit() * Double(cells.count))]
    }

    /// Incidents that fall anywhere, independently.
    func scattered(_ count: Int, _ random: inout CounterRandom) -> [PlacedIncident] {
        (0..<count).map { _ in incident(in: randomCell(&random), &random) }
    }
}
