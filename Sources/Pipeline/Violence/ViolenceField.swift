import Calendar
import Diagnostics
import Geo
import GridCore
import Hotspots
import Incidents

/// Incidents on a working grid, of which the violence grids of any window can
/// be made.
struct ViolenceField: Sendable {
    var configuration: HotspotsConfiguration
    var area: WorkingArea
    var placement: IncidentPlacement
    var incidents: [Incident]
    /// Of all incidents, in grid coordinates.
    var positions: [Coordinate]
    /// 1 for cells that are compared.
    var valid: Grid<UInt8>
    var threads: Int

    /// Incidents of a window, each with what it counts and as one event.
    func placed(in window: TimeWindow) throws -> [CountedIncident] {
        let weighted = try placement.place(incidents, at: positions, in: window)
        guard placement.weight != .events else {
            return weighted.map { CountedIncident(weighted: $0, event: $0) }
        }
        var counting = placement
        counting.weight = .events
        return zip(weighted, try counting.place(incidents, at: positions, in: window)).map {
            CountedIncident(weighted: $0, event: $1)
        }
    }

    /// Which of `incidents` those of `placed(in:)` are, in its order.
    func placedIndices(in window: TimeWindow) -> [Int] {
        incidents.indices.filter { placement.counts(incidents[$0], in: window) }
    }

    func grids(in window: TimeWindow) throws -> ViolenceGrids {
        let placed = try placed(in: window)
        let density = try density(of: placed.map(\.weighted))
        let mass = try MassGrid(of: placed.map(\.weighted), on: area.spec)
        let judged = try judged(mass.units, events: events(of: placed))
        return ViolenceGrids(
            window: window, density: density, mass: mass, map: judged.map, p: judged.p,
            bins: judged.bins,
            regions: try hotspotRegions(
                bins: judged.bins.bins, z: judged.map.z,
                minimumBin: configuration.minimumBin))
    }

    /// How sure hot cells are; nil when that is not asked for.
    func robustness(in window: TimeWindow) throws -> HotProbability? {
        guard let section = configuration.robustness else { return nil }
        // Each draw is judged on one thread.
        var single = self
        single.threads = 1
        return try hotProbability(
            of: placement.uncertain(incidents, at: positions, in: window), on: area.spec,
            window: window.first.dayNumber...window.last.dayNumber, weight: placement.weight,
            draws: section.draws, seed: UInt64(section.seed),
            minimumBin: configuration.minimumBin, threads: threads
        ) { [single] drawn in
            try Interruption.check()
            return try single.judged(drawn.mass, events: drawn.events).bins.bins
        }
    }

    /// Gi* of incidents, with what is significant.
    func judged(_ placed: [CountedIncident]) throws -> JudgedMap {
        try judged(
            MassGrid(of: placed.map(\.weighted), on: area.spec).units, events: events(of: placed))
    }

    private func events(of placed: [CountedIncident]) throws -> Grid<Int64> {
        try MassGrid(of: placed.map(\.event), on: area.spec).units
    }

    /// Gi* of masses; `events` are the same with each incident as one event.
    private func judged(_ units: Grid<Int64>, events: Grid<Int64>) throws -> JudgedMap {
        let radius = configuration.giStar.radius.meters
        let map = try getisOrdGiStar(
            values: units, valid: valid, radiusInMeters: radius, threads: threads)
        let p = try map.twoSidedP(
            configuration.giStar.significance.rule, counts: events, valid: valid,
            radiusInMeters: radius, threads: threads)
        let bins = try ConfidenceBins(
            of: map, twoSidedP: p, correction: configuration.giStar.correction.rule)
        return JudgedMap(map: map, p: p, bins: bins)
    }
}

/// An incident with what it counts, and as one event.
struct CountedIncident: Sendable {
    var weighted: PlacedIncident
    var event: PlacedIncident
}

/// Gi* scores with p-values and bins.
struct JudgedMap: Sendable {
    var map: GetisOrdMap
    var p: Grid<Double>
    var bins: ConfidenceBins
}

extension HotspotsConfiguration {
    /// 90, 95 or 99 percent as bin 1, 2 or 3.
    var minimumBin: Int { confidence.value >= 99 ? 3 : confidence.value >= 95 ? 2 : 1 }
}

extension SignificanceChoice {
    var rule: Significance {
        switch self {
        case .guarded: .guarded
        case .normal: .normal
        }
    }
}

extension CorrectionChoice {
    var rule: MultipleTesting {
        switch self {
        case .bh: .benjaminiHochberg
        case .by: .benjaminiYekutieli
        case .bonferroni: .bonferroni
        case .none: .none
        }
    }
}

extension KernelChoice {
    var kernel: DensityKernel {
        switch self {
        case .quartic: .quartic
        case .epanechnikov: .epanechnikov
        case .uniform: .uniform
        case .triangular: .triangular
        case .triweight: .triweight
        case .gaussian: .gaussian
        }
    }
}
