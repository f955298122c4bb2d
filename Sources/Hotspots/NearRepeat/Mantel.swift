import Diagnostics
import GridCore

/// Mantel's test with reciprocals: are events that are near in space near in
/// time too?
public struct MantelTest: Hashable, Sendable {
    public var eventCount: Int
    /// Sum over pairs of `1 / (distance + c) x 1 / (time + c')`.
    public var productSum: Double
    /// Correlation of the two reciprocals over pairs; NaN when one of them
    /// is the same for all pairs or there are fewer than two pairs.
    public var correlation: Double
    /// `(1 + replicates with as large a sum) / (1 + replicates)`: dealing
    /// times out anew changes neither mean nor spread, so that sum and
    /// correlation have the same p.
    public var p: Double
    public var replicates: Int
}

/// Mantel's test against times dealt out anew.
///
/// Reciprocals give weight to near pairs; the constants say what counts as
/// near.
///
/// - Parameters:
///   - distanceConstantInMeters: added to distances; more than 0.
///   - timeConstantInDays: added to times apart; more than 0.
/// - Returns: a p of 1 with fewer than three events.
/// - Throws: `.mismatch`, `.unsuitableIncident` for coordinates or times
///   that are not finite, `.unsuitableParameter` for constants and
///   replicates.
/// - Complexity: O(n^2 x replicates): every pair counts. Memory O(n).
///
/// Mantel 1967, Cancer Research 27(2), 209-220.
public func mantelTest(
    places: [Coordinate], timesInDays times: [Double], distance: ScanDistance,
    distanceConstantInMeters: Double = 1000, timeConstantInDays: Double = 1,
    replicates: Int = 999, seed: UInt64 = 1, threads: Int = 1
) throws(HotspotError) -> MantelTest {
    guard distanceConstantInMeters > 0, distanceConstantInMeters.isFinite,
        timeConstantInDays > 0, timeConstantInDays.isFinite, replicates >= 1
    else {
        throw HotspotError(
            .unsuitableParameter,
            "constants of \(distanceConstantInMeters) m and \(timeConstantInDays) days and "
                + "\(replicates) replicates (expected more than 0 of each)",
            mend: "Take a distance and a time that count as near, such as 1000 m and 1 day")
    }
    guard places.count == times.count, times.allSatisfy(\.isFinite) else {
        throw HotspotError(
            .mismatch,
            "\(places.count) places and \(times.count) times, "
                + "\(times.count { !$0.isFinite }) of them not finite",
            mend: "Give a place and a time for every event")
    }
    let pairs = MantelPairs(
        points: try DistancePoints(places, distance: distance),
        distanceConstant: distanceConstantInMeters, timeConstant: timeConstantInDays)
    let dealer = TimeDealer(times: times, seed: seed, count: 1 + replicates)
    let sums = pairs.productSums(dealer, threads: threads)
    // As sums of permuted terms, equal ones may differ by rounding.
    let limit = sums[0] * (1 - 1e-12)
    let reached = sums.dropFirst().count { $0 >= limit }
    return MantelTest(
        eventCount: places.count, productSum: sums[0],
        correlation: pairs.correlation(times: times),
        p: Double(1 + reached) / Double(1 + replicates), replicates: replicates)
}

/// Reciprocal distances and times of all pairs.
private struct MantelPairs: Sendable {
    let points: DistancePoints
    let distanceConstant: Double
    let timeConstant: Double

    private var count: Int { points.points.count }

    /// 1 / (d + c) to the events after `event`.
    private func reciprocals(of event: Int, into row: inout [Double]) {
        for other in (event + 1)..<max(event + 1, count) {
            row[other] = 1 / (points.meters(event, other) + distanceConstant)
        }
    }

    /// The sum of products of every column of times; rows are added first,
    /// which keeps the digits of small terms.
    func productSums(_ dealer: TimeDealer, threads: Int) -> [Double] {
        // Vectors share the reciprocal distances of a row.
        let vectorsPerTask = 8
        let vectors = (dealer.count + timeLaneCount - 1) / timeLaneCount
        let tasks = (vectors + vectorsPerTask - 1) / vectorsPerTask
        var sums = [SIMD8<Double>](repeating: SIMD8(), count: vectors)
        sums.withUnsafeMutableBufferPointer { sums in
            let output = SharedCells(sums)
            forEachInParallel(count: tasks, threads: threads) { _, task in
                let mine = (task * vectorsPerTask)..<min(vectors, (task + 1) * vectorsPerTask)
                let lanes = mine.map { dealer.lanes($0) }
                var row = [Double](repeating: 0, count: count)
                for event in 0..<count {
                    reciprocals(of: event, into: &row)
                    for (i, vector) in mine.enumerated() {
                        output.cells[vector] += rowSum(event, row, lanes[i])
                    }
                }
            }
        }
        return (0..<dealer.count).map { sums[$0 / timeLaneCount][$0 % timeLaneCount] }
    }

    private func rowSum(_ event: Int, _ row: [Double], _ lanes: [SIMD8<Double>]) -> SIMD8<Double> {
        var sum = SIMD8<Double>()
        row.withUnsafeBufferPointer { row in
            lanes.withUnsafeBufferPointer { lanes in
                let own = lanes[event]
                for other in (event + 1)..<max(event + 1, count) {
                    let apart = lanes[other] - own
                    let days = unsafeBitCast(
                        unsafeBitCast(apart, to: SIMD8<UInt64>.self) & ~(1 << 63),
                        to: SIMD8<Double>.self)
                    sum += row[other] / (days + timeConstant)
                }
            }
        }
        return sum
    }

    /// Pearson's correlation of both reciprocals, from moments about their
    /// means.
    func correlation(times: [Double]) -> Double {
        let pairs = Double(count) * Double(count - 1) / 2
        guard pairs >= 2 else { return .nan }
        var row = [Double](repeating: 0, count: count)
        func forEachRow(_ body: (_ event: Int, _ row: [Double]) -> Void) {
            for event in 0..<count {
                reciprocals(of: event, into: &row)
                body(event, row)
            }
        }
        func soon(_ a: Int, _ b: Int) -> Double { 1 / (abs(times[a] - times[b]) + timeConstant) }
        var (near, time) = (0.0, 0.0)
        forEachRow { event, row in
            var (nearInRow, timeInRow) = (0.0, 0.0)
            for other in (event + 1)..<max(event + 1, count) {
                nearInRow += row[other]
                timeInRow += soon(event, other)
            }
            near += nearInRow
            time += timeInRow
        }
        let (nearMean, timeMean) = (near / pairs, time / pairs)
        var moments = SIMD4<Double>()
        forEachRow { event, row in
            var inRow = SIMD4<Double>()
            for other in (event + 1)..<max(event + 1, count) {
                let a = row[other] - nearMean
                let b = soon(event, other) - timeMean
                inRow += SIMD4(a * a, b * b, a * b, 0)
            }
            moments += inRow
        }
        // What rounding leaves of a spread that is 0 counts as 0.
        let isConstant =
            moments.x <= pairs * nearMean * nearMean * 1e-26
            || moments.y <= pairs * timeMean * timeMean * 1e-26
        return isConstant ? .nan : moments.z / (moments.x * moments.y).squareRoot()
    }
}
