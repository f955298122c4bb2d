import CGDAL
import Diagnostics
import Faults
import GridCore

/// An open vector file: owns one GDAL dataset and closes it when it goes.
///
/// Not Sendable: one per thread.
public final class VectorSource {
    private let name: String
    private let dataset: GDALDatasetH

    private static let formats = ["GeoJSON", "GPKG", "ESRI Shapefile"]

    enum Limit {
        /// Longest file; layers are held in memory as a whole.
        static let fileBytes = 2 << 30
    }

    /// - Parameter name: the path as the user wrote it, for messages.
    /// - Throws: `GeoError` when the file is missing, empty, truncated or of
    ///   another format.
    public init(path: String, writtenAs name: String) throws(GeoError) {
        GDALRuntime.start()
        let file = try LocalFile(path, writtenAs: name)
        guard file.byteCount <= Limit.fileBytes else {
            throw GeoError(
                .implausibleSize, at: Place(file: name),
                "is \(file.byteCount) bytes long (at most \(Limit.fileBytes))",
                mend: "Keep only the features of the mission's area, with ogr2ogr -spat")
        }
        try GeoPackageExtent.check(file, writtenAs: name)
        if path.lowercased().hasSuffix(".shp") { try Self.checkSiblings(of: path, name) }
        let drivers = CStringList(Self.formats)
        let flags = UInt32(GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
        let (dataset, errors) = captureGDALErrors(at: .gdalOpen, path, failed: nil) {
            drivers.withConstPointer { GDALOpenEx(file.text, flags, $0, nil, nil) }
        }
        guard let dataset else {
            throw LocalFile.refusal(of: path, writtenAs: name, as: "vector layer", errors: errors)
        }
        // GDAL opens a file of which it cannot understand a part, such as a
        // GeoJSON with an unknown CRS, and keeps the rest.
        if errors.contains(where: \.isFailure) {
            GDALClose(dataset)
            throw GeoError(
                .truncated, at: Place(file: name),
                "cannot be read whole (\(errors.summary))",
                mend: "Mend what is named here; if the file is truncated or damaged, fetch it "
                    + "again")
        }
        self.name = name
        self.dataset = dataset
    }

    deinit { GDALClose(dataset) }

    /// The layers of the file, in its order.
    public var layers: [VectorLayerInfo] {
        let (infos, _) = captureGDALErrors {
            (0..<GDALDatasetGetLayerCount(dataset)).compactMap { index in
                GDALDatasetGetLayer(dataset, index).map(Self.describe)
            }
        }
        return infos
    }

    /// All features of a layer, in longitude and latitude.
    ///
    /// - Parameters:
    ///   - layer: nil for the only one.
    ///   - crs: replaces what the file says of its CRS.
    /// - Throws: `GeoError` when there is no such layer, several and none is
    ///   named, no feature, no CRS, a curve, or positions that are no
    ///   longitude and latitude.
    public func readFeatures(layer: String? = nil, crs: CRSIdentifier? = nil) throws(GeoError)
        -> VectorLayer
    {
        let handle = try find(layer)
        let info = Self.describe(handle)
        guard let source = crs ?? info.crs else {
            throw GeoError(
                .noCRS, at: Place(file: name), "the layer \"\(info.name)\" has no CRS",
                mend: "Add `crs: \"EPSG:4326\"` (or the right one) to the entry of the file in the "
                    + "pipeline file")
        }
        let transform = try CoordinateTransform(from: source, to: .wgs84)
        let metersPerUnit = try SpatialReference(source).metersPerUnit
        var reader = FeatureReader(
            file: name, info: info, transform: transform, isProjected: metersPerUnit != nil)
        let (found, errors) = captureGDALErrors {
            Result { () throws(GeoError) in
                OGR_L_ResetReading(handle)
                while let feature = OGR_L_GetNextFeature(handle) {
                    defer { OGR_F_Destroy(feature) }
                    try reader.read(feature)
                }
            }
        }
        try found.get()
        // The end of the layer and a feature that cannot be read look alike
        // but for what GDAL says.
        guard !errors.contains(where: \.isFailure) else {
            throw GeoError(
                .truncated, at: Place(file: name),
                "the features cannot all be read (\(errors.summary))",
                mend: "The file is truncated or damaged: fetch it again")
        }
        guard !reader.features.isEmpty else {
            throw GeoError(
                .emptyLayer, at: Place(file: name), "the layer \"\(info.name)\" has no feature",
                mend: "Check the file, or name another `layer`")
        }
        if let feature = reader.firstInDegrees {
            throw GeoError(
                .wrongCRS, at: Place(file: name, feature: feature),
                "this and every other position lies within 180 units of the origin of its CRS: the "
                    + "coordinates look like degrees, but the file says they are projected",
                mend: "Give the right one as `crs: \"EPSG:4326\"`, or save the layer again with it")
        }
        return VectorLayer(info: info, features: reader.features, problems: reader.problems)
    }

    private func find(_ layer: String?) throws(GeoError) -> OGRLayerH {
        let all = layers
        if let layer {
            let (handle, _) = captureGDALErrors { GDALDatasetGetLayerByName(dataset, layer) }
            if let handle { return handle }
            throw GeoError(
                .noSuchLayer, at: Place(file: name, field: "layer \"\(layer)\""),
                "there is no such layer (found: \(all.map(\.name).joined(separator: ", ")))",
                mend: "Write one of the layers found as `layer`")
        }
        guard all.count == 1, let handle = GDALDatasetGetLayer(dataset, 0) else {
            throw GeoError(
                .noSuchLayer, at: Place(file: name),
                all.isEmpty
                    ? "the file has no layer"
                    : "the file has \(all.count) layers: "
                        + all.map(\.name).joined(separator: ", "),
                mend: "Name one of them as `layer`")
        }
        return handle
    }

    private static func describe(_ layer: OGRLayerH) -> VectorLayerInfo {
        let definition = OGR_L_GetLayerDefn(layer)
        let fields = (0..<OGR_FD_GetFieldCount(definition)).compactMap { index in
            OGR_FD_GetFieldDefn(definition, index).map { field in
                VectorLayerInfo.Field(
                    name: OGR_Fld_GetNameRef(field).map { String(cString: $0) } ?? "",
                    type: OGR_GetFieldTypeName(OGR_Fld_GetType(field)).map { String(cString: $0) }
                        ?? "")
            }
        }
        return VectorLayerInfo(
            name: OGR_L_GetName(layer).map { String(cString: $0) } ?? "",
            featureCount: Int(OGR_L_GetFeatureCount(layer, 1)),
            geometryType: OGRGeometryTypeToName(OGR_L_GetGeomType(layer)).map {
                String(cString: $0)
            } ?? "",
            crs: OGR_L_GetSpatialRef(layer).flatMap { CRSIdentifier(spatialReference: $0) },
            fields: fields)
    }

    private static func checkSiblings(of path: String, _ name: String) throws(GeoError) {
        var parts: [String] = []
        for suffix in ["shx", "dbf"] {
            let stem = path.dropLast(3)
            let part = [stem + suffix, stem + suffix.uppercased()]
                .first { (try? LocalFile(String($0), writtenAs: name)) != nil }
            guard let part else {
                throw GeoError(
                    .missingFile, at: Place(file: name),
                    "the shapefile lacks its .\(suffix) file beside it",
                    mend: "Copy all files of the shapefile (.shp, .shx, .dbf, .prj) together")
            }
            parts.append(String(part))
        }
        try ShapefileExtent.check(
            shapes: path, index: parts[0], table: parts[1], writtenAs: name)
    }
}
