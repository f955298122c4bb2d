/// The cells of a zone that hold one value; in the order of values, then
/// weights, the first of them has the least weight and the last the most.
struct QuantileGroup<Value: ZonalValue>: Sendable {
    let key: Value.Key
    private(set) var count: Int
    private(set) var units: Int
    private(set) var leastUnits: Int
    private(set) var mostUnits: Int

    var value: Double { Double(Value(key: key)) }

    /// One cell.
    init(key: Value.Key, units: Int) {
        self.key = key
        count = 1
        self.units = units
        leastUnits = units
        mostUnits = units
    }

    /// Many cells.
    init(_ bin: ZonalBin<Value.Key>, leastUnits: Int, mostUnits: Int) {
        key = bin.keys.lowerBound
        count = bin.count
        units = bin.units
        self.leastUnits = leastUnits
        self.mostUnits = mostUnits
    }

    /// Another cell of the same value.
    mutating func add(units other: Int) {
        count += 1
        units += other
        leastUnits = min(leastUnits, other)
        mostUnits = max(mostUnits, other)
    }

    /// Groups of cells, ascending.
    static func groups(_ cells: [QuantileCell<Value.Key>]) -> [QuantileGroup] {
        var groups: [QuantileGroup] = []
        for cell in cells.sorted(by: { ($0.key, $0.units) < ($1.key, $1.units) }) {
            if let last = groups.indices.last, groups[last].key == cell.key {
                groups[last].add(units: cell.units)
            } else {
                groups.append(QuantileGroup(key: cell.key, units: cell.units))
            }
        }
        return groups
    }
}

/// One cell of a zone: its value as a key, and its weight.
struct QuantileCell<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    let key: Key
    let units: Int
}
