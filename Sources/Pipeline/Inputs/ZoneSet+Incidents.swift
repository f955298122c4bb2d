import Diagnostics
import Geo
import GridCore
import Incidents

extension ZoneSet {
    /// One zone: a rectangle of longitude and latitude around the events
    /// that have a place, a twentieth of its longer side wider all around and
    /// at least a tenth of a degree.
    ///
    /// - Parameter bulk: events outside it are left out; see
    ///   `bulk(of:)`.
    /// - Throws: `PipelineError` when no event has a place, or when they lie
    ///   so that no rectangle of less than half the globe holds them.
    static func around(_ incidents: IncidentCollection, bulk: BoundingBox?) throws -> ZoneSet {
        let file = incidents.sources.first?.configuration.file.written
        let places = incidents.incidents.filter(\.isPlaced).map(\.coordinate).filter {
            bulk?.contains($0) ?? true
        }
        guard let box = BoundingBox(places) else {
            throw PipelineError(
                .nothingToCompute, at: Place(file: file),
                "no event has a place that is known well enough for an area around them "
                    + "(\(incidents.used) events are used)",
                mend: "Give the zones of the mission, or check preset and as-of date")
        }
        guard box.width < 180 else {
            throw PipelineError(
                .wrongGeometry, at: Place(file: file),
                "the events reach from longitude \(Decimal.text(box.minX)) to "
                    + "\(Decimal.text(box.maxX)), so that no rectangle around them is an area of "
                    + "its own",
                mend: "Give zones, or the events of one side of 180 degrees east by themselves")
        }
        let wide = box.expanded(by: max(0.1, max(box.width, box.height) / 20))
        let south = max(-90, wide.minY)
        let north = min(90, wide.maxY)
        let corners = [
            (wide.minX, south), (wide.maxX, south), (wide.maxX, north), (wide.minX, north),
            (wide.minX, south),
        ].map { Coordinate(x: $0.0, y: $0.1) }
        let step = max(wide.width, wide.height) / 64
        let area = MultiPolygon([Polygon(exterior: corners)]).densified(step: step)
        return ZoneSet(
            file: "",
            zones: [
                Zone(
                    id: "area", name: "Rectangle around the events", area: area,
                    areaInSquareMeters: Geodesic.areaInSquareMeters(of: area))
            ], isApproximate: false)
    }

    /// Where the bulk of events lies: within 15 degrees of the median place,
    /// or 30 median deviations where that is more. Events beyond are usually
    /// misplaced, such as with longitude and latitude exchanged, and would
    /// stretch an area around all of them over continents.
    static func bulk(of places: [Coordinate]) -> BoundingBox? {
        guard !places.isEmpty else { return nil }
        func range(_ values: [Double]) -> (Double, Double) {
            let middle = median(values)
            let deviation = median(values.map { abs($0 - middle) })
            let half = max(15, 30 * deviation)
            return (middle - half, middle + half)
        }
        let (west, east) = range(places.map(\.x))
        let (south, north) = range(places.map(\.y))
        return BoundingBox([Coordinate(x: west, y: south), Coordinate(x: east, y: north)])
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted[sorted.count / 2]
    }
}
