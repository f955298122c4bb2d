import Calendar
import GridCore
import Hotspots
import Incidents
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ClusterStageTests {
    private let scan = ScanConfiguration(
        direction: .prospective, step: Days(7), longest: 4, radius: .kilometers(30),
        period: Days(182), replicates: 99, level: Percent(5), seed: 1)

    /// Events at random over half a year, and a dozen at one place in each
    /// of the weeks that end on `clusterEnds`.
    private func incidents(clusterEnds: [CalendarDate]) throws -> [Incident] {
        var random = SeededGenerator(seed: 3)
        let last = try ViolenceExample.date("2024-03-31")
        var rows = (0..<150).map { index in
            ViolenceExample.row(
                "noise\(index)", last.adding(days: -Int.random(in: 0..<190, using: &random)),
                40 + Double.random(in: 0..<1, using: &random),
                Double.random(in: 0..<1, using: &random))
        }
        for (week, end) in clusterEnds.enumerated() {
            for index in 0..<12 {
                rows.append(
                    ViolenceExample.row(
                        "week\(week)-\(index)", end.adding(days: -(index % 7)),
                        40.3 + 0.002 * Double(index % 4), 0.6))
            }
        }
        return try ViolenceExample.incidents(rows)
    }

    private func run(
        _ incidents: [Incident], asOf: CalendarDate, repeats: NearRepeatConfiguration? = nil,
        direction: ScanDirectionChoice? = .prospective
    ) throws -> ClusterResult {
        var section = scan
        section.direction = direction ?? .prospective
        return try ClusterStage(
            configuration: ViolenceExample.hotspots(
                scan: direction == nil ? nil : section, nearRepeat: repeats),
            precision: .spread, asOf: asOf, threads: 1
        ).run(incidents.filter { $0.dateEnd <= asOf })
    }

    @Test("A planted cluster comes first with its events; it is new, and ongoing a week later")
    func newThenOngoing() throws {
        let second = try ViolenceExample.date("2024-03-31")
        let first = second.adding(days: -7)
        let all = try incidents(clusterEnds: [first, second])
        let early = try #require(try run(all, asOf: first).clusters.first)
        #expect(early.isOngoing == false)
        #expect(early.first == first.adding(days: -6) && early.last == first)
        let known = all.filter { $0.dateEnd <= first }
        let found = early.members.map { known[$0].key }
        #expect(found.count { $0.hasPrefix("week0") } == 12)
        let late = try #require(try run(all, asOf: second).clusters.first)
        #expect(late.isOngoing == true)
        #expect(late.last == second)
    }

    @Test("A cluster that ended is no prospective one; the retrospective scan finds it, of no age")
    func ended() throws {
        let asOf = try ViolenceExample.date("2024-03-31")
        let end = asOf.adding(days: -70)
        let all = try incidents(clusterEnds: [end])
        func isPlanted(_ finding: ScanFinding) -> Bool {
            finding.members.count { all[$0].key.hasPrefix("week0") } > 6
        }
        #expect(!(try run(all, asOf: asOf).clusters.contains(where: isPlanted)))
        let found = try run(all, asOf: asOf, direction: .both).clusters
        let planted = try #require(found.first(where: isPlanted))
        #expect(planted.period == .retrospective && planted.isOngoing == nil)
        #expect(planted.last < asOf)
    }

    @Test("No events give no cluster and no repeat, but tables")
    func nothing() throws {
        let asOf = try ViolenceExample.date("2024-03-31")
        let repeats = NearRepeatConfiguration(
            distances: [.kilometers(5)], days: [7], period: Days(365), replicates: 19, seed: 1)
        let result = try run([], asOf: asOf, repeats: repeats)
        #expect(result.clusters.isEmpty && result.scanned == 0)
        #expect(result.scanPeriod?.last == asOf && result.scanPeriod?.days == 182)
        #expect(result.repeats?.cells.allSatisfy { $0.observed == 0 && !$0.isNotable } == true)
    }

    @Test("Events that come in pairs nearby and days apart are near-repeats, and only there")
    func nearRepeats() throws {
        var random = SeededGenerator(seed: 11)
        let asOf = try ViolenceExample.date("2024-03-31")
        var rows: [String] = []
        for index in 0..<60 {
            let day = asOf.adding(days: -Int.random(in: 10..<360, using: &random))
            let x = 40 + Double.random(in: 0..<1, using: &random)
            let y = Double.random(in: 0..<1, using: &random)
            rows.append(ViolenceExample.row("first\(index)", day, x, y))
            // 2.2 km east, 3 days later.
            rows.append(ViolenceExample.row("next\(index)", day.adding(days: 3), x + 0.02, y))
        }
        let repeats = NearRepeatConfiguration(
            distances: [.kilometers(5), .kilometers(20)], days: [7, 30], period: Days(365),
            replicates: 99, seed: 1)
        let result = try run(
            try ViolenceExample.incidents(rows), asOf: asOf, repeats: repeats, direction: nil)
        #expect(result.scanPeriod == nil && result.clusters.isEmpty)
        let cells = try #require(result.repeats).cells
        #expect(cells.count == 6)
        let notable = cells.filter(\.isNotable)
        #expect(notable.map(\.distanceBand) == [1] && notable.map(\.timeBand) == [0])
        #expect((notable.first?.observed ?? 0) >= 60)
    }
}
