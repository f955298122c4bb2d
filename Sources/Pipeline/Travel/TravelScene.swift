import Bases
import Geo
import GridCore
import Incidents
import Sectors

/// A model in one season and profile: what journeys cost, where bases and
/// settlements stand, and the two nearest bases of every cell.
struct TravelScene {
    let model: TravelModel
    let season: TravelSeason
    let profile: TravelProfileChoice
    let surface: TravelSurface
    let log: FrictionLog
    /// Where each base of the model stands.
    let basePlaces: [SnappedPlace]
    /// Where each settlement stands.
    let settlementPlaces: [SnappedPlace]
    let demand: Demand
    let times: TravelTimes

    /// - Throws: `TravelError` when nobody can travel anywhere, `GeoError`
    ///   when positions have no place on the grid.
    init(_ model: TravelModel, _ season: TravelSeason, _ profile: TravelProfileChoice, snap: Int) throws {
        let (surface, log) = try model.ground.surface(season, profile)
        try self.init(model, season, profile, surface, log, snap: snap)
    }

    /// The same ground with other bases.
    func with(bases: [TravelBase], snap: Int) throws -> TravelScene {
        var changed = model
        changed.bases = bases
        return try TravelScene(changed, season, profile, surface, log, snap: snap)
    }

    private init(
        _ model: TravelModel, _ season: TravelSeason, _ profile: TravelProfileChoice,
        _ surface: TravelSurface, _ log: FrictionLog, snap: Int
    ) throws {
        self.model = model
        self.season = season
        self.profile = profile
        self.surface = surface
        self.log = log
        let toGrid = try CoordinateTransform(from: .wgs84, to: model.spec.crs)
        basePlaces = try toGrid(model.bases.map(\.coordinate)).map {
            surface.snap($0, maximumCells: snap)
        }
        let settlements = try toGrid(model.inputs.settlements.map(\.coordinate))
        settlementPlaces = settlements.map { surface.snap($0, maximumCells: snap) }
        let recent = model.recentIncidents
        let events = try toGrid(recent.map(\.incident.coordinate))
        let sectors = model.inputs.sectors
        let districts = model.inputs.districts
        let columns = model.spec.shape.columns
        func number(_ place: SnappedPlace) -> Int? {
            place.cell.map { $0.row * columns + $0.column }
        }
        demand = Demand(
            people: model.people, stressedPeople: model.stressedPeople,
            hotspotSquareMeters: model.hotspotSquareMeters,
            settlements: zip(model.inputs.settlements, zip(settlements, settlementPlaces)).map {
                record, found in
                DemandSettlement(
                    name: record.name, coordinate: found.0, cell: number(found.1),
                    population: record.population,
                    sector: sectors.index(containing: record.coordinate),
                    district: districts?.index(containing: record.coordinate))
            },
            incidents: zip(recent, events).map { item, position in
                DemandIncident(
                    coordinate: position,
                    cell: number(surface.snap(position, maximumCells: snap)),
                    weight: item.weight,
                    sector: sectors.index(containing: item.incident.coordinate),
                    district: districts?.index(containing: item.incident.coordinate))
            })
        times = try surface.twoNearest(to: basePlaces.map(\.cell))
    }

    var baseCells: [CellIndex?] { basePlaces.map(\.cell) }

    /// What each base reaches within a limit.
    func reach(withinMinutes limit: Double) throws -> [ReachedCells] {
        try surface.reach(from: baseCells, withinMinutes: limit, threads: model.threads)
    }

    /// Calls `body` for every sector that has bases, with the times of those
    /// alone and their indices in the model.
    func forEachSector(
        _ body: (_ sector: Int, _ times: TravelTimes, _ bases: [Int]) throws -> Void
    ) throws {
        for sector in 0..<model.sectorCount {
            let own = model.bases.indices.filter {
                model.bases[$0].sector == sector && baseCells[$0] != nil
            }
            guard !own.isEmpty else { continue }
            try body(sector, try surface.twoNearest(to: own.map { baseCells[$0] }), own)
        }
    }
}

extension TravelProfileChoice {
    /// For tables and notes.
    var name: String { rawValue }
}
