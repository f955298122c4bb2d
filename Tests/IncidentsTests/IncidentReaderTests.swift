import Calendar
import Diagnostics
import Foundation
import GridCore
import Products
import TestSupport
import Testing

@testable import Incidents
@testable import Tables

func table(_ text: String, file: String = "events.csv") throws -> RecordTable {
    try CSVReader.read(Array(text.utf8), file: file).requireTable()
}

func fixture(_ name: String) throws -> RecordTable {
    let bytes = [UInt8](try Data(contentsOf: TestPaths.fixture("incidents/\(name)")))
    return try CSVReader.read(bytes, file: name).requireTable()
}

func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

/// Around the positions of the fixtures.
let area = BoundingBox(minX: 40, minY: -2, maxX: 52, maxY: 12)

@Suite struct ACLEDTests {
    @Test func `the new layout gives the events of the default preset`() throws {
        let reading = try IncidentReader.read(fixture("acled-new.csv"), as: .profile(.acled))
        #expect(reading.rowsRead == 9)
        #expect(reading.incidents.map(\.key) == ["EXA2", "EXA3", "EXA6", "EXA1", "EXA8"])
        #expect(
            reading.rejects.map(\.reason)
                == [.duplicate, .outsidePreset, .outsidePreset, .zeroCoordinate])
        // EXA6 has a line break in its notes.
        #expect(reading.rejects.map(\.line) == [2, 5, 6, 10])
        #expect(reading.rejects[0].expected.hasSuffix("kept line 9"))
        let clash = reading.incidents[3]
        #expect(clash.deaths == DeathEstimate(best: 4, low: 4, high: 4))
        #expect(clash.civilianTargeting == false)
        #expect(clash.civilianDeaths == 0)
        let shelling = reading.incidents[2]
        #expect(shelling.civilianTargeting == true)
        #expect(shelling.civilianDeaths == 5)
        #expect(reading.warnings.map(\.kind) == [.unknownSubEventType])
        #expect(reading.warnings[0].lines == [11])
    }

    @Test func `coarse dates spread over their week and month`() throws {
        let reading = try IncidentReader.read(fixture("acled-new.csv"), as: .profile(.acled))
        let attack = reading.incidents[0]
        #expect(attack.timeGrade == .week)
        #expect(attack.timePrecision == "2")
        #expect(attack.locationGrade == .near)
        #expect(
            attack.timing == EventTiming(first: try day("2024-01-08"), last: try day("2024-01-14")))
        let protest = reading.incidents[1]
        #expect(protest.locationGrade == .region)
        #expect(
            protest.timing == EventTiming(first: try day("2024-02-01"), last: try day("2024-02-29"))
        )
        #expect(protest.dateStart == protest.dateEnd)
        #expect(
            reading.locationCounts
                == [
                    GradeCount(grade: .exact, incidents: 3, deaths: 9),
                    GradeCount(grade: .near, incidents: 1, deaths: 2),
                    GradeCount(grade: .region, incidents: 1, deaths: 1),
                ])
    }

    @Test(arguments: [
        (IncidentPreset.all, ["EXA2", "EXA3", "EXA4", "EXA5", "EXA6", "EXA1", "EXA8"]),
        (.civilian, ["EXA2", "EXA3", "EXA6"]), (.lethal, ["EXA2", "EXA3", "EXA6", "EXA1"]),
    ])
    func `a preset keeps its events and lists the others`(preset: IncidentPreset, keys: [String])
        throws
    {
        let reading = try IncidentReader.read(
            fixture("acled-new.csv"), as: .profile(.acled), options: IncidentOptions(preset: preset)
        )
        #expect(reading.incidents.map(\.key) == keys)
        #expect(reading.rowsRead == reading.incidents.count + reading.rejects.count)
    }

    @Test func `the old layout does not say whether civilians were targeted`() throws {
        let old = try fixture("acled-old.csv")
        let reading = try IncidentReader.read(old, as: .profile(.acled))
        #expect(reading.incidents.map(\.key) == ["EXA11", "EXA13"])
        #expect(
            reading.incidents.map(\.dateStart) == [try day("2022-01-05"), try day("2022-03-15")])
        #expect(
            reading.incidents.allSatisfy { $0.civilianTargeting == nil && $0.civilianDeaths == nil }
        )
        #expect(reading.warnings.map(\.kind) == [.civilianTargetingAbsent])
        #expect(reading.warnings.map(\.count) == [2])
        let failure = try #require(
            failures {
                try IncidentReader.read(
                    old, as: .profile(.acled), options: .init(preset: .civilian))
            }
            .first)
        #expect(failure.code == "missing-column")
        #expect(failure.cause.contains("\"civilian_targeting\""))
    }

    @Test func `semicolons and hyphenated dates are read, decimal commas rejected`() throws {
        let reading = try IncidentReader.read(fixture("acled-semicolon.csv"), as: .profile(.acled))
        #expect(
            reading.incidents.map(\.dateStart) == [try day("2023-01-05"), try day("2023-12-25")])
        let reject = try #require(reading.rejects.first)
        #expect(reject.reason == .unparsableCoordinate)
        #expect(reject.field == "longitude")
        #expect(reject.found == "45,35")
    }

    @Test func `a row of tags is no event and absent precision is unknown`() throws {
        let hxl = try fixture("acled-hxl.csv")
        let reading = try IncidentReader.read(hxl, as: .profile(.acled))
        #expect(reading.rowsRead == 2)
        #expect(reading.incidents.map(\.line) == [3, 4])
        #expect(
            reading.incidents.allSatisfy {
                $0.locationGrade == .unknown && $0.timeGrade == .unknown
            })
        #expect(
            reading.warnings.map(\.kind)
                == [.locationPrecisionAbsent, .timePrecisionAbsent, .civilianTargetingAbsent])
        let mapping = ColumnMapping(
            name: "tags",
            columns: [.date: "#date+occurred", .longitude: "#geo+lon", .latitude: "#geo+lat"])
        let mapped = try IncidentReader.read(hxl, as: .mapping(mapping))
        #expect(mapped.incidents.map(\.coordinate) == reading.incidents.map(\.coordinate))
    }
}

@Suite struct UCDPTests {
    @Test func `all precision columns are graded and civilians counted`() throws {
        let reading = try IncidentReader.read(fixture("ged-full.csv"), as: .profile(.ucdpGED))
        #expect(reading.incidents.map(\.locationGrade) == [.exact, .district, .country])
        #expect(reading.incidents.map(\.locationPrecision) == ["1", "3", "6"])
        #expect(reading.incidents.map(\.timeGrade) == [.day, .month, .longer])
        #expect(reading.incidents.map(\.civilianDeaths) == [0, 5, 0])
        #expect(reading.incidents.map(\.civilianTargeting) == [false, true, false])
        #expect(reading.incidents[1].eventType == "One-sided violence")
        #expect(reading.incidents.map(\.timing.spanDays) == [1, 30, 90])
        #expect(
            reading.warnings.map(\.kind)
                == [.deathsSum, .lowAboveBest, .bestAboveHigh, .gridCellMismatch])
        #expect(reading.warnings.allSatisfy { $0.lines == [4] })
        let civilian = try IncidentReader.read(
            fixture("ged-full.csv"), as: .profile(.ucdpGED), options: .init(preset: .civilian))
        #expect(civilian.incidents.map(\.key) == ["9002"])
    }

    @Test func `nothing after the as-of date is used`() throws {
        let reading = try IncidentReader.read(
            fixture("ged-full.csv"), as: .profile(.ucdpGED), options: .init(asOf: day("2024-01-10"))
        )
        #expect(
            reading.incidents.map(\.dateEnd.description) == [
                "2024-01-02", "2024-01-10", "2024-01-10",
            ])
        #expect(reading.incidents.map(\.timing.spanDays) == [1, 9, 9])
        #expect(reading.warnings.last?.kind == .cutToAsOf)
        #expect(reading.warnings.last?.count == 2)
        let early = try IncidentReader.read(
            fixture("ged-full.csv"), as: .profile(.ucdpGED), options: .init(asOf: day("2024-01-01"))
        )
        #expect(early.incidents.isEmpty)
        #expect(early.rejects.map(\.reason) == [.afterAsOf, .afterAsOf, .afterAsOf])
        // Faults only: rows that are not asked for do not refuse the table.
        #expect(
            try IncidentReader.read(
                fixture("ged-full.csv"), as: .profile(.ucdpGED),
                options: .init(asOf: day("2024-01-01"), invalid: .fail)) == early)
    }
}

@Suite struct MappingTests {
    private let mapping = ColumnMapping(
        name: "own",
        columns: [
            .key: "Nr", .date: "When", .longitude: "East", .latitude: "North", .deaths: "Killed",
            .locationPrecision: "Where known", .timePrecision: "When known", .eventType: "Kind",
        ])

    @Test func `a table of one's own is read by its mapping`() throws {
        let reading = try IncidentReader.read(
            fixture("own.csv"), as: .mapping(mapping), options: .init(dateOrder: .dayMonthYear))
        #expect(reading.incidents.map(\.dateStart.description) == ["2024-04-03", "2024-04-13"])
        #expect(reading.incidents.map(\.locationGrade) == [.exact, .near])
        #expect(reading.incidents.map(\.timing.spanDays) == [1, 7])
        #expect(reading.incidents.map(\.deaths.best) == [2, 0])
        #expect(reading.incidents.map(\.source) == ["own", "own"])
        #expect(reading.rejects.map(\.reason) == [.missingCoordinate])
        #expect(reading.warnings.map(\.kind) == [.civilianTargetingAbsent, .deathsAbsent])
    }

    @Test func `day and month that cannot be told apart are refused`() throws {
        let reading = try IncidentReader.read(fixture("own.csv"), as: .mapping(mapping))
        #expect(
            reading.rejects.map(\.reason) == [.ambiguousDate, .ambiguousDate, .missingCoordinate])
    }

    @Test func `a mapping must name dates and positions that exist`() throws {
        let own = try fixture("own.csv")
        let nothing = ColumnMapping(name: "own", columns: [:])
        let incomplete = try #require(
            failures { try IncidentReader.read(own, as: .mapping(nothing)) }.first)
        #expect(incomplete.code == "incomplete-mapping")
        #expect(incomplete.exit == .badConfiguration)
        #expect(incomplete.cause.contains("date, longitude, latitude"))
        var wrong = mapping
        wrong.columns[.latitude] = "Nort"
        wrong.columns[.deaths] = "Dead"
        let missing = try #require(
            failures { try IncidentReader.read(own, as: .mapping(wrong)) }.first)
        #expect(missing.cause.contains("\"Nort\" (did you mean \"North\"?), \"Dead\""))
        let geometry = failures {
            try IncidentReader.read(
                own, as: .mapping(mapping), options: .init(coordinatesFrom: .geometry))
        }
        #expect(geometry.map(\.code) == ["incomplete-mapping"])
    }

    @Test func `a layer gives positions by its points`() throws {
        let layer = RecordTable(
            file: "events.gpkg", columns: ["day", "dead"],
            features: [
                FeatureRow(
                    number: 7, fields: ["2024-05-01", "3"], coordinate: Coordinate(x: 45, y: 4)),
                FeatureRow(number: 8, fields: ["2024-05-02", nil], coordinate: nil),
            ])
        let mapping = ColumnMapping(name: "layer", columns: [.date: "day", .deaths: "dead"])
        let reading = try IncidentReader.read(layer, as: .mapping(mapping))
        #expect(reading.incidents.map(\.coordinate) == [Coordinate(x: 45, y: 4)])
        #expect(reading.incidents.map(\.key) == ["#7"])
        #expect(reading.rejects.map(\.reason) == [.missingCoordinate])
        let list = failures {
            try IncidentReader.read(layer, as: .mapping(mapping), options: .init(invalid: .fail))
        }
        #expect(
            list.first?.description.hasPrefix("events.gpkg: feature 8: column \"geometry\"") == true
        )
    }
}

/// What a reading was refused for.
func failures(_ read: () throws -> IncidentReading) -> [any Diagnostic] {
    do {
        _ = try read()
        return []
    } catch let list as FailureList {
        return list.failures
    } catch {
        Issue.record("\(error)")
        return []
    }
}
