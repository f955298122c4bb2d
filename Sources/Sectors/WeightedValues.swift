/// A value and its weight, 16 bytes.
public struct WeightedValue: Hashable, Sendable {
    /// In the unit of its layer.
    public var value: Double
    /// A covered area, not negative.
    public var weight: Double

    /// A value with its weight.
    public init(value: Double, weight: Double) {
        self.value = value
        self.weight = weight
    }
}

/// The cells of a zone kept one by one, for quantiles: 16 bytes each. NaN is
/// no value and is left out.
public struct WeightedValues: Hashable, Sendable, WeightedCellSink {
    /// The values in the order in which they came, none of them NaN.
    public private(set) var values: [WeightedValue] = []

    /// No values.
    public init() {}

    /// Adds one cell.
    public mutating func add(_ value: Float, weight: Double) {
        guard !value.isNaN else { return }
        values.append(WeightedValue(value: Double(value), weight: weight))
    }

    /// Adds `count` cells of the same weight.
    public mutating func add(run values: UnsafePointer<Float>, count: Int, weight: Double) {
        for i in 0..<count { add(values[i], weight: weight) }
    }

    /// Takes in what another part of the same zone gave.
    public mutating func merge(_ other: WeightedValues) {
        values.append(contentsOf: other.values)
    }
}
