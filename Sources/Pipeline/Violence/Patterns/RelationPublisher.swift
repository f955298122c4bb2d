import Hotspots
import Tables

/// Publishes the relation of drought and violence.
struct RelationPublisher {
    let result: RelationResult
    let section: RelationConfiguration
    let sectors: ZoneSet
    let credits: [SourceCredit]
    let sink: OutputSink

    func write() throws {
        var table = CSVTable(columns: Self.columns)
        for row in result.rows { table.append(cells(of: row)) }
        try sink.write(
            table, to: "relation/relation.csv", title: "Drought and violence by sector and lag",
            description: description, sources: credits.map(\.dictionarySource))
    }

    private var description: String {
        guard let first = result.months.first, let last = result.months.last else {
            return "No whole month has vegetation."
        }
        return "Months \(first.year)-\(first.period) to \(last.year)-\(last.period); dry: mean VCI "
            + "below \(Decimal.text(section.dryBelow)) %. An association, not a cause: both may "
            + "follow from something else, and records of violence are never complete. Intervals "
            + "of 95 % by drawing whole years \(section.replicates) times."
    }

    private func cells(of row: RelationRow) -> [Cell] {
        let sector = row.zone.flatMap { id in sectors.zones.firstIndex { $0.id == id } }
        func estimate(_ estimate: RelationEstimate?) -> [Cell] {
            [.optional(estimate?.value), .optional(estimate?.lower), .optional(estimate?.upper)]
        }
        let sum = { (counts: [Int]) in
            sector.map { counts[$0] } ?? counts.reduce(0, +)
        }
        return [
            .text(row.zone ?? "all"),
            .text(sector.map { sectors.zones[$0].name } ?? "All sectors together"),
            .integer(row.lag), .integer(row.pairs), .integer(row.years),
            .integer(sum(result.seenMonths)), .integer(sum(result.dryMonths)),
            .integer(sum(result.hotMonths)),
        ] + estimate(row.spearman) + estimate(row.pearson)
            + [.optional(row.table?.dryHot)] + estimate(row.lift) + estimate(row.logOddsRatio)
            + [.text(row.verdict.rawValue)]
    }

    private static func interval(
        _ name: String, _ text: String, none: String
    ) -> [ColumnDescription] {
        [
            ColumnDescription(name, .number, decimals: 4, "\(text); \(none) means no relation"),
            ColumnDescription("\(name)_low", .number, decimals: 4, "Lower end of its 95 % interval"),
            ColumnDescription("\(name)_high", .number, decimals: 4, "Upper end of its 95 % interval"),
        ]
    }

    private static let columns: [ColumnDescription] =
        [
            ColumnDescription("sector", .string, "Identifier; all: all sectors together"),
            ColumnDescription("name", .string, "Name"),
            ColumnDescription("lag_months", .integer, unit: "months", "By which drought leads"),
            ColumnDescription("months", .integer, "Pairs of months that are compared"),
            ColumnDescription("years", .integer, "Years that they lie in"),
            ColumnDescription("months_seen", .integer, "Months with a VCI"),
            ColumnDescription("months_dry", .integer, "Of those, dry ones"),
            ColumnDescription("months_hot", .integer, "Months with a hot cell in the sector"),
        ]
        + interval(
            "spearman",
            "Rank correlation of dryness and events, each less its mean of the calendar month",
            none: "0")
        + interval("pearson", "Linear correlation of the same", none: "0")
        + [ColumnDescription("dry_and_hot", .integer, "Hot months after a dry one")]
        + interval("lift", "Share of hot months after dry ones over that of all", none: "1")
        + interval("log_odds_ratio", "Log odds ratio of hot given dry", none: "0")
        + [
            ColumnDescription(
                "verdict", .string,
                "By the interval of the log odds ratio: more when dry, less when dry, interval "
                    + "includes none, or too few. Of twenty such intervals one excludes none by "
                    + "chance")
        ]
}

extension RelationResult {
    /// What the terminal says.
    var summary: [String] {
        let pooled = rows.filter { $0.zone == nil }
        guard !pooled.isEmpty else { return ["Drought and violence: no month to compare"] }
        let notable = pooled.filter { $0.verdict == .moreWhenDry || $0.verdict == .lessWhenDry }
        guard let first = notable.first else {
            let isShort = pooled.allSatisfy { $0.verdict == .tooFew }
            return [
                "Drought and violence: "
                    + (isShort
                        ? "too few months for a verdict"
                        : "no association beyond chance at any lag (relation/relation.csv)")
            ]
        }
        let isMixed = notable.contains { $0.verdict != first.verdict }
        let words = isMixed ? "more or less when dry" : first.verdict.rawValue
        return [
            "Drought and violence: \(words) at \(notable.count) of \(pooled.count) lags ("
                + notable.map { "\($0.lag)" }.joined(separator: ", ")
                + " months); an association that chance makes too, not a cause "
                + "(relation/relation.csv)"
        ]
    }
}
