import Diagnostics
import GridCore

/// Do events follow one another nearby more often than the same places and
/// times would bring about by chance?
///
/// Times are dealt out among the events anew for each replicate; places keep
/// their events, so that places with many do not count as near repeats. The
/// caller's lists stay as they are.
///
/// - Parameters:
///   - timesInDays: of the events, from any day on, with fractions or not.
///   - distance: how far apart two places are.
/// - Returns: a table with no pairs when there are fewer than two events;
///   when all times are equal, ratios of 1 and p-values of 1.
/// - Throws: `.mismatch`, `.unsuitableIncident` for coordinates or times
///   that are not finite, `.unsuitableParameter` for the replicates.
/// - Complexity: O(n log n + close pairs x replicates); buckets spare the
///   distances of far pairs. The same bytes on any number of threads.
///
/// Knox 1964, Applied Statistics 13(1), 25-29; Ratcliffe and Rengert 2008,
/// Security Journal 21, 58-76 for bands and the ratio.
public func nearRepeats(
    places: [Coordinate], timesInDays times: [Double], distance: ScanDistance,
    bands: NearRepeatBands, replicates: Int = 999, seed: UInt64 = 1, threads: Int = 1
) throws(HotspotError) -> NearRepeatTable {
    let counts = try PairCounts(
        places: places, times: times, distance: distance, bands: bands, replicates: replicates,
        seed: seed, threads: threads)
    let timeBands = bands.timesInDays.count
    let cells = (0..<bands.distanceCount * timeBands).map { cell in
        let (observed, simulated) = counts.band(cell)
        let mean = simulated.reduce(0) { $0 + Double($1) } / Double(replicates)
        return NearRepeatCell(
            distanceBand: cell / timeBands, timeBand: cell % timeBands, observed: observed,
            simulatedMean: mean, ratio: Double(observed) / mean,
            p: permutationP(observed, simulated))
    }
    return NearRepeatTable(
        bands: bands, cells: cells, eventCount: places.count, replicates: replicates)
}

/// Knox's test: pairs at most a distance and at most a time apart, both
/// inclusive, against times dealt out anew.
///
/// - Returns: p-values of 1 with fewer than two events.
/// - Throws: as `nearRepeats`; a distance or time below 0 is refused.
/// - Complexity: as `nearRepeats`.
///
/// Knox 1964, Applied Statistics 13(1), 25-29.
public func knoxTest(
    places: [Coordinate], timesInDays times: [Double], distance: ScanDistance,
    withinMeters: Double, withinDays: Double, replicates: Int = 999, seed: UInt64 = 1,
    threads: Int = 1
) throws(HotspotError) -> KnoxTest {
    guard withinMeters >= 0, withinMeters.isFinite, withinDays >= 0, withinDays.isFinite else {
        throw HotspotError(
            .unsuitableParameter,
            "close means \(withinMeters) m and \(withinDays) days (expected numbers from 0)",
            mend: "Give a distance in metres and a time in days")
    }
    let bands = try NearRepeatBands(
        distancesInMeters: withinMeters > 0 ? [withinMeters] : [], timesInDays: [withinDays])
    let counts = try PairCounts(
        places: places, times: times, distance: distance, bands: bands, replicates: replicates,
        seed: seed, threads: threads)
    let tables = (0..<bands.distanceCount).map(counts.band)
    let both = tables.reduce(0) { $0 + $1.observed }
    let simulated = (0..<replicates).map { r in tables.reduce(0) { $0 + $1.simulated[r] } }
    let pairs = places.count * (places.count - 1) / 2
    let near = counts.closePairs
    let soon = pairsWithin(withinDays, of: times)
    let expected = pairs == 0 ? 0 : Double(near) * Double(soon) / Double(pairs)
    return KnoxTest(
        eventCount: places.count, pairCount: pairs, closeInSpace: near, closeInTime: soon,
        closeInBoth: both, expected: expected, p: permutationP(both, simulated),
        poissonP: poissonUpperTail(both, mean: expected), replicates: replicates)
}

/// Pairs of times at most `limit` apart.
private func pairsWithin(_ limit: Double, of times: [Double]) -> Int {
    let sorted = times.sorted()
    var pairs = 0
    var start = 0
    for (i, time) in sorted.enumerated() {
        while time - sorted[start] > limit { start += 1 }
        pairs += i - start
    }
    return pairs
}

func permutationP(_ observed: Int, _ simulated: [Int]) -> Double {
    Double(1 + simulated.count { $0 >= observed }) / Double(1 + simulated.count)
}
