import GridCore

/// What changes when bases are closed or opened: settlements and cells that
/// lose or gain cover. Restricted: it shows bases.
///
/// All coordinates are longitude and latitude in degrees (WGS 84). Vertices
/// and places that are not finite are left out.
public struct WhatIfMap: Sendable {
    /// What happens to the cover of a settlement.
    public enum Change: Hashable, Sendable, CaseIterable {
        case lost
        case gained
        case kept
        /// Without cover before and after.
        case never
    }

    /// What happens to a base.
    public enum Role: Hashable, Sendable, CaseIterable {
        case unchanged
        case closed
        case opened
    }

    public struct Settlement: Hashable, Sendable {
        public var place: MapGround.Settlement
        public var change: Change

        public init(place: MapGround.Settlement, change: Change) {
            self.place = place
            self.change = change
        }
    }

    public struct Base: Hashable, Sendable {
        /// Short name on the map.
        public var id: String
        public var position: Coordinate
        public var role: Role

        public init(id: String, position: Coordinate, role: Role) {
            self.id = id
            self.position = position
            self.role = role
        }
    }

    /// A line of the table: what, before, after, change.
    public struct Figure: Hashable, Sendable {
        public var name: String
        public var before: String
        public var after: String
        public var change: String

        public init(name: String, before: String, after: String, change: String) {
            self.name = name
            self.before = before
            self.after = after
            self.change = change
        }
    }

    public var caption: MapCaption
    /// Its own settlements are not drawn; those of the map are.
    public var ground: MapGround
    public var settlements: [Settlement] = []
    public var bases: [Base] = []
    /// Codes of `ClassTable.coverChange`; nil = none. North-up, in degrees.
    public var cells: ClassRaster?
    /// Totals in the order of the table.
    public var figures: [Figure] = []

    public init(caption: MapCaption, ground: MapGround) {
        self.caption = caption
        self.ground = ground
    }

    /// The sheet as PNG bytes, about 1,900 x 1,100 pixels, fitted to the
    /// extent's shape.
    ///
    /// - Throws: `bad-extent` when the extent is not finite, inside out or
    ///   beyond 90° of latitude or 540° of longitude; `unsupported-raster`
    ///   when the cells are not north-up in degrees; `drawing` when memory
    ///   is short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        try MapProjection.check(ground.extent, title: caption.title)
        try cells?.checkForMap(caption.title)
        return try WhatIfMapDrawing(self).pngBytes()
    }
}

extension WhatIfMap.Change {
    var color: Color {
        switch self {
        case .lost: Color(0xC1121F)
        case .gained: Color(0x0F5FB4)
        case .kept: Color(0xB5B5B5)
        case .never: Ink.paper
        }
    }

    var label: String {
        switch self {
        case .lost: "Settlement that loses its last cover"
        case .gained: "Settlement that gains cover"
        case .kept: "Settlement covered as before"
        case .never: "Settlement not covered, as before"
        }
    }
}

extension WhatIfMap.Role {
    var marker: Marker {
        switch self {
        case .unchanged: Marker(shape: .triangle, color: Color(0x0B3C6F))
        case .closed: Marker(shape: .cross, color: Color(0xC1121F))
        case .opened: Marker(shape: .star, color: Color(0x4FA3E8))
        }
    }

    var label: String {
        switch self {
        case .unchanged: "Base, unchanged"
        case .closed: "Base closed here"
        case .opened: "Base opened here"
        }
    }
}
