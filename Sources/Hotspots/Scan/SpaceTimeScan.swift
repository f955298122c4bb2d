import Diagnostics
import GridCore
import InstructionSets

/// Clusters of cases in space and time, with no need for a population: does
/// the mixture of places and times show more cases together than places and
/// times alone would bring about?
///
/// A cylinder of zone and window expects `cases of the zone x cases of the
/// window / all cases`. Random data sets deal the times out among the cases
/// anew, so that every place and every step keeps its number. Growth that
/// all places share is no cluster, nor is a place that always had many.
/// With one step there is nothing to compare and no cluster.
///
/// - Parameters:
///   - zones: of the same locations, usually with `events.countByLocation`
///     as sizes.
/// - Returns: no clusters when there are fewer cases than a cluster needs,
///   or when all are at one place or in one step.
/// - Throws: `.mismatch` when the zones belong to other locations,
///   `.unsuitableParameter` for the design.
/// - Complexity: O(zones x windows x replicates / 16) at most; windows that
///   gained no case are passed over. Memory O(members + 16 x cases x
///   threads). The same bytes on any number of threads.
///
/// Kulldorff, Heffernan, Hartman, Assuncao and Mostashari 2005, PLoS Medicine
/// 2(3):e59.
public func spaceTimePermutationScan(
    _ events: ScanEvents, zones: ScanZones, design: ScanDesign, threads: Int = 1
) throws(HotspotError) -> ScanResult {
    try SpaceTimeScan(events: events, zones: zones, design: design, expected: nil)
        .result(threads: threads, form: .best)
}

/// Clusters of more cases than a population or a model lets expect.
///
/// Random data sets put all cases anywhere and at any time, each with the
/// chances of the expectations. With one step the scan is purely spatial.
///
/// - Parameters:
///   - expected: by location and step (steps of a location together), in any
///     unit: a population, or cases that a model expects. They are scaled to
///     the number of cases.
///   - zones: of the same locations, usually with the population as sizes.
/// - Returns: no clusters when there are fewer cases than a cluster needs.
/// - Throws: `.mismatch` when lists or zones belong to other locations,
///   `.unsuitableValue` when an expectation is negative or not finite, when
///   all are 0, or when a case is where none is expected,
///   `.unsuitableParameter` for the design.
/// - Complexity: as `spaceTimePermutationScan`, with 8 bytes more per
///   location and step.
///
/// Kulldorff 1997, Communications in Statistics 26(6); Kulldorff, Athas,
/// Feuer, Miller and Key 1998, American Journal of Public Health 88(9).
public func poissonScan(
    _ events: ScanEvents, expected: [Double], zones: ScanZones, design: ScanDesign,
    threads: Int = 1
) throws(HotspotError) -> ScanResult {
    try SpaceTimeScan(
        events: events, zones: zones, design: design,
        expected: scaledExpectations(expected, of: events)
    ).result(threads: threads, form: .best)
}

/// Expectations that add up to the number of cases.
private func scaledExpectations(
    _ expected: [Double], of events: ScanEvents
) throws(HotspotError) -> [Double] {
    let (locations, steps) = (events.locations.count, events.stepCount)
    guard expected.count == locations * steps else {
        throw HotspotError(
            .mismatch,
            "\(expected.count) expectations for \(locations) locations and \(steps) steps",
            mend: "Give one for every location and step, those of a location together")
    }
    if let i = expected.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw HotspotError(
            .unsuitableValue,
            "location \(i / steps) expects \(expected[i]) cases in step \(i % steps) "
                + "(expected 0 or more)",
            mend: "Correct the population or the model")
    }
    for (i, (location, step)) in zip(events.locationOfEvent, events.stepOfEvent).enumerated()
    where expected[location * steps + step] == 0 {
        throw HotspotError(
            .unsuitableValue,
            "event \(i) is at location \(location) in step \(step), which expects no case",
            mend: "Give the location a population, or leave out the event")
    }
    // Cases only lie where some are expected, so the sum is positive when
    // there are any.
    let sum = expected.reduce(0, +)
    guard sum > 0 else { return expected }
    return expected.map { $0 / sum * Double(events.count) }
}

/// One scan.
struct SpaceTimeScan: Sendable {
    let events: ScanEvents
    let zones: ScanZones
    let design: ScanDesign
    let model: ScanModel

    init(
        events: ScanEvents, zones: ScanZones, design: ScanDesign, expected: [Double]?
    ) throws(HotspotError) {
        try design.check()
        guard zones.locations == events.locations else {
            throw HotspotError(
                .mismatch,
                "the zones belong to \(zones.locations.count) other locations than the "
                    + "\(events.locations.count) of the events",
                mend: "Make the zones from the locations of the events")
        }
        self.events = events
        self.zones = zones
        self.design = design
        model = ScanModel(events: events, design: design, expected: expected)
    }

    func result(threads: Int, form: InstructionSet) -> ScanResult {
        let found =
            events.count < design.minimumCases
            ? []
            : ScanSearch(events: events, zones: zones, model: model)
                .best(design: design, threads: threads)
        let maxima =
            found.isEmpty ? [] : replicates(form: form).maxima(
                count: design.replicates, threads: threads)
        let significance = ScanSignificance(replicateMaxima: maxima)
        return ScanResult(
            clusters: found.map { cluster($0.center, $0.candidate, significance) },
            significance: significance, eventCount: events.count, zoneCount: zones.count)
    }

    func replicates(form: InstructionSet) -> ScanReplicates {
        ScanReplicates(
            zones: zones, model: model,
            sampler: ScanSampler(events: events, model: model, seed: design.seed), form: form)
    }

    private func cluster(
        _ center: Int, _ candidate: ScanCandidate, _ significance: ScanSignificance
    ) -> ScanCluster {
        let locations = zones.locationsOfZone(center: center, through: candidate.member)
        let first = model.firstStep + candidate.firstStep
        let last = model.firstStep + candidate.lastStep
        let isMember = Set(locations)
        let members = events.locationOfEvent.indices.filter {
            (first...last).contains(events.stepOfEvent[$0])
                && isMember.contains(events.locationOfEvent[$0])
        }
        let outside = Double(events.count - members.count)
        let inside = Double(members.count) / candidate.expected
        let p = significance.p(candidate.ratio)
        return ScanCluster(
            center: center,
            radiusInMeters: zones.radius(center: center, through: candidate.member),
            locations: locations, firstStep: first, lastStep: last, events: members,
            expected: candidate.expected, logLikelihoodRatio: candidate.ratio,
            relativeRisk: outside == 0
                ? .infinity
                : inside / (outside / (Double(events.count) - candidate.expected)),
            monteCarloP: significance.monteCarloP(candidate.ratio),
            gumbelP: significance.gumbelP(candidate.ratio), p: p,
            recurrenceIntervalInDays: Double(events.daysPerStep) / p)
    }
}
