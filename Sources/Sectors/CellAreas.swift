import Glibc
import GridCore

/// The area of a cell in every row of a north-up grid, in square metres.
public struct CellAreas: Hashable, Sendable {
    /// One value per row, first row first; each above 0.
    public let squareMetersPerRow: [Double]

    /// Equal cells of a projected grid: width times height.
    ///
    /// True on the ground only in an equal-area projection; elsewhere as wrong
    /// as the projection's scale squared.
    ///
    /// - Parameter metersPerUnit: length of one unit of the CRS.
    public init(projected spec: GridSpec, metersPerUnit: Double = 1) {
        let transform = spec.geotransform
        precondition(transform.isNorthUp, "cell areas need a north-up grid")
        let area =
            transform.cellWidth * -transform.cellHeight * metersPerUnit * metersPerUnit
        squareMetersPerRow = Array(repeating: area, count: spec.shape.rows)
    }

    /// The cells of a longitude and latitude grid in degrees, on the WGS 84
    /// ellipsoid, between their two parallels and two meridians: exact, in
    /// closed form. Latitudes beyond a pole count as the pole.
    ///
    /// Source: J. P. Snyder, Map Projections - A Working Manual, USGS
    /// Professional Paper 1395 (1987), authalic latitude, eq. 3-12.
    public init(geographic spec: GridSpec) {
        let transform = spec.geotransform
        precondition(transform.isNorthUp, "cell areas need a north-up grid")
        func latitude(_ row: Int) -> Double {
            min(max(transform.originY + Double(row) * transform.cellHeight, -90), 90)
        }
        squareMetersPerRow = (0..<spec.shape.rows).map { row in
            WGS84.zoneArea(
                south: latitude(row + 1), north: latitude(row), width: transform.cellWidth)
        }
    }

    /// The area in square metres of a cell of `row`.
    public subscript(row: Int) -> Double { squareMetersPerRow[row] }
}

/// The WGS 84 ellipsoid (NIMA TR8350.2).
private enum WGS84 {
    static let semiMajorAxisInMeters = 6_378_137.0
    static let flattening = 1 / 298.257_223_563
    static let squaredEccentricity = flattening * (2 - flattening)

    /// Area in square metres between two parallels over `width` degrees of
    /// longitude.
    ///
    /// From the equator to sine s it is a^2 (1 - e^2) / 2 times
    /// s / (1 - e^2 s^2) + atanh(e s) / e per radian. The difference of two
    /// such terms is taken in one piece, so that thin rows keep their digits.
    static func zoneArea(south: Double, north: Double, width: Double) -> Double {
        let radians = Double.pi / 180
        let e2 = squaredEccentricity
        let e = e2.squareRoot()
        let s0 = sin(south * radians)
        let s1 = sin(north * radians)
        let difference =
            2 * cos((north + south) / 2 * radians) * sin((north - south) / 2 * radians)
        let rational =
            difference * (1 + e2 * s0 * s1) / ((1 - e2 * s0 * s0) * (1 - e2 * s1 * s1))
        let inverse = atanh(e * difference / (1 - e2 * s0 * s1)) / e
        let a = semiMajorAxisInMeters
        return a * a * (1 - e2) / 2 * (rational + inverse) * width * radians
    }
}
