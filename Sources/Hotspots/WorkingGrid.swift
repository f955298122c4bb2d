import Diagnostics
import GridCore

/// No radius is longer than half the way around the earth.
let longestRadius = 20_000_000.0

extension GridSpec {
    /// Width of a column in the units of the CRS.
    var columnWidth: Double { geotransform.cellWidth }
    /// Height of a row in the units of the CRS.
    var rowHeight: Double { -geotransform.cellHeight }

    /// Checks that distances on this grid can be metres.
    ///
    /// A grid whose edges all fit into +-360 by +-90 is taken for one in
    /// degrees: a bandwidth of metres on it is the most frequent mistake of
    /// its kind.
    ///
    /// - Throws: `.unsuitableGrid`.
    func checkMetric() throws(HotspotError) {
        let box: [Double] = [
            geotransform.originX, geotransform.originY, geotransform.cellWidth,
            geotransform.cellHeight,
        ]
        guard geotransform.isNorthUp, box.allSatisfy(\.isFinite) else {
            throw HotspotError(
                .unsuitableGrid, "the working grid is turned or mirrored (expected north-up)",
                mend: "Compute on a north-up grid")
        }
        guard !shape.isEmpty else {
            throw HotspotError(
                .unsuitableGrid,
                "the working grid has \(shape.rows) rows and \(shape.columns) columns "
                    + "(expected at least one of each)",
                mend: "Check the area of interest and the cell size")
        }
        let edges = boundingBox
        let degrees = BoundingBox(minX: -360, minY: -90, maxX: 360, maxY: 90)
        guard
            !(degrees.contains(Coordinate(x: edges.minX, y: edges.minY))
                && degrees.contains(Coordinate(x: edges.maxX, y: edges.maxY)))
        else {
            throw HotspotError(
                .unsuitableGrid,
                "the working grid spans x \(edges.minX)...\(edges.maxX) and "
                    + "y \(edges.minY)...\(edges.maxY) (expected metres, these look like degrees)",
                mend: "Project to an equal-area CRS in metres first, or use the geodesic density")
        }
    }
}

/// - Throws: `.unsuitableParameter` unless `radius` is above 0 and at most
///   half the way around the earth.
func checkRadius(_ radius: Double, name: String) throws(HotspotError) {
    guard radius > 0, radius <= longestRadius else {
        throw HotspotError(
            .unsuitableParameter,
            "\(name): \(radius) m is not a usable radius (expected above 0, at most "
                + "\(longestRadius))",
            mend: "Give a radius in metres, such as 15000")
    }
}

/// A note that a density radius is shorter than a cell, so that most
/// incidents fall between the cell centres; nil when it is not.
public func densityRadiusWarning(radiusInMeters radius: Double, on spec: GridSpec) -> Warning? {
    let cell = max(spec.columnWidth, spec.rowHeight)
    guard radius < cell else { return nil }
    return Warning(
        "density-radius-below-cell",
        "The density radius of \(radius) m is shorter than a cell of \(cell) m: incidents "
            + "between cell centres are lost. Use a longer radius or smaller cells.")
}

/// A note that the distance band of Gi* holds fewer than 8 cells besides the
/// cell itself, too few for its normal approximation; nil when it does not.
///
/// The limit is the one that Esri's documentation of the tool gives.
public func distanceBandWarning(radiusInMeters radius: Double, on spec: GridSpec) -> Warning? {
    let neighbours = DistanceBand(radiusInMeters: radius, on: spec).cellCount - 1
    guard neighbours < 8 else { return nil }
    return Warning(
        "distance-band-too-small",
        "The Gi* radius of \(radius) m reaches \(neighbours) neighbouring cells (expected at "
            + "least 8): its significance is unreliable. Use a longer radius or smaller cells.")
}
