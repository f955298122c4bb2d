import GridCore

/// The border that two sectors share, and the land near it on both sides.
public struct SectorSeam: Sendable, Hashable {
    /// Index of the first sector, the lower one.
    public let first: Int
    /// Index of the second sector.
    public let second: Int
    /// The shared border, as lines of the map.
    public let border: [[Coordinate]]
    /// Its length.
    public let borderMeters: Double
    /// The part of it where the two outlines do not meet and are only within
    /// the tolerance of each other: gaps and overlaps of drawing.
    public let bridgedMeters: Double
    /// Land of the first sector within the width of the border; where the
    /// two sectors overlap it is here.
    public let firstSide: MultiPolygon
    /// Land of the second sector within the width of the border.
    public let secondSide: MultiPolygon
    /// Slivers of no sector between the outlines.
    public let between: MultiPolygon
    /// Area of both sides and the slivers.
    public let zoneSquareMeters: Double

    /// The three parts of the zone: first side, second side, slivers.
    public var parts: [MultiPolygon] { [firstSide, secondSide, between] }
}

/// The part of a sector's outline that no other sector shares: the edge of
/// the mission, which is not a seam.
public struct MissionEdge: Sendable, Hashable {
    /// Index of the sector.
    public let sector: Int
    public let lines: [[Coordinate]]
    public let lengthInMeters: Double
}
