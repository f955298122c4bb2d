import Bases
import GridCore
import Tables

/// The rows on bases, for planners: restricted only.
struct TransferTables {
    let transfer: TransferStudy
    let schedule: TransferSchedule?
    let edition: Edition
    let caption: RunCaption

    private var model: TravelModel { transfer.model }

    /// Names of places listed in one cell; the rest is a count.
    private static let namesShown = 20

    private static let columns: [ColumnDescription] =
        identityColumns + lossColumns + supplyColumns + gateColumns + endColumns

    private static let identityColumns: [ColumnDescription] = [
        .init("base_id", .string, "Identifier of the base"),
        .init("name", .string, "Name of the base"),
        .init("longitude", .number, unit: "degrees", decimals: 6, "WGS 84"),
        .init("latitude", .number, unit: "degrees", decimals: 6, "WGS 84"),
        .init("sector", .string, "Sector; none when it lies in none"),
        .init("tcc", .string, "Contingent"),
        .init("status", .string, "As given"),
        .init("verdict", .string, "See docs/transfer.md"),
        .init("reasons", .string, "Why, as words"),
        .init(
            "robust_share", .number, decimals: 3,
            "Share of the drawn weight settings with the same verdict"),
        .init(
            "scenario_share", .number, decimals: 3,
            "Share of the other assumptions with the same verdict"),
        .init("scenario_changes", .string, "Assumptions that change it, and to what"),
        .init("importance", .number, decimals: 5, "Weighted share of all that is protected"),
        .init("rank", .integer, "By importance; 1 is the most important"),
        .init("rank_min", .integer, "Over the drawn weight settings"),
        .init("rank_max", .integer, "Over the drawn weight settings"),
    ]
    private static let lossColumns: [ColumnDescription] = [
        .init("T_min", .number, unit: "minutes", "Travel time that cover is measured with"),
        .init("season", .string, "Season in which closing loses more people; the figures are its"),
        .init("pop_loss", .number, unit: "persons", decimals: 0, "People who lose cover if it closes"),
        .init("settlements_lost", .integer, "Settlements that lose their last cover"),
        .init("settlements_lost_names", .string, "Their names, most people first"),
        .init(
            "delay_person_min", .number, unit: "person minutes", decimals: 0,
            "Minutes added, times people; a time counts up to twice the largest limit"),
        .init(
            "backup_lost_pop", .number, unit: "persons", decimals: 0,
            "People who keep cover and lose a second base"),
        .init(
            "hotspot_loss_km2", .number, unit: "km2", decimals: 3, "Hotspot area that loses cover"),
        .init(
            "seam_growth_km2", .number, unit: "km2", decimals: 3,
            "Hotspot area that gaps of seams grow by"),
    ]
    private static let supplyColumns: [ColumnDescription] = [
        .init("hub", .string, "Hub that supplies it"),
        .init("exposure", .number, decimals: 4, "Incidents near the route, weighted by age"),
        .init("exposure_per_km", .number, decimals: 5, "Exposure over the length"),
        .init("imprecise_share", .number, decimals: 3, "Share of them placed less exactly than the buffer"),
        .init("route_km", .number, unit: "km", decimals: 1, "Length of the route"),
        .init("route_min_dry", .number, unit: "minutes", decimals: 1, "Empty: cut"),
        .init("route_min_wet", .number, unit: "minutes", decimals: 1, "Empty: cut"),
        .init("route_min_flood", .number, unit: "minutes", decimals: 1, "Empty: cut"),
        .init("cut_off_months", .string, "Months (1 to 12) without a route"),
        .init(
            "detour_ratio", .number, decimals: 3,
            "Time around the most exposed 10 km over that of the route; empty: no way around, or none exposed"),
        .init("single_route", .boolean, "No way around the most exposed 10 km; empty: none exposed"),
        .init("dependants", .string, "Bases supplied past it, which must leave first"),
    ]
    private static let gateColumns: [ColumnDescription] = Gate.allCases.flatMap { gate in
        [
            ColumnDescription(
                gate.code.lowercased(), .string, "\(gate.label): pass, fail or unknown"),
            ColumnDescription("\(gate.code.lowercased())_value", .string, "Value on record"),
            ColumnDescription(
                "\(gate.code.lowercased())_as_of", .date, "Oldest record that it rests on"),
        ]
    }
    private static let endColumns: [ColumnDescription] = [
        .init("failing_gates", .string, "Gates that fail"),
        .init("unknown_gates", .string, "Gates that are unknown; unknown never passes"),
        .init("readiness", .number, decimals: 3, "Mean of the known ratios; no gate"),
        .init("flip_text", .string, "The smallest change that turns the verdict"),
        .init("phase", .string, "Phase in which the mission leaves; keep when it stays"),
        .init("explanation", .string, "One paragraph, made from this row"),
        Edition.column,
    ]

    func bases() -> (table: CSVTable, features: [GeoJSONFeature]) {
        var table = CSVTable(columns: Self.columns)
        var features: [GeoJSONFeature] = []
        for (index, row) in transfer.rows.enumerated() {
            let cells = identity(row, index) + losses(row) + supply(row) + gates(row)
                + end(row, index)
            table.append(cells)
            features.append(
                GeoJSONFeature(
                    id: row.identity.id, geometry: .point(model.bases[index].coordinate),
                    properties: TableJSON.members(Self.columns, cells, caption)))
        }
        return (table, features)
    }

    private func identity(_ row: BaseRow, _ index: Int) -> [Cell] {
        let base = model.bases[index]
        let scenario = transfer.scenarios[index]
        return [
            .text(row.identity.id), .text(row.identity.name),
            .number(base.coordinate.longitude), .number(base.coordinate.latitude),
            .text(row.identity.sector ?? "none"), .optional(row.identity.contingent),
            .text(row.identity.status), .text(row.verdict.rawValue),
            .text(row.reasons.map(\.code).joined(separator: " ")),
            .optional(row.ranking.robustShare), .optional(scenario.unchangedShare),
            .optional(
                scenario.changes.isEmpty
                    ? nil
                    : scenario.changes.map { "\($0.name): \($0.verdict.rawValue)" }
                        .joined(separator: "; ")),
            .number(row.ranking.importance), .integer(row.ranking.rank),
            .integer(row.ranking.rankMinimum), .integer(row.ranking.rankMaximum),
        ]
    }

    private func losses(_ row: BaseRow) -> [Cell] {
        let losses = row.losses
        let names = losses.settlements.map(\.name)
        var listed = names.prefix(Self.namesShown).joined(separator: "; ")
        if names.count > Self.namesShown { listed += "; and \(names.count - Self.namesShown) more" }
        return [
            .number(losses.limitInMinutes), .text(losses.season), .number(losses.population),
            .integer(names.count), .optional(names.isEmpty ? nil : listed),
            .number(losses.delayPersonMinutes), .number(losses.backupPopulation),
            .number(losses.hotspotKm2), .number(losses.seamGrowthKm2),
        ]
    }

    private func supply(_ row: BaseRow) -> [Cell] {
        let route = row.supply
        let months = row.cutOffMonths.map(String.init).joined(separator: " ")
        let ratio = route.detourRatio.flatMap { $0 < .infinity ? $0 : nil }
        return [
            .optional(route.hub.map { model.movement.hubs[$0].id }), .optional(route.exposure),
            .optional(route.exposurePerKilometer), .optional(route.impreciseShare),
            .optional(route.kilometers), .number(route.minutes.dry), .number(route.minutes.wet),
            .number(route.minutes.flood), .optional(months.isEmpty ? nil : months),
            .optional(ratio), .optional(route.isSingleRoute),
            .optional(row.dependants.isEmpty ? nil : row.dependants.joined(separator: " ")),
        ]
    }

    private func gates(_ row: BaseRow) -> [Cell] {
        row.gates.flatMap { gate -> [Cell] in
            [.text(gate.state.rawValue), .text(gate.value), .optional(gate.asOf)]
        }
    }

    private func end(_ row: BaseRow, _ index: Int) -> [Cell] {
        let phase = schedule.map { plan -> String in
            plan.phase(of: index).map { "phase \($0 + 1)" } ?? "keep"
        }
        return [
            .optional(row.failingGates.isEmpty ? nil : row.failingGates.joined(separator: " ")),
            .optional(row.unknownGates.isEmpty ? nil : row.unknownGates.joined(separator: " ")),
            .optional(transfer.assessments[index].readiness.score), .text(row.flipText),
            .optional(phase), .text(row.explanation), edition.cell,
        ]
    }

    /// How far each weight can move with the same first ranks, and how alike
    /// the drawn rankings are.
    func stability() -> CSVTable {
        var table = CSVTable(columns: [
            .init("term", .string, "Part of the importance; all at the end"),
            .init("weight", .number, decimals: 4, "As used"),
            .init("lower", .number, decimals: 4, "Down to this, the others in proportion, the first ranks stay"),
            .init("upper", .number, decimals: 4, "Up to this"),
            .init("first_ranks", .integer, "How many ranks are meant"),
            .init("draws", .integer, "Random settings of the weights"),
            .init("mean_kendall_tau", .number, decimals: 4, "Between the ranking and the drawn ones; 1 is the same"),
            Edition.column,
        ])
        let stability = transfer.stability
        for interval in stability.intervals {
            table.append([
                .text(interval.term.label), .number(interval.weight), .number(interval.lower),
                .number(interval.upper), .integer(stability.rules.topCount), .missing, .missing,
                edition.cell,
            ])
        }
        table.append([
            .text("all"), .missing, .missing, .missing, .integer(stability.rules.topCount),
            .integer(stability.rules.draws), .optional(stability.meanKendallTau), edition.cell,
        ])
        return table
    }
}
