/// The values around a quantile that are looked for in the raster: those of
/// its core and the nearest on both sides.
struct QuantileSpan<Value: ZonalValue>: Sendable {
    typealias Key = Value.Key

    let zone: Int
    let core: ZonalBin<Key>
    let previous: ClosedRange<Key>?
    let next: ClosedRange<Key>?

    init(_ target: QuantileTarget<Key>) {
        zone = target.zone
        core = target.core
        previous = target.previous
        next = target.next
    }

    var isOneValue: Bool { core.keys.lowerBound == core.keys.upperBound }
    var keys: ClosedRange<Key> {
        (previous ?? core.keys).lowerBound...(next ?? core.keys).upperBound
    }

    /// Quantiles of a zone with the same core look for the same values.
    func isSame(as other: QuantileSpan) -> Bool {
        zone == other.zone && core.keys == other.core.keys
    }
}

/// The values of a range of keys, bounds included. Where a bound is a zero,
/// or belongs to no number, the range is wider than its keys.
struct QuantileRange<Value: ZonalValue>: Sendable {
    let keys: ClosedRange<Value.Key>
    private let low: Value
    private let high: Value

    init(_ keys: ClosedRange<Value.Key>) {
        self.keys = keys
        let bounds = (Value(key: keys.lowerBound), Value(key: keys.upperBound))
        low = bounds.0.isNaN ? -.infinity : bounds.0
        high = bounds.1.isNaN ? .infinity : bounds.1
    }

    /// Calls `body` for the cells of a segment in the range that have weight.
    @inline(__always)
    func forEach(
        in segment: ZonalSegment<Value>,
        _ body: (_ key: Value.Key, _ weight: Double) -> Void
    ) {
        let values = segment.values
        func check(_ i: Int) {
            let value = values[i]
            guard value >= low, value <= high, keys.contains(value.key) else { return }
            let weight = segment.weight(i)
            if weight > 0 { body(value.key, weight) }
        }
        var i = 0
        while i &+ 8 <= segment.count {
            if Value.meets(values + i, low, high) {
                for j in i..<i &+ 8 { check(j) }
            }
            i &+= 8
        }
        while i < segment.count {
            check(i)
            i &+= 1
        }
    }
}
