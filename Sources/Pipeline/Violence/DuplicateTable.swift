import Incidents
import Tables

/// Events that several sources have, each with what makes it so.
struct DuplicateTable {
    let collection: IncidentCollection

    static let path = "incidents/duplicates.csv"

    var table: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for duplicate in collection.duplicates {
            let likeness = duplicate.likeness
            table.append([
                .text(duplicate.keptFile), .integer(duplicate.kept.line),
                .text(duplicate.kept.key), .text(duplicate.otherFile),
                .integer(duplicate.other.line), .text(duplicate.other.key),
                .integer(likeness.daysApart), .number(likeness.kilometersApart),
                .integer(duplicate.kept.deaths.best), .integer(duplicate.other.deaths.best),
                .optional(likeness.actorSimilarity), .number(likeness.score),
                .text(collection.isMerged ? "merged" : "both-kept"),
                .text(likeness.explanation),
            ])
        }
        return table
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription(
            "file", .string,
            "File of the incident that is located better"),
        ColumnDescription(
            "line", .integer,
            "Its 1-based line, or number of the feature"),
        ColumnDescription(
            "key", .string,
            "Its identifier in its source"),
        ColumnDescription(
            "other_file", .string,
            "File of the other incident"),
        ColumnDescription(
            "other_line", .integer,
            "Its 1-based line, or number of the feature"),
        ColumnDescription(
            "other_key", .string,
            "Its identifier in its source"),
        ColumnDescription(
            "days_apart", .integer, unit: "days",
            "Between their days; 0 when they share one"),
        ColumnDescription(
            "km_apart", .number, unit: "km", decimals: 1,
            "Between their positions"),
        ColumnDescription(
            "deaths", .integer, unit: "persons",
            "Best estimate of the first"),
        ColumnDescription(
            "other_deaths", .integer, unit: "persons",
            "Best estimate of the other"),
        ColumnDescription(
            "actors", .number, decimals: 2,
            "Likeness of their actors, 0 to 1; empty when one source names nobody"),
        ColumnDescription(
            "score", .number, decimals: 2,
            "Likeness in all, 0 to 1; pairs from 0.7 on are listed"),
        ColumnDescription(
            "action", .string,
            "both-kept: both count; merged: the other is in the reject ledger as same-event"),
        ColumnDescription(
            "why", .string,
            "The same in words"),
    ]
}
