import Diagnostics
import GridCore
import Incidents
import Tables

/// Places to which a source has put what it could locate to a region or a
/// country only.
struct PileUpTable {
    let pileUps: [PileUp]
    /// Number of incidents that were looked at.
    let incidents: Int

    static let path = "incidents/pile_ups.csv"

    /// - Parameter weight: of one incident.
    init(_ incidents: [Incident], weight: (Incident) -> Double) {
        self.incidents = incidents.count
        pileUps = PileUp.find(incidents, weight: weight)
    }

    var table: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for pileUp in pileUps {
            table.append([
                .optional(pileUp.place), .number(pileUp.coordinate.longitude),
                .number(pileUp.coordinate.latitude), .optional(pileUp.country),
                .optional(pileUp.admin1), .optional(pileUp.admin2), .integer(pileUp.incidents),
                .integer(pileUp.coarseIncidents), .number(100 * pileUp.coarseShare),
                .number(100 * pileUp.divisionShare),
                .text(pileUp.reasons.map(\.rawValue).joined(separator: "; ")),
            ])
        }
        return table
    }

    /// Says that there are such places; nil when there is none.
    ///
    /// - Parameter policy: what is done about them on the grids.
    func warning(_ policy: IncidentPrecisionChoice) -> Warning? {
        guard let first = pileUps.first else { return nil }
        let coarse = pileUps.reduce(0) { $0 + $1.coarseIncidents }
        let share = 100 * Double(coarse) / Double(max(1, incidents))
        let what =
            switch policy {
            case .keep: "a hotspot there may be one of the coding; `precision: spread` avoids it"
            case .drop: "`precision: drop` keeps them off the grids"
            case .spread: "`precision: spread` spreads them over their sectors"
            }
        return Warning(
            "pile-ups",
            "\(coarse) incidents (\(DecimalText.fixed(share, decimals: 1) ?? "0") % of all) known to a "
                + "region or country only stand at \(pileUps.count) "
                + "place\(pileUps.count == 1 ? "" : "s"), most at "
                + "\(TerminalText.excerpt(first.place ?? "an unnamed place")) "
                + "(\(first.coarseIncidents)); \(what). incidents/pile_ups.csv lists them")
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription(
            "place", .string,
            "Name that most incidents there have in the source; empty when none has one"),
        ColumnDescription(
            "longitude", .number, unit: "degrees", decimals: 4,
            "Where the source has put them"),
        ColumnDescription(
            "latitude", .number, unit: "degrees", decimals: 4,
            "Where the source has put them"),
        ColumnDescription(
            "country", .string,
            "As most of the incidents have it"),
        ColumnDescription(
            "admin1", .string,
            "First-level division, as most of the incidents have it"),
        ColumnDescription(
            "admin2", .string,
            "Second-level division, as most of the incidents have it"),
        ColumnDescription(
            "incidents", .integer,
            "Used incidents of all days at this position"),
        ColumnDescription(
            "coarse_incidents", .integer,
            "Of these, those known to a region, a line or a country only"),
        ColumnDescription(
            "coarse_pct", .number, unit: "%", decimals: 1,
            "Their share of the weight at this position"),
        ColumnDescription(
            "division_pct", .number, unit: "%", decimals: 1,
            "Their share of the incidents of such precision in their first-level division"),
        ColumnDescription(
            "reasons", .string,
            "coarse-majority: coarse_pct is above 50; shared-point: division_pct is"),
    ]
}
