import GridCore

/// The longitudes and latitudes that a coordinate reference system is made
/// for, in degrees.
public struct AreaOfUse: Hashable, Sendable {
    public var west: Double
    public var south: Double
    /// Less than `west` when the area crosses the antimeridian, as that of
    /// NAD27 does.
    public var east: Double
    public var north: Double

    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    /// Whether a position lies in it, its edges included.
    ///
    /// - Parameter position: degrees, longitude from -180 to 180.
    public func contains(_ position: Coordinate) -> Bool {
        guard (south...north).contains(position.latitude) else { return false }
        return west <= east
            ? (west...east).contains(position.longitude)
            : position.longitude >= west || position.longitude <= east
    }
}
