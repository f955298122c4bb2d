/// A quantile of one zone on its way from a wide range of values to one.
struct QuantileTarget<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    let zone: Int
    /// Its place in the request.
    let index: Int
    let quantile: ZonalRequest.Quantile
    /// All values of the zone and their weight.
    private let total: (count: Int, units: Int)
    /// The range in which the quantile lies, or which ends just before it.
    private(set) var core: ZonalBin<Key>
    /// Values below `core` and their weight.
    private(set) var below: (count: Int, units: Int) = (0, 0)
    /// Nearest ranges that hold values on both sides of `core`.
    private(set) var previous: ClosedRange<Key>?
    private(set) var next: ClosedRange<Key>?

    /// - Parameter bins: all values of the zone; nil when there are none.
    init?(
        zone: Int, index: Int, quantile: ZonalRequest.Quantile, bins: [ZonalBin<Key>]
    ) {
        guard let first = bins.first else { return nil }
        self.zone = zone
        self.index = index
        self.quantile = quantile
        total = bins.reduce(into: (0, 0)) {
            $0.0 += $1.count
            $0.1 += $1.units
        }
        core = first
        narrow(to: bins)
    }

    /// What the position of a value is compared with; see
    /// `WeightedDistribution` for the two rules.
    var goal: Double {
        switch quantile.rule {
        case .interpolated: quantile.share * (Double(total.count - 1) * Double(total.units))
        case .lower: quantile.share * Double(total.units) * (1 - Self.weightTolerance)
        }
    }

    /// Positions count the weight so many times.
    var factor: Double { quantile.rule == .interpolated ? Double(total.count - 1) : 1 }

    /// As in `WeightedDistribution`: a share met but for this is met.
    private static var weightTolerance: Double { 1e-12 }

    /// Chooses among the parts of `core`, ascending, none empty.
    ///
    /// With n values of weight w in ascending order, value k stands at
    /// `k w[k] + (n - 1) (w[0] + ... + w[k - 1])`, which is at most n - 1
    /// times the weight up to and with it. So no value below the first part
    /// whose end reaches the goal can; and when none inside does, the first
    /// value after it must.
    mutating func narrow(to parts: [ZonalBin<Key>]) {
        var before = below
        for (place, part) in parts.enumerated() {
            let end = before.units + part.units
            guard factor * Double(end) >= goal || place == parts.count - 1 else {
                before = (before.count + part.count, end)
                continue
            }
            core = part
            below = before
            if place > 0 { previous = parts[place - 1].keys }
            if place + 1 < parts.count { next = parts[place + 1].keys }
            return
        }
    }

    /// Whether `core` alone tells the quantile.
    var isFound: Bool {
        quantile.rule == .lower && core.keys.lowerBound == core.keys.upperBound
    }

    /// The quantile, from all values in `core` and the nearest on its sides,
    /// ascending.
    ///
    /// - Parameter precedes: whether the first group is that below `core`.
    func value<Value: ZonalValue>(
        _ groups: [QuantileGroup<Value>], precedes: Bool
    ) -> Double where Value.Key == Key {
        var before = below
        if precedes, let first = groups.first {
            before = (before.count - first.count, before.units - first.units)
        }
        var left: (value: Double, position: Double)?
        for group in groups {
            let value = group.value
            let first = position(before.count, group.leastUnits, before.units)
            before = (before.count + group.count, before.units + group.units)
            if quantile.rule == .lower {
                if Double(before.units) >= goal { return value }
            } else if first >= goal {
                return left.map { between($0, (value, first)) } ?? value
            }
            let last = position(
                before.count - 1, group.mostUnits, before.units - group.mostUnits)
            if quantile.rule == .interpolated, last >= goal { return value }
            left = (value, last)
        }
        return left?.value ?? .nan
    }

    private func position(_ rank: Int, _ units: Int, _ unitsBefore: Int) -> Double {
        Double(rank) * Double(units) + Double(total.count - 1) * Double(unitsBefore)
    }

    /// Infinite neighbours are not mixed: the goal takes the side that it is
    /// on.
    private func between(
        _ left: (value: Double, position: Double), _ right: (value: Double, position: Double)
    ) -> Double {
        let width = right.position - left.position
        let share = width > 0 ? (goal - left.position) / width : 1
        if share >= 1 || left.value == right.value { return right.value }
        if share <= 0 || left.value.isInfinite { return left.value }
        return left.value + share * (right.value - left.value)
    }
}
