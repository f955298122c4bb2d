import Products
import Tables

/// `qa` of a stack: which cells are good enough, by a quality band.
public struct QualityConfiguration: Hashable, Sendable {
    /// Where the quality band is.
    public enum Source: Hashable, Sendable {
        /// A subdataset of the same file.
        case layer(String)
        /// Files of their own, matched to the rasters by date.
        case files(ConfiguredPattern, dates: DateListing?)
        /// The subdataset that has the named fields, as the product is.
        case product
    }

    /// What a good cell's stored value is.
    public enum Test: Hashable, Sendable {
        /// One of these values; those of the best quality among them, nil
        /// when that is not said.
        case accept([Int], best: [Int]?)
        /// Every field of bits has one of its values.
        case bits([QualityBitsConfiguration])
        /// Every named field of the product has one of its named values; by
        /// the names of the fields.
        case keep([QualityRequirement])
    }

    /// Where the quality band is.
    public var source: Source
    /// What a good cell's stored value is.
    public var test: Test

    var layer: String? {
        if case .layer(let name) = source { name } else { nil }
    }
    var files: ConfiguredPattern? {
        if case .files(let pattern, _) = source { pattern } else { nil }
    }
    var dates: DateListing? {
        if case .files(_, let dates) = source { dates } else { nil }
    }
    var accept: [Int]? {
        if case .accept(let values, _) = test { values } else { nil }
    }
    var best: [Int]? {
        if case .accept(_, let values) = test { values } else { nil }
    }
    var bits: [QualityBitsConfiguration]? {
        if case .bits(let fields) = test { fields } else { nil }
    }
    var keep: [QualityRequirement]? {
        if case .keep(let fields) = test { fields } else { nil }
    }
}

extension QualityConfiguration: ConfigurationSection {
    static let layerKey = OptionalKey(
        \Self.layer, "layer", .text, "Subdataset with the quality, in the same file.")
    static let filesKey = OptionalKey(
        \Self.files, "files", .pattern, "Rasters with the quality, one for each date.")
    static let datesKey = OptionalKey(
        \Self.dates, "dates", .dates,
        "With files: pattern of their names; default: as for the rasters.")
    static let acceptKey = OptionalKey(
        \Self.accept, "accept",
        .list(of: .integer(-2_147_483_648...4_294_967_295, example: "0"), count: 1...256),
        "Stored values of good cells.")
    static let bestKey = OptionalKey(
        \Self.best, "best",
        .list(of: .integer(-2_147_483_648...4_294_967_295, example: "0"), count: 1...256),
        "With accept: those of its values that are of the best quality, which confidence counts.")
    static let bitsKey = OptionalKey(
        \Self.bits, "bits",
        .list(of: .section(), count: 1...32)
            .example("[{ shift: 0, width: 2, accept: [0, 1] }]"),
        "Fields of bits; a good cell has an accepted value in each.")
    static let keepKey = OptionalKey(
        \Self.keep, "keep", .qualityRequirements,
        "Named fields of the product's quality and the values of good cells; a good cell has one in "
            + "each. jilaal inspect lists the names.")

    static let keys = SectionKeys<Self>(
        "Which cells are good enough: one of accept, bits and keep, and where that is: one of layer "
            + "and files, or with keep the layer of the product.",
        rules: [
            .init(
                "allOf",
                [
                    [
                        "oneOf": [
                            ["required": ["accept"]], ["required": ["bits"]],
                            ["required": ["keep"]],
                        ]
                    ],
                    [
                        "if": ["anyOf": [["required": ["layer"]], ["required": ["keep"]]]],
                        "else": ["required": ["files"]],
                    ],
                    [
                        "if": ["required": ["layer"]], "then": ["properties": ["files": false]],
                    ],
                ]),
            .init("dependentRequired", ["dates": ["files"], "best": ["accept"]]),
        ],
        [layerKey.entry, filesKey.entry, datesKey.entry, acceptKey.entry, bestKey.entry, bitsKey.entry,
            keepKey.entry])

    init?(_ reader: SectionReader<Self>) {
        let layer = reader.value(Self.layerKey)
        let files = reader.value(Self.filesKey)
        let dates = reader.value(Self.datesKey)
        let accept = reader.value(Self.acceptKey)
        let best = reader.value(Self.bestKey)
        let bits = reader.value(Self.bitsKey)
        let keep = reader.value(Self.keepKey)
        if !reader.has(Self.keepKey.name) || reader.has(Self.layerKey.name) && reader.has(Self.filesKey.name) {
            reader.requireOne(of: Self.layerKey.name, Self.filesKey.name)
        }
        reader.requireOne(of: Self.acceptKey.name, Self.bitsKey.name, Self.keepKey.name)
        if reader.has(Self.datesKey.name), !reader.has(Self.filesKey.name) {
            reader.report(
                .contradiction, at: Self.datesKey.name, "stands without \"files\"",
                mend: "Remove it; a layer has the date of its file")
        }
        if let best, let other = best.first(where: { accept?.contains($0) != true }) {
            reader.report(
                .contradiction, at: Self.bestKey.name,
                "has \(other), which accept does not have (expected some of its values)",
                mend: "Check both lists, or remove \(Self.bestKey.name)")
        }
        if let layer {
            source = .layer(layer)
        } else if let files {
            source = .files(files, dates: dates)
        } else if keep != nil {
            source = .product
        } else {
            return nil
        }
        if let accept {
            test = .accept(accept, best: best)
        } else if let bits {
            test = .bits(bits)
        } else if let keep {
            test = .keep(keep)
        } else {
            return nil
        }
    }
}

/// One field of bits of a quality value.
public struct QualityBitsConfiguration: Hashable, Sendable {
    /// Number of the lowest bit, 0 for the least significant.
    public var shift: Int
    /// How many bits the field has.
    public var width: Int
    /// Accepted values of the field.
    public var accept: [Int]
}

extension QualityBitsConfiguration: ConfigurationSection {
    static let shift = RequiredKey(
        \Self.shift, "shift", .integer(0...31, example: "0"), "Number of the lowest bit, from 0.")
    static let width = RequiredKey(
        \Self.width, "width", .integer(1...16, example: "2"), "How many bits the field has.")
    static let accept = RequiredKey(
        \Self.accept, "accept", .list(of: .integer(0...65_535, example: "0"), count: 1...256),
        "Accepted values of the field.")

    static let keys = SectionKeys<Self>(
        "One field of bits.", [shift.entry, width.entry, accept.entry])

    init?(_ reader: SectionReader<Self>) {
        let shift = reader.value(Self.shift)
        let width = reader.value(Self.width)
        let accept = reader.value(Self.accept)
        guard let shift, let width, let accept else { return nil }
        if let large = accept.first(where: { $0 >= 1 << width }) {
            reader.report(
                .contradiction, at: Self.accept.name,
                "has \(large), which \(width) bits cannot hold", mend: "Check width and values")
        }
        if shift + width > 32 {
            reader.report(
                .outOfRange, at: Self.width.name,
                "reaches bit \(shift + width) (expected at most 32)", mend: "Check shift and width")
        }
        self.shift = shift
        self.width = width
        self.accept = accept
    }
}
