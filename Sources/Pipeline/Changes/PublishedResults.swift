import Calendar
import Diagnostics
import Tables

/// What a comparison needs of one run, read from its files alone.
public struct PublishedResults: Sendable {
    let run: RunFolder
    let manifest: Manifest
    let stages: [PublishedManifest.Stage]
    let sectors: FigureTable?
    let districts: FigureTable?
    let livelihoodZones: FigureTable?
    /// Classes by indicators, of each set of zones that the run has.
    let indicators: [ZoneKind: FigureTable]
    let bases: FigureTable?
    /// Verdicts on bases.
    let transfers: FigureTable?
    let hotspots: [PublishedHotspot]?
    let index: EventIndex?

    /// Of a published run.
    ///
    /// - Throws: `PublishError` of kind `runMissing` or `runDamaged`.
    public init(of run: RunFolder) throws(PublishError) {
        try self.init(of: run, manifest: try ManifestReader.manifest(of: run))
    }

    /// Of a run whose manifest is not written yet.
    ///
    /// - Throws: `PublishError` of kind `runDamaged`.
    init(of run: RunFolder, manifest: PublishedManifest) throws(PublishError) {
        self.run = run
        self.manifest = manifest.manifest
        stages = manifest.stages
        sectors = try FigureTable.read("sectors.csv", id: "sector_id", of: run)
        districts = try FigureTable.read("districts.csv", id: "district_id", of: run)
        livelihoodZones = try FigureTable.read(
            "livelihood_zones.csv", id: "livelihood_zone_id", of: run)
        var indicators: [ZoneKind: FigureTable] = [:]
        for kind in ZoneKind.allCases {
            indicators[kind] = try FigureTable.read(
                IndicatorClasses.path, id: "zone_id", where: ("zone_kind", kind.rawValue), of: run)
        }
        self.indicators = indicators
        bases = try FigureTable.read("bases.csv", id: "base_id", of: run)
        transfers = try FigureTable.read("transfer/base_transfer.csv", id: "base_id", of: run)
        hotspots = try PublishedHotspot.read(from: run)
        index = try EventIndex.read(from: run)
    }

    /// The table of a set of zones; nil when the run has none.
    func zones(_ kind: ZoneKind) -> FigureTable? {
        switch kind {
        case .sector: sectors
        case .district: districts
        case .livelihoodZone: livelihoodZones
        }
    }

    var asOf: CalendarDate { manifest.asOf }

    /// The days that incidents are counted over; nil without incidents.
    var window: TimeWindow? {
        guard let first = date("window_first"), let last = date("window_last"), first <= last
        else { return nil }
        return TimeWindow(days: last.days(since: first) + 1, endingOn: last)
    }

    /// First day of the composite used; nil without drought.
    var composite: CalendarDate? { date("composite") }

    private func date(_ column: String) -> CalendarDate? {
        guard let sectors, let row = sectors.rows.first else { return nil }
        return sectors.text(column, of: row).flatMap { CalendarDate(iso: $0) }
    }
}
