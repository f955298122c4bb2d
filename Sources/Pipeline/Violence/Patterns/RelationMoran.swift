import Calendar
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents
import Report

/// Violence and dryness cell by cell, each among the other: bivariate local
/// Moran's I in both directions.
///
/// Both are of the night, without a lag: the incidents of the window, and the
/// composite of the as-of date. Months by which drought leads are compared by
/// sector, in relation.csv.
struct RelationMoran: Sendable {
    var violenceAmongDryness: MoranMap
    var drynessAmongViolence: MoranMap
    var window: TimeWindow
    var area: WorkingArea
    /// Cells that have both.
    var cells: Int

    var counts: [StageRecord.Count] {
        [
            .init(name: "moran_cells", value: cells),
            .init(
                name: "moran_violence_high_dryness_high",
                value: violenceAmongDryness.count(.highHigh)),
            .init(
                name: "moran_dryness_high_violence_high",
                value: drynessAmongViolence.count(.highHigh)),
        ]
    }
}

extension RelationStage {
    /// nil when it is not asked for.
    ///
    /// - Parameter vci: in percent.
    func moran(_ incidents: [Incident], vci: RasterReference) throws -> RelationMoran? {
        let configuration = hotspots.configuration
        guard let section = configuration.moran else { return nil }
        let field = try hotspots.field(of: incidents)
        let spec = field.area.spec
        let window = TimeWindow(days: configuration.window.count, endingOn: hotspots.asOf)
        let mass = try MassGrid(of: field.placed(in: window).map(\.weighted), on: spec)
        let found = try localMoranInBothDirections(
            of: field.masses(mass.units), and: DrynessSampling(vci: vci).dryness(on: spec),
            neighbourhood: .queen, options: section.options, threads: threads)
        return RelationMoran(
            violenceAmongDryness: MoranMap(found.firstAroundSecond, on: spec, section),
            drynessAmongViolence: MoranMap(found.secondAroundFirst, on: spec, section),
            window: window, area: field.area, cells: found.firstAroundSecond.count)
    }
}

/// Publishes the maps of violence among dryness and of dryness among
/// violence.
struct RelationMoranPublisher {
    let result: RelationMoran
    let configuration: HotspotsConfiguration
    let section: LocalMoranConfiguration
    /// Of the vegetation; nil when it is not known.
    let composite: CalendarDate?
    /// In longitude and latitude, for orientation.
    let borders: [MultiPolygon]
    let caption: RunCaption
    let credits: [SourceCredit]

    func items(folder: URL) throws -> [RasterPublisher.Item] {
        let date = composite.map { " of \($0)" } ?? ""
        let subject = "Incidents of \(result.window); dryness is 100 - VCI\(date), without lag"
        let metadata =
            [("WINDOW", "\(result.window)"), ("LAG", "0: the composite of the as-of date")]
            + (composite.map { [("COMPOSITE", "\($0)")] } ?? [])
        let maps = [
            (result.violenceAmongDryness, "violence", "dryness"),
            (result.drynessAmongViolence, "dryness", "violence"),
        ]
        return try maps.map { map, own, other in
            try MoranRaster(
                path: "relation/moran_\(own)_among_\(other).tif",
                title: "\(own.capitalized) among \(other): one here, the other around (local Moran's I)",
                table: .localMoran(title: "\(own.capitalized) among \(other)"),
                subject: subject, metadata: metadata
            ).item(
                map, configuration, section, caption: caption, credits: credits,
                area: result.area, borders: borders, folder: folder)
        }
    }
}
