import GridCore

/// Finds the zone a point lies in.
public struct ZoneLocator: Sendable {
    private let zones: [MultiPolygon]
    private let boxes: [BoundingBox?]

    /// Zones in the order in which they take points; they may be empty.
    public init(zones: [MultiPolygon]) {
        self.zones = zones
        boxes = zones.map(\.boundingBox)
    }

    /// The index of the first zone, in zone order, that contains the point;
    /// nil when none does. A point on a border belongs to the zone on its
    /// north or east side, as `MultiPolygon.contains` has it.
    public func zone(containing point: Coordinate) -> Int? {
        zones.indices.first { boxes[$0]?.contains(point) == true && zones[$0].contains(point) }
    }
}
