import Diagnostics
import Geo
import GridCore
import Tables

/// A hotspot as a run published it.
struct PublishedHotspot: Hashable, Sendable {
    var rank: Int
    /// As published, three decimals.
    var squareKilometers: Double
    /// Identifiers of the sectors that it lies in, joined by blanks.
    var sectors: String
    /// Longitude and latitude.
    var outline: MultiPolygon

    /// The hotspots of a run, by rank; nil when it has none published.
    ///
    /// - Throws: `PublishError` of kind `runDamaged`.
    static func read(from run: RunFolder) throws(PublishError) -> [PublishedHotspot]? {
        let name = "hotspots/hotspots.geojson"
        guard let document = try run.document(name) else { return nil }
        let root = DocumentMember(value: document, file: run.shown(name), path: "")
        var hotspots: [PublishedHotspot] = []
        for feature in try root["features"].elements() {
            let properties = try feature["properties"]
            hotspots.append(
                PublishedHotspot(
                    rank: try properties["rank"].count(),
                    squareKilometers: try properties["area_km2"].number(),
                    sectors: try properties["sectors"].text(),
                    outline: try PublishedOutline.area(try feature["geometry"])))
        }
        return hotspots.sorted { $0.rank < $1.rank }
    }

    /// Which of `zones` it lies in.
    func zones(among zones: some Sequence<String>) -> Set<String> {
        // Tables show identifiers with formulas defused; GeoJSON does not.
        let parts = Set(sectors.split(separator: " ").map { FormulaGuard.guarded(String($0)) })
        return Set(zones.filter { parts.contains($0) || " \(sectors) ".contains(" \($0) ") })
    }
}

/// Areas in published GeoJSON.
enum PublishedOutline {
    /// The polygons of a geometry; no area for `null`.
    static func area(_ geometry: DocumentMember) throws(PublishError) -> MultiPolygon {
        if geometry.value == .null { return MultiPolygon() }
        guard try geometry["type"].text() == "MultiPolygon" else {
            throw try geometry["type"].damaged("MultiPolygon")
        }
        var polygons: [Polygon] = []
        for polygon in try geometry["coordinates"].elements() {
            var rings: [Ring] = []
            for ring in try polygon.elements() {
                var positions: Ring = []
                for position in try ring.elements() {
                    let numbers = try position.elements()
                    guard numbers.count == 2 else { throw position.damaged("two numbers") }
                    positions.append(
                        Coordinate(x: try numbers[0].number(), y: try numbers[1].number()))
                }
                guard positions.count >= 4 else { throw ring.damaged("four positions or more") }
                rings.append(positions)
            }
            guard let exterior = rings.first else { throw polygon.damaged("a ring") }
            polygons.append(Polygon(exterior: exterior, holes: Array(rings.dropFirst())))
        }
        return MultiPolygon(polygons)
    }

    /// Areas by feature identifier, as tables show it; empty when the run
    /// has no such file.
    static func areas(_ name: String, of run: RunFolder) throws(PublishError)
        -> [(id: String, area: MultiPolygon)]
    {
        guard let document = try run.document(name) else { return [] }
        let root = DocumentMember(value: document, file: run.shown(name), path: "")
        var areas: [(id: String, area: MultiPolygon)] = []
        for feature in try root["features"].elements() {
            areas.append(
                (
                    FormulaGuard.guarded(try feature["id"].text()),
                    try area(try feature["geometry"])
                ))
        }
        return areas
    }
}
