import Calendar
import Diagnostics
import Foundation
import GridCore
import Products
import TestSupport
import Testing

@testable import Incidents
@testable import Tables

private func data(_ path: String) throws -> RecordTable {
    let folder = try #require(TestPaths.data)
    let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    return try CSVReader.read(bytes, file: path).requireTable()
}

/// Counts that were made from the same files with other tools; they are in
/// the notes that lie beside the data.
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct RealEventTests {
    @Test func `the events of the Central African Republic are all read`() throws {
        let table = try data("ucdp_ged_car/ged231_car.csv")
        let match = try #require(EventProfile.matches(columns: table.columns))
        #expect(match.profile.id == .ucdpGED)
        #expect(match.isComplete)
        let reading = try IncidentReader.read(
            table, as: .profile(.ucdpGED),
            options: .init(invalid: .fail, area: BoundingBox(minX: 14, minY: 2, maxX: 28, maxY: 12))
        )
        #expect(reading.rowsRead == 1848)
        #expect(reading.incidents.count == 1848)
        #expect(reading.rejects.isEmpty)
        let codes = ["1", "2", "3", "4", "5", "6"]
        #expect(
            codes.map { code in reading.incidents.count { $0.locationPrecision == code } }
                == [1214, 374, 149, 54, 28, 29])
        #expect(reading.incidents.reduce(0) { $0 + $1.deaths.best } == 14_948)
        let counts = reading.warnings.map { ($0.kind, $0.count) }
        #expect(counts.first { $0.0 == .lowAboveBest }?.1 == 6)
        #expect(counts.first { $0.0 == .bestAboveHigh }?.1 == 15)
        #expect(!counts.contains { $0.0 == .gridCellMismatch })
        #expect(reading.incidents.map(\.dateStart).min()?.description == "1991-08-08")
        #expect(reading.incidents.map(\.dateEnd).max()?.description == "2022-12-31")
        #expect(
            ["State-based conflict", "Non-state conflict", "One-sided violence"].map { type in
                reading.incidents.count { $0.eventType == type }
            } == [401, 371, 1076])
    }

    /// Counted with a script of its own from the columns `side_a`, `side_b`,
    /// `type_of_violence`, `deaths_civilians` and `event_clarity`.
    @Test func `who was involved in the Central African Republic is counted as by hand`() throws {
        let reading = try IncidentReader.read(
            data("ucdp_ged_car/ged231_car.csv"), as: .profile(.ucdpGED))
        let tally = HarmTally(reading.incidents)
        #expect(tally.classes == [.stateForces, .externalForces, .armedGroup, .communalMilitia, .civilians])
        #expect(tally.all.deathsLow == 13_721)
        #expect(tally.all.deaths == 14_948)
        #expect(tally.all.deathsHigh == 17_760)
        #expect(tally.all.incidents == 1848 && tally.all.civilianIncidents == 1260)
        func figures(_ count: HarmCount) -> [Int] {
            [count.incidents, count.deaths, count.civilianIncidents, count.civilianDeaths]
        }
        #expect(figures(tally[.stateForces]) == [551, 4739, 290, 2360])
        #expect(tally[.stateForces].soleCivilianIncidents == 183)
        #expect(tally[.stateForces].soleCivilianDeaths == 1744)
        #expect(figures(tally[.externalForces]) == [42, 225, 10, 61])
        #expect(tally[.armedGroup].incidents == 1545 && tally[.armedGroup].deaths == 12_372)
        #expect(tally[.communalMilitia].incidents == 116 && tally[.communalMilitia].deaths == 794)
        #expect(tally[.civilians].incidents == 1076 && tally[.civilians].deaths == 8067)
        #expect(reading.incidents.count { $0.isSummary == true } == 201)
    }

    /// UCDP puts what it knows to a country or region only at whole degrees.
    @Test func `positions that stand for the country and its regions are told`() throws {
        let reading = try IncidentReader.read(
            data("ucdp_ged_car/ged231_car.csv"), as: .profile(.ucdpGED))
        let pileUps = PileUp.find(reading.incidents)
        #expect(pileUps.first?.coordinate == Coordinate(x: 21, y: 7))
        #expect(pileUps.prefix(3).map(\.coarseIncidents) == [29, 10, 10])
        #expect(pileUps.allSatisfy { $0.coarseIncidents >= PileUp.fewest })
    }

    @Test func `coordinates ruined by a spreadsheet are refused, the points beside them are not`()
        throws
    {
        let table = try data("ucdp_ged_mudug/mudug_conflict_data_som.csv")
        let ruined = try IncidentReader.read(table, as: .profile(.ucdpGED))
        #expect(ruined.rowsRead == 37)
        #expect(ruined.incidents.isEmpty)
        #expect(ruined.rejectCounts == [RejectCount(reason: .unparsableCoordinate, count: 37)])
        #expect(ruined.rejects.first?.found == "16583.34.00")
        #expect(ruined.rejects.first?.expected.contains("geom_wkt") == true)
        let repaired = try IncidentReader.read(
            data("ucdp_ged_mudug/mudug_ged_repaired.csv"), as: .profile(.ucdpGED))
        let fromPoints = try IncidentReader.read(
            table, as: .profile(.ucdpGED), options: .init(coordinatesFrom: .wellKnownText))
        #expect(fromPoints.incidents == repaired.incidents)
        #expect(repaired.incidents.count == 37)
        #expect(repaired.incidents.reduce(0) { $0 + $1.deaths.best } == 990)
        #expect(
            repaired.incidents.allSatisfy {
                $0.locationGrade == .unknown && $0.timeGrade == .unknown
            })
        #expect(!repaired.warnings.contains { $0.kind == .gridCellMismatch })
    }
}
