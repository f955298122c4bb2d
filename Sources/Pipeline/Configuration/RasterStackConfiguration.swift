import Diagnostics
import Products
import Tables

/// What to do when composites are not spaced as their periods are.
public enum IrregularDatesChoice: String, Choice {
    /// Say nothing.
    case accept
    /// Warn and go on.
    case warn
    /// Stop the run.
    case refuse
}

/// `drought.ndvi`, `drought.lst` and `drought.rain`: a stack of rasters and
/// what its numbers mean. What is nil is as the profile of the product says.
public struct RasterStackConfiguration: Hashable, Sendable {
    /// The product that has no profile: the pipeline file says everything.
    public static let custom = "custom"

    /// Where the bands are.
    public enum Source: Hashable, Sendable {
        /// One raster for each date.
        case files(ConfiguredPattern)
        /// One raster with one band for each date.
        case file(ConfiguredPath)
    }

    /// Id of a profile in lower case, or `custom`.
    public var product: String
    /// One of `files` and `file`.
    public var source: Source
    /// Subdataset.
    public var layer: String?
    /// How the dates are known.
    public var dates: DateListing?
    /// value = stored * scale + offset.
    public var scale: Double?
    /// value = stored * scale + offset.
    public var offset: Double?
    /// Stored values that mean nodata.
    public var fill: [Double]?
    /// Stored values outside are nodata.
    public var validRange: ClosedRange<Double>?
    /// `qa`: which cells are good enough.
    public var quality: QualityConfiguration?
    /// Replaces a wrong or missing CRS of the rasters.
    public var crs: String?
    /// How a year is divided into composites of this stack.
    public var periods: PeriodChoice?
    /// What to do when composites are not spaced as their periods are.
    public var irregularDates: IrregularDatesChoice

    var files: ConfiguredPattern? {
        if case .files(let pattern) = source { pattern } else { nil }
    }
    var file: ConfiguredPath? {
        if case .file(let path) = source { path } else { nil }
    }
}

extension RasterStackConfiguration: ConfigurationSection {
    static let productKey = RequiredKey(
        \Self.product, "product", .product,
        "Id of a product profile (see jilaal inspect), or custom.")
    static let filesKey = OptionalKey(
        \Self.files, "files", .pattern,
        "Rasters of one date each; * and ? in the name of the file only.")
    static let fileKey = OptionalKey(
        \Self.file, "file", .path, "One raster with a band for each date.")
    static let layerKey = OptionalKey(
        \Self.layer, "layer", .text, "Subdataset; default: as the product is.")
    static let datesKey = OptionalKey(
        \Self.dates, "dates", .dates,
        "Pattern of file names (of band descriptions with file), or a list of dates; {yyyy} {mm} "
            + "{dd} {doy} stand for parts of the date, * for anything.")
    static let scaleKey = OptionalKey(
        \Self.scale, "scale", .number(example: "0.0001"), "value = stored * scale + offset.")
    static let offsetKey = OptionalKey(
        \Self.offset, "offset", .number(example: "0"), "value = stored * scale + offset.")
    static let fillKey = OptionalKey(
        \Self.fill, "fill", .list(of: .number(example: "-3000"), count: 0...16),
        "Stored values that mean nodata.")
    static let validRangeKey = OptionalKey(
        \Self.validRange, "valid_range", .numberRange,
        "Least and greatest valid stored value.")
    static let qualityKey = OptionalKey(
        \Self.quality, "qa", .section(), "Which cells are good enough.")
    static let crsKey = OptionalKey(
        \Self.crs, "crs", .crs, "Replaces a wrong or missing CRS of the rasters.")
    static let periodsKey = OptionalKey(
        \Self.periods, "periods", .choice,
        "How a year is divided into composites of this stack; default: periods of drought for ndvi, "
            + "else as the product is.")
    static let irregularDatesKey = DefaultKey(
        \Self.irregularDates, "irregular_dates", .choice, default: .warn,
        "What to do when composites are not spaced as their periods are.")

    static let keys = SectionKeys<Self>(
        "A stack of rasters on one grid: exactly one of files and file.",
        rules: [
            .init("oneOf", [["required": ["files"]], ["required": ["file"]]]),
            .init("if", ["properties": ["product": ["const": "custom"]]]),
            .init("then", ["required": ["dates"]]),
        ],
        [
            productKey.entry, filesKey.entry, fileKey.entry, layerKey.entry, datesKey.entry,
            scaleKey.entry, offsetKey.entry, fillKey.entry, validRangeKey.entry,
            qualityKey.entry, crsKey.entry, periodsKey.entry, irregularDatesKey.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let product = reader.value(Self.productKey)
        let files = reader.value(Self.filesKey)
        let file = reader.value(Self.fileKey)
        layer = reader.value(Self.layerKey)
        dates = reader.value(Self.datesKey)
        scale = reader.value(Self.scaleKey)
        offset = reader.value(Self.offsetKey)
        fill = reader.value(Self.fillKey)
        validRange = reader.value(Self.validRangeKey)
        quality = reader.value(Self.qualityKey)
        crs = reader.value(Self.crsKey)
        periods = reader.value(Self.periodsKey)
        irregularDates = reader.value(Self.irregularDatesKey)
        if scale == 0 {
            reader.report(
                .outOfRange, at: Self.scaleKey.name, "is 0, which makes every value equal",
                mend: "Write the scale of the product, such as 0.0001")
        }
        reader.requireOne(of: Self.filesKey.name, Self.fileKey.name)
        if product == Self.custom, !reader.has(Self.datesKey.name) {
            reader.site.report(
                .missingKey, "the key \"dates\" is missing (expected with product custom)",
                mend: "Add dates: \(Self.datesKey.form.example)")
        }
        guard let product else { return nil }
        if let quality { Self.check(quality, of: product, reader) }
        if RasterProfile.named(product)?.needsStatedScale == true, !reader.has(Self.scaleKey.name) {
            reader.site.report(
                .missingKey,
                "the key \"scale\" is missing (expected with product \(product), whose scale is not "
                    + "known for certain)",
                mend: "Add scale and offset as the metadata of the files have them")
        }
        self.product = product
        if let files {
            source = .files(files)
        } else if let file {
            source = .file(file)
        } else {
            return nil
        }
    }

    /// Reports fields and values of `qa.keep` that the product does not have.
    private static func check(
        _ quality: QualityConfiguration, of product: String, _ reader: SectionReader<Self>
    ) {
        func report(_ cause: String, _ mend: String) {
            reader.report(.unknownChoice, at: qualityKey.name, cause, mend: mend)
        }
        guard let keep = quality.keep else { return }
        guard let profile = RasterProfile.named(product), !profile.qualityLayers.isEmpty else {
            report(
                "keep names fields, and product \(product) has none",
                "Write accept or bits with the codes of the quality band")
            return
        }
        let fields = profile.qualityLayers.flatMap(\.fields)
        for requirement in keep {
            guard let field = fields.first(where: { $0.name == requirement.field }) else {
                let names = fields.map(\.name)
                let near = NearNames.near(requirement.field, among: names, limit: 1).first
                report(
                    "\(product) has no field \(Quoted(requirement.field)) (known: "
                        + "\(names.joined(separator: ", ")))",
                    near.map { "Did you mean \(Quoted($0))?" } ?? "Write one of the known fields")
                continue
            }
            let names = field.values.map(\.name)
            for value in requirement.values where !names.contains(value) {
                let near = NearNames.near(value, among: names, limit: 1).first
                report(
                    "\(field.name) has no value \(Quoted(value)) (known: "
                        + "\(names.joined(separator: ", ")))",
                    near.map { "Did you mean \(Quoted($0))?" } ?? "Write some of the known values")
            }
        }
        let isKnown = keep.allSatisfy { requirement in
            fields.contains { $0.name == requirement.field }
        }
        if isKnown, profile.qualityLayer(for: keep) == nil {
            report(
                "keep names fields of several layers ("
                    + profile.qualityLayers.map {
                        "\($0.layer): \($0.fields.map(\.name).joined(separator: " "))"
                    }.joined(separator: "; ") + ")",
                "Keep to the fields of one layer")
        }
    }
}
