import CGDAL
import Diagnostics
import GridCore

/// A coordinate reference system: owns one OGR object, with x (east or
/// longitude) first.
///
/// Not Sendable: one per thread; pass a `CRSIdentifier` instead.
public final class SpatialReference {
    private let handle: OGRSpatialReferenceH

    /// From `EPSG:n`, WKT or a PROJ string; never from a file or the network.
    public init(_ identifier: CRSIdentifier) throws(GeoError) {
        GDALRuntime.start()
        let text = identifier.text
        let (handle, errors) = captureGDALErrors { () -> OGRSpatialReferenceH? in
            guard let reference = OSRNewSpatialReference(nil) else { return nil }
            OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER)
            let status: OGRErr
            if text.uppercased().hasPrefix("EPSG:"), let code = Int32(text.dropFirst(5)) {
                status = OSRImportFromEPSG(reference, code)
            } else if text.hasPrefix("+proj") {
                status = OSRImportFromProj4(reference, text)
            } else {
                status = Self.importWKT(text, into: reference)
            }
            guard status == OGRERR_NONE else {
                OSRDestroySpatialReference(reference)
                return nil
            }
            return reference
        }
        guard let handle else {
            throw GeoError(
                .wrongCRS, at: Place(field: "CRS \"\(text.prefix(80))\""),
                "is not a CRS that PROJ knows (\(errors.summary))",
                mend: "Write \"EPSG:4326\" for longitude and latitude, or another EPSG code")
        }
        self.handle = handle
    }

    deinit { OSRDestroySpatialReference(handle) }

    /// Whether coordinates are longitude and latitude in degrees.
    public var isGeographic: Bool { OSRIsGeographic(handle) != 0 }

    /// Metres per unit of the axes of a projected CRS; nil for a geographic
    /// one.
    public var metersPerUnit: Double? {
        isGeographic ? nil : OSRGetLinearUnits(handle, nil)
    }

    public var name: String { OSRGetName(handle).map { String(cString: $0) } ?? "" }

    /// Whether both mean the same to a computation, whatever their names.
    public func isSame(as other: SpatialReference) -> Bool {
        OSRIsSame(handle, other.handle) != 0
    }

    /// Longitudes and latitudes that the CRS is made for; nil when unknown.
    public var areaOfUse: AreaOfUse? {
        var west = 0.0
        var south = 0.0
        var east = 0.0
        var north = 0.0
        // PROJ says -1000 for what it does not know.
        guard OSRGetAreaOfUse(handle, &west, &south, &east, &north, nil) != 0, west > -1000,
            east > -1000, south <= north
        else { return nil }
        return AreaOfUse(west: west, south: south, east: east, north: north)
    }

    func withHandle<R>(_ body: (OGRSpatialReferenceH) throws -> R) rethrows -> R {
        try body(handle)
    }

    /// Lambert azimuthal equal-area on WGS 84 around a position (Snyder 1987,
    /// chapter 24): areas exact, distances within 0.3 % at 1,000 km from the
    /// centre.
    public static func equalArea(around center: Coordinate) -> CRSIdentifier {
        CRSIdentifier(
            "+proj=laea +lat_0=\(center.latitude) +lon_0=\(center.longitude) +x_0=0 +y_0=0 "
                + "+datum=WGS84 +units=m +no_defs")
    }

    private static func importWKT(_ text: String, into reference: OGRSpatialReferenceH) -> OGRErr {
        text.withCString { start in
            var cursor: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: start)
            return OSRImportFromWkt(reference, &cursor)
        }
    }
}

extension CRSIdentifier {
    /// `EPSG:n` where the CRS is exactly that, else its WKT; nil when empty.
    init?(spatialReference handle: OGRSpatialReferenceH) {
        if let authority = OSRGetAuthorityName(handle, nil),
            String(cString: authority) == "EPSG",
            let code = OSRGetAuthorityCode(handle, nil)
        {
            self.init("EPSG:" + String(cString: code))
            return
        }
        var text: UnsafeMutablePointer<CChar>?
        defer { VSIFree(text) }
        let options = CStringList(["FORMAT=WKT2_2019"])
        guard options.withConstPointer({ OSRExportToWktEx(handle, &text, $0) }) == OGRERR_NONE, let text,
            text.pointee != 0
        else { return nil }
        self.init(String(cString: text))
    }
}
