import Diagnostics
import GridCore
import InstructionSets

#if arch(x86_64)
    import GridCoreAVX2
#endif

/// Pairs of events by band of distance and of time, observed and in
/// replicates with times dealt out anew.
struct PairCounts: Sendable {
    /// Pairs within the last band of distance.
    private(set) var closePairs = 0
    /// By band of distance, upper bound of time and replicate, the observed
    /// times first: pairs at most so far apart in time.
    private var within: [Int]
    private let timeBands: Int
    private let columns: Int
    private let replicates: Int

    /// Pairs held at a time.
    private static let pairsPerBlock = 1 << 21

    init(
        places: [Coordinate], times: [Double], distance: ScanDistance, bands: NearRepeatBands,
        replicates: Int, seed: UInt64, threads: Int
    ) throws(HotspotError) {
        try Self.check(places: places, times: times, replicates: replicates)
        let points = try DistancePoints(places, distance: distance)
        timeBands = bands.timesInDays.count
        self.replicates = replicates
        let vectors = (1 + replicates + timeLaneCount - 1) / timeLaneCount
        columns = vectors * timeLaneCount
        within = [Int](repeating: 0, count: bands.distanceCount * timeBands * columns)
        let search = ClosePairs(points, maximumInMeters: bands.distancesInMeters.last ?? 0)
        let dealer = TimeDealer(times: times, seed: seed, count: 1 + replicates)
        var pairs = [[EventPair]](repeating: [], count: bands.distanceCount)
        var held = 0
        for position in 0..<search.count {
            search.forEachPair(of: position) { pair, meters in
                guard let band = bands.distanceBand(of: meters) else { return }
                pairs[band].append(pair)
                held += 1
            }
            if held >= Self.pairsPerBlock || position == search.count - 1 {
                add(pairs, bands: bands, dealer: dealer, threads: threads)
                closePairs += held
                held = 0
                for band in pairs.indices { pairs[band].removeAll(keepingCapacity: true) }
            }
        }
    }

    private static func check(
        places: [Coordinate], times: [Double], replicates: Int
    ) throws(HotspotError) {
        guard places.count == times.count else {
            throw HotspotError(
                .mismatch, "\(places.count) places and \(times.count) times of events",
                mend: "Give one of each for every event")
        }
        if let i = times.firstIndex(where: { !$0.isFinite }) {
            throw HotspotError(
                .unsuitableIncident, "event \(i) has a time of \(times[i]) days",
                mend: "Correct or leave out the event")
        }
        guard replicates >= 1 else {
            throw HotspotError(
                .unsuitableParameter, "\(replicates) replicates (expected 1 or more)",
                mend: "99 will do for a first look, 999 for a report")
        }
    }

    /// Pairs of a cell of bands, observed and by replicate.
    func band(_ cell: Int) -> (observed: Int, simulated: [Int]) {
        let timeBand = cell % timeBands
        let counts = (0..<columns).map { column in
            within[cell * columns + column]
                - (timeBand == 0 ? 0 : within[(cell - 1) * columns + column])
        }
        return (counts[0], Array(counts.dropFirst().prefix(replicates)))
    }

    private mutating func add(
        _ pairs: [[EventPair]], bands: NearRepeatBands, dealer: TimeDealer, threads: Int
    ) {
        let (timeBands, columns) = (timeBands, columns)
        within.withUnsafeMutableBufferPointer { within in
            let output = SharedCells(within)
            forEachInParallel(count: columns / timeLaneCount, threads: threads) { _, vector in
                let lanes = dealer.lanes(vector)
                for (band, pairs) in pairs.enumerated() {
                    for (edge, limit) in bands.timesInDays.enumerated() {
                        let counts = Self.count(pairs, lanes: lanes, limit: limit)
                        let row = (band * timeBands + edge) * columns + vector * timeLaneCount
                        for lane in 0..<timeLaneCount {
                            output.cells[row + lane] += Int(counts[lane])
                        }
                    }
                }
            }
        }
    }

    private static func count(
        _ pairs: [EventPair], lanes: [SIMD8<Double>], limit: Double
    ) -> SIMD8<Int64> {
        pairs.withUnsafeBytes { pairs in
            lanes.withUnsafeBufferPointer { lanes in
                guard let times = lanes.baseAddress,
                    let base = pairs.baseAddress?.assumingMemoryBound(to: Int32.self)
                else { return SIMD8() }
                let count = pairs.count / MemoryLayout<EventPair>.stride
                #if arch(x86_64)
                    if InstructionSet.best != .baseline {
                        return closeTimesAVX2(base, count: count, times: times, limit: limit)
                    }
                #endif
                return closeTimesKernel(base, count: count, times: times, limit: limit)
            }
        }
    }
}

/// Replicates in one vector.
let timeLaneCount = 8

/// Deals the times of events out anew.
struct TimeDealer: Sendable {
    let times: [Double]
    let seed: UInt64
    /// Columns of times; the first holds them as they are.
    let count: Int

    /// Times by event of eight columns; NaN, close to none, beyond the last.
    func lanes(_ vector: Int) -> [SIMD8<Double>] {
        var lanes = [SIMD8<Double>](repeating: SIMD8(repeating: .nan), count: times.count)
        for lane in 0..<timeLaneCount where vector * timeLaneCount + lane < count {
            let column = vector * timeLaneCount + lane
            var dealt = times
            if column > 0 {
                // The substream keeps these numbers apart from those of
                // other methods with the same seed.
                var random = CounterRandom(
                    seed: seed, stream: UInt64(column - 1), substream: 0x4B6E_6F78)
                for last in stride(from: times.count - 1, to: 0, by: -1) {
                    let chosen = random.next().multipliedFullWidth(by: UInt64(last + 1)).high
                    dealt.swapAt(last, Int(chosen))
                }
            }
            for event in dealt.indices { lanes[event][lane] = dealt[event] }
        }
        return lanes
    }
}
