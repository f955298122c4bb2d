/// Counts the cells in the cores of quantiles by 256 equal parts of each.
///
/// `@unchecked Sendable`: one worker uses it at a time.
final class QuantileRefiner<Value: ZonalValue>: ZonalVisitor, @unchecked Sendable {
    private struct Core {
        let number: Int
        let range: QuantileRange<Value>
        let shift: Value.Key
    }

    /// Bits of a key that one pass tells.
    private static var bits: Int { 8 }

    private let spans: [QuantileSpan<Value>]
    private let units: ZonalUnits
    private var cores: [[Core]]
    private var counts: [Int]
    private var weights: [Int]

    /// - Parameter spans: each core of each zone once.
    init(_ spans: [QuantileSpan<Value>], zones: Int, units: ZonalUnits) {
        self.spans = spans
        self.units = units
        cores = Array(repeating: [], count: zones)
        for (number, span) in spans.enumerated() {
            cores[span.zone].append(
                Core(
                    number: number, range: QuantileRange(span.core.keys),
                    shift: Self.shift(of: span.core.keys)))
        }
        counts = Array(repeating: 0, count: spans.count << Self.bits)
        weights = counts
    }

    /// Bits of the keys of one part; ranges are powers of two long.
    private static func shift(of keys: ClosedRange<Value.Key>) -> Value.Key {
        let width = Value.Key.bitWidth - (keys.upperBound - keys.lowerBound).leadingZeroBitCount
        return Value.Key(max(0, width - bits))
    }

    func visit(zone: Int, _ segment: ZonalSegment<Value>) {
        for core in cores[zone] {
            core.range.forEach(in: segment) { key, weight in
                let part = Int((key - core.range.keys.lowerBound) >> core.shift)
                counts[core.number << Self.bits + part] += 1
                weights[core.number << Self.bits + part] += units.units(weight, zone: zone)
            }
        }
    }

    func endTile(zone: Int, strip: Int) {}

    /// The parts of a core that hold values, ascending, of several workers.
    static func parts(_ workers: [QuantileRefiner], span: Int) -> [ZonalBin<Value.Key>] {
        guard let core = workers.first?.spans[span].core else { return [] }
        let shift = shift(of: core.keys)
        return (0..<1 << bits).compactMap { part in
            let count = workers.reduce(0) { $0 + $1.counts[span << bits + part] }
            guard count > 0 else { return nil }
            let low = core.keys.lowerBound + Value.Key(part) << shift
            return ZonalBin(
                keys: low...(low + ((1 << shift) - 1)), count: count,
                units: workers.reduce(0) { $0 + $1.weights[span << bits + part] })
        }
    }
}

/// Collects the cells in the cores of quantiles, and the nearest value on both
/// sides.
///
/// `@unchecked Sendable`: one worker uses it at a time.
final class QuantileCollector<Value: ZonalValue>: ZonalVisitor, @unchecked Sendable {
    private struct Collection {
        var cells: [QuantileCell<Value.Key>] = []
        /// The last cell before the core.
        var before: QuantileCell<Value.Key>?
        /// The first cell after the core.
        var after: QuantileCell<Value.Key>?
        /// Of a core of one value.
        var leastUnits = Int.max
        var mostUnits = 0

        mutating func note(before cell: QuantileCell<Value.Key>) {
            if let known = before, (known.key, known.units) >= (cell.key, cell.units) { return }
            before = cell
        }

        mutating func note(after cell: QuantileCell<Value.Key>) {
            if let known = after, (known.key, known.units) <= (cell.key, cell.units) { return }
            after = cell
        }

        mutating func merge(_ other: Collection) {
            cells += other.cells
            if let cell = other.before { note(before: cell) }
            if let cell = other.after { note(after: cell) }
            leastUnits = min(leastUnits, other.leastUnits)
            mostUnits = max(mostUnits, other.mostUnits)
        }
    }

    private let spans: [QuantileSpan<Value>]
    private let units: ZonalUnits
    private var ranges: [[(number: Int, range: QuantileRange<Value>)]]
    private var found: [Collection]

    /// - Parameter spans: each core of each zone once.
    init(_ spans: [QuantileSpan<Value>], zones: Int, units: ZonalUnits) {
        self.spans = spans
        self.units = units
        ranges = Array(repeating: [], count: zones)
        for (number, span) in spans.enumerated() {
            ranges[span.zone].append((number, QuantileRange(span.keys)))
        }
        found = Array(repeating: Collection(), count: spans.count)
    }

    func visit(zone: Int, _ segment: ZonalSegment<Value>) {
        for (number, range) in ranges[zone] {
            let core = spans[number].core.keys
            let isOneValue = spans[number].isOneValue
            range.forEach(in: segment) { key, weight in
                let cell = QuantileCell(key: key, units: units.units(weight, zone: zone))
                if key < core.lowerBound {
                    found[number].note(before: cell)
                } else if key > core.upperBound {
                    found[number].note(after: cell)
                } else if isOneValue {
                    found[number].leastUnits = min(found[number].leastUnits, cell.units)
                    found[number].mostUnits = max(found[number].mostUnits, cell.units)
                } else {
                    found[number].cells.append(cell)
                }
            }
        }
    }

    func endTile(zone: Int, strip: Int) {}

    /// The values of a span, ascending, of several workers, and whether the
    /// first is that before the core.
    static func groups(_ workers: [QuantileCollector], span number: Int)
        -> (groups: [QuantileGroup<Value>], precedes: Bool)
    {
        guard let span = workers.first?.spans[number] else { return ([], false) }
        var all = Collection()
        for worker in workers { all.merge(worker.found[number]) }
        var groups: [QuantileGroup<Value>] = []
        if let cell = all.before { groups.append(QuantileGroup(key: cell.key, units: cell.units)) }
        if span.isOneValue {
            groups.append(
                QuantileGroup(span.core, leastUnits: all.leastUnits, mostUnits: all.mostUnits))
        } else {
            groups += QuantileGroup.groups(all.cells)
        }
        if let cell = all.after { groups.append(QuantileGroup(key: cell.key, units: cell.units)) }
        return (groups, all.before != nil)
    }
}
