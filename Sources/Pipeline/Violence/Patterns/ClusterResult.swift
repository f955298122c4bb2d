import Calendar
import GridCore
import Hotspots

/// A cluster of a scan with its place and days.
struct ScanFinding: Sendable {
    var cluster: ScanCluster
    var period: ScanDesign.Period
    /// Longitude and latitude.
    var center: Coordinate
    var first: CalendarDate
    var last: CalendarDate
    /// Its events, by their position in the list of incidents.
    var members: [Int]
    /// Whether the scan of one step earlier had it; nil for retrospective
    /// scans.
    var isOngoing: Bool?
}

/// What the clusters stage found.
struct ClusterResult: Sendable {
    var scanPeriod: TimeWindow?
    var scanned = 0
    var scanOmissions: String?
    /// Prospective ones first, each by their likelihood ratio.
    var clusters: [ScanFinding] = []
    var repeatWindow: TimeWindow?
    var repeatEvents = 0
    var repeatOmissions: String?
    var repeats: NearRepeatTable?
}
