/// Neighbouring cells of one row of a tile that a zone covers all in whole, or
/// all in part.
struct ZonalSegment<Value: ZonalValue> {
    let row: Int
    let firstColumn: Int
    let count: Int
    /// NaN = no value.
    let values: UnsafePointer<Value>
    /// Covered share of each cell; nil: 1.
    let fractions: UnsafePointer<Double>?
    /// Weight of a whole cell before `amounts`: 1, or square metres.
    let unit: Double
    /// Cells of the raster of weights, none negative or NaN; nil: 1.
    let amounts: UnsafePointer<Float>?

    /// The weight of every cell; nil when they differ.
    var uniformWeight: Double? { fractions == nil && amounts == nil ? unit : nil }

    @inline(__always)
    func fraction(_ i: Int) -> Double { fractions?[i] ?? 1 }

    @inline(__always)
    func weight(_ i: Int) -> Double {
        let covered = fraction(i) * unit
        return amounts.map { covered * Double($0[i]) } ?? covered
    }
}

/// What a worker does with the segments of zones; every worker has its own.
protocol ZonalVisitor: AnyObject, Sendable {
    associatedtype Value: ZonalValue

    /// A segment of a zone; rows of a tile from north to south.
    func visit(zone: Int, _ segment: ZonalSegment<Value>)
    /// All segments of the zone in a tile of `strip` were visited.
    func endTile(zone: Int, strip: Int) throws(ZonalError)
}
