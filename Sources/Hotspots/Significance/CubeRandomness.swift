import Diagnostics
import GridCore

/// How likely it is that as many incidents fall into the neighbourhoods of a
/// cube by chance.
///
/// Given the total N of the window that a bin is compared with, incidents
/// that fall on its n cells and steps independently and uniformly give a
/// neighbourhood of W of them, its cells at every step that it reaches, a
/// binomial count of N trials and chance W / n; see
/// `GetisOrdMap.randomnessP(counts:valid:radiusInMeters:threads:)`.
struct CubeRandomness: Sendable {
    private let counts: [Grid<Int64>]
    private let valid: Grid<UInt8>
    private let neighbourhood: SpaceTimeNeighbourhood
    private let band: DistanceBand
    private let validCells: Int
    /// Valid cells around each cell, the same at every step.
    private let numbers: BandCounts
    /// Units of each step in valid cells.
    private let totals: [Int64]

    /// - Parameter counts: mass of the incidents at one event each.
    /// - Throws: `.mismatch` when grids or numbers of steps differ,
    ///   `.unsuitableValue` for a negative count or more than 2^50 units.
    init(_ counts: SpaceTimeCube, of map: SpaceTimeGetisOrd) throws(HotspotError) {
        guard counts.steps.count == map.z.count, counts.spec == map.valid.spec else {
            let (own, expected) = (counts.spec.shape, map.valid.shape)
            throw HotspotError(
                .mismatch,
                "counts of \(counts.steps.count) steps of \(own.rows) x \(own.columns) cells "
                    + "(expected \(map.z.count) of \(expected.rows) x \(expected.columns) on the "
                    + "grid of the scores)",
                mend: "Count the incidents on the grid and steps of the scores")
        }
        self.counts = counts.steps
        valid = map.valid
        neighbourhood = map.neighbourhood
        band = try map.neighbourhood.band(on: counts.spec)
        let validInRow = FieldSummary(of: counts.steps[0], valid: map.valid, threads: 1).validInRow
        validCells = validInRow.reduce(0, +)
        numbers = BandCounts(valid: map.valid, validInRow: validInRow, band: band, threads: 1)
        var totals: [Int64] = []
        var all: Int64 = 0
        for (step, grid) in counts.steps.enumerated() {
            guard let total = Self.total(grid, map.valid), all + total <= MassUnits.largest else {
                throw HotspotError(
                    .unsuitableValue,
                    "step \(step) of the counts: a count is negative, or the counts up to here are "
                        + "more than \(MassUnits(units: MassUnits.largest).events) incidents",
                    mend: "Count incidents at one event each, with MassGrid")
            }
            all += total
            totals.append(total)
        }
        self.totals = totals
    }

    /// The units in valid cells; nil when one is negative or too large.
    private static func total(_ grid: Grid<Int64>, _ valid: Grid<UInt8>) -> Int64? {
        grid.withCells { cells in
            valid.withCells { valid in
                var total: Int64 = 0
                for i in cells.indices where valid[i] != 0 {
                    guard cells[i] >= 0, cells[i] <= MassUnits.largest else { return nil }
                    total += cells[i]
                    guard total <= MassUnits.largest else { return nil }
                }
                return total
            }
        }
    }

    /// Two-sided p-values of the cells of a step whose score is as far from 0
    /// as `leastScore` or farther, in the order of the cells.
    ///
    /// - Parameter z: the scores of the step.
    func p(ofStep step: Int, z: Grid<Double>, leastScore: Double) -> [Double] {
        let layers = neighbourhood.layers(at: step)
        let window = neighbourhood.windowSteps(at: step, of: counts.count)
        let sums = NeighbourhoodCounts(
            .sum(counts[(step + 1 - layers)...step], valid: valid), numbers: numbers,
            shape: valid.shape, band: band)
        var tails = RandomnessTails(
            totalUnits: totals[window].reduce(0, +), cells: validCells * window.count)
        let columns = valid.shape.columns
        var found: [Double] = []
        z.withCells { z in
            for scratch in sums.makeScratch(workers: 1) {
                sums.forEachRow(of: 0..<valid.shape.rows, scratch: scratch) { row, units, cells in
                    for column in 0..<columns {
                        let score = z[row * columns + column]
                        guard score.magnitude >= leastScore else { continue }
                        found.append(
                            tails.twoSidedP(
                                z: score, units: units[column],
                                cells: Int(cells[column]) * layers))
                    }
                }
            }
        }
        return found
    }
}
