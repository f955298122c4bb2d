import Bases
import Calendar
import Geo
import GridCore
import Incidents

/// How each base is supplied from the nearest hub: on the physical surface,
/// so that insecurity counts in the exposure and not twice.
struct SupplyStudy {
    let paths: [SupplyPath]
    let routes: [SupplyRoute]
    let pairs: [CorridorPair]
    /// Months in which each base cannot be reached.
    let cutOffMonths: [[Int]]

    init(_ study: TravelStudy, _ transfer: TransferConfiguration, _ travel: TravelConfiguration) throws {
        let model = study.model
        let rules = try SupplyRules(
            bufferInMeters: transfer.routeBuffer.meters,
            corridorInMeters: transfer.corridor.meters)
        let toGrid = try CoordinateTransform(from: .wgs84, to: model.spec.crs)
        let back = try CoordinateTransform(from: model.spec.crs, to: .wgs84)
        let hubs = try toGrid(model.movement.hubs.map(\.coordinate))
        let dry = try study.scene(.dry, .physical)
        func cells(_ scene: TravelScene) -> [CellIndex?] {
            hubs.map { scene.surface.snap($0, maximumCells: study.snap).cell }
        }
        let tree = try dry.surface.tree(from: cells(dry))
        let journeys = dry.baseCells.map { $0.flatMap { tree.path(to: $0) } }
        let wet = try Self.minutes(study.scene(.wet, .physical), cells)
        let flood = try study.floodScene().map { try Self.minutes($0, cells) }
            ?? wet.map { _ in .infinity }
        paths = try journeys.enumerated().map { index, journey in
            SupplyPath(
                hub: journey?.base,
                coordinates: try back((journey?.cells ?? []).map(model.spec.center(of:))),
                minutes: SeasonalMinutes(
                    dry: journey?.totalMinutes ?? .infinity, wet: wet[index], flood: flood[index]))
        }
        var found = SupplyRoute.routes(
            of: paths, incidents: Self.incidents(model), rules: rules, threads: model.threads)
        for index in found.indices {
            found[index].detourMinutes = try Self.detour(
                found[index], journeys[index], dry, cells(dry))
        }
        routes = found
        pairs = CorridorPair.pairs(
            of: paths, sites: model.bases.map(\.coordinate), rules: rules, threads: model.threads)
        cutOffMonths = paths.map {
            $0.minutes.cutOffMonths(
                wetMonths: Set(travel.wetMonths), floodMonths: Set(travel.floodMonths))
        }
    }

    private static func minutes(
        _ scene: TravelScene, _ hubs: (TravelScene) -> [CellIndex?]
    ) throws -> [Double] {
        let times = try scene.surface.nearest(to: hubs(scene))
        return scene.baseCells.map { $0.map { times.minutes[$0] } ?? .infinity }
    }

    /// Minutes around the most exposed stretch; nil when there is none.
    private static func detour(
        _ route: SupplyRoute, _ journey: TravelPath?, _ scene: TravelScene, _ hubs: [CellIndex?]
    ) throws -> Double? {
        guard let stretch = route.mostExposedStretch, let journey, let goal = journey.cells.last
        else { return nil }
        let blocked = stretch.interiorPoints.clamped(to: journey.cells.indices)
            .map { journey.cells[$0] }
            .filter { $0 != goal && !hubs.contains($0) }
        guard !blocked.isEmpty else { return nil }
        return try scene.surface.blocking(blocked).nearest(to: hubs).minutes[goal]
    }

    private static func incidents(_ model: TravelModel) -> [SupplyIncident] {
        model.recentIncidents.map { item in
            SupplyIncident(
                coordinate: item.incident.coordinate, ageInDays: Double(item.ageInDays),
                precisionInMeters: item.incident.locationGrade.radiusInMeters)
        }
    }
}

extension LocationGrade {
    /// The true place lies within about this distance: what the sources say
    /// of near places, and half the width of common districts and regions.
    fileprivate var radiusInMeters: Double {
        switch self {
        case .exact: 0
        case .near, .unknown: 25_000
        case .district: 50_000
        case .region: 150_000
        case .country, .sea: .infinity
        }
    }
}
