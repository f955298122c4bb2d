import Bases
import Calendar
import Diagnostics
import Geo
import GridCore
import Hotspots
import Incidents
import Tables

/// What each base covers by straight-line distance, and what only it covers.
struct BaseStage {
    let configuration: BasesConfiguration
    let inputs: NightInputs
    let hotspots: HotspotFindings?
    let window: TimeWindow?
    let caption: RunCaption
    let threads: Int

    /// The zone of each base: as its table says, else where it lies.
    private var zones: [Int?] {
        let byID = Dictionary(
            inputs.sectors.zones.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        return inputs.bases.map { base in
            base.sector.flatMap { byID[$0] } ?? inputs.sectors.index(containing: base.coordinate)
        }
    }

    private var edition: Edition { Edition(choice: configuration.edition) }

    /// One for each base; in the public edition counts, which name none.
    var warnings: [Warning] {
        guard edition.isPublic else { return warningsByBase }
        let place = Place(file: configuration.file.written)
        let outside = warningsByBase.count { $0.code == Self.withoutSector }
        let unknown = warningsByBase.count { $0.code == Self.ofUnknownSector }
        let elsewhere = warningsByBase.count { $0.code == Self.inOtherSector }
        var warnings: [Warning] = []
        if outside > 0 {
            warnings.append(
                Warning(
                    Self.withoutSector, at: place,
                    "\(outside) of \(inputs.bases.count) bases lie in no sector; they count in the "
                        + "totals only"))
        }
        if unknown > 0 {
            warnings.append(
                Warning(
                    Self.ofUnknownSector, at: place,
                    "\(unknown) of \(inputs.bases.count) bases name a sector that is not there; the "
                        + "one that they lie in counts"))
        }
        if elsewhere > 0 {
            warnings.append(
                Warning(
                    Self.inOtherSector, at: place,
                    "\(elsewhere) of \(inputs.bases.count) bases are listed under another sector "
                        + "than they lie in; the list counts"))
        }
        return warnings
    }

    private static let withoutSector = "base-without-sector"
    private static let ofUnknownSector = "base-of-unknown-sector"
    private static let inOtherSector = "base-in-other-sector"

    private var warningsByBase: [Warning] {
        let known = Set(inputs.sectors.zones.map(\.id))
        return zip(inputs.bases, zones).flatMap { base, zone -> [Warning] in
            let place = Place(file: configuration.file.written, line: base.record)
            let unknown = base.sector.flatMap { known.contains($0) ? nil : $0 }.map {
                Warning(
                    Self.ofUnknownSector, at: place,
                    "base \"\(base.id)\" names the sector \"\($0)\", which is not there; the one "
                        + "that it lies in counts")
            }
            guard let zone else {
                return [unknown].compactMap { $0 } + [
                    Warning(
                        Self.withoutSector, at: place,
                        "base \"\(base.id)\" lies in no sector; it counts in the totals only")
                ]
            }
            guard let lies = inputs.sectors.index(containing: base.coordinate), lies != zone else {
                return [unknown].compactMap { $0 }
            }
            return [
                Warning(
                    Self.inOtherSector, at: place,
                    "base \"\(base.id)\" is listed under sector "
                        + "\"\(inputs.sectors.zones[zone].id)\" but lies in "
                        + "\"\(inputs.sectors.zones[lies].id)\"; the list counts")
            ]
        }
    }

    func coverage() throws -> BaseCoverage {
        let sites = zip(inputs.bases, zones).map {
            BaseSite(coordinate: $0.coordinate, zone: $1)
        }
        let settlements = inputs.settlements.map {
            CoveredPlace(
                name: $0.name, coordinate: $0.coordinate, population: $0.population,
                zone: inputs.sectors.index(containing: $0.coordinate))
        }
        let incidents = (inputs.incidents?.incidents ?? []).filter { incident in
            incident.locationGrade != .country && incident.locationGrade != .sea
                && window?.contains(incident.dateEnd) == true
        }.map {
            CoveredIncident(
                coordinate: $0.coordinate, deaths: $0.deaths.best,
                civilianDeaths: $0.civilianDeaths ?? 0,
                zone: inputs.sectors.index(containing: $0.coordinate))
        }
        return BaseCoverage(
            bases: sites, settlements: settlements, incidents: incidents,
            hotspotCells: try hotspotCells(), zoneCount: inputs.sectors.zones.count,
            reach: .straightLine(meters: configuration.reach.meters), threads: threads)
    }

    private func hotspotCells() throws -> [CoveredCell] {
        guard let hotspots else { return [] }
        let spec = hotspots.current.membership.spec
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        let cells = hotspots.hotspots.sorted { $0.region.number < $1.region.number }
            .flatMap(\.region.cells)
        let centers = try back(cells.map(spec.center(of:)))
        let area = spec.geotransform.cellWidth * -spec.geotransform.cellHeight
        return centers.map {
            CoveredCell(
                coordinate: $0, squareMeters: area, zone: inputs.sectors.index(containing: $0))
        }
    }

    /// Publishes the sector table always, rows and positions of bases in the
    /// restricted edition only.
    func write(_ coverage: BaseCoverage, to sink: OutputSink) throws {
        try sink.write(
            BaseTables.sectors(coverage, inputs.sectors, edition),
            to: "base_coverage_by_sector.csv",
            title: "Coverage by bases, per sector", description: description, sources: [])
        guard !edition.isPublic else { return }
        let (table, features) = BaseTables.bases(
            coverage, inputs, zones: zones, caption: caption, edition)
        try sink.write(
            table, to: "bases.csv", title: "Bases and what only they cover",
            description: description, sources: [])
        try sink.write(
            try GeoJSONWriter().utf8(features, members: [edition.member]), to: "bases.geojson",
            title: "Bases and what only they cover", mediaType: MediaType.geoJSON)
    }

    private var description: String {
        var text = "Within \(configuration.reach) straight-line distance on the ellipsoid, not "
            + "travel. \(edition.note) As of \(caption.asOf)."
        if let window { text += " Incidents of \(window)." }
        if caption.isSynthetic { text += " Synthetic data." }
        return text
    }
}
