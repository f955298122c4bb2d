import GridCore

/// Minutes of one journey in each season; `+infinity` when there is no way.
public struct SeasonalMinutes: Sendable, Hashable {
    public var dry: Double
    public var wet: Double
    public var flood: Double

    public init(dry: Double, wet: Double, flood: Double) {
        self.dry = dry
        self.wet = wet
        self.flood = flood
    }

    /// Whether there is a way in the dry season and none under flood.
    public var isCutInFlood: Bool { dry < .infinity && !(flood < .infinity) }

    /// The months (1...12, ascending) in which there is no way. A month of
    /// both lists is a flood month, one of neither is dry.
    public func cutOffMonths(wetMonths: Set<Int>, floodMonths: Set<Int>) -> [Int] {
        (1...12).filter { month in
            let minutes =
                floodMonths.contains(month) ? flood : wetMonths.contains(month) ? wet : dry
            return !(minutes < .infinity)
        }
    }
}

/// The way from a hub to a base.
public struct SupplyPath: Sendable, Hashable {
    /// Index of the hub; nil when no hub is reached in the dry season.
    public var hub: Int?
    /// The way in the dry season, longitude and latitude in degrees, hub
    /// first and base last; empty when no hub is reached. One point when the
    /// base stands at the hub.
    public var coordinates: [Coordinate]
    /// Minutes from the hub that is nearest in each season.
    public var minutes: SeasonalMinutes

    public init(hub: Int?, coordinates: [Coordinate], minutes: SeasonalMinutes) {
        self.hub = hub
        self.coordinates = coordinates
        self.minutes = minutes
    }

    /// No hub is reached in any season.
    public static let none = SupplyPath(
        hub: nil, coordinates: [],
        minutes: SeasonalMinutes(dry: .infinity, wet: .infinity, flood: .infinity))
}
