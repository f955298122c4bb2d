import Diagnostics
import Geo
import GridCore
import Products
import Tables

/// Says what a file is and which profile it matches.
public enum Inspection {
    /// A few lines for a person.
    ///
    /// - Throws: `GeoError` or `FailureList` when it is nothing that Jilaal
    ///   reads, saying what its bytes look like.
    public static func lines(of path: String) throws -> [String] {
        let file = ConfiguredPath(written: path, path: path)
        if file.isCSV { return try table(file) }
        let name = path.lowercased()
        if [".geojson", ".json", ".gpkg", ".shp"].contains(where: { name.hasSuffix($0) }) {
            return try layers(file)
        }
        return try raster(file)
    }

    // MARK: Layers and tables

    private static func layers(_ file: ConfiguredPath) throws -> [String] {
        let source = try VectorSource(path: file.path, writtenAs: file.written)
        var lines = ["\(file.written): vector file"]
        for layer in source.layers {
            lines.append("layer \"\(layer.name)\": \(layer.featureCount) features, \(layer.geometryType)")
            lines.append("  CRS: \(layer.crs?.text.prefix(60) ?? "none (write `crs:`)")")
            lines.append(
                "  attributes: "
                    + layer.fields.map { "\($0.name) (\($0.type))" }.joined(separator: ", "))
            lines += events(layer.fields.map(\.name)).map { "  " + $0 }
        }
        return lines
    }

    private static func table(_ file: ConfiguredPath) throws -> [String] {
        let table = try TableInput.records(of: file, layer: nil, crs: nil)
        var lines = ["\(file.written): table of \(table.count) rows"]
        lines.append("columns: " + table.columns.joined(separator: ", "))
        if !table.hashtags.isEmpty {
            lines.append("HXL tags: " + table.hashtags.filter { !$0.isEmpty }.joined(separator: ", "))
        }
        let faults = table.compactMap(\.problem)
        if let first = faults.first { lines.append("\(faults.count) faulty rows, first: \(first)") }
        return lines + events(table.columns)
    }

    private static func events(_ columns: [String]) -> [String] {
        guard let match = EventProfile.matches(columns: columns) else {
            return ["events: no known layout; use `source: mapped` and name the columns"]
        }
        guard match.isComplete else {
            let missing = match.missing.map { $0.names.joined(separator: " or ") }
            return [
                "events: like \(match.profile.id.rawValue), but without "
                    + missing.joined(separator: ", ")
            ]
        }
        return ["events: source \(match.profile.id.rawValue) (\(match.profile.title))"]
    }
}
