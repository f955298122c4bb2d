import Foundation
import TestSupport
import Testing

/// What was planted of bases, roads, rivers and evidence is found in the run
/// on the sample country.
@Suite struct PlantedTransferTests {
    private func planted() throws -> Truth.Transfer { try Truth.read().transfer }

    private func bases() throws -> [String: [String: String]] {
        let rows = try SharedRuns.korsavel.get().table("transfer/base_transfer.csv").rows
        return Dictionary(
            rows.map { ($0["base_id"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("Every base has the verdict that was planted, for the gates that were planted")
    func verdicts() throws {
        let truth = try planted()
        let rows = try bases()
        #expect(rows.count == truth.gates.count)
        for (id, verdict) in truth.expectedVerdicts {
            #expect(rows[id]?["verdict"] == verdict, "\(id)")
        }
        for (id, gates) in truth.gates {
            let row = try #require(rows[id])
            #expect(row["failing_gates"] == gates.failing.joined(separator: " "), "\(id)")
            #expect(row["unknown_gates"] == gates.unknown.joined(separator: " "), "\(id)")
            for gate in gates.failing { #expect(row[gate.lowercased()] == "fail", "\(id) \(gate)") }
        }
    }

    @Test("Routes to bases take the planted minutes, and the one between rivers is cut when wet")
    func routes() throws {
        let truth = try planted()
        let rows = try bases()
        let expected = [
            (truth.singleBridge.base, truth.singleBridge.hubMinutes),
            (truth.cutOffWhenWet.base, truth.cutOffWhenWet.hubMinutes),
        ]
        for (id, minutes) in expected {
            let row = try #require(rows[id])
            let seasons = [
                ("route_min_dry", minutes.dry), ("route_min_wet", minutes.wet),
                ("route_min_flood", minutes.flood),
            ]
            for (column, minutes) in seasons {
                guard let minutes else {
                    #expect(row[column] == "", "\(id) \(column)")
                    continue
                }
                let found = try row.number(column)
                #expect(
                    abs(found / minutes - 1) <= truth.minutesDifferByShareAtMost,
                    "\(id) \(column): \(found), planted \(minutes)")
            }
        }
        let cut = try #require(rows[truth.cutOffWhenWet.base])
        #expect(cut["cut_off_months"] == "4 5 10 11")
    }

    /// The generator's search knows no slowing by slopes.
    private static let lossTolerance = 0.012

    @Test("Closing loses the shares of people that were planted")
    func losses() throws {
        let truth = try planted()
        let rows = try bases()
        for planted in [truth.closeCandidate, truth.losesLastCover, truth.importantAndReady] {
            let row = try #require(rows[planted.base])
            let loss = row["season"] == "dry" ? planted.loss.dry : planted.loss.wet
            let share = try row.number("pop_loss") / truth.peopleTotal
            #expect(abs(share - loss.share) < Self.lossTolerance, "\(planted.base): \(share)")
            #expect(Int(row["settlements_lost"] ?? "") == loss.settlements, "\(planted.base)")
        }
    }

    @Test("The seam that nobody reaches is found, and no other has hotspots beyond reach")
    func seam() throws {
        let truth = try planted()
        let rows = try SharedRuns.korsavel.get().table("coverage/seam_gaps.csv").rows
            .filter { $0["profile"] == "physical" && $0["season"] == "wet" && $0["T_min"] == "120" }
        let name = truth.seamGap.pair.joined(separator: "-")
        let gaps = try rows.filter { $0["zone_km2"] != "" }.map {
            ($0["seam"] ?? "", try $0.number("gap_km2"))
        }
        #expect(gaps.max { $0.1 < $1.1 }?.0 == name)
        #expect(gaps.filter { $0.1 > 1 }.map(\.0) == [name])
    }

    @Test("Sectors and what lies outside them add up to the total, in every table row")
    func addsUp() throws {
        let rows = try SharedRuns.korsavel.get().table("coverage/sector_coverage.csv").rows
        let groups = Dictionary(grouping: rows) {
            [$0["profile"], $0["season"], $0["T_min"]].compactMap { $0 }.joined(separator: " ")
        }
        #expect(groups.count == 12)
        for (group, rows) in groups {
            for column in ["pop_total", "pop_covered", "incidents_w", "hotspot_km2_covered"] {
                let parts = try rows.filter { $0["zone_id"] != "total" }
                    .reduce(0) { $0 + (try $1.number(column)) }
                let total = try #require(rows.first { $0["zone_id"] == "total" }).number(column)
                // Printed digits round, seven of them.
                #expect(abs(parts - total) <= 4, "\(group) \(column): \(parts) and \(total)")
            }
        }
    }

    @Test("The plan in the summary is the one of the schedule, is optimal and leaves enough bases")
    func schedule() throws {
        struct Summary: Decodable {
            struct Decision: Decodable {
                var base: String
                var action: String
                var phase: Int?
            }
            var status: String
            var value: Double
            var bound: Double
            var plan: [Decision]
        }
        let run = try SharedRuns.korsavel.get()
        let summary = try run.json("transfer/schedule_summary.json", as: Summary.self)
        #expect(summary.status == "optimal")
        #expect(summary.value == summary.bound)
        let leaving = summary.plan.filter { $0.action != "keep" }
        #expect(leaving.count >= 4)
        let rows = try run.table("transfer/schedule.csv").rows.filter { $0["base_id"] != "" }
        #expect(rows.count == leaving.count)
        for row in rows {
            let decision = try #require(leaving.first { $0.base == row["base_id"] })
            #expect(row["action"] == decision.action)
            #expect(Int(row["phase"] ?? "") == decision.phase)
        }
        let ready = try bases().filter { $0.value["verdict"] == "TRANSFER_READY" }.keys
        let dated = try bases().filter { $0.value["failing_gates"] == "G2" }.keys
        for decision in leaving where decision.action == "hand-over" {
            #expect(ready.contains(decision.base) || dated.contains(decision.base))
        }
        let watched = try run.table("transfer/watchlist.csv").rows
        #expect(watched.count == 3 * leaving.count)
    }

    @Test("The plan of the run is accepted by the checker, and refused with a base handed over that is not ready")
    func checkPlan() throws {
        let run = try SharedRuns.korsavel.get()
        let data = try run.data("transfer/schedule_plan.json")
        let path = run.root.appendingPathComponent("latest/transfer/schedule_plan.json").path
        let good = try JilaalProcess.run(["check-plan", path])
        #expect(good.exitCode == 0 && good.standardOutput.contains("obeys all rules"))
        var file = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any])
        var plan = try #require(file["plan"] as? [String: Any])
        var decisions = try #require(plan["decisions"] as? [[String: Any]])
        let bases = try #require(file["bases"] as? [String])
        let weak = try #require(bases.firstIndex(of: try planted().losesLastCover.base))
        decisions[weak] = ["action": "hand-over", "phase": 0]
        plan["decisions"] = decisions
        file["plan"] = plan
        let changed = try Scratch.folder().appendingPathComponent("plan.json")
        try JSONSerialization.data(withJSONObject: file).write(to: changed)
        let bad = try JilaalProcess.run(["check-plan", changed.path])
        #expect(bad.exitCode == 2)
        #expect(bad.standardOutput.contains("\(bases[weak]) must stay"))
    }

    @Test("What if a base closes: the loss of the one sweep is what is said")
    func whatIf() throws {
        let truth = try planted().losesLastCover
        let result = try JilaalProcess.run([
            "what-if", "sample-data/pipeline.yaml", "--close", truth.base, "--json",
        ])
        #expect(result.exitCode == 0, "\(result.standardError)")
        struct Answer: Decodable {
            struct Sector: Decodable {
                var zone_id: String
                var season: String
                var pop_change: Double
            }
            struct Settlement: Decodable {
                var season: String
                var change: String
            }
            var edition: String
            var sectors: [Sector]
            var settlements: [Settlement]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(result.standardOutput.utf8))
        #expect(answer.edition == "restricted")
        let row = try #require(try bases()[truth.base])
        let season = row["season"] ?? ""
        let total = answer.sectors.first { $0.zone_id == "total" && $0.season == season }
        #expect(try abs((total?.pop_change ?? 0) + row.number("pop_loss")) <= 1)
        let lost = answer.settlements.filter {
            $0.season == season && $0.change == "loses its last cover"
        }
        #expect(lost.count == Int(row["settlements_lost"] ?? ""))
    }
}
