import Calendar
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

    // MARK: Rasters

    private static func raster(_ file: ConfiguredPath) throws -> [String] {
        let info = try RasterSource(RasterReference(name: file.written, path: file.path)).info
        var lines = ["\(file.written): \(info.driver) raster"]
        if info.subdatasets.isEmpty {
            lines += describe(info)
        } else {
            lines.append("layers:")
            lines += info.subdatasets.map { "  \"\($0.layer)\"  \($0.description)" }
        }
        lines += try profile(file, info)
        return lines
    }

    private static func describe(_ info: RasterInfo) -> [String] {
        var lines = ["size: \(info.shape.rows) rows x \(info.shape.columns) columns"]
        if let transform = info.geotransform {
            lines.append(
                "grid: from (\(transform.originX), \(transform.originY)), cells of "
                    + "\(transform.cellWidth) x \(transform.cellHeight)"
                    + (transform.isNorthUp ? "" : " (not north-up: refused by run)"))
        } else {
            lines.append("grid: no geotransform (refused by run)")
        }
        if let crs = info.crs {
            let name = (try? SpatialReference(crs).name) ?? ""
            lines.append("CRS: \(crs.text.hasPrefix("EPSG:") ? "\(name) (\(crs))" : name)")
        } else {
            lines.append("CRS: none (write `crs:` in the pipeline file)")
        }
        lines.append("bands: \(info.bands.count)")
        for (index, band) in info.bands.enumerated().prefix(shownBands) {
            lines.append("  band \(index + 1): " + describe(band))
        }
        if info.bands.count > shownBands {
            let last = info.bands[info.bands.count - 1]
            lines.append("  ... band \(info.bands.count): " + describe(last))
        }
        return lines
    }

    private static let shownBands = 5

    private static func describe(_ band: RasterBandInfo) -> String {
        var parts = [band.type.rawValue]
        if !band.description.isEmpty { parts.append("\"\(band.description)\"") }
        if let nodata = band.nodata { parts.append("nodata \(nodata)") }
        if let scale = band.scale, scale != 1 { parts.append("scale \(scale)") }
        if let offset = band.offset, offset != 0 { parts.append("offset \(offset)") }
        if !band.unit.isEmpty { parts.append("unit \(band.unit)") }
        parts.append("blocks of \(band.block.rows) x \(band.block.columns)")
        return parts.joined(separator: ", ")
    }

    private static func profile(_ file: ConfiguredPath, _ info: RasterInfo) throws -> [String] {
        let name = file.written.split(separator: "/").last.map(String.init) ?? file.written
        guard let profile = RasterProfile.matching(fileName: name) else {
            return ["product: none recognised by the name; use `product: custom` or one of "
                + RasterProfile.all.map(\.id).joined(separator: ", ")]
        }
        var lines = ["product: \(profile.id) (\(profile.title))"]
        if let pattern = profile.dates.flatMap({ try? DatePattern($0) }),
            let date = pattern.date(in: name)
        {
            lines.append("composite: \(date)")
        }
        lines.append("value = stored * \(profile.scale) + \(profile.offset)")
        if let layer = profile.layer, info.subdatasets.contains(where: { $0.layer == layer }) {
            let source = try RasterSource(
                RasterReference(name: file.written, path: file.path, layer: layer))
            lines.append("NDVI layer \"\(layer)\":")
            lines += describe(source.info).map { "  " + $0 }
        }
        if !profile.caution.isEmpty { lines.append("note: \(profile.caution)") }
        return lines
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
