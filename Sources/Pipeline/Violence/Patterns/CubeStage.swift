import Calendar
import Diagnostics
import GridCore
import Hotspots
import Incidents

/// What the cube stage found.
struct CubeResult: Sendable {
    var field: ViolenceField
    /// The days of each step, the oldest first.
    var windows: [TimeWindow]
    /// Mass of each step inside the grid, in incidents.
    var masses: [Double]
    var emerging: EmergingHotspots
    /// Steps before the first event of the sources.
    var emptySteps: Int
}

/// Hot and cold cells step by step up to the as-of date, and the 17 classes
/// of what becomes of them.
struct CubeStage {
    let section: CubeConfiguration
    let hotspots: HotspotStage
    let threads: Int

    func run(_ incidents: [Incident], progress: (Double) -> Void) throws -> CubeResult {
        let field = try hotspots.field(of: incidents)
        let windows = windows
        var steps: [Grid<Int64>] = []
        var events: [Grid<Int64>] = []
        var masses: [Double] = []
        for (index, window) in windows.enumerated() {
            try Interruption.check()
            let placed = try field.placed(in: window)
            let mass = try MassGrid(of: placed.map(\.weighted), on: field.area.spec)
            steps.append(mass.units)
            // Incidents are what falls by chance, whatever they weigh.
            events.append(
                field.placement.weight == .events
                    ? mass.units : try MassGrid(of: placed.map(\.event), on: field.area.spec).units)
            masses.append(mass.inside.events)
            progress(0.5 * Double(index + 1) / Double(windows.count))
        }
        let starts = windows.map(\.first.dayNumber) + [hotspots.asOf.dayNumber + 1]
        let time = try TimeSteps(covering: starts[0]..<starts[windows.count], starts: starts)
        let cube = try SpaceTimeCube(steps: steps, time: time)
        let map = try SpaceTimeGetisOrd(
            of: cube, valid: field.valid, neighbourhood: neighbourhood, threads: threads)
        let judging = hotspots.configuration.giStar
        let emerging = try EmergingHotspots(
            bins: CubeBins(
                of: map, significance: judging.significance.rule,
                counts: SpaceTimeCube(steps: events, time: time),
                correction: judging.correction.rule, threads: threads),
            trends: CubeTrends(of: map, test: section.trend.test, threads: threads),
            rules: EmergingRules(
                sporadic: section.sporadicAnyTime ? .any : .finalStep,
                isOscillatingStrict: section.strictOscillating),
            threads: threads)
        progress(1)
        return CubeResult(
            field: field, windows: windows, masses: masses, emerging: emerging,
            emptySteps: masses.prefix { $0 == 0 }.count)
    }

    private var neighbourhood: SpaceTimeNeighbourhood {
        SpaceTimeNeighbourhood(
            space: .distanceBand(radiusInMeters: hotspots.configuration.giStar.radius.meters),
            previousSteps: section.previous,
            window: section.window.window)
    }

    /// Whole steps that end with the as-of date, the oldest first.
    private var windows: [TimeWindow] {
        let end = hotspots.asOf.adding(days: 1)
        func start(_ back: Int) -> CalendarDate {
            switch section.step {
            case .days(let days): end.adding(days: -back * days)
            case .months(let months): end.adding(months: -back * months)
            }
        }
        return (1...section.steps).reversed().map { back in
            let first = start(back)
            return TimeWindow(
                days: start(back - 1).days(since: first),
                endingOn: start(back - 1).adding(days: -1))
        }
    }
}

extension CubeWindowChoice {
    fileprivate var window: GlobalWindow {
        switch self {
        case .entire: .entireCube
        case .neighbourhood: .neighbourhoodSteps
        case .individual: .individualStep
        }
    }
}

extension CubeTrendChoice {
    fileprivate var test: CubeTrendTest {
        switch self {
        case .mannKendall: .original
        case .hamedRao: .hamedRao
        case .yueWang: .yueWang
        case .preWhitening: .prewhitening
        case .trendFreePreWhitening: .trendFreePrewhitening
        }
    }
}
