import Calendar
import GridCore
import Hotspots
import Report

/// A map for each scan: the circles of its clusters, by their rank.
struct ClusterMaps {
    let result: ClusterResult
    /// In longitude and latitude, in the order of the clusters.
    let circles: [MultiPolygon]
    let period: TimeWindow
    let scan: ScanConfiguration?
    let sectors: ZoneSet
    let borders: [MultiPolygon]
    let caption: RunCaption
    let credits: [SourceCredit]

    func write(to sink: OutputSink) throws {
        guard let scan else { return }
        if scan.direction != .retrospective {
            try write(
                .prospective, to: "clusters/prospective.png",
                "Clusters of violence that last until \(period.last)", sink)
        }
        if scan.direction != .prospective {
            try write(
                .retrospective, to: "clusters/retrospective.png",
                "Clusters of violence of any time", sink)
        }
    }

    private func write(
        _ direction: ScanDesign.Period, to path: String, _ title: String, _ sink: OutputSink
    ) throws {
        guard let box = sectors.boundingBox, let scan else { return }
        var map = MissionMap(
            title: title,
            dateLine: "\(caption.title); incidents of \(period), steps of \(scan.step), at most "
                + "\(scan.longest) steps and \(scan.radius) around a place",
            extent: box.expanded(by: Self.margin * max(box.width, box.height)), classTable: nil)
        map.subject = .clusters
        map.zones = sectors.zones.map {
            MissionMap.Zone(label: $0.name, shape: $0.area, classCode: nil)
        }
        map.hotspots = zip(result.clusters, circles).enumerated().compactMap { index, found in
            let (finding, circle) = found
            guard finding.period == direction,
                let confidence = Self.confidence(p: finding.cluster.p)
            else { return nil }
            return MissionMap.Hotspot(
                label: "\(index + 1)", shape: circle, confidence: confidence)
        }
        map.outlines = borders
        map.notes = notes
        map.source = SourceCredit.line(credits)
        map.banner = caption.banner
        try sink.write(try map.pngBytes(), to: path, title: title, mediaType: MediaType.png)
    }

    /// As much room as the map of the night leaves around the sectors.
    private static let margin = 0.04

    /// nil: beyond what the legend shows; such a cluster is in the table only.
    private static func confidence(p: Double) -> MissionMap.Confidence? {
        p <= 0.01 ? .percent99 : p <= 0.05 ? .percent95 : p <= 0.10 ? .percent90 : nil
    }

    private var notes: [String] {
        var notes = sectors.isApproximate ? ["Sector lines are approximate."] : []
        notes.append(
            "Numbers are the ranks of clusters/clusters.csv, which has dates and figures. A circle "
                + "holds places whose incidents came closer together in time than those of the "
                + "whole area; circles of different times may overlap.")
        if let omissions = result.scanOmissions { notes.append("\(omissions).") }
        return notes + ["The absence of records is not the absence of harm."]
    }
}
