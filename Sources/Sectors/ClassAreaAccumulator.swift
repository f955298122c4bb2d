/// Weight per class code of one layer in one zone. A weight is a covered
/// area. Which codes mean "no value" is the caller's to know: they are
/// counted like any other.
public struct ClassAreaAccumulator: Hashable, Sendable, Codable, WeightedCellSink {
    /// One weight for each of the 256 codes.
    public private(set) var weights = [Double](repeating: 0, count: 256)

    /// An empty zone.
    public init() {}

    /// The weight of one code; 0 when it was not met.
    public subscript(code code: UInt8) -> Double { weights[Int(code)] }

    /// The weight of all cells, in code order.
    public var totalWeight: Double { weights.reduce(0, +) }

    /// Adds one cell.
    public mutating func add(_ value: UInt8, weight: Double) {
        weights[Int(value)] += weight
    }

    /// Adds `count` cells of the same weight. Equal neighbours, which class
    /// rasters have many of, are counted first and added once.
    public mutating func add(run values: UnsafePointer<UInt8>, count: Int, weight: Double) {
        weights.withUnsafeMutableBufferPointer { weights in
            var start = 0
            while start < count {
                let code = values[start]
                var end = start &+ 1
                while end < count, values[end] == code { end &+= 1 }
                weights[Int(code)] += weight * Double(end &- start)
                start = end
            }
        }
    }

    /// Takes in what another part of the same zone gave.
    public mutating func merge(_ other: ClassAreaAccumulator) {
        for code in weights.indices { weights[code] += other.weights[code] }
    }
}

/// Coded as the codes that were met, each followed by its weight: there are
/// few of them.
extension ClassAreaAccumulator {
    public init(from decoder: any Decoder) throws {
        self.init()
        var figures = try decoder.unkeyedContainer()
        while !figures.isAtEnd {
            let code = try figures.decode(UInt8.self)
            weights[Int(code)] = try figures.decode(Double.self)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var figures = encoder.unkeyedContainer()
        for (code, weight) in weights.enumerated() where weight != 0 {
            try figures.encode(UInt8(code))
            try figures.encode(weight)
        }
    }
}
