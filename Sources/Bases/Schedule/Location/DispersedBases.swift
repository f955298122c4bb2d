import Diagnostics
import Solver

/// The `count` bases whose two nearest lie as far apart as possible
/// (p-dispersion: Kuby 1987), proven: the largest distance at which `count`
/// bases keep clear of each other is searched among those that occur.
///
/// `distances` has one row per base, of any unit, and is read in both
/// directions, the shorter one of a pair counting. Fewer than two bases to
/// choose: their distance is `+infinity`.
///
/// - Throws: `mismatch` for a table that is not square, `unsuitableValue` for
///   a distance that is negative or not a number and for a count below 0 or
///   above the number of bases; `solverFailed`.
public func dispersedBases(
    count: Int, distances: [[Double]]
) throws(ScheduleError) -> LocationChoice {
    let bases = distances.count
    guard distances.allSatisfy({ $0.count == bases }) else {
        throw ScheduleError(
            .mismatch, "a row has not \(bases) distances, one per base",
            mend: "Give a square table of distances")
    }
    guard distances.allSatisfy({ $0.allSatisfy { $0 >= 0 } }) else {
        throw .value(
            "distance", "one is negative or not a number, expected a number from 0",
            mend: "Correct the table of distances")
    }
    guard (0...bases).contains(count) else {
        throw .value(
            "number of bases", "it is \(count), expected 0 ... \(bases)",
            mend: "Choose from the bases that exist")
    }
    func distance(_ a: Int, _ b: Int) -> Double { min(distances[a][b], distances[b][a]) }
    var best = LocationChoice(bases: Array(0..<count), value: .infinity, bound: .infinity)
    guard count >= 2 else { return best }
    let lengths = Set((0..<bases).flatMap { a in (0..<a).map { distance(a, $0) } }).sorted()
    // The smallest distance always allows any set.
    best.value = lengths[0]
    var low = 1
    var high = lengths.count
    while low < high {
        let middle = (low + high) / 2
        var program = LinearProgram()
        for base in 0..<bases {
            _ = program.add(.init(name: "x\(base)", upper: 1, objective: 1, isInteger: true))
        }
        for a in 0..<bases {
            for b in 0..<a where distance(a, b) < lengths[middle] {
                program.add(.init(name: "d\(a)_\(b)", terms: [.init(a), .init(b)], upper: 1))
            }
        }
        let solution = try solve(program)
        let found = solution.values.indices.filter { solution.values[$0] > 0.5 }
        best.nodes += solution.nodes
        if found.count >= count {
            best.bases = Array(found.prefix(count))
            best.value = lengths[middle]
            low = middle + 1
        } else {
            high = middle
        }
    }
    var shortest = Double.infinity
    for a in best.bases {
        for b in best.bases where b < a { shortest = min(shortest, distance(a, b)) }
    }
    best.value = shortest
    best.bound = shortest
    return best
}
