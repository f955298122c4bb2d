import GridCore

/// How far people live from the nearest base, for planners: travel-time
/// classes under sectors, settlements, bases, seam gaps and hotspots, one
/// map for each season on one sheet. Restricted: it shows bases.
///
/// All coordinates are longitude and latitude in degrees (WGS 84). Vertices
/// and places that are not finite are left out. What is empty is said to be
/// empty in the legend, never silently missing.
public struct CoverageMap: Sendable {
    /// Who is at a place.
    public enum BaseStatus: Hashable, Sendable, CaseIterable {
        /// Held by the mission.
        case mission
        /// Handed over to a host unit.
        case host
        case closed
        /// Not there yet.
        case proposed
    }

    public struct Base: Hashable, Sendable {
        /// Short name on the map.
        public var id: String
        public var position: Coordinate
        public var status: BaseStatus

        public init(id: String, position: Coordinate, status: BaseStatus) {
            self.id = id
            self.position = position
            self.status = status
        }
    }

    /// An area near a border of sectors that no base of either side reaches
    /// in time.
    public struct SeamGap: Hashable, Sendable {
        /// Short, such as "North - East, 8,400 people"; empty = none.
        public var label: String
        public var shape: MultiPolygon

        public init(label: String, shape: MultiPolygon) {
            self.label = label
            self.shape = shape
        }
    }

    /// One map: a season or a profile.
    public struct Panel: Sendable {
        /// Above it, such as "Dry season (jilaal, xagaa)".
        public var title: String
        /// Codes of `ClassTable.travelTime(limitsInMinutes:)` or of a table
        /// of the caller's; nil = not computed. North-up, in degrees.
        public var travelTime: ClassRaster?
        public var seamGaps: [SeamGap]

        public init(title: String, travelTime: ClassRaster?, seamGaps: [SeamGap] = []) {
            self.title = title
            self.travelTime = travelTime
            self.seamGaps = seamGaps
        }
    }

    public var caption: MapCaption
    public var ground: MapGround
    /// One or two from left to right, one above the other when the extent is
    /// wide; the legend is that of the first that has a raster. Without any one empty map is drawn.
    public var panels: [Panel]
    public var bases: [Base] = []
    /// Borders of areas with significantly many incidents.
    public var hotspots: [MultiPolygon] = []

    public init(caption: MapCaption, ground: MapGround, panels: [Panel]) {
        self.caption = caption
        self.ground = ground
        self.panels = panels
    }

    /// The sheet as PNG bytes: with two panels about 1,900 x 1,100 pixels,
    /// fitted to the extent's shape.
    ///
    /// - Throws: `bad-extent` when the extent is not finite, inside out or
    ///   beyond 90° of latitude or 540° of longitude; `unsupported-raster`
    ///   when a raster is not north-up in degrees; `drawing` when memory is
    ///   short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        try MapProjection.check(ground.extent, title: caption.title)
        for panel in panels { try panel.travelTime?.checkForMap(caption.title) }
        return try CoverageMapDrawing(self).pngBytes()
    }
}

extension CoverageMap.BaseStatus {
    var marker: Marker {
        switch self {
        case .mission: Marker(shape: .triangle, color: Color(0x0B3C6F))
        case .host: Marker(shape: .circle, color: Color(0x009E73))
        case .closed: Marker(shape: .cross, color: Color(0x8A8A8A))
        case .proposed: Marker(shape: .star, color: Color(0x56B4E9))
        }
    }

    var label: String {
        switch self {
        case .mission: "Base held by the mission"
        case .host: "Base held by a host unit"
        case .closed: "Closed base"
        case .proposed: "Proposed base"
        }
    }
}
