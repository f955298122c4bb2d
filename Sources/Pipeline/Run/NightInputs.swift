import Bases
import Calendar
import Diagnostics
import Geo
import GridCore
import Incidents
import Tables

/// Everything a night reads, checked before anything is computed.
///
/// `validate` stops here; `run` goes on from here. So both say the same.
struct NightInputs: Sendable {
    var asOf: CalendarDate
    var sectors: ZoneSet
    var districts: ZoneSet?
    var livelihoodZones: ZoneSet?
    var settlements: [PlaceRecord]
    var roads: [[Coordinate]]
    var outlines: [MultiPolygon]
    var drought: PreparedDrought?
    var incidents: IncidentCollection?
    var bases: [PlaceRecord]
    /// nil without the section `travel`.
    var movement: MovementInputs?
    /// Files that were read, in the order of the pipeline file.
    var files: [ConfiguredPath]
}

/// Reads and checks the inputs of a pipeline, logging all that is wrong.
struct NightLoader {
    let configuration: PipelineConfiguration
    /// From the command line; wins over the pipeline file.
    let asOf: CalendarDate?
    /// Gives inputs as they were known on a day; nil: as they are.
    var nights: NightMemory?
    var progress: @Sendable (String) -> Void = { _ in }

    /// The inputs; nil when problems were logged.
    ///
    /// - Parameter survey: what was found of the rasters already.
    func load(_ log: inout ProblemLog, survey: NightSurvey? = nil) -> NightInputs? {
        progress("sectors and places")
        var sectors = configuration.sectors.flatMap { ZoneSet.load($0, &log) }
        let districts = configuration.districts.flatMap { ZoneSet.load($0, &log) }
        let livelihoodZones = configuration.livelihoodZones.flatMap { ZoneSet.load($0, &log) }
        let area = sectors?.boundingBox?.expanded(by: IncidentStage.marginInDegrees)
        let settlements = settlements(area, &log)
        let baseTable = configuration.bases.flatMap {
            log.table(of: $0.file, layer: $0.layer, crs: $0.crs)
        }
        let bases = bases(baseTable, area, &log)
        let movement = movement(bases, baseTable, area, &log)
        let roads = configuration.roads.flatMap { context($0, &log) } ?? []
        let outlines = configuration.outlines.flatMap { context($0, &log) } ?? []
        progress("rasters")
        let stacks: DroughtStacks?
        if let survey {
            stacks = survey.drought?.stacks
            log.add(contentsOf: survey.stackWarnings)
        } else {
            stacks = configuration.drought.flatMap {
                DroughtStacks(loading: $0, nights: nights, &log)
            }
        }
        if configuration.sectors == nil, configuration.area == nil, let spec = stacks?.vegetation.spec {
            sectors = log.attempt { try ZoneSet.whole(spec) }
        }
        progress("incidents")
        var stage = configuration.incidents.map {
            IncidentStage(configuration: $0, area: sectors?.boundingBox, nights: nights)
        }
        let tables = stage?.tables(&log) ?? []
        if configuration.area == .incidents {
            let bulk = bulk(stage, tables)
            stage?.area = bulk
        }
        // Without an as-of date only faults of the tables themselves can be
        // told.
        let asOf = date(stacks?.vegetation, stage, tables, &log)
        var incidents: IncidentCollection?
        if let stage { incidents = stage.read(tables, asOf: asOf, &log) }
        if configuration.area == .incidents, let incidents, let bulk = stage?.area {
            sectors = log.attempt { try ZoneSet.around(incidents, bulk: bulk) }
        }
        var drought: PreparedDrought?
        if let section = configuration.drought, let stacks, let asOf {
            drought = PreparedDrought.prepare(section, stacks, asOf: asOf, &log)
            drought?.addLand(section, &log)
        }
        if let asOf, let movement { checkTransfer(movement, bases, asOf: asOf, &log) }
        guard log.isClean, let sectors, let asOf else { return nil }
        checkSectorsMeetRaster(sectors, drought, &log)
        return NightInputs(
            asOf: asOf, sectors: sectors, districts: districts, livelihoodZones: livelihoodZones,
            settlements: settlements,
            roads: roads.flatMap { Self.lines(of: $0.geometry) },
            outlines: outlines.compactMap { Self.area(of: $0.geometry) }, drought: drought,
            incidents: incidents, bases: bases, movement: movement, files: files(stacks))
    }

    /// Evidence that cannot be read is told before anything is computed, and
    /// that there is nothing to hand over.
    private func checkTransfer(
        _ movement: MovementInputs, _ bases: [PlaceRecord], asOf: CalendarDate,
        _ log: inout ProblemLog
    ) {
        guard let transfer = configuration.transfer, let section = configuration.bases,
            // Evidence of a base whose own row is wrong is no further fault.
            !log.failures.contains(where: { $0.place.file == section.file.written })
        else { return }
        let entries = zip(bases, movement.details).map {
            BaseNames.Entry(id: $0.id, name: $0.name, aliases: $1.aliases)
        }
        _ = log.attempt {
            try movement.evidenceTable(
                of: entries, all: bases, asOf: asOf, file: transfer.readiness.written,
                basesFile: section.file.written)
        }
        guard !movement.details.contains(where: { $0.isOpen(on: asOf) }), log.isClean else { return }
        log.add(
            PipelineError(
                .nothingToCompute, at: Place(file: section.file.written),
                "no base is held on \(asOf), so that none can be handed over (found \(bases.count) "
                    + "bases)",
                mend: "Check status, opened and closed, or remove the section transfer"))
    }

    /// The as-of date as far as it can be told without the incidents: from
    /// the command line, else the pipeline file, else the end of the newest
    /// composite.
    func surveyedDate(_ stack: RasterStack?) -> CalendarDate? {
        if let asOf { return asOf }
        if case .date(let date) = configuration.asOf { return date }
        guard let stack, let newest = stack.composites.last?.date else { return nil }
        return stack.scheme.period(containing: newest).last
    }

    /// Where most of the events lie, of whatever day: tells which are
    /// misplaced where no sectors do.
    private func bulk(_ stage: IncidentStage?, _ tables: [RecordTable?]) -> BoundingBox? {
        var quiet = ProblemLog()
        let all = stage?.read(tables, asOf: nil, &quiet)?.incidents ?? []
        return ZoneSet.bulk(of: all.filter(\.isPlaced).map(\.coordinate))
    }

    /// The as-of date, at last that of the newest incident.
    private func date(
        _ stack: RasterStack?, _ stage: IncidentStage?, _ tables: [RecordTable?],
        _ log: inout ProblemLog
    ) -> CalendarDate? {
        if let date = surveyedDate(stack) { return date }
        guard configuration.drought == nil, let stage else { return nil }
        var quiet = ProblemLog()
        let newest = stage.read(tables, asOf: nil, &quiet)?.incidents.map(\.dateEnd).max()
        if newest == nil, log.isClean {
            log.add(
                PipelineError(
                    .noDataForDate, at: Place(field: "as_of"),
                    "nothing says which night is meant: there is no composite and no incident",
                    mend: "Write as_of: \"2024-12-31\", or give --as-of"))
        }
        return newest
    }

    private func settlements(_ area: BoundingBox?, _ log: inout ProblemLog) -> [PlaceRecord] {
        guard let section = configuration.settlements,
            let table = log.table(of: section.file, layer: section.layer, crs: section.crs)
        else { return [] }
        let columns = PlaceColumns(
            id: section.id, name: section.name, longitude: section.longitude,
            latitude: section.latitude, population: section.population)
        return PlaceTable(table: table, columns: columns, area: area).places(&log)
    }

    private func bases(
        _ table: RecordTable?, _ area: BoundingBox?, _ log: inout ProblemLog
    ) -> [PlaceRecord] {
        guard let section = configuration.bases, let table else { return [] }
        let sector = section.sector ?? (table.column(named: "sector") == nil ? nil : "sector")
        let columns = PlaceColumns(
            id: section.id, name: section.name, longitude: section.longitude,
            latitude: section.latitude, sector: sector, needsUniqueID: true)
        return PlaceTable(table: table, columns: columns, area: area).places(&log)
    }

    private func context(
        _ section: ContextLayerConfiguration, _ log: inout ProblemLog
    ) -> [VectorFeature]? {
        let layer = log.attempt {
            try VectorSource.layer(of: section.file, named: section.layer, crs: section.crs)
        }
        // Drawn only, so a faulty feature does not stop the night.
        for problem in layer?.problems ?? [] {
            log.add(Warning(problem.code, at: problem.place, "\(problem.cause); drawn as it is"))
        }
        return layer?.features
    }

    private static func lines(of geometry: VectorGeometry) -> [[Coordinate]] {
        if case .lines(let lines) = geometry { lines } else { [] }
    }

    private static func area(of geometry: VectorGeometry) -> MultiPolygon? {
        if case .polygons(let area) = geometry { area } else { nil }
    }

    /// Sectors without any raster cell get no drought figures; that is told.
    private func checkSectorsMeetRaster(
        _ sectors: ZoneSet, _ drought: PreparedDrought?, _ log: inout ProblemLog
    ) {
        guard let drought else { return }
        let spec = drought.stack.spec
        let inside = log.attempt {
            try RasterZones.projected(sectors, to: spec).filter { zone in
                zone.boundingBox.map { $0.intersects(spec.boundingBox) } ?? false
            }.count
        }
        guard let inside, inside < sectors.zones.count else { return }
        log.add(
            Warning(
                "sectors-without-raster", at: Place(file: sectors.file),
                "\(sectors.zones.count - inside) of \(sectors.zones.count) sectors lie outside the "
                    + "vegetation rasters and get no drought figures"))
    }

    /// Every file that is read, in the order of the pipeline file.
    func files(_ stacks: DroughtStacks?) -> [ConfiguredPath] {
        var files = [
            configuration.sectors?.file, configuration.districts?.file,
            configuration.livelihoodZones?.file, configuration.settlements?.file,
            configuration.roads?.file, configuration.outlines?.file,
        ].compactMap { $0 }
        for (_, composite) in stacks?.composites ?? [] {
            for raster in [composite.raster, composite.quality?.raster].compactMap({ $0 }) {
                files.append(ConfiguredPath(written: raster.name, path: raster.path))
            }
        }
        files += configuration.drought?.masks?.used.map(\.path) ?? []
        files += [configuration.drought?.people?.file].compactMap { $0 }
        files += configuration.incidents?.sources.map(\.file) ?? []
        files += [configuration.bases?.file].compactMap { $0 }
        if let travel = configuration.travel {
            files += [
                configuration.population?.file, travel.speeds, travel.landCover, travel.elevation,
                travel.roads?.file, travel.rivers?.file, travel.crossings,
                configuration.transfer?.hubs, configuration.transfer?.readiness,
            ].compactMap { $0 }
        }
        var seen: Set<String> = []
        return files.filter { seen.insert($0.path).inserted }
    }
}
