import Diagnostics
import Geo
import GridCore
import Tables

extension ConfiguredPath {
    /// Whether the name says CSV (or a text table like it).
    var isCSV: Bool {
        let name = path.lowercased()
        return name.hasSuffix(".csv") || name.hasSuffix(".tsv") || name.hasSuffix(".txt")
    }

    /// Whether the name says GeoTIFF: a plain raster, never a container.
    var isGeoTIFF: Bool {
        let name = path.lowercased()
        return name.hasSuffix(".tif") || name.hasSuffix(".tiff")
    }

    /// The file's name without folder and extension.
    var stem: String {
        let name = path.split(separator: "/").last ?? ""
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? String(name)
    }
}

extension VectorSource {
    /// Opens a file of a pipeline and reads a layer of it.
    static func layer(
        of file: ConfiguredPath, named layer: String?, crs: String?
    ) throws(GeoError) -> VectorLayer {
        try VectorSource(path: file.path, writtenAs: file.written)
            .readFeatures(layer: layer, crs: crs.map { CRSIdentifier($0) })
    }
}

extension VectorLayer {
    /// The features as rows: attributes as text, points as coordinates.
    func recordTable(file: String) -> RecordTable {
        RecordTable(
            file: file, columns: info.fields.map(\.name),
            features: features.enumerated().map { index, feature in
                FeatureRow(
                    number: index + 1, fields: feature.attributes,
                    coordinate: feature.geometry.position)
            })
    }
}

extension VectorGeometry {
    /// The position of a point, or of a multi-point of one.
    var position: Coordinate? {
        switch self {
        case .point(let position): position
        case .points(let positions): positions.count == 1 ? positions[0] : nil
        case .none, .lines, .polygons: nil
        }
    }
}

/// Reads tables whose rows may come from a CSV or a vector layer.
enum TableInput {
    /// Larger tables than this are refused rather than held in memory.
    static let mostBytes = 2 << 30

    /// The rows of a CSV or of a layer.
    ///
    /// - Throws: everything wrong with the file as a whole, and with the
    ///   features of a layer; faulty rows of a CSV are told with the rows.
    static func records(
        of file: ConfiguredPath, layer: String?, crs: String?
    ) throws -> RecordTable {
        try reading(of: file, layer: layer, crs: crs).table
    }

    /// The same with what must be known although the file was read.
    static func reading(
        of file: ConfiguredPath, layer: String?, crs: String?
    ) throws -> (table: RecordTable, warnings: [Warning]) {
        guard file.isCSV else {
            let layer = try VectorSource.layer(of: file, named: layer, crs: crs)
            guard layer.problems.isEmpty else { throw FailureList(layer.problems) }
            return (layer.recordTable(file: file.written), [])
        }
        let checked = try LocalFile(file.path, writtenAs: file.written)
        let bytes = try Descriptor.readFile(at: checked.text, limit: mostBytes)
        let reading = CSVReader.read(bytes, file: file.written)
        return (try reading.requireTable(), reading.warnings)
    }
}

extension ProblemLog {
    /// The rows of a CSV or of a layer, its warnings noted; nil when it could
    /// not be read.
    mutating func table(of file: ConfiguredPath, layer: String?, crs: String?) -> RecordTable? {
        guard let reading = attempt({ try TableInput.reading(of: file, layer: layer, crs: crs) })
        else { return nil }
        add(contentsOf: reading.warnings)
        return reading.table
    }
}
