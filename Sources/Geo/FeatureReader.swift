import CGDAL
import Diagnostics
import GridCore

/// Turns OGR features into values, one after the other.
struct FeatureReader {
    let file: String
    let info: VectorLayerInfo
    let transform: CoordinateTransform
    private(set) var features: [VectorFeature] = []
    private(set) var problems: [GeoError] = []
    /// Whether the file says that coordinates are lengths, not degrees.
    private let isProjected: Bool
    private var hasLengths = false

    /// Positions of one feature: the finest coastlines have a tenth of it.
    static let mostPositions = 5_000_000

    /// The first feature, when the file says that coordinates are lengths and
    /// all of them could be longitudes and latitudes; else nil.
    var firstInDegrees: String? {
        guard isProjected, !hasLengths else { return nil }
        return features.first { $0.geometry != .none }?.id
    }

    init(
        file: String, info: VectorLayerInfo, transform: CoordinateTransform, isProjected: Bool
    ) {
        self.file = file
        self.info = info
        self.transform = transform
        self.isProjected = isProjected
    }

    mutating func read(_ feature: OGRFeatureH) throws(GeoError) {
        let id = String(OGR_F_GetFID(feature))
        let place = Place(file: file, feature: id)
        let attributes = info.fields.indices.map { attribute(of: feature, field: $0, place) }
        var geometry = VectorGeometry.none
        if let handle = OGR_F_GetGeometryRef(feature), OGR_G_IsEmpty(handle) == 0 {
            try checkCount(handle, place)
            checkValidity(handle, place)
            geometry = try read(geometry: handle, place)
        }
        features.append(
            VectorFeature(
                id: id, attributes: attributes, geometry: geometry,
                names: info.fields.map(\.name)))
    }

    /// nil = null or empty. Text that is not UTF-8 is a problem, and stands
    /// with a replacement character for every wrong byte.
    private mutating func attribute(of feature: OGRFeatureH, field: Int, _ place: Place)
        -> String?
    {
        guard OGR_F_IsFieldSetAndNotNull(feature, Int32(field)) != 0,
            let text = OGR_F_GetFieldAsString(feature, Int32(field))
        else { return nil }
        if String(validatingCString: text) == nil {
            problems.append(
                GeoError(
                    .invalidText, at: place,
                    "the text of \"\(info.fields[field].name)\" is not UTF-8",
                    mend: "Save the layer as UTF-8, or name its encoding in the .cpg file"))
        }
        let value = String(cString: text)
        return value.isEmpty ? nil : value
    }

    /// Before anything is computed with them.
    private func checkCount(_ geometry: OGRGeometryH, _ place: Place) throws(GeoError) {
        let count = positionCount(of: geometry)
        guard count > Self.mostPositions else { return }
        throw GeoError(
            .implausibleSize, at: place,
            "the geometry has \(count) positions (at most \(Self.mostPositions))",
            mend: "Simplify it, or cut it into several features")
    }

    private func positionCount(of geometry: OGRGeometryH) -> Int {
        parts(of: geometry).reduce(Int(OGR_G_GetPointCount(geometry))) {
            $0 + positionCount(of: $1)
        }
    }

    private mutating func checkValidity(_ geometry: OGRGeometryH, _ place: Place) {
        let (isValid, errors) = captureGDALErrors { OGR_G_IsValid(geometry) != 0 }
        guard !isValid else { return }
        problems.append(
            GeoError(
                .invalidGeometry, at: place, "the geometry is not valid (\(errors.summary))",
                mend: "Mend it in a GIS (QGIS: Fix geometries) and save the file again"))
    }

    private mutating func read(geometry: OGRGeometryH, _ place: Place) throws(GeoError) -> VectorGeometry {
        let type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))
        switch type {
        case wkbPoint:
            return try positions(of: geometry, place).first.map { .point($0) } ?? .none
        case wkbMultiPoint:
            // A member may be empty.
            var points: [Coordinate] = []
            for part in parts(of: geometry) { points += try positions(of: part, place) }
            return .points(points)
        case wkbLineString:
            return .lines([try positions(of: geometry, place)])
        case wkbMultiLineString:
            var lines: [[Coordinate]] = []
            for part in parts(of: geometry) { lines.append(try positions(of: part, place)) }
            return .lines(lines)
        case wkbPolygon:
            return .polygons(MultiPolygon(try polygon(geometry, place).map { [$0] } ?? []))
        case wkbMultiPolygon:
            var polygons: [Polygon] = []
            for part in parts(of: geometry) {
                if let polygon = try polygon(part, place) { polygons.append(polygon) }
            }
            return .polygons(MultiPolygon(polygons))
        default:
            let name = OGR_G_GetGeometryName(geometry).map { String(cString: $0) } ?? "unknown"
            throw GeoError(
                .invalidGeometry, at: place, "a geometry of type \(name) is not read",
                mend: "Save the layer with points, lines or polygons")
        }
    }

    private func parts(of geometry: OGRGeometryH) -> [OGRGeometryH] {
        (0..<OGR_G_GetGeometryCount(geometry)).compactMap { OGR_G_GetGeometryRef(geometry, $0) }
    }

    private mutating func polygon(_ geometry: OGRGeometryH, _ place: Place) throws(GeoError) -> Polygon? {
        var rings: [Ring] = []
        for part in parts(of: geometry) {
            var ring = try positions(of: part, place)
            // Reported as a problem, and still a ring to all that follows.
            if let first = ring.first, ring.last != first { ring.append(first) }
            rings.append(ring)
        }
        // Fewer than four positions enclose nothing, and holes without an
        // exterior are no polygon.
        guard let exterior = rings.first, exterior.count >= 4 else { return nil }
        return Polygon(
            exterior: oriented(exterior, counterClockwise: true),
            holes: rings.dropFirst().filter { $0.count >= 4 }
                .map { oriented($0, counterClockwise: false) })
    }

    private func oriented(_ ring: Ring, counterClockwise: Bool) -> Ring {
        (ring.signedArea > 0) == counterClockwise ? ring : ring.reversed()
    }

    /// Positions in longitude and latitude; Z and M are dropped.
    private mutating func positions(of geometry: OGRGeometryH, _ place: Place) throws(GeoError)
        -> [Coordinate]
    {
        let raw = (0..<OGR_G_GetPointCount(geometry)).map { index in
            Coordinate(x: OGR_G_GetX(geometry, index), y: OGR_G_GetY(geometry, index))
        }
        hasLengths = hasLengths || raw.contains { abs($0.x) > 180 || abs($0.y) > 90 }
        let moved: [Coordinate]
        do throws(GeoError) {
            moved = try transform(raw)
        } catch {
            throw GeoError(error.kind, at: place, error.cause, mend: error.mend)
        }
        // Written so that NaN, which passes no comparison, is odd as well.
        let isOnEarth = { (position: Coordinate) in
            abs(position.longitude) <= 180 && abs(position.latitude) <= 90
        }
        if let odd = moved.first(where: { !isOnEarth($0) }) {
            if abs(odd.latitude) <= 90, abs(odd.longitude) <= 360 {
                throw GeoError(
                    .notTransformable, at: place,
                    "the position (\(odd.x), \(odd.y)) lies beyond the antimeridian (expected "
                        + "longitudes from -180 to 180)",
                    mend: "Cut the feature at 180 degrees and count longitudes from -180 "
                        + "(ogr2ogr -wrapdateline)")
            }
            throw GeoError(
                .notTransformable, at: place,
                "the position (\(odd.x), \(odd.y)) is no longitude and latitude: the coordinates "
                    + "are exchanged, or projected and tagged with the wrong CRS",
                mend: "Check the CRS of the file, or give the right one as `crs`")
        }
        return moved
    }
}
