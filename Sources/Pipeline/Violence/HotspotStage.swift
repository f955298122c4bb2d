import Calendar
import Geo
import GridCore
import Hotspots
import Incidents

/// The violence grids of one window.
struct ViolenceGrids: Sendable {
    var window: TimeWindow
    var density: Grid<Double>
    var mass: MassGrid
    var map: GetisOrdMap
    var p: Grid<Double>
    var bins: ConfidenceBins
    var regions: HotspotRegions
}

/// What the hotspot stage found.
struct HotspotResult: Sendable {
    var area: WorkingArea
    var current: ViolenceGrids
    /// The hot cells of the window before.
    var previous: HotspotRegions
    var previousWindow: TimeWindow
    /// Hotspots, the one with most incidents first.
    var hotspots: [Hotspot]
    /// Incidents in the window that are known too coarsely for the grid.
    var notPlaced: Int
}

/// Density, Gi*, confidence bins and polygons for the window and the one
/// before it.
struct HotspotStage {
    let configuration: HotspotsConfiguration
    let precision: IncidentPrecisionChoice
    /// Which estimate of deaths weighs.
    let deaths: DeathBound
    let sectors: ZoneSet
    let districts: ZoneSet?
    let asOf: CalendarDate
    let threads: Int

    func run(_ incidents: [Incident]) throws -> HotspotResult {
        let margin = configuration.density.radius.meters
        let area = try WorkingArea(
            sectors: sectors, cell: configuration.cell.meters, margin: margin)
        let placement = IncidentPlacement(
            area: area, policy: precision, weight: configuration.incidentWeight, deaths: deaths,
            halfLife: Double(configuration.density.halfLife.count), sectors: sectors,
            districts: districts)
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        let positions = try transform(incidents.map(\.coordinate))
        let window = TimeWindow(days: configuration.window.count, endingOn: asOf)
        let history =
            configuration.universe == .ever
            ? [try ever(incidents, positions, placement)] : []
        let valid = try universe.validity(mask: area.mask, history: history)
        let current = try grids(incidents, positions, placement, valid, window)
        let previous = try grids(incidents, positions, placement, valid, window.before)
        let builder = HotspotBuilder(
            area: area, grids: current, sectors: sectors, placement: placement,
            radiusInMeters: configuration.giStar.radius.meters)
        return HotspotResult(
            area: area, current: current, previous: previous.regions,
            previousWindow: window.before, hotspots: try builder.hotspots(incidents, positions),
            notPlaced: incidents.count {
                !placement.isUsed($0.locationGrade) && window.contains($0.dateEnd)
            })
    }

    private func grids(
        _ incidents: [Incident], _ positions: [Coordinate], _ placement: IncidentPlacement,
        _ valid: Grid<UInt8>, _ window: TimeWindow
    ) throws -> ViolenceGrids {
        let placed = try placement.place(incidents, at: positions, in: window)
        let density = try kernelDensity(
            of: placed, on: placement.area.spec,
            radiusInMeters: configuration.density.radius.meters,
            halfLifeInDays: Double(configuration.density.halfLife.count), threads: threads)
        let mass = try MassGrid(of: placed, on: placement.area.spec)
        let map = try getisOrdGiStar(
            values: mass.units, valid: valid, radiusInMeters: configuration.giStar.radius.meters,
            threads: threads)
        let p = map.twoSidedP(threads: threads)
        let bins = try ConfidenceBins(of: map, twoSidedP: p, correction: correction)
        let regions = try hotspotRegions(bins: bins.bins, z: map.z, minimumBin: minimumBin)
        return ViolenceGrids(
            window: window, density: density, mass: mass, map: map, p: p, bins: bins,
            regions: regions)
    }

    /// Every cell that any incident up to the as-of date touches.
    private func ever(
        _ incidents: [Incident], _ positions: [Coordinate], _ placement: IncidentPlacement
    ) throws -> Grid<Int64> {
        let first = incidents.map(\.timing.first).min() ?? asOf
        let all = TimeWindow(days: asOf.days(since: first) + 1, endingOn: asOf)
        return try MassGrid(
            of: placement.place(incidents, at: positions, in: all), on: placement.area.spec
        ).units
    }

    private var correction: MultipleTesting {
        switch configuration.giStar.correction {
        case .bh: .benjaminiHochberg
        case .by: .benjaminiYekutieli
        case .bonferroni: .bonferroni
        case .none: .none
        }
    }

    private var universe: HotspotUniverse {
        HotspotUniverse(rawValue: configuration.universe.rawValue) ?? .mask
    }

    /// 90, 95 or 99 percent as bin 1, 2 or 3.
    private var minimumBin: Int {
        configuration.confidence.value >= 99 ? 3 : configuration.confidence.value >= 95 ? 2 : 1
    }
}

extension HotspotsConfiguration {
    /// What an incident counts.
    var incidentWeight: IncidentWeight {
        switch weight {
        case .events: .events
        case .fatalities: .fatalities
        case .logFatalities: .logFatalities
        case .cappedFatalities: .cappedFatalities(cap: cap ?? Self.defaultCap)
        }
    }
}

extension DeathBoundChoice {
    var bound: DeathBound {
        switch self {
        case .low: .low
        case .best: .best
        case .high: .high
        }
    }
}
