import GridCore

/// What lies under a map of coverage or transfer: sectors, settlements,
/// roads and further borders.
///
/// All coordinates are longitude and latitude in degrees (WGS 84). Vertices
/// and places that are not finite are left out.
public struct MapGround: Sendable {
    /// The area of one contingent.
    public struct Sector: Hashable, Sendable {
        /// Name on the map.
        public var name: String
        public var shape: MultiPolygon

        public init(name: String, shape: MultiPolygon) {
            self.name = name
            self.shape = shape
        }
    }

    /// A place where people live, drawn as a dot whose area grows with them.
    public struct Settlement: Hashable, Sendable {
        public var name: String
        public var position: Coordinate
        /// 0 or more; nil = unknown, drawn as the smallest dot.
        public var people: Double?

        public init(name: String, position: Coordinate, people: Double?) {
            self.name = name
            self.position = position
            self.people = people
        }
    }

    /// What is shown at least; padded to a fair shape.
    public var extent: BoundingBox
    public var sectors: [Sector] = []
    /// In any order: of many those with most people are drawn and named.
    public var settlements: [Settlement] = []
    /// Lines of at least two vertices.
    public var roads: [[Coordinate]] = []
    /// Further borders for orientation, drawn thin.
    public var outlines: [MultiPolygon] = []
    /// What `outlines` are, in the legend.
    public var outlinesLabel = "Other border"

    public init(extent: BoundingBox) { self.extent = extent }

    /// Dots beyond this number would hide the map.
    static let mostSettlements = 150
    /// Names beyond this number would hide it too.
    static let mostNamed = 60

    /// The settlements on a map, those with most people first; of equals the
    /// order is that of names and places.
    func visibleSettlements(_ projection: MapProjection) -> [Settlement] {
        settlements.filter { projection.extent.contains($0.position) }.sorted {
            (-$0.weight, $0.name, $0.position.x, $0.position.y)
                < (-$1.weight, $1.name, $1.position.x, $1.position.y)
        }
    }
}

extension MapGround.Settlement {
    /// People, 0 when unknown or not a number.
    var weight: Double { people.flatMap { $0.isFinite ? max($0, 0) : nil } ?? 0 }

    /// Dots grow with the square root of the people, so that areas compare,
    /// from 2.2 pixels to 6.5 pixels at 200,000 people.
    var radius: Double { 2.2 + 4.3 * (min(weight, 200_000) / 200_000).squareRoot() }

    func box(at point: Point) -> Rectangle {
        Rectangle(x: point.x, y: point.y, width: 0, height: 0).expanded(by: radius + 1)
    }
}
