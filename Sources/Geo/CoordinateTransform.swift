import CGDAL
import Diagnostics
import GridCore

/// Moves coordinates from one CRS to another, x first in both.
///
/// Not Sendable: one per thread.
public final class CoordinateTransform {
    /// nil when both are the same, and nothing moves.
    private let handle: OGRCoordinateTransformationH?
    private let label: String

    public init(from source: CRSIdentifier, to target: CRSIdentifier) throws(GeoError) {
        let from = try SpatialReference(source)
        let to = try SpatialReference(target)
        label = "\(from.name) to \(to.name)"
        guard source != target, !from.isSame(as: to) else {
            handle = nil
            return
        }
        let (made, errors) = captureGDALErrors {
            from.withHandle { source in
                to.withHandle { OCTNewCoordinateTransformation(source, $0) }
            }
        }
        guard let made else {
            throw GeoError(
                .notTransformable, "there is no way from \(label) (\(errors.summary))",
                mend: "Check the CRS of both")
        }
        handle = made
    }

    deinit { if let handle { OCTDestroyCoordinateTransformation(handle) } }

    /// The coordinates in the target CRS.
    ///
    /// - Throws: `GeoError` when one of them has no place there.
    public func callAsFunction(_ coordinates: [Coordinate]) throws(GeoError) -> [Coordinate] {
        guard let handle, !coordinates.isEmpty else { return coordinates }
        var xs = coordinates.map(\.x)
        var ys = coordinates.map(\.y)
        let (_, _) = captureGDALErrors {
            OCTTransform(handle, Int32(xs.count), &xs, &ys, nil)
        }
        var result: [Coordinate] = []
        result.reserveCapacity(xs.count)
        for index in xs.indices {
            guard xs[index].isFinite, ys[index].isFinite else {
                throw GeoError(
                    .notTransformable,
                    "the position (\(coordinates[index].x), \(coordinates[index].y)) has no "
                        + "place in the target (\(label))",
                    mend: "Check the CRS of the file and whether its coordinates are swapped")
            }
            result.append(Coordinate(x: xs[index], y: ys[index]))
        }
        return result
    }

    public func callAsFunction(_ coordinate: Coordinate) throws(GeoError) -> Coordinate {
        try self([coordinate]).first ?? coordinate
    }

    public func callAsFunction(_ polygons: MultiPolygon) throws(GeoError) -> MultiPolygon {
        guard handle != nil else { return polygons }
        var result = MultiPolygon()
        for polygon in polygons.polygons {
            var holes: [Ring] = []
            for hole in polygon.holes { holes.append(try self(hole)) }
            result.polygons.append(Polygon(exterior: try self(polygon.exterior), holes: holes))
        }
        return result
    }
}
