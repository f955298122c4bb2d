import Bases
import Calendar
import Diagnostics
import Geo
import GridCore
import Hotspots
import Incidents
import Sectors

/// A base as travel sees it.
struct TravelBase: Sendable {
    var id: String
    var name: String
    /// Longitude and latitude, WGS 84.
    var coordinate: Coordinate
    /// Index of its sector; nil in none.
    var sector: Int?
    var details: BaseDetails
    /// Row of its table; nil for one that is only thought of.
    var record: Int?
}

/// Bases, people, hotspots and ground of a night on the grid of travel:
/// everything that does not depend on season and profile.
struct TravelModel {
    let inputs: NightInputs
    let movement: MovementInputs
    let ground: TravelGround
    let zones: DemandZones
    let areas: CellAreas
    let people: Grid<Float>
    let stressedPeople: Grid<Float>?
    let hotspotSquareMeters: Grid<Float>?
    /// Those that the mission holds on the as-of date, or that are thought
    /// of.
    var bases: [TravelBase]
    let coverage: CoverageConfiguration
    /// What is known of the data that figures rest on.
    let check: PopulationCheck
    /// Cells of the population that are infinite, or NaN where the raster
    /// states no nodata value: faults, not places without people.
    let cellsWithoutNumber: Int
    let threads: Int

    var spec: GridSpec { people.spec }
    var asOf: CalendarDate { inputs.asOf }
    var limits: [Double] { coverage.limits.map(\.value) }
    /// Of the limit that losses and plans are about.
    var mainLimit: Int { coverage.limits.firstIndex(of: coverage.limit) ?? 0 }
    var sectorCount: Int { inputs.sectors.zones.count }

    /// - Parameters:
    ///   - drought: the published class raster and the codes that count as
    ///     severe; nil without drought.
    /// - Throws: `PipelineError` when the people are a density or no base is
    ///   held, `GeoError` and `TravelError` of the layers.
    init(
        _ inputs: NightInputs, _ movement: MovementInputs, _ configuration: PipelineConfiguration,
        hotspots: HotspotFindings?, drought: (raster: TravelRaster, severe: Set<Int>)?, threads: Int
    ) throws {
        guard let travel = configuration.travel, let coverage = configuration.coverage else {
            throw PipelineError(
                .unexpected, "travel is computed without its sections", mend: "Report this fault")
        }
        self.inputs = inputs
        self.movement = movement
        self.coverage = coverage
        self.threads = threads
        let spec = movement.population.spec
        let raw = try movement.population.read()
        areas = try CellAreas(of: spec)
        check = PopulationCheck(
            raw, cellAreas: areas, settlementPopulations: inputs.settlements.map(\.population))
        let hasNodata = movement.population.nodata != nil
        cellsWithoutNumber = raw.withCells { cells in
            cells.count { $0.isInfinite || ($0.isNaN && !hasNodata) }
        }
        try Self.refuse(check, configuration)
        people = raw.map { $0 > 0 && $0.isFinite ? $0 : 0 }
        ground = try TravelGround(movement, travel, hotspots: hotspots?.current)
        zones = DemandZones(
            sectors: try Self.cover(inputs.sectors, on: spec),
            districts: try inputs.districts.map { try Self.cover($0, on: spec) } ?? [])
        let cellAreas = areas
        hotspotSquareMeters = try hotspots.map { found in
            let numbers = try found.current.sampled(on: spec)
            return Grid(spec) { cells in
                numbers.withCells { numbers in
                    for index in cells.indices {
                        let row = index / spec.shape.columns
                        cells[index] = numbers[index] > 0 ? Float(cellAreas[row]) : 0
                    }
                }
            }
        }
        let counts = people
        stressedPeople = try drought.map { layer in
            let classes = try layer.raster.sampled(on: spec)
            return Grid(spec) { cells in
                classes.withCells { classes in
                    counts.withCells { counts in
                        for index in cells.indices {
                            let code = classes[index]
                            let isSevere = !code.isNaN && layer.severe.contains(Int(code))
                            cells[index] = isSevere ? counts[index] : 0
                        }
                    }
                }
            }
        }
        bases = Self.held(inputs, movement)
    }

    private static func cover(_ zones: ZoneSet, on spec: GridSpec) throws -> [CellCoverage] {
        try RasterZones.projected(zones, to: spec).map { CellCoverage(of: $0, on: spec) }
    }

    private static func refuse(
        _ check: PopulationCheck, _ configuration: PipelineConfiguration
    ) throws {
        let isDensity =
            check.finding == .densityBySettlements || check.finding == .densityBySum
        guard isDensity || check.finding == .empty, let text = check.message else { return }
        // What is wrong ends with what was found; the rest is the mend.
        let parts = text.split(separator: "). ", maxSplits: 1)
        throw PipelineError(
            isDensity ? .densityNotCounts : .nothingToCompute,
            at: Place(file: configuration.population?.file.written ?? ""),
            parts[0].replacing("population: ", with: "") + (parts.count > 1 ? ")" : ""),
            mend: parts.count > 1 ? String(parts[1]) : "Check the raster")
    }

    private static func held(_ inputs: NightInputs, _ movement: MovementInputs) -> [TravelBase] {
        let byID = Dictionary(
            inputs.sectors.zones.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        return zip(inputs.bases, movement.details).compactMap { record, details in
            guard details.isOpen(on: inputs.asOf) else { return nil }
            return TravelBase(
                id: record.id, name: record.name, coordinate: record.coordinate,
                sector: record.sector.flatMap { byID[$0] }
                    ?? inputs.sectors.index(containing: record.coordinate),
                details: details, record: record.record)
        }
    }

    /// The sectors in the coordinates of the grid.
    func projectedSectors() throws -> [MultiPolygon] {
        try RasterZones.projected(inputs.sectors, to: spec)
    }

    /// How positions of the grid become metres.
    func measure() throws -> MapMeasure {
        try SpatialReference(spec.crs).metersPerUnit.map { .plane(metersPerUnit: $0) }
            ?? .longitudeLatitude
    }

    /// Hardly any record of single events goes back so far: such a date is
    /// mostly a slip of a digit.
    static func isTooOld(_ incident: Incident) -> Bool { incident.dateEnd.year < 1990 }

    /// Share of the sectors' area that lies outside the population raster,
    /// 0...1.
    var shareOutsideRaster: Double {
        let all = inputs.sectors.zones.reduce(0) { $0 + $1.areaInSquareMeters }
        guard all > 0 else { return 0 }
        var inside = 0.0
        for sector in zones.sectors {
            for row in sector.window.row..<sector.window.row + sector.window.rows {
                let cells = sector.runs(inRow: row).reduce(0.0) { sum, run in
                    guard let offset = run.fractionOffset else { return sum + Double(run.columns) }
                    return sum
                        + sector.fractions[offset..<offset + run.columns].reduce(0, +)
                }
                inside += cells * areas[row]
            }
        }
        return max(0, 1 - inside / all)
    }

    /// Incidents of the window with the weight of their age, placed well
    /// enough to be near anything.
    var recentIncidents: [(incident: Incident, ageInDays: Int, weight: Double)] {
        (inputs.incidents?.incidents ?? []).compactMap { incident in
            guard incident.isPlaced, incident.locationGrade != .country,
                incident.locationGrade != .sea, !Self.isTooOld(incident)
            else { return nil }
            let age = asOf.days(since: incident.dateEnd)
            return DemandIncident.recencyWeight(
                ageInDays: Double(age), halfLifeInDays: Double(coverage.halfLife.count),
                windowInDays: Double(coverage.window.count)
            ).map { (incident, age, $0) }
        }
    }
}
