import GridCore

/// The one map of a run that a person can read: sectors by drought class,
/// hotspots, bases, settlements and roads, with everything it takes to
/// understand them.
///
/// All coordinates are longitude and latitude in degrees (WGS 84). Vertices
/// and places that are not finite are left out. What is empty is said to be
/// empty in the legend, never silently missing.
public struct MissionMap: Sendable {
    /// An area filled by its class.
    public struct Zone: Hashable, Sendable {
        /// Name on the map.
        public var label: String
        /// Second line of the label, such as "VCI 12 %"; nil = none.
        public var detail: String?
        public var shape: MultiPolygon
        /// Code in the class table; nil = no data, hatched.
        public var classCode: Int?
        /// The class rests on less than half of the area: striped, so that
        /// it does not pass for a finding about the whole.
        public var isPartlySeen: Bool

        public init(
            label: String, detail: String? = nil, shape: MultiPolygon, classCode: Int?,
            isPartlySeen: Bool = false
        ) {
            self.label = label
            self.detail = detail
            self.shape = shape
            self.classCode = classCode
            self.isPartlySeen = isPartlySeen
        }
    }

    /// How sure a hotspot is, after correction for many tests.
    public enum Confidence: Int, Hashable, Sendable, CaseIterable, Comparable {
        case percent90 = 90
        case percent95 = 95
        case percent99 = 99

        public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    /// An area of significantly many incidents.
    public struct Hotspot: Hashable, Sendable {
        /// Short, such as its rank.
        public var label: String
        public var shape: MultiPolygon
        /// Shown by the strength of line and hatch.
        public var confidence: Confidence

        public init(label: String, shape: MultiPolygon, confidence: Confidence) {
            self.label = label
            self.shape = shape
            self.confidence = confidence
        }
    }

    /// A base, drawn as a triangle.
    public struct Base: Hashable, Sendable {
        public var name: String
        public var position: Coordinate

        public init(name: String, position: Coordinate) {
            self.name = name
            self.position = position
        }
    }

    /// A settlement, drawn as a dot.
    public struct Settlement: Hashable, Sendable {
        public var name: String
        public var position: Coordinate
        /// 1 = most important: drawn and labelled first.
        public var rank: Int

        public init(name: String, position: Coordinate, rank: Int) {
            self.name = name
            self.position = position
            self.rank = rank
        }
    }

    /// What the marked areas are.
    public enum Subject: Hashable, Sendable {
        /// Cells with significantly many incidents, on the map of the night.
        case hotspots
        /// Circles of a scan, on a map of their own without drought.
        case clusters
    }

    /// At most two lines.
    public var title: String
    /// Under the title: the as-of date and the windows looked at.
    public var dateLine: String
    /// What is shown at least; padded to a fair shape.
    public var extent: BoundingBox
    /// Meaning and colours of the zones' class codes; nil = not computed in
    /// this run, and the zones are left plain.
    public var classTable: ClassTable?
    /// Labelled in this order, before everything else.
    public var zones: [Zone] = []
    /// nil = not computed in this run; empty = computed, and none found.
    public var hotspots: [Hotspot]?
    /// What `hotspots` are, in the legend.
    public var subject = Subject.hotspots
    /// All bases of the run; those outside the extent are only counted.
    public var bases: [Base] = []
    /// In any order; see `Settlement.rank`.
    public var settlements: [Settlement] = []
    /// Lines of at least two vertices.
    public var roads: [[Coordinate]] = []
    /// Further borders for orientation, drawn thin.
    public var outlines: [MultiPolygon] = []
    /// What `outlines` are, in the legend.
    public var outlinesLabel = "Other border"
    /// Lines at the foot, before the note on boundaries.
    public var notes: [String] = []
    /// Last line: sources and version.
    public var source = ""
    /// Text of a band over the map, such as "SYNTHETIC DATA"; nil = none.
    public var banner: String?

    /// A map without layers; set those that there are.
    public init(title: String, dateLine: String, extent: BoundingBox, classTable: ClassTable?) {
        self.title = title
        self.dateLine = dateLine
        self.extent = extent
        self.classTable = classTable
    }

    /// Printed on every map.
    public static let boundariesNote =
        "Borders and names on this map state no view on the legal status of any area or on where "
        + "its limits run."

    /// The map as PNG bytes, about 1400 x 1100 pixels, fitted to the
    /// extent's shape.
    ///
    /// An extent smaller than about 2 km is enlarged. Of many settlements
    /// the most important are drawn, and the legend says how many there are.
    ///
    /// - Throws: `bad-extent` when the extent is not finite, inside out or
    ///   beyond 90° of latitude or 540° of longitude; `drawing` when memory
    ///   is short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        try MapProjection.check(extent, title: title)
        return try MissionMapDrawing(self).pngBytes()
    }
}
