import Bases
import GridCore
import Tables

/// What each closing would lose, settlement by settlement and pair by pair:
/// restricted only.
struct LossTables {
    let study: TravelStudy
    let profile: TravelProfileChoice
    let edition: Edition

    private var model: TravelModel { study.model }

    /// Settlements that lose their last or their second base, for each base.
    func settlements() throws -> CSVTable {
        var table = CSVTable(columns: [
            .init("base_id", .string, "Base that would close"),
            .init("season", .string, "dry or wet"),
            .init("T_min", .number, unit: "minutes", "Travel time up to which a place is reached"),
            .init("settlement_id", .string, "Identifier of the settlement"),
            .init("settlement", .string, "Its name"),
            .init("population", .integer, unit: "persons", "People who live there"),
            .init("sector", .string, "Sector of the settlement"),
            .init("loses", .string, "last cover, or backup"),
            .init("minutes_before", .number, unit: "minutes", decimals: 1, "To the nearest base"),
            .init("minutes_after", .number, unit: "minutes", decimals: 1, "Without it; empty: unreachable"),
            .init("nearest_after", .string, "Base that is nearest then"),
            Edition.column,
        ])
        for season in [TravelSeason.dry, .wet] {
            let analysis = try study.analysis(season, profile)
            for base in model.bases.indices {
                let loss = analysis.ledger.bases[base].limits[model.mainLimit]
                let lists = [
                    ("last cover", loss.settlementsLosingCover),
                    ("backup", loss.settlementsLosingBackup),
                ]
                for (what, indices) in lists {
                    for index in indices { table.append(row(base, index, what, analysis)) }
                }
            }
        }
        return table
    }

    private func row(
        _ base: Int, _ index: Int, _ what: String, _ analysis: CoverageAnalysis
    ) -> [Cell] {
        let record = model.inputs.settlements[index]
        let place = analysis.scene.demand.settlements[index]
        let times = analysis.scene.times
        var before = Double.infinity
        var after = Double.infinity
        var next: Int?
        if let cell = place.cell {
            let first = times.firstBase.withCells { Int($0[cell]) }
            let second = times.secondBase.withCells { $0[cell] }
            before = times.firstMinutes.withCells { $0[cell] }
            let later = times.secondMinutes.withCells { $0[cell] }
            // Who loses a backup may keep the nearest base.
            after = first == base ? later : before
            next = first == base ? (second == TravelTimes.noBase ? nil : Int(second)) : first
        }
        return [
            .text(model.bases[base].id), .text(analysis.scene.season.rawValue),
            .number(model.limits[model.mainLimit]), .text(record.id), .text(record.name),
            .optional(record.population),
            .optional(place.sector.map { model.inputs.sectors.zones[$0].id }), .text(what),
            .number(before), .number(after), .optional(next.map { model.bases[$0].id }),
            edition.cell,
        ]
    }

    /// Pairs of closures that lose together what neither loses alone.
    func pairs() throws -> CSVTable {
        var table = CSVTable(columns: [
            .init("base_a", .string, "One base"), .init("base_b", .string, "The other"),
            .init("season", .string, "dry or wet"),
            .init("T_min", .number, unit: "minutes", "Travel time up to which a place is reached"),
            .init("pop_loss_a", .number, unit: "persons", decimals: 0, "Lost when a closes alone"),
            .init("pop_loss_b", .number, unit: "persons", decimals: 0, "Lost when b closes alone"),
            .init("pop_loss_together", .number, unit: "persons", decimals: 0, "Lost when both close"),
            .init(
                "pop_domino", .number, unit: "persons", decimals: 0,
                "Together less alone: the hole that the two open"),
            .init("settlements", .integer, "Settlements in that hole"),
            .init("largest_settlement", .string, "The largest of them"),
            .init("hotspot_km2_domino", .number, unit: "km2", decimals: 3, "Hotspot area in that hole"),
            .init(
                "harmless_alone", .boolean,
                "Neither alone loses 0.5 % of the people, and the hole has more than that"),
            Edition.column,
        ])
        let limit = model.limits[model.mainLimit]
        for season in [TravelSeason.dry, .wet] {
            let analysis = try study.analysis(season, profile)
            let sets = ReachSets(
                try analysis.scene.reach(withinMinutes: limit), limitInMinutes: limit,
                cellCount: model.spec.shape.count)
            let losses = ClosureLosses(demand: analysis.scene.demand, reach: sets)
            let small = VerdictRules.standard.closingPopulationShare
                * analysis.report.total.all.people
            for pair in losses.pairs {
                let (a, b) = (losses.alone[pair.first].people, losses.alone[pair.second].people)
                table.append([
                    .text(model.bases[pair.first].id), .text(model.bases[pair.second].id),
                    .text(season.rawValue), .number(limit), .number(a), .number(b),
                    .number(pair.together.people), .number(pair.domino.people),
                    .integer(pair.settlements.count),
                    .optional(pair.settlements.first.map { model.inputs.settlements[$0].name }),
                    .number(pair.domino.hotspotSquareMeters / 1e6),
                    .boolean(a < small && b < small && pair.domino.people > small), edition.cell,
                ])
            }
        }
        return table
    }
}
