import Bases
import Tables

/// Whether a diagonal move may pass between impassable cells.
public enum CornersChoice: String, Choice {
    /// Not between two.
    case gap
    /// Not past one.
    case strict
    /// Always, as other programs do: rivers leak.
    case open
}

/// What a slope does to a speed.
public enum SlopeChoice: String, Choice {
    case vehicle
    case walk
}

/// `travel`: how fast people get from a base to any place.
public struct TravelConfiguration: Hashable, Sendable {
    /// Table of speeds by layer, class and season.
    public var speeds: ConfiguredPath
    /// Raster of codes.
    public var landCover: ConfiguredPath
    /// Raster of metres; nil: slopes do not matter.
    public var elevation: ConfiguredPath?
    public var slope: SlopeChoice
    /// Lines with an attribute for the class.
    public var roads: TravelLinesConfiguration?
    /// Lines that block, but at crossings.
    public var rivers: TravelLinesConfiguration?
    /// Table of bridges, fords and ferries.
    public var crossings: ConfiguredPath?
    /// Factors on speeds, each logged.
    public var multipliers: [SpeedFactorConfiguration]
    /// 8 or 16.
    public var moves: Int
    public var corners: CornersChoice
    /// Months of the wet season, 1 to 12.
    public var wetMonths: [Int]
    /// Months in which floods are to be expected, 1 to 12.
    public var floodMonths: [Int]
    /// Cells that a place may be moved to reach passable land.
    public var snap: Int
    /// Factor of the secured profile in the strongest hotspots, less 1.
    public var insecurity: Double
}

extension TravelConfiguration: ConfigurationSection {
    static let speeds = RequiredKey(
        \Self.speeds, "speeds", .path.example("speeds.csv"),
        "CSV with the columns layer, class, dry_kmh, wet_kmh and flood_kmh; 0 is impassable.")
    static let landCover = RequiredKey(
        \Self.landCover, "land_cover", .path.example("land_cover.tif"),
        "Raster of land-cover codes, sampled at the centres of the population's cells.")
    static let elevation = OptionalKey(
        \Self.elevation, "elevation", .path.example("elevation.tif"),
        "Raster of heights in metres; default: slopes do not matter.")
    static let slope = DefaultKey(
        \Self.slope, "slope", .choice, default: .vehicle,
        "What a slope does to a speed, where there are heights.")
    static let roads = OptionalKey(
        \Self.roads, "roads", .section(), "Roads; their speed replaces that of the land.")
    static let rivers = OptionalKey(
        \Self.rivers, "rivers", .section(), "Rivers; impassable but at crossings.")
    static let crossings = OptionalKey(
        \Self.crossings, "crossings", .path.example("crossings.csv"),
        "CSV with the columns id, longitude, latitude, kind (bridge, ford, ferry) and "
            + "ferry_minutes.")
    static let multipliers = DefaultKey(
        \Self.multipliers, "multipliers", .list(of: .section(), count: 0...100), default: [],
        "Factors on speeds, each logged with the cells it touches.")
    static let moves = DefaultKey(
        \Self.moves, "moves", .integer(8...16, example: "8"), default: 8,
        "Neighbours of a cell, 8 or 16: 8 overstate a straight way by 8.2 % at most, 16 by 2.8 %.")
    static let corners = DefaultKey(
        \Self.corners, "corners", .choice, default: .gap,
        "gap: no diagonal move between two impassable cells; strict: none past one.")
    static let wetMonths = DefaultKey(
        \Self.wetMonths, "wet_months",
        .list(of: .integer(1...12, example: "4"), count: 0...12).example("[4, 5, 10, 11]"),
        default: [], "Months of the wet season: when supply routes are cut.")
    static let floodMonths = DefaultKey(
        \Self.floodMonths, "flood_months",
        .list(of: .integer(1...12, example: "11"), count: 0...12).example("[5, 11]"),
        default: [], "Months in which floods are to be expected.")
    static let snap = DefaultKey(
        \Self.snap, "snap", .integer(0...20, example: "2"), default: 2,
        "Cells that a base or settlement may be moved to passable land; each move is reported.")
    static let insecurity = DefaultKey(
        \Self.insecurity, "insecurity", .number(0...4, example: "1"), default: 1,
        "The secured profile takes 1 + this times as long through hotspots of 99 % confidence.")

    static let keys = SectionKeys<Self>(
        "Travel times over land, by season.",
        rules: [.init("dependentRequired", ["crossings": ["rivers"]])],
        [
            speeds.entry, landCover.entry, elevation.entry, slope.entry, roads.entry,
            rivers.entry, crossings.entry, multipliers.entry, moves.entry, corners.entry,
            wetMonths.entry, floodMonths.entry, snap.entry, insecurity.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let speeds = reader.value(Self.speeds)
        let landCover = reader.value(Self.landCover)
        elevation = reader.value(Self.elevation)
        slope = reader.value(Self.slope)
        roads = reader.value(Self.roads)
        rivers = reader.value(Self.rivers)
        crossings = reader.value(Self.crossings)
        multipliers = reader.value(Self.multipliers)
        moves = reader.value(Self.moves)
        corners = reader.value(Self.corners)
        wetMonths = reader.value(Self.wetMonths)
        floodMonths = reader.value(Self.floodMonths)
        snap = reader.value(Self.snap)
        insecurity = reader.value(Self.insecurity)
        if moves != 8, moves != 16 {
            reader.report(
                .outOfRange, at: Self.moves.name, "is neither 8 nor 16 (found \(moves))",
                mend: "Write 8 or 16")
        }
        if reader.has(Self.crossings.name), !reader.has(Self.rivers.name) {
            reader.report(
                .contradiction, at: Self.crossings.name, "needs \"rivers\", which are not there",
                mend: "Add rivers, or remove crossings")
        }
        guard let speeds, let landCover else { return nil }
        self.speeds = speeds
        self.landCover = landCover
    }
}

/// `travel.roads` and `travel.rivers`.
public struct TravelLinesConfiguration: Hashable, Sendable {
    public var file: ConfiguredPath
    /// Layer of a file with several; nil: its only one.
    public var layer: String?
    /// Attribute with the class, as in the table of speeds.
    public var classField: String
    /// Replaces a wrong or missing CRS of the file.
    public var crs: String?
}

extension TravelLinesConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path.example("roads.geojson"),
        "GeoJSON, GeoPackage or shapefile with lines.")
    static let layer = OptionalKey(
        \Self.layer, "layer", .text, "Layer of a file with several; default: its only one.")
    static let classField = DefaultKey(
        \Self.classField, "class", .text, default: "class",
        "Attribute with the class, as the table of speeds names it.")
    static let crs = OptionalKey(
        \Self.crs, "crs", .crs, "Replaces a wrong or missing CRS of the file.")

    static let keys = SectionKeys<Self>(
        "Lines that travel follows or that stop it.",
        [file.entry, layer.entry, classField.entry, crs.entry])

    init?(_ reader: SectionReader<Self>) {
        let file = reader.value(Self.file)
        layer = reader.value(Self.layer)
        classField = reader.value(Self.classField)
        crs = reader.value(Self.crs)
        guard let file else { return nil }
        self.file = file
    }
}

/// Which layer of the table of speeds.
public enum SpeedLayerChoice: String, Choice {
    case landCover = "land_cover"
    case road
    case river
    case crossing
}

/// A season of travel.
public enum SeasonChoice: String, Choice {
    case dry
    case wet
    case flood
}

/// One of `travel.multipliers`.
public struct SpeedFactorConfiguration: Hashable, Sendable {
    public var layer: SpeedLayerChoice
    /// nil: all classes.
    public var className: String?
    /// nil: all seasons.
    public var season: SeasonChoice?
    /// Speeds are multiplied by it.
    public var factor: Double
    /// Why.
    public var note: String?
}

extension SpeedFactorConfiguration: ConfigurationSection {
    static let layer = RequiredKey(\Self.layer, "layer", .choice, "Layer of the table of speeds.")
    static let className = OptionalKey(
        \Self.className, "class", .text, "Class of the layer; default: all.")
    static let season = OptionalKey(\Self.season, "season", .choice, "Season; default: all.")
    static let factor = RequiredKey(
        \Self.factor, "factor", .number(0.01...100, example: "0.5"), "Speeds times this.")
    static let note = OptionalKey(\Self.note, "note", .text, "Why; goes into the log.")

    static let keys = SectionKeys<Self>(
        "A factor on speeds.",
        [layer.entry, className.entry, season.entry, factor.entry, note.entry])

    init?(_ reader: SectionReader<Self>) {
        let layer = reader.value(Self.layer)
        className = reader.value(Self.className)
        season = reader.value(Self.season)
        let factor = reader.value(Self.factor)
        note = reader.value(Self.note)
        guard let layer, let factor else { return nil }
        self.layer = layer
        self.factor = factor
    }
}
