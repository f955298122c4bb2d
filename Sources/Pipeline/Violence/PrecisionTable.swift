import Hotspots
import Incidents
import Tables

/// How well places and dates of the window's incidents are known, and what
/// share of the weight rests on each grade.
struct PrecisionTable {
    let incidents: [Incident]
    let policy: IncidentPrecisionChoice
    /// Of one incident.
    let weight: (Incident) -> Double

    static let path = "incidents/precision.csv"

    var table: CSVTable {
        let total = incidents.reduce(0) { $0 + weight($1) }
        var table = CSVTable(columns: Self.columns)
        for grade in LocationGrade.allCases {
            append(
                "location", grade.rawValue, incidents.filter { $0.locationGrade == grade }, total,
                treatment(grade), to: &table)
        }
        for grade in TimeGrade.allCases {
            append(
                "time", grade.rawValue, incidents.filter { $0.timeGrade == grade }, total, nil,
                to: &table)
        }
        return table
    }

    private func append(
        _ item: String, _ grade: String, _ members: [Incident], _ total: Double,
        _ treatment: String?, to table: inout CSVTable
    ) {
        guard !members.isEmpty else { return }
        let mass = members.reduce(0) { $0 + weight($1) }
        table.append([
            .text(item), .text(grade), .integer(members.count),
            .integer(members.reduce(0) { $0 + $1.deaths.low }),
            .integer(members.reduce(0) { $0 + $1.deaths.best }),
            .integer(members.reduce(0) { $0 + $1.deaths.high }), .number(mass),
            total > 0 ? .number(100 * mass / total) : .missing, .optional(treatment),
        ])
    }

    /// What `IncidentPlacement` does with such an incident.
    private func treatment(_ grade: LocationGrade) -> String {
        switch (grade, policy) {
        case (.country, _), (.sea, _), (.district, .drop), (.region, .drop): "not on the grids"
        case (.near, .spread): "wider kernel"
        case (.district, .spread): "spread over its district"
        case (.region, .spread): "spread over its sector"
        default: "at its position"
        }
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription(
            "item", .string,
            "location or time"),
        ColumnDescription(
            "grade", .string,
            "How well it is known, the same words for every source, finest first"),
        ColumnDescription(
            "incidents", .integer,
            "Incidents of the window known so well"),
        ColumnDescription(
            "deaths_low", .integer, unit: "persons",
            "Killed in them, low estimates; the best where a source has no range"),
        ColumnDescription(
            "deaths", .integer, unit: "persons",
            "The same, best estimates"),
        ColumnDescription(
            "deaths_high", .integer, unit: "persons",
            "The same, high estimates; the best where a source has no range"),
        ColumnDescription(
            "mass", .number, decimals: 3,
            "Their weight on the grids, before it is spread, dropped or aged"),
        ColumnDescription(
            "mass_pct", .number, unit: "%", decimals: 1,
            "Its share of the weight of the window"),
        ColumnDescription(
            "treatment", .string,
            "What is done with such incidents on the grids; empty for time"),
    ]
}
