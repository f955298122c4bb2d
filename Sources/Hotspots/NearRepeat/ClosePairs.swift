import GridCore

/// Two events, by index.
struct EventPair: Sendable {
    var first: Int32
    var second: Int32
}

/// Finds the pairs of events that are at most some distance apart, through
/// buckets as wide as that distance: only neighbouring ones are searched.
struct ClosePairs: Sendable {
    private let points: DistancePoints
    private let maximum: Double
    private let squaredLimit: Double
    private let side: Double
    /// Bucket and index of every event, by bucket.
    private let order: [(key: SIMD4<Int32>, event: Int32)]

    init(_ points: DistancePoints, maximumInMeters maximum: Double) {
        self.points = points
        self.maximum = maximum * (1 + ScanDistance.relativeTolerance)
        let straight = points.straightLimit(meters: maximum)
        squaredLimit = straight * straight
        var low = SIMD4<Double>(repeating: .infinity)
        var high = -low
        for point in points.points {
            low = pointwiseMin(low, point)
            high = pointwiseMax(high, point)
        }
        // Buckets of no width, or so narrow that their numbers overflow,
        // would be no use.
        let extent = points.points.isEmpty ? 0 : (high - low).max()
        side = max(straight, extent * 0x1p-20, .leastNormalMagnitude)
        let (origin, side) = (low, side)
        order = points.points.enumerated().map { event, point in
            let place = ((point - origin) / side).rounded(.down)
            return (
                SIMD4(Int32(place.x), Int32(place.y), Int32(place.z), 0), Int32(event)
            )
        }.sorted { Self.isBefore($0.key, $1.key, tie: $0.event < $1.event) }
    }

    private static func isBefore(_ a: SIMD4<Int32>, _ b: SIMD4<Int32>, tie: Bool = false) -> Bool {
        if a.z != b.z { return a.z < b.z }
        if a.y != b.y { return a.y < b.y }
        return a.x != b.x ? a.x < b.x : tie
    }

    /// Events are numbered here in the order of their buckets.
    var count: Int { order.count }

    /// Calls `body` for each pair of which event number `position` is the
    /// one in the earlier bucket, or the earlier in the same.
    func forEachPair(
        of position: Int, _ body: (_ pair: EventPair, _ meters: Double) -> Void
    ) {
        let (key, event) = order[position]
        for (dz, dy) in [(0, 0), (0, 1), (1, -1), (1, 0), (1, 1)] as [(Int32, Int32)] {
            let isOwnRow = dz == 0 && dy == 0
            let from = SIMD4(key.x - 1, key.y + dy, key.z + dz, 0)
            let to = SIMD4(key.x + 1, key.y + dy, key.z + dz, 0)
            var i = isOwnRow ? position + 1 : lowerBound(from, from: position + 1)
            while i < order.count, !Self.isBefore(to, order[i].key) {
                let other = order[i].event
                let squared = points.squared(Int(event), Int(other))
                if squared <= squaredLimit {
                    let meters = points.meters(squared: squared)
                    if meters <= maximum {
                        body(EventPair(first: event, second: other), meters)
                    }
                }
                i += 1
            }
        }
    }

    private func lowerBound(_ key: SIMD4<Int32>, from start: Int) -> Int {
        var low = start
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if Self.isBefore(order[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
