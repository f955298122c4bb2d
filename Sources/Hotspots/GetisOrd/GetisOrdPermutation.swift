import Diagnostics
import GridCore

/// Two-sided p-values of Gi and Gi* from conditional permutations, in place
/// of the normal ones that are poor for sparse counts.
///
/// The value of a cell stays; its neighbours are drawn `replicates` times,
/// without replacement, from the other valid cells. With the draws whose sum
/// is at least, and at most, that of the true neighbours counted,
/// `p = min(1, 2 (min(#>=, #<=) + 1) / (replicates + 1))`. It is the same
/// for Gi and Gi*, as the cell's own value does not change. Sums over weights
/// of 1 are compared exactly, so that ties are ties.
///
/// - Parameters:
///   - replicates: 1 or more, such as 999; the smallest p is
///     2 / (replicates + 1).
///   - seed: of the draws, which depend on it, the cell and the replicate
///     alone.
///   - threads: changes no bit of the result.
/// - Returns: NaN where a cell takes no part, has no neighbour or has all
///   others as neighbours; 1 where all values are equal. For
///   `ConfidenceBins(of:twoSidedP:correction:)`.
/// - Throws: as `getisOrd(_:values:valid:neighbourhood:threads:)`.
/// - Complexity: O(cells x replicates x neighbours).
///
/// Anselin 1995, Geographical Analysis 27(2), section on conditional
/// randomisation.
public func getisOrdPermutationP(
    values units: Grid<Int64>, valid: Grid<UInt8>, neighbourhood: Neighbourhood,
    replicates: Int = 999, seed: UInt64, threads: Int
) throws(HotspotError) -> Grid<Double> {
    try neighbourhood.check()
    guard replicates >= 1, replicates <= Int(UInt32.max) else {
        throw HotspotError(
            .unsuitableParameter,
            "Gi* permutations: \(replicates) is not a usable number (expected 1 or more)",
            mend: "Give how many permutations to draw, such as 999")
    }
    let input = try GetisOrdInput(units: units, valid: valid, threads: threads)
    let steps = NeighbourhoodSteps(neighbourhood, on: valid.spec)
    let population = PermutedPopulation(input)
    let columns = valid.shape.columns
    return Grid(valid.spec) { cells in
        let output = SharedCells(cells)
        let samplers = (0..<input.threads).map { _ in PermutationSampler(population) }
        forEachInParallel(count: valid.shape.rows, threads: input.threads) { worker, row in
            for column in 0..<columns {
                let cell = CellIndex(row: row, column: column)
                var p = Double.nan
                if input.isValid(row * columns + column) {
                    let members = steps.members(of: cell, valid: valid)
                        .filter { $0.cell != cell }
                    p = samplers[worker].twoSidedP(
                        of: row * columns + column,
                        neighbours: members.map {
                            (place: $0.cell.row * columns + $0.cell.column, weight: $0.weight)
                        }, replicates: replicates, seed: seed)
                }
                output.cells[row * columns + column] = p
            }
        }
    }
}

/// The values of the valid cells.
private struct PermutedPopulation: Sendable {
    var values: [Int64] = []
    /// Where the value of a cell is; -1 for none.
    var places: [Int]
    let isConstant: Bool

    init(_ input: GetisOrdInput) {
        let units = input.units.cells
        places = Array(repeating: -1, count: units.count)
        for i in units.indices where input.isValid(i) {
            places[i] = values.count
            values.append(units[i])
        }
        isConstant = input.summary.moments.standardDeviation == 0
    }
}

/// Draws for one worker.
///
/// `@unchecked Sendable`: a worker uses its own.
private final class PermutationSampler: @unchecked Sendable {
    private let population: PermutedPopulation
    /// The order of the population; as at first after every replicate.
    private var order: [Int32]
    private var swaps: [Int] = []

    init(_ population: PermutedPopulation) {
        self.population = population
        order = population.values.indices.map { Int32($0) }
    }

    func twoSidedP(
        of cell: Int, neighbours: [(place: Int, weight: Double)], replicates: Int, seed: UInt64
    ) -> Double {
        let others = population.values.count - 1
        guard !neighbours.isEmpty, neighbours.count < others else { return .nan }
        guard !population.isConstant else { return 1 }
        let weights = neighbours.map(\.weight)
        let values = neighbours.map { population.values[population.places[$0.place]] }
        let hasEqualWeights = weights.allSatisfy { $0 == weights[0] }
        let exact = values.reduce(0, +)
        let weighted = zip(weights, values).reduce(0.0) { $0 + $1.0 * Double($1.1) }
        let own = population.places[cell]
        order.swapAt(own, others)
        var (more, fewer) = (0, 0)
        for replicate in 0..<replicates {
            var random = CounterRandom(
                seed: seed, stream: UInt64(cell), substream: UInt32(replicate))
            if hasEqualWeights {
                var sum: Int64 = 0
                draw(weights.count, from: others, &random) { _, value in sum += value }
                more += sum >= exact ? 1 : 0
                fewer += sum <= exact ? 1 : 0
            } else {
                var sum = 0.0
                draw(weights.count, from: others, &random) { sum += weights[$0] * Double($1) }
                more += sum >= weighted ? 1 : 0
                fewer += sum <= weighted ? 1 : 0
            }
        }
        order.swapAt(own, others)
        return min(1, 2 * Double(min(more, fewer) + 1) / Double(replicates + 1))
    }

    /// The first places of a random order (Fisher and Yates), undone
    /// afterwards.
    private func draw(
        _ count: Int, from others: Int, _ random: inout CounterRandom,
        _ body: (_ index: Int, _ value: Int64) -> Void
    ) {
        swaps.removeAll(keepingCapacity: true)
        for i in 0..<count {
            let step = random.next().multipliedFullWidth(by: UInt64(others - i)).high
            let other = i + Int(step)
            order.swapAt(i, other)
            swaps.append(other)
            body(i, population.values[Int(order[i])])
        }
        for i in (0..<count).reversed() { order.swapAt(i, swaps[i]) }
    }
}
