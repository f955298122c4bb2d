import Diagnostics
import GridCore

/// Cases of a scan: each at a location and in a time step.
///
/// A location is a place where cases may happen; several cases may share it.
/// Steps are of equal length and counted from 0, the earliest.
public struct ScanEvents: Hashable, Sendable {
    public let locations: [Coordinate]
    public let stepCount: Int
    public let daysPerStep: Int
    /// By event, in the order given.
    public let locationOfEvent: [Int]
    public let stepOfEvent: [Int]

    /// Cases whose locations and steps are known.
    ///
    /// - Throws: `.mismatch` when the lists differ in length,
    ///   `.unsuitableIncident` when an event names a location or step that
    ///   is not there, `.unsuitableParameter` when there is no step.
    public init(
        locations: [Coordinate], stepCount: Int, daysPerStep: Int = 1, locationOfEvent: [Int],
        stepOfEvent: [Int]
    ) throws(HotspotError) {
        guard locationOfEvent.count == stepOfEvent.count else {
            throw HotspotError(
                .mismatch,
                "\(locationOfEvent.count) locations and \(stepOfEvent.count) steps of events",
                mend: "Give one of each for every event")
        }
        guard stepCount >= 1, stepCount <= Self.maximumStepCount, daysPerStep >= 1 else {
            throw HotspotError(
                .unsuitableParameter,
                "\(stepCount) steps of \(daysPerStep) days (expected 1 to "
                    + "\(Self.maximumStepCount) steps of 1 day or more)",
                mend: "Choose a study period of at least one step")
        }
        if let i = locationOfEvent.firstIndex(where: { !locations.indices.contains($0) }) {
            throw HotspotError(
                .unsuitableIncident,
                "event \(i) is at location \(locationOfEvent[i]) of \(locations.count)",
                mend: "Number locations from 0")
        }
        if let i = stepOfEvent.firstIndex(where: { !(0..<stepCount).contains($0) }) {
            throw HotspotError(
                .unsuitableIncident, "event \(i) is in step \(stepOfEvent[i]) of \(stepCount)",
                mend: "Leave out events outside the study period")
        }
        self.locations = locations
        self.stepCount = stepCount
        self.daysPerStep = daysPerStep
        self.locationOfEvent = locationOfEvent
        self.stepOfEvent = stepOfEvent
    }

    /// Cases at places and on days; each distinct place is a location, in
    /// the order of first mention.
    ///
    /// Steps are counted back from the last day, so that the last is always
    /// a whole one; days before the first whole step are not part of the
    /// study.
    ///
    /// - Parameters:
    ///   - days: day numbers of any calendar.
    ///   - period: the days of the study.
    /// - Throws: `.mismatch`, `.unsuitableParameter` when the period holds no
    ///   whole step, `.unsuitableIncident` when an event lies outside of the
    ///   steps; see `ScanEvents.steps(of:daysPerStep:)`.
    public init(
        places: [Coordinate], days: [Int], period: ClosedRange<Int>, daysPerStep: Int = 1
    ) throws(HotspotError) {
        let steps = Self.steps(of: period, daysPerStep: max(1, daysPerStep))
        if let i = days.firstIndex(where: { !steps.days.contains($0) }) {
            throw HotspotError(
                .unsuitableIncident,
                "event \(i) is on day \(days[i]) (expected \(steps.days.lowerBound) to "
                    + "\(steps.days.upperBound), which are whole steps of \(daysPerStep) days)",
                mend: "Leave out events outside the study period")
        }
        var numbers: [Coordinate: Int] = [:]
        var locations: [Coordinate] = []
        let locationOfEvent = places.map { place in
            if let number = numbers[place] { return number }
            numbers[place] = locations.count
            locations.append(place)
            return locations.count - 1
        }
        try self.init(
            locations: locations, stepCount: steps.count, daysPerStep: daysPerStep,
            locationOfEvent: locationOfEvent,
            stepOfEvent: days.map { ($0 - steps.days.lowerBound) / max(1, daysPerStep) })
    }

    /// Whole steps that end with a period, and the days they hold; no step
    /// (and the last day) when the period is shorter than one.
    public static func steps(
        of period: ClosedRange<Int>, daysPerStep: Int
    ) -> (count: Int, days: ClosedRange<Int>) {
        let count = period.count / daysPerStep
        let first = period.upperBound - max(1, count * daysPerStep) + 1
        return (count, first...period.upperBound)
    }

    /// More steps than this would not fit the counts of a scan.
    static let maximumStepCount = 1 << 20

    public var count: Int { locationOfEvent.count }

    /// Cases by location, over all steps.
    public var countByLocation: [Int] {
        var counts = [Int](repeating: 0, count: locations.count)
        for location in locationOfEvent { counts[location] += 1 }
        return counts
    }

    /// Cases by step, over all locations.
    public var countByStep: [Int] {
        var counts = [Int](repeating: 0, count: stepCount)
        for step in stepOfEvent { counts[step] += 1 }
        return counts
    }
}
