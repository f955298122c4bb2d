/// The statistics of one raster in one zone.
///
/// A weight is the covered fraction of a cell, times its area in square
/// metres where the request says so, times its cell of the raster of weights
/// where there is one. Cells without a value (nodata, NaN) or without a
/// weight count in `coveredCells` alone; infinite values are values.
public struct ZonalStatistics: Hashable, Sendable {
    /// Covered area inside the raster, in cells.
    public internal(set) var coveredCells = 0.0
    /// Covered cells that have a value and a weight: sum of the fractions.
    public internal(set) var count = 0.0
    /// Weight of these cells.
    public internal(set) var weight = 0.0
    /// Sum of weight times value; 0 when there is none.
    public internal(set) var sum = 0.0
    /// Weighted mean; nil when there is no value.
    public internal(set) var mean: Double?
    /// The least value of any cell covered in part or whole; nil when there
    /// is none.
    public internal(set) var minimum: Double?
    /// The greatest value, likewise.
    public internal(set) var maximum: Double?
    /// Weighted variance of the population (divisor: sum of weights); nil
    /// when not asked for, without values and of infinite values.
    public internal(set) var variance: Double?
    /// In the order of the request; nil when there is no value.
    public internal(set) var quantiles: [Double?] = []
    /// The classes that were met, by ascending code; empty when not asked
    /// for.
    public internal(set) var classes: [ZonalClassCover] = []

    /// Square root of `variance`.
    public var standardDeviation: Double? { variance?.squareRoot() }
}

/// The part of a zone that one class covers.
public struct ZonalClassCover: Hashable, Sendable {
    /// As stored in the raster, without scale and offset.
    public let code: Int
    /// Covered area in cells.
    public let cells: Double
    /// Covered area in square metres.
    public let squareMeters: Double
    /// Weight of these cells, such as the people in them.
    public let weight: Double
}
