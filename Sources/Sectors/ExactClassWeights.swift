/// Weight per class code of one layer in one zone, added up exactly: see
/// `ExactZonalSum`. What the codes mean is the caller's to know.
public struct ExactClassWeights: Hashable, Sendable, WeightedCellSink {
    /// What weights are rounded to.
    public enum Unit: Double, Hashable, Sendable {
        /// Square metres, to 1/256.
        case squareMeters = 256
        /// People, to 2^-20: cells of a city hold hundreds, of a desert a
        /// thousandth.
        case people = 1_048_576
    }

    public let unit: Unit
    private var weights = [Int64](repeating: 0, count: 256)

    /// An empty zone.
    public init(_ unit: Unit) { self.unit = unit }

    /// The weight of one code; 0 when it was not met.
    public subscript(code code: UInt8) -> Double { Double(weights[Int(code)]) / unit.rawValue }

    /// The weight of all cells.
    public var totalWeight: Double { Double(weights.reduce(0, +)) / unit.rawValue }

    /// Weight of `codes` together.
    public func weight(of codes: some Sequence<UInt8>) -> Double {
        Double(codes.reduce(0) { $0 + weights[Int($1)] }) / unit.rawValue
    }

    /// Adds one cell.
    public mutating func add(_ value: UInt8, weight: Double) {
        weights[Int(value)] += units(weight)
    }

    /// Adds `count` cells of the same weight. Equal neighbours are counted
    /// first and added once.
    public mutating func add(run values: UnsafePointer<UInt8>, count: Int, weight: Double) {
        let units = units(weight)
        weights.withUnsafeMutableBufferPointer { weights in
            var start = 0
            while start < count {
                let code = values[start]
                var end = start &+ 1
                while end < count, values[end] == code { end &+= 1 }
                weights[Int(code)] += units * Int64(end &- start)
                start = end
            }
        }
    }

    /// Takes in what another part of the same zone gave.
    public mutating func merge(_ other: ExactClassWeights) {
        for code in weights.indices { weights[code] += other.weights[code] }
    }

    private func units(_ weight: Double) -> Int64 {
        Int64((weight * unit.rawValue).rounded(.toNearestOrEven))
    }
}
