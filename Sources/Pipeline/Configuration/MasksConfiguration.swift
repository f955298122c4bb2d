import Drought
import Tables

extension LandRole: Choice {}

/// What of a layer is kept.
public enum MaskKeepChoice: String, Choice {
    /// What the layer shows.
    case inside
    /// What it does not show.
    case outside
}

/// `drought.masks`: which land drought figures are about.
public struct MasksConfiguration: Hashable, Sendable {
    /// Roles whose layers are used; nil: all.
    public var use: [LandRole]?
    /// Cells that keep less than this share are left out.
    public var minimum: Double
    public var layers: [MaskLayerConfiguration]

    /// The layers that are used, in their order.
    var used: [MaskLayerConfiguration] {
        layers.filter { use?.contains($0.role) ?? true }
    }
}

extension MasksConfiguration: ConfigurationSection {
    static let use = OptionalKey(
        \Self.use, "use", .list(of: .choice, count: 1...5).example("[cropland]"),
        "Roles whose layers are used; default: all.")
    static let minimum = DefaultKey(
        \Self.minimum, "minimum", .number(0...1, example: "0.2"), default: 0,
        "Cells of which a smaller share is kept are left out.")
    static let layers = RequiredKey(
        \Self.layers, "layers",
        .list(of: .section(), count: 1...32)
            .example("[{ file: cropland.tif, role: cropland, scale: 0.01 }]"),
        "Rasters or areas that show land.")

    static let keys = SectionKeys<Self>(
        "Which land drought figures are about.", [use.entry, minimum.entry, layers.entry])

    init?(_ reader: SectionReader<Self>) {
        use = reader.value(Self.use)
        minimum = reader.value(Self.minimum)
        guard let layers = reader.value(Self.layers) else { return nil }
        self.layers = layers
        if let use, let unused = use.first(where: { role in !layers.contains { $0.role == role } })
        {
            reader.report(
                .contradiction, at: Self.use.name,
                "names \(unused.rawValue), which no layer shows",
                mend: "Add a layer with role: \(unused.rawValue), or remove it from the list")
        }
    }
}

/// One layer of `drought.masks`.
public struct MaskLayerConfiguration: Hashable, Sendable {
    /// Where a layer is.
    public enum Source: Hashable, Sendable {
        /// Share of each cell: stored number times `scale`.
        case fraction(ConfiguredPath, scale: Double)
        /// Codes of land cover, of which these are shown.
        case classes(ConfiguredPath, values: [Int])
        /// Areas, of which each cell's exact share is taken.
        case polygons(ConfiguredPath)
    }

    public var source: Source
    public var role: LandRole
    /// nil: as the role says.
    public var keep: MaskKeepChoice?

    /// The file, of any kind.
    var path: ConfiguredPath {
        switch source {
        case .fraction(let file, _), .classes(let file, _), .polygons(let file): file
        }
    }
    var file: ConfiguredPath? {
        if case .polygons = source { nil } else { path }
    }
    var polygons: ConfiguredPath? {
        if case .polygons(let file) = source { file } else { nil }
    }
    var scale: Double? {
        if case .fraction(_, let scale) = source { scale } else { nil }
    }
    var values: [Int]? {
        if case .classes(_, let values) = source { values } else { nil }
    }

    /// What its role and `keep` make of it.
    var layer: LandMask.Layer {
        LandMask.Layer(role: role, isKept: keep.map { $0 == .inside } ?? role.isKept ?? true)
    }
}

extension MaskLayerConfiguration: ConfigurationSection {
    static let file = OptionalKey(
        \Self.file, "file", .path.example("cropland.tif"),
        "Raster on the grid of the vegetation rasters: shares of cells, or codes with values.")
    static let polygons = OptionalKey(
        \Self.polygons, "polygons", .path.example("lakes.geojson"),
        "GeoJSON, GeoPackage or shapefile with areas; each cell counts by its exact share.")
    static let role = RequiredKey(
        \Self.role, "role", .choice,
        "What the layer shows: cropland and rangeland are kept, water and built are left out, "
            + "other as keep says.")
    static let keep = OptionalKey(
        \Self.keep, "keep", .choice,
        "What of it is kept: inside or outside; default: as the role says.")
    static let scale = OptionalKey(
        \Self.scale, "scale", .number(0...1, example: "0.01"),
        "Share of the cell = stored * scale; default: 1.")
    static let values = OptionalKey(
        \Self.values, "values", .list(of: .integer(0...65_535, example: "40"), count: 1...256),
        "The file holds codes of land cover; these are what the layer shows.")

    static let keys = SectionKeys<Self>(
        "One layer of a mask: a raster or areas.",
        rules: [
            .init("oneOf", [["required": ["file"]], ["required": ["polygons"]]]),
            .init(
                "allOf",
                [
                    [
                        "if": ["required": ["values"]],
                        "then": ["properties": ["scale": false]],
                    ],
                    [
                        "if": ["required": ["polygons"]],
                        "then": ["properties": ["scale": false, "values": false]],
                    ],
                    [
                        "if": ["properties": ["role": ["const": "other"]]],
                        "then": ["required": ["keep"]],
                    ],
                ]),
        ],
        [file.entry, polygons.entry, role.entry, keep.entry, scale.entry, values.entry])

    init?(_ reader: SectionReader<Self>) {
        let file = reader.value(Self.file)
        let polygons = reader.value(Self.polygons)
        let role = reader.value(Self.role)
        keep = reader.value(Self.keep)
        let scale = reader.value(Self.scale)
        let values = reader.value(Self.values)
        reader.requireOne(of: Self.file.name, Self.polygons.name)
        if reader.has(Self.values.name), reader.has(Self.scale.name) {
            reader.report(
                .contradiction, at: Self.scale.name, "stands beside \"values\"",
                mend: "Give scale for a raster of shares, or values for one of codes")
        }
        for name in [Self.values.name, Self.scale.name]
        where reader.has(name) && reader.has(Self.polygons.name) {
            reader.report(
                .contradiction, at: name, "stands beside \"polygons\"", mend: "Remove it")
        }
        if role == .other, !reader.has(Self.keep.name) {
            reader.site.report(
                .missingKey, "the key \"keep\" is missing (expected with role other)",
                mend: "Add keep: inside, or keep: outside")
        }
        guard let role else { return nil }
        self.role = role
        if let polygons {
            source = .polygons(polygons)
        } else if let file {
            source = values.map { .classes(file, values: $0) } ?? .fraction(file, scale: scale ?? 1)
        } else {
            return nil
        }
    }
}

/// `drought.people`: people by class of drought.
public struct PeopleConfiguration: Hashable, Sendable {
    /// Raster with the number of people in each cell.
    public var file: ConfiguredPath
}

extension PeopleConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path.example("population.tif"),
        "Raster of people per cell, on the grid of the vegetation rasters; nodata counts as none.")

    static let keys = SectionKeys<Self>("How many people live in each cell.", [file.entry])

    init?(_ reader: SectionReader<Self>) {
        guard let file = reader.value(Self.file) else { return nil }
        self.file = file
    }
}
