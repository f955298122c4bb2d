import GridCore

/// What a vector layer says of itself.
public struct VectorLayerInfo: Sendable, Hashable {
    public struct Field: Sendable, Hashable {
        public var name: String
        /// For people, such as `String` or `Integer`.
        public var type: String
    }

    public var name: String
    public var featureCount: Int
    /// For people, such as `Polygon`.
    public var geometryType: String
    /// nil when the file has none.
    public var crs: CRSIdentifier?
    public var fields: [Field]

    public func hasField(_ name: String) -> Bool { fields.contains { $0.name == name } }
}

/// Where a feature is: longitude and latitude, WGS 84.
public enum VectorGeometry: Sendable, Hashable {
    case none
    case point(Coordinate)
    case points([Coordinate])
    case lines([[Coordinate]])
    /// Exteriors run counter-clockwise, holes clockwise.
    case polygons(MultiPolygon)
}

/// One feature of a layer.
public struct VectorFeature: Sendable, Hashable {
    /// Its number in the file.
    public var id: String
    /// One per field of the layer; nil = null or empty.
    public var attributes: [String?]
    public var geometry: VectorGeometry
    let names: [String]

    /// An attribute as text; nil when there is no such field or no value.
    public func text(_ name: String) -> String? {
        names.firstIndex(of: name).flatMap { attributes[$0] }
    }
}

/// The features of a layer, in file order.
public struct VectorLayer: Sendable {
    public var info: VectorLayerInfo
    public var features: [VectorFeature]
    /// What is wrong with single features, such as rings that cross
    /// themselves; the caller decides.
    public var problems: [GeoError]
}
