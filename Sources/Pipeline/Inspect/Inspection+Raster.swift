import Calendar
import Diagnostics
import Geo
import GridCore
import Products

extension Inspection {
    static func raster(_ file: ConfiguredPath) throws -> [String] {
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
        let name = ConfiguredPattern.split(file.written).name
        let matches = RasterProfile.allMatching(fileName: name)
        guard let first = matches.first else {
            return ["product: none recognised by the name; use `product: custom` or one of "
                + RasterProfile.all.map(\.id).joined(separator: ", ")]
        }
        var lines: [String] = []
        if matches.count > 1, Set(matches.map(\.layer)).count == 1 {
            lines.append(
                "product: one of \(matches.map(\.id).joined(separator: ", ")): names do not tell them "
                    + "apart")
        }
        for profile in matches {
            lines += try describe(profile, file, info, isAlone: lines.isEmpty)
        }
        if let date = first.date(ofFile: name) { lines.append("composite: \(date)") }
        if !first.caution.isEmpty { lines.append("note: \(first.caution)") }
        let archives = RasterProfile.all.filter { $0.combines.contains(first.id) }
        for archive in archives {
            let others = archive.combines.filter { $0 != first.id }.joined(separator: ", ")
            lines.append("note: in one archive with \(others) it is \(archive.id)")
        }
        return lines
    }

    private static func describe(
        _ profile: RasterProfile, _ file: ConfiguredPath, _ info: RasterInfo, isAlone: Bool
    ) throws -> [String] {
        var lines = ["product: \(profile.id) (\(profile.title))"]
        let unit = profile.quantity.unit
        lines.append(
            "\(profile.quantity.title): value = stored * \(profile.scale) + \(profile.offset)"
                + (unit.isEmpty ? "" : " \(unit)"))
        if profile.needsStatedScale {
            lines.append("the scale is not known for certain: a pipeline file has to state it")
        }
        if !profile.isCheckedAgainstRealFile {
            lines.append("this profile has not yet been compared with a file of the producer")
        }
        let names = info.subdatasets.map(\.layer)
        let plain = RasterReference(
            name: file.written, path: file.path,
            placement: file.isGeoTIFF ? nil : profile.placement(ofFile: file.written))
        var found = info
        if let layer = profile.layer, names.contains(layer) {
            var reference = plain
            reference.layer = layer
            found = try RasterSource(reference).info
            lines.append("layer \"\(layer)\":")
            lines += describe(found).map { "  " + $0 }
        } else if let layer = profile.layer, !names.isEmpty {
            lines.append("there is no layer \"\(layer)\" in the file: it is not as the product is known")
        }
        let check = ProfileCheck(profile)
        for text in check.agreements(in: found, band: 1) { lines.append("as expected: \(text)") }
        for text in check.differences(in: found, band: 1) {
            lines.append("not as the product is known: \(text)")
        }
        for layer in profile.qualityLayers where names.contains(layer.layer) {
            var reference = plain
            reference.layer = layer.layer
            lines += try QualityCounts(of: layer, in: RasterSource(reference)).lines
        }
        return lines
    }
}
