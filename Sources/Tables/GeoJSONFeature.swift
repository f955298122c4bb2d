import GridCore

/// A feature to be published: a geometry in longitude and latitude (WGS 84)
/// and what is said about it.
public struct GeoJSONFeature: Sendable, Hashable {
    /// Stable identifier, unique in its collection.
    public var id: String
    /// nil for a feature without a place.
    public var geometry: GeoJSONGeometry?
    /// Members in the order in which they are printed.
    public var properties: [JSONMember]

    public init(id: String, geometry: GeoJSONGeometry?, properties: [JSONMember]) {
        self.id = id
        self.geometry = geometry
        self.properties = properties
    }
}

/// Where a feature is. Longitude and latitude in degrees.
public enum GeoJSONGeometry: Sendable, Hashable {
    case point(Coordinate)
    case line([Coordinate])
    case multiPolygon(MultiPolygon)
}
