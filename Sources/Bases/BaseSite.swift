import GridCore

/// Where a base stands.
public struct BaseSite: Sendable, Hashable {
    /// Longitude and latitude, WGS 84, degrees.
    public var coordinate: Coordinate
    /// Index of the zone that the base belongs to; nil when it stands outside
    /// all of them.
    public var zone: Int?

    public init(coordinate: Coordinate, zone: Int?) {
        self.coordinate = coordinate
        self.zone = zone
    }
}
