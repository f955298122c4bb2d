import Diagnostics
import GridCore

/// Metres between the centres of neighbouring cells of a north-up grid, which
/// depend on the row alone.
public struct EdgeLengths: Sendable, Hashable {
    /// To the next cell in the row, row by row.
    public let eastWest: [Double]
    /// To the same column of the next row; one less than rows.
    public let northSouth: [Double]
    /// To the next column of the next row, either way; one less than rows.
    public let diagonal: [Double]
    /// Two columns on in the next row, either way; one less than rows.
    public let wideKnight: [Double]
    /// To the next column two rows on, either way; two less than rows.
    public let tallKnight: [Double]

    /// - Throws: `TravelError` for a grid that is empty, not north-up or too
    ///   large to number its cells in 32 bits, and for a geographic one that
    ///   reaches a pole or beyond 180 degrees east or west: neighbours across
    ///   that line would be missed silently.
    public init(_ spec: GridSpec, metric: GroundMetric) throws(TravelError) {
        try Self.check(spec, metric)
        let rows = spec.shape.rows
        func length(_ row: Int, _ rowStep: Int, _ columnStep: Int) -> Double {
            metric.distanceInMeters(
                from: spec.center(of: CellIndex(row: row, column: 0)),
                to: spec.center(of: CellIndex(row: row + rowStep, column: columnStep)))
        }
        eastWest = (0..<rows).map { length($0, 0, 1) }
        northSouth = (0..<rows - 1).map { length($0, 1, 0) }
        diagonal = (0..<rows - 1).map { length($0, 1, 1) }
        wideKnight = (0..<rows - 1).map { length($0, 1, 2) }
        tallKnight = (0..<max(0, rows - 2)).map { length($0, 2, 1) }
    }

    /// A degree grid may miss the line by the rounding of its origin.
    private static let slackInDegrees = 1e-9

    private static func check(_ spec: GridSpec, _ metric: GroundMetric) throws(TravelError) {
        let place = Place(field: "travel grid")
        let shape = spec.shape
        guard !shape.isEmpty, spec.geotransform.isNorthUp else {
            throw TravelError(
                .unsuitableGrid, at: place,
                "has to have cells and to be north-up (found \(shape.rows) rows and "
                    + "\(shape.columns) columns, rotation \(spec.geotransform.rowRotation))",
                mend: "Warp the layers to a north-up grid, as gdalwarp does")
        }
        guard (shape.rows + 2 * PaddedFriction.margin)
            .multipliedReportingOverflow(by: shape.columns + 2 * PaddedFriction.margin)
            .partialValue < Int(Int32.max), shape.rows < 1 << 30, shape.columns < 1 << 30
        else {
            throw TravelError(
                .unsuitableGrid, at: place,
                "is too large (found \(shape.rows) rows and \(shape.columns) columns, expected "
                    + "fewer than 2^31 cells)",
                mend: "Use larger cells or a part of the area")
        }
        guard metric == .geodesic else { return }
        let box = spec.boundingBox
        guard box.minX >= -180 - slackInDegrees, box.maxX <= 180 + slackInDegrees else {
            throw TravelError(
                .unsuitableGrid, at: place,
                "lies over the antimeridian (found longitudes \(box.minX) to \(box.maxX), expected "
                    + "-180 to 180)", mend: "Use a projected grid for this area")
        }
        guard box.minY > -90 + slackInDegrees, box.maxY < 90 - slackInDegrees else {
            throw TravelError(
                .unsuitableGrid, at: place,
                "reaches a pole (found latitudes \(box.minY) to \(box.maxY), expected between -90 "
                    + "and 90)", mend: "Use a projected grid for this area")
        }
    }
}
