import Calendar
import GridCore
import Hotspots
import Incidents
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RelationStageTests {
    /// Four sectors in a row.
    private let sectors = ViolenceExample.zones(
        (0..<4).map { ViolenceExample.square(40 + Double($0), 41 + Double($0)) })
    private let section = RelationConfiguration(lags: 2, dryBelow: 35, replicates: 199, seed: 1)

    private func run(
        _ rows: [String], _ vegetation: [CompositeVCI], asOf: CalendarDate
    ) throws -> RelationResult {
        try RelationStage(
            section: section,
            hotspots: ViolenceExample.stage(
                ViolenceExample.hotspots(), sectors: sectors, asOf: asOf), threads: 1
        ).run(try ViolenceExample.incidents(rows, asOf: "\(asOf)"), vegetation) { _ in }
    }

    /// Random dry months of every sector, one composite a month.
    private func dryness(
        from first: CalendarDate, months: Int, seed: UInt64
    ) -> (isDry: [[Bool]], vegetation: [CompositeVCI]) {
        var random = SeededGenerator(seed: seed)
        let isDry = (0..<months).map { _ in
            sectors.zones.map { _ in Int.random(in: 0..<4, using: &random) == 0 }
        }
        let vegetation = isDry.enumerated().map { month, dry in
            CompositeVCI(
                date: first.adding(months: month).adding(days: 9),
                vci: dry.map { $0 ? 20 : 70 })
        }
        return (isDry, vegetation)
    }

    /// A dozen events at one place in the month after a dry one, and a few
    /// at random in all months.
    private func rows(following isDry: [[Bool]], from first: CalendarDate) -> [String] {
        var random = SeededGenerator(seed: 5)
        var rows: [String] = []
        for month in isDry.indices.dropFirst() {
            let start = first.adding(months: month)
            for sector in sectors.zones.indices {
                let west = 40 + Double(sector)
                for index in 0..<2 {
                    rows.append(
                        ViolenceExample.row(
                            "n\(month)-\(sector)-\(index)", start.adding(days: 3 * index),
                            west + Double.random(in: 0..<1, using: &random),
                            Double.random(in: 0..<1, using: &random)))
                }
                guard isDry[month - 1][sector] else { continue }
                for index in 0..<12 {
                    rows.append(
                        ViolenceExample.row(
                            "d\(month)-\(sector)-\(index)", start.adding(days: index), west + 0.5,
                            0.5))
                }
            }
        }
        return rows
    }

    @Test("Violence that follows dry months is found at its lag; a shuffled drought is not")
    func planted() throws {
        let first = try ViolenceExample.date("2014-01-01")
        let asOf = try ViolenceExample.date("2021-12-31")
        let (isDry, vegetation) = dryness(from: first, months: 96, seed: 1)
        let events = rows(following: isDry, from: first)
        let result = try run(events, vegetation, asOf: asOf)
        let pooled = result.rows.filter { $0.zone == nil }
        #expect(pooled.map(\.lag) == [0, 1, 2])
        #expect(pooled.map(\.verdict) == [.includesNone, .moreWhenDry, .includesNone])
        #expect((pooled[1].lift?.value ?? 0) > 2)
        #expect((pooled[1].spearman.lower ?? 0) > 0.3)
        #expect(result.dryMonths == sectors.zones.indices.map { sector in
            isDry.count { $0[sector] }
        })
        #expect(result.seenMonths == [96, 96, 96, 96])

        let shuffled = try run(
            events, dryness(from: first, months: 96, seed: 2).vegetation, asOf: asOf)
        let lagged = shuffled.rows.filter { $0.zone == nil && $0.lag == 1 }
        #expect(lagged.map(\.verdict) == [.includesNone])
    }

    @Test("Months before the first event are not months without events")
    func silence() throws {
        let first = try ViolenceExample.date("2022-01-01")
        let asOf = try ViolenceExample.date("2023-12-31")
        let vegetation = dryness(from: first, months: 24, seed: 1).vegetation
        // From 2023 on.
        let events = (0..<12).map { month in
            ViolenceExample.row(
                "e\(month)", first.adding(months: 12 + month).adding(days: 4), 40.5, 0.5)
        }
        let result = try run(events, vegetation, asOf: asOf)
        #expect(result.months.count == 24)
        let rows = result.rows.filter { $0.zone == "Z0" }
        #expect(rows.first?.table?.count == 12)
        #expect(rows.allSatisfy { $0.verdict == .tooFew })
    }

    @Test("Only whole months are compared; a sector that was not seen has no month")
    func months() throws {
        let vegetation = (0..<6).map { month in
            CompositeVCI(
                date: CalendarDate(dayNumber: 19_358).adding(months: month),  // 2023-01-01
                vci: [10, 34.9, 35, nil])
        }
        let result = try run(
            ["a,2023-01-05,40.5,0.5,1,exact,day"], vegetation,
            asOf: try ViolenceExample.date("2023-06-29"))
        #expect(result.months.count == 5)
        #expect(result.seenMonths == [5, 5, 5, 0])
        // Dry is below the limit, strictly.
        #expect(result.dryMonths == [5, 5, 0, 0])
    }

    @Test("A month's VCI is the mean of its composites")
    func mean() throws {
        let first = try ViolenceExample.date("2023-01-01")
        let vegetation = [(0, 20.0), (10, 30), (20, 60), (31, 30), (41, 30)].map { day, vci in
            CompositeVCI(date: first.adding(days: day), vci: [vci, vci, vci, vci])
        }
        let result = try run(
            ["a,2023-01-05,40.5,0.5,1,exact,day"], vegetation,
            asOf: try ViolenceExample.date("2023-02-28"))
        // 36.7 in January, 30 in February.
        #expect(result.dryMonths == [1, 1, 1, 1])
    }

    @Test("Without vegetation or events there is nothing to compare, and that is told")
    func nothing() throws {
        let asOf = try ViolenceExample.date("2023-06-30")
        let bare = try run(["a,2023-01-05,40.5,0.5,1,exact,day"], [], asOf: asOf)
        #expect(bare.months.isEmpty)
        #expect(bare.summary.first?.hasPrefix("Drought and violence: ") == true)
        let silent = try run(
            [], dryness(from: try ViolenceExample.date("2023-01-01"), months: 6, seed: 1).vegetation,
            asOf: asOf)
        #expect(silent.hotMonths == [0, 0, 0, 0])
        #expect(silent.rows.allSatisfy { $0.verdict == .tooFew && $0.pairs == 0 })
    }
}
