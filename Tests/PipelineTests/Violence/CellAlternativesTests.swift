import Calendar
import GridCore
import Hotspots
import Incidents
import TestSupport
import Testing

@testable import Pipeline

/// What is said to change the class of a cell does change it.
@Suite struct CellAlternativesTests {
    private let sectors = ViolenceExample.zones([ViolenceExample.square(40, 41)])

    /// Events at random, and some around one place.
    private func example(around count: Int) throws -> (HotspotStage, [Incident]) {
        var random = SeededGenerator(seed: 21)
        let asOf = try ViolenceExample.date("2024-03-31")
        var rows = (0..<40).map { index in
            ViolenceExample.row(
                "noise\(index)", asOf.adding(days: -Int.random(in: 0..<90, using: &random)),
                40 + Double.random(in: 0..<1, using: &random),
                Double.random(in: 0..<1, using: &random))
        }
        for index in 0..<count {
            rows.append(
                ViolenceExample.row(
                    "there\(index)", asOf.adding(days: -index),
                    40.5 + Double.random(in: -0.04..<0.04, using: &random),
                    0.5 + Double.random(in: -0.04..<0.04, using: &random)))
        }
        return (
            ViolenceExample.stage(ViolenceExample.hotspots(), sectors: sectors, asOf: asOf),
            try ViolenceExample.incidents(rows)
        )
    }

    private func surroundings(
        _ stage: HotspotStage, _ incidents: [Incident], at cell: CellIndex? = nil
    ) throws -> CellSurroundings {
        let field = try stage.field(of: incidents)
        let grids = try field.grids(in: TimeWindow(days: 90, endingOn: stage.asOf))
        let peak = try #require(cell ?? grids.regions.regions.first?.peak)
        return try CellSurroundings(field: field, grids: grids, cell: peak)
    }

    private func outcome(
        _ stage: HotspotStage, _ incidents: [Incident], at cell: CellIndex
    ) throws -> String {
        let grids = try stage.field(of: incidents)
            .grids(in: TimeWindow(days: 90, endingOn: stage.asOf))
        return ClassWords.text(grids.bins.bins[cell])
    }

    @Test("Without the named number of events the cell has the named class, with one more not yet")
    func without() throws {
        let (stage, incidents) = try example(around: 14)
        let around = try surroundings(stage, incidents)
        #expect(around.grids.bins.bins[around.cell] == 3)
        let all = try CellAlternatives(stage: stage, field: around.field, around: around).all()
        let named = all.filter { $0.choice.hasPrefix("without ") && $0.choice.contains(" of the ") }
        #expect(!named.isEmpty)
        #expect(named.last?.outcome == ClassWords.text(0))
        for alternative in named {
            let words = alternative.choice.split(separator: " ")
            let count = try #require(Int(words[1]))
            #expect(Int(words[4]) == around.contributions.count)
            func rest(_ gone: Int) -> [Incident] {
                let dropped = Set(around.contributions.prefix(gone).map(\.index))
                return incidents.indices.filter { !dropped.contains($0) }.map { incidents[$0] }
            }
            #expect(try outcome(stage, rest(count), at: around.cell) == alternative.outcome)
            #expect(try outcome(stage, rest(count - 1), at: around.cell) != alternative.outcome)
        }
    }

    @Test("With the named number of events more the cell has the named class, with one less not yet")
    func with() throws {
        let (stage, incidents) = try example(around: 0)
        let area = try stage.field(of: incidents).area
        let cell = CellIndex(row: area.spec.shape.rows / 2, column: area.spec.shape.columns / 2)
        let around = try surroundings(stage, incidents, at: cell)
        #expect(around.grids.bins.bins[cell] == 0)
        let all = try CellAlternatives(stage: stage, field: around.field, around: around).all()
        let named = all.filter { $0.choice.hasPrefix("with ") }
        #expect(!named.isEmpty)
        let center = try around.center()
        for alternative in named {
            let count = try #require(Int(alternative.choice.split(separator: " ")[1]))
            func more(_ count: Int) throws -> [Incident] {
                incidents
                    + (try ViolenceExample.incidents(
                        (0..<count).map {
                            ViolenceExample.row("more\($0)", stage.asOf, center.x, center.y)
                        }))
            }
            #expect(try outcome(stage, try more(count), at: cell) == alternative.outcome)
            #expect(try outcome(stage, try more(count - 1), at: cell) != alternative.outcome)
        }
    }

    @Test("Other windows, radii and rules are what the stage gives with them")
    func choices() throws {
        let (stage, incidents) = try example(around: 10)
        let around = try surroundings(stage, incidents)
        let all = try CellAlternatives(stage: stage, field: around.field, around: around).all()
        func said(_ choice: String) throws -> String {
            try #require(all.first { $0.choice == choice }, "\(choice)").outcome
        }
        func computed(
            days: Int = 90, _ change: (inout HotspotsConfiguration) -> Void = { _ in }
        ) throws -> String {
            var section = stage.configuration
            change(&section)
            let other = ViolenceExample.stage(section, sectors: sectors, asOf: stage.asOf)
            let grids = try other.field(of: incidents)
                .grids(in: TimeWindow(days: days, endingOn: stage.asOf))
            return ClassWords.text(grids.bins.bins[around.cell])
        }
        #expect(try said("window of 45 days") == computed(days: 45))
        #expect(try said("window of 180 days") == computed(days: 180))
        #expect(
            try said("neighbours within 7.5 km")
                == computed { $0.giStar.radius = Length(meters: 7500) })
        #expect(
            try said("neighbours within 30 km") == computed { $0.giStar.radius = .kilometers(30) })
        #expect(
            try said("by normal p-values alone") == computed { $0.giStar.significance = .normal })
        #expect(try said("without correction") == computed { $0.giStar.correction = .none })
    }
}
