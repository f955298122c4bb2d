import Calendar
import Drought
import Foundation
import Geo
import GridCore
import Report
import Tables

/// Publishes what the drought stage found: rasters, pictures and the table of
/// zone means over time.
struct DroughtPublisher {
    let prepared: PreparedDrought
    let caption: RunCaption
    let credits: [SourceCredit]
    let sink: OutputSink

    /// Said in every raster.
    var metadata: [RasterInfo.MetadataEntry] {
        let current = prepared.current.date
        var entries: [(String, String)] = [
            ("TITLE", caption.title),
            ("COMPOSITE_START", current.description),
            ("PERIOD", period),
            ("BASELINE", prepared.baseline.description),
            ("MINIMUM_YEARS", "\(prepared.rule.minimumYears)"),
            ("STANDARD_DEVIATION", "sample, n - 1"),
            ("SOURCE", credits.map(\.full).joined(separator: "; ")),
            ("TIFFTAG_SOFTWARE", Jilaal.nameAndVersion),
        ]
        if caption.isSynthetic { entries.append(("SYNTHETIC", "YES: invented data")) }
        return entries.map { RasterInfo.MetadataEntry(key: $0.0, value: $0.1) }
    }

    /// The rasters that the stage has left in `folder`.
    func items(folder: URL, outlines: [MultiPolygon]) throws -> [RasterPublisher.Item] {
        let isGeographic = try SpatialReference(prepared.stack.spec.crs).isGeographic
        return DroughtOutput.allCases.map { output in
            RasterPublisher.Item(
                path: output.path,
                plain: folder.appendingPathComponent("\(output.rawValue).plain.tif").path,
                title: output.title,
                description: output.description(prepared, metadata: metadata),
                picture: RasterPublisher.Picture(
                    content: picture(of: output), subtitle: [caption.title, dates(of: output)],
                    source: SourceCredit.line(credits),
                    banner: caption.banner, outlines: outlines, isGeographic: isGeographic))
        }
    }

    private var period: String {
        prepared.stack.scheme.label(ofSlot: prepared.stack.scheme.slot(of: prepared.current.date))
    }

    /// What an output is made of.
    private func dates(of output: DroughtOutput) -> String {
        if output == .ndvi { return "Composite from \(prepared.current.date)" }
        let baseline = "\(period) of the baseline years \(prepared.baseline)"
        return output.isClimatology
            ? "Of the \(baseline)"
            : "Composite from \(prepared.current.date) against the \(baseline)"
    }

    private func picture(of output: DroughtOutput) -> RasterPublisher.Picture.Content {
        switch output {
        case .vci:
            return .values(
                quantity: output.quantity, unit: output.pictureUnit, palette: .vegetationCondition,
                stretch: .fixed(minimum: 0, maximum: 100))
        case .zscore:
            return .values(
                quantity: output.quantity, unit: output.pictureUnit, palette: .anomaly,
                stretch: .fixed(minimum: -4, maximum: 4))
        case .anomaly:
            return .values(
                quantity: output.quantity, unit: output.pictureUnit, palette: .anomaly,
                stretch: .symmetric(percentile: 98))
        case .percent:
            return .values(
                quantity: output.quantity, unit: output.pictureUnit, palette: .anomaly,
                stretch: .fixed(minimum: 0, maximum: 200))
        case .droughtClass:
            return .classes(ClassTable(prepared.table))
        case .reason:
            let reasons = DroughtReason.cases(isMasked: prepared.mask != nil)
            let hues: [UInt32] = [0xEFEFEF, 0x999999, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x5F5F5F]
            return .classes(
                ClassTable(
                    title: output.title,
                    entries: zip(reasons, hues).map {
                        .init(code: Int($0.rawValue), label: $0.label, color: Color($1))
                    }))
        case .climatologyCount, .climatologyDeviation:
            return .values(
                quantity: output.quantity, unit: output.pictureUnit, palette: .viridis,
                stretch: .percentiles(lower: 0, upper: 100))
        default:
            return .values(
                quantity: output.quantity, unit: output.pictureUnit, palette: .vegetationCondition,
                stretch: .percentiles(lower: 2, upper: 98))
        }
    }
}

extension DroughtReason {
    /// As a legend has room for.
    fileprivate var label: String {
        switch self {
        case .ok: "Has all values"
        case .inputNodata: "No value in composite"
        case .insufficientBaseline: "Too few baseline years"
        case .zeroRange: "Baseline range too small"
        case .zeroDeviationOrMean: "Deviation 0 or mean small"
        case .masked: "Left out by the mask"
        }
    }
}

extension ClassTable {
    /// Labels and colours of a table of drought classes.
    init(_ table: DroughtClassTable) {
        let codes = table.classes.map { Int($0.code) }
        self = table == .ndma ? .vegetationDeficit(codes: codes) : .kogan(codes: codes)
    }
}
