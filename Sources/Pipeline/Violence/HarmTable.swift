import Incidents
import Tables

/// Who was involved in harm: the incidents of the window by class of actor,
/// for all, for each sector and for what lies in none.
struct HarmTable {
    let collection: IncidentCollection
    let sectors: ZoneSet
    let window: TimeWindow

    static let path = "incidents/harm.csv"
    /// Stands for every class, each incident once.
    private static let all = "all"

    var table: CSVTable {
        let incidents = collection.incidents.filter { window.contains($0.dateEnd) }
        var inside: [[Incident]] = Array(repeating: [], count: sectors.zones.count)
        var outside: [Incident] = []
        for incident in incidents {
            let zone = incident.isPlaced ? sectors.index(containing: incident.coordinate) : nil
            if let zone { inside[zone].append(incident) } else { outside.append(incident) }
        }
        var table = CSVTable(columns: Self.columns)
        append("total", nil, HarmTally(incidents), to: &table)
        for (zone, members) in zip(sectors.zones, inside) {
            append("sector", zone.id, HarmTally(members), to: &table)
        }
        append("outside", nil, HarmTally(outside), to: &table)
        return table
    }

    private func append(
        _ scope: String, _ sector: String?, _ tally: HarmTally, to table: inout CSVTable
    ) {
        table.append(Self.row(scope, sector, Self.all, tally.all, isUnarmed: false))
        for actorClass in tally.classes {
            table.append(
                Self.row(
                    scope, sector, actorClass.rawValue, tally[actorClass],
                    isUnarmed: actorClass.isUnarmed))
        }
    }

    private static func row(
        _ scope: String, _ sector: String?, _ actors: String, _ count: HarmCount, isUnarmed: Bool
    ) -> [Cell] {
        [
            .text(scope), .optional(sector), .text(actors), .integer(count.incidents),
            .integer(count.deathsLow), .integer(count.deaths), .integer(count.deathsHigh),
            .integer(count.civilianIncidents), .integer(count.civilianDeaths),
            isUnarmed ? .missing : .integer(count.soleCivilianIncidents),
            isUnarmed ? .missing : .integer(count.soleCivilianDeaths),
        ]
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription(
            "scope", .string,
            "total; sector; outside: in no sector, or known to a country only"),
        ColumnDescription(
            "sector_id", .string,
            "Identifier of the sector; empty but for scope sector"),
        ColumnDescription(
            "actor_class", .string,
            "Class of actor on any side, by the source's codes and names; all: each incident once. "
                + "Classes overlap and do not add up"),
        ColumnDescription(
            "incidents", .integer,
            "Incidents of the window in which the class was involved; that says nothing of who "
                + "began"),
        ColumnDescription(
            "deaths_low", .integer, unit: "persons",
            "All killed in them, low estimates; the best where a source has no range"),
        ColumnDescription(
            "deaths", .integer, unit: "persons",
            "The same, best estimates"),
        ColumnDescription(
            "deaths_high", .integer, unit: "persons",
            "The same, high estimates; the best where a source has no range"),
        ColumnDescription(
            "civilian_incidents", .integer,
            "Of these incidents those that targeted civilians or killed some, the class not being "
                + "beside the civilians"),
        ColumnDescription(
            "civilian_deaths", .integer, unit: "persons",
            "Civilians killed in those, where the source says"),
        ColumnDescription(
            "sole_civilian_incidents", .integer,
            "Of civilian_incidents those in which no other class bore arms; empty for the unarmed"),
        ColumnDescription(
            "sole_civilian_deaths", .integer, unit: "persons",
            "Civilians killed in those, where the source says; empty for the unarmed"),
    ]
}
