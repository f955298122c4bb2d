import GridCore

/// A settlement that bases may reach.
public struct CoveredPlace: Sendable, Hashable {
    public var name: String
    /// Longitude and latitude, WGS 84, degrees.
    public var coordinate: Coordinate
    /// People who live there; nil when unknown, and then it adds a settlement
    /// but no people to a total.
    public var population: Int?
    /// Index of its zone; nil when it lies outside all of them.
    public var zone: Int?

    public init(name: String, coordinate: Coordinate, population: Int?, zone: Int?) {
        self.name = name
        self.coordinate = coordinate
        self.population = population
        self.zone = zone
    }
}

/// A recorded incident that bases may reach.
public struct CoveredIncident: Sendable, Hashable {
    /// Longitude and latitude, WGS 84, degrees.
    public var coordinate: Coordinate
    /// All people killed, best estimate.
    public var deaths: Int
    /// Civilians among them.
    public var civilianDeaths: Int
    /// Index of its zone; nil when it lies outside all of them.
    public var zone: Int?

    public init(coordinate: Coordinate, deaths: Int, civilianDeaths: Int, zone: Int?) {
        self.coordinate = coordinate
        self.deaths = deaths
        self.civilianDeaths = civilianDeaths
        self.zone = zone
    }
}

/// A cell of a hotspot that bases may reach; it is reached, whole, when its
/// centre is.
public struct CoveredCell: Sendable, Hashable {
    /// Its centre: longitude and latitude, WGS 84, degrees.
    public var coordinate: Coordinate
    public var squareMeters: Double
    /// Index of its zone; nil when it lies outside all of them.
    public var zone: Int?

    public init(coordinate: Coordinate, squareMeters: Double, zone: Int?) {
        self.coordinate = coordinate
        self.squareMeters = squareMeters
        self.zone = zone
    }
}
