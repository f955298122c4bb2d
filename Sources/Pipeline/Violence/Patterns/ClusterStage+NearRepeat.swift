import Calendar
import GridCore
import Hotspots
import Incidents

extension ClusterStage {
    func repeats(
        _ incidents: [Incident], _ section: NearRepeatConfiguration, _ result: inout ClusterResult
    ) throws {
        let window = TimeWindow(days: section.period.count, endingOn: asOf)
        let events = LocatedEvents(
            incidents, precision: precision,
            in: window.first.dayNumber...window.last.dayNumber,
            longestSpan: max(1, section.days.first ?? 1))
        let bands = try NearRepeatBands(
            distancesInMeters: section.distances.map(\.meters),
            timesInDays: section.days.map(Double.init))
        result.repeatWindow = window
        result.repeatEvents = events.indices.count
        result.repeatOmissions = events.omissions
        result.repeats = try nearRepeats(
            places: events.places, timesInDays: events.days.map(Double.init),
            distance: .greatCircle(), bands: bands, replicates: section.replicates,
            seed: UInt64(section.seed), threads: threads)
    }
}
