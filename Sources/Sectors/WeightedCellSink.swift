/// Takes the cells of a zone with their weights, row after row, west to east.
public protocol WeightedCellSink {
    /// The type of the cells of a layer.
    associatedtype Value: BitwiseCopyable

    /// `count` neighbouring cells of the same weight. `count` is above 0.
    mutating func add(run values: UnsafePointer<Value>, count: Int, weight: Double)

    /// One cell. `weight` is above 0.
    mutating func add(_ value: Value, weight: Double)
}
