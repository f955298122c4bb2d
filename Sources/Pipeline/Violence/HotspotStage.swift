import Calendar
import Geo
import GridCore
import Hotspots
import Incidents

/// The violence grids of one window.
struct ViolenceGrids: Sendable {
    var window: TimeWindow
    var density: ViolenceDensity
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
    /// nil when it was not asked for.
    var robustness: HotProbability?
    /// nil when it was not asked for.
    var moran: MoranMap?
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
    var asOf: CalendarDate
    let threads: Int

    func run(_ incidents: [Incident]) throws -> HotspotResult {
        let field = try field(of: incidents)
        let window = TimeWindow(days: configuration.window.count, endingOn: asOf)
        let current = try field.grids(in: window)
        let previous = try field.grids(in: window.before)
        let robustness = try field.robustness(in: window)
        let builder = HotspotBuilder(
            area: field.area, grids: current, sectors: sectors, placement: field.placement,
            radiusInMeters: configuration.giStar.radius.meters, robustness: robustness)
        return HotspotResult(
            area: field.area, current: current, previous: previous.regions,
            previousWindow: window.before,
            hotspots: try builder.hotspots(incidents, field.positions),
            notPlaced: incidents.count {
                !field.placement.isUsed($0.locationGrade) && window.contains($0.dateEnd)
            }, robustness: robustness, moran: try field.moran(of: current.mass.units))
    }

    /// The incidents on the working grid.
    func field(of incidents: [Incident]) throws -> ViolenceField {
        let margin = configuration.density.radius.meters
        let area = try WorkingArea(
            sectors: sectors, cell: configuration.cell.meters, margin: margin)
        let placement = IncidentPlacement(
            area: area, policy: precision, weight: configuration.incidentWeight, deaths: deaths,
            halfLife: Double(configuration.density.halfLife.count), sectors: sectors,
            districts: districts)
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        let positions = try transform(incidents.map(\.coordinate))
        let history =
            configuration.universe == .ever
            ? [try ever(incidents, positions, placement)] : []
        return ViolenceField(
            configuration: configuration, area: area, placement: placement, incidents: incidents,
            positions: positions,
            valid: try universe.validity(mask: area.mask, history: history), threads: threads)
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

    private var universe: HotspotUniverse {
        HotspotUniverse(rawValue: configuration.universe.rawValue) ?? .mask
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
