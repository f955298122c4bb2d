import Calendar
import Diagnostics
import GridCore
import Products
import TestSupport
import Testing

@testable import Incidents
@testable import Tables

private let header = "id,date_start,date_end,longitude,latitude,best,low,high\n"

private func read(_ rows: String, _ options: IncidentOptions = IncidentOptions()) throws
    -> IncidentReading
{
    try IncidentReader.read(table(header + rows), as: .profile(.ucdpGED), options: options)
}

@Suite struct BadRowTests {
    @Test(arguments: [
        ("1,2024-01-01,2024-01-01,45,4,1,1", RejectReason.malformedRow, nil),
        (",2024-01-01,2024-01-01,45,4,1,1,1", .missingKey, "id"),
        ("1,2024-01-01,2024-01-01,,4,1,1,1", .missingCoordinate, "longitude"),
        ("1,2024-01-01,2024-01-01,45,NaN,1,1,1", .missingCoordinate, "latitude"),
        ("1,2024-01-01,2024-01-01,45,176.39.00,1,1,1", .unparsableCoordinate, "latitude"),
        ("1,2024-01-01,2024-01-01,45,1e400,1,1,1", .unparsableCoordinate, "latitude"),
        ("1,2024-01-01,2024-01-01,inf,4,1,1,1", .unparsableCoordinate, "longitude"),
        ("1,2024-01-01,2024-01-01,0x2D,4,1,1,1", .unparsableCoordinate, "longitude"),
        ("1,2024-01-01,2024-01-01,45,91,1,1,1", .latitudeOutOfRange, "latitude"),
        ("1,2024-01-01,2024-01-01,45,-90.001,1,1,1", .latitudeOutOfRange, "latitude"),
        ("1,2024-01-01,2024-01-01,180.5,4,1,1,1", .longitudeOutOfRange, "longitude"),
        ("1,2024-01-01,2024-01-01,0,-0.0,1,1,1", .zeroCoordinate, "longitude, latitude"),
        ("1,,2024-01-01,45,4,1,1,1", .missingDate, "date_start"),
        ("1,2024-02-30,2024-03-01,45,4,1,1,1", .unparsableDate, "date_start"),
        ("1,45292,2024-03-01,45,4,1,1,1", .unparsableDate, "date_start"),
        ("1,05/01/2024,05/01/2024,45,4,1,1,1", .ambiguousDate, "date_start"),
        ("1,2024-01-02,2024-01-01,45,4,1,1,1", .endBeforeStart, "date_end"),
        ("1,2024-01-01,2024-01-01,45,4,,1,1", .missingDeaths, "best"),
        ("1,2024-01-01,2024-01-01,45,4,many,1,1", .unparsableDeaths, "best"),
        ("1,2024-01-01,2024-01-01,45,4,1.5,1,1", .unparsableDeaths, "best"),
        ("1,2024-01-01,2024-01-01,45,4,99999999999999999999,1,1", .unparsableDeaths, "best"),
        ("1,2024-01-01,2024-01-01,45,4,1,-1,1", .negativeDeaths, "low"),
    ])
    func `a faulty row is rejected for its first fault`(
        row: String, reason: RejectReason, field: String?
    ) throws {
        let reading = try read(row + "\n2,2024-01-01,,45,4,1.0,,\n")
        #expect(reading.incidents.map(\.key) == ["2"])
        let reject = try #require(reading.rejects.first)
        #expect(reject.reason == reason)
        #expect(reject.field == field)
        #expect(reject.line == 2)
        let list = failures { try read(row + "\n2,2024-01-01,,45,4,1,,\n", .init(invalid: .fail)) }
        #expect(list.map(\.code) == ["rejected-row"])
        #expect(list.first?.place.line == 2)
        #expect(list.first?.exit == .dataRefused)
    }

    @Test func `a message names file, line, column, value and what was expected`() throws {
        let list = failures { try read("1,2024-01-01,,45,91.4,1,,\n", .init(invalid: .fail)) }
        #expect(
            list.first?.description
                == "events.csv:2: column \"latitude\": latitude-out-of-range: \"91.4\" "
                + "(expected -90...90). Correct the row, or set invalid: skip.")
    }

    @Test func `one exchanged row is rejected, other rows outside stay`() throws {
        let rows = (1...20).map { "\($0),2024-01-01,,45,4,1,," }.joined(separator: "\n")
        let reading = try read(
            rows + "\n21,2024-01-01,,4,45,1,,\n22,2024-01-01,,20,50,1,,\n", .init(area: area))
        #expect(reading.incidents.count == 21)
        #expect(reading.rejects.map(\.reason) == [.swappedCoordinates])
        #expect(reading.rejects.map(\.line) == [22])
        #expect(reading.rejects[0].found == "(4.0, 45.0)")
    }

    @Test(arguments: [InvalidRows.skip, .fail])
    func `a table with exchanged columns is refused as a whole`(invalid: InvalidRows) throws {
        let rows = (1...18).map { "\($0),2024-01-01,,4,45,1,," }.joined(separator: "\n")
        let faulty = "\n19,never,,4,45,1,,\n20,2024-01-01,,45,4,1,,\n21,2024-01-01,,45,4,1,,"
        let options = IncidentOptions(invalid: invalid, area: area)
        let list = failures { try read(rows + faulty, options) }
        #expect(list.map(\.code) == ["swapped-coordinates"])
        #expect(list.first?.cause.contains("18 of 20 rows") == true)
        #expect(list.first?.mend.contains("\"longitude\" and \"latitude\"") == true)
        let below =
            rows + "\n20,2024-01-01,,45,4,1,,\n21,2024-01-01,,45,4,1,,\n22,2024-01-01,,45,4,1,,"
        #expect(try read(below, .init(area: area)).incidents.count == 3)
    }

    @Test func `a longitude beyond 90 in the place of latitude still looks exchanged`() throws {
        let east = BoundingBox(minX: 100, minY: -10, maxX: 120, maxY: 10)
        let list = failures { try read("1,2024-01-01,,5,110,1,,\n", .init(area: east)) }
        #expect(list.map(\.code) == ["swapped-coordinates"])
        #expect(
            try read("1,2024-01-01,,5,110,1,,\n").rejects.map(\.reason) == [.latitudeOutOfRange])
    }

    @Test func `every missing column is named at once, with near names`() throws {
        let text = "id,date_start,date_end,lattitude,best,low\n1,2024-01-01,,4,1,1\n"
        let list = failures { try IncidentReader.read(table(text), as: .profile(.ucdpGED)) }
        let failure = try #require(list.first)
        #expect(list.count == 1)
        #expect(failure.code == "missing-column")
        #expect(failure.exit == .dataRefused)
        #expect(failure.cause.contains("3 columns"))
        #expect(failure.cause.contains("\"longitude\" (or lon, long, x)"))
        #expect(failure.cause.contains("\"latitude\" (or lat, y; did you mean \"lattitude\"?)"))
        #expect(failure.cause.contains("\"high\" (or high_est)"))
    }

    @Test func `a header without rows is refused as empty`() throws {
        let failure = try #require(failures { try read("") }.first)
        #expect(failure.code == "empty")
        #expect(failure.description.hasPrefix("events.csv: the table has a header but no rows"))
    }

    @Test func `of equal keys the greatest revision stays, else the last`() throws {
        let text = """
            event_id_cnty,event_date,event_type,sub_event_type,longitude,latitude,fatalities,timestamp
            A,2024-01-01,Battles,Armed clash,45,4,1,20
            A,2024-01-01,Battles,Armed clash,45,4,2,30
            A,2024-01-01,Battles,Armed clash,45,4,3,10
            B,2024-01-01,Battles,Armed clash,45,4,4,
            B,2024-01-01,Battles,Armed clash,45,4,5,
            C,2024-01-01,Battles,Armed clash,45,4,6,5
            C,2024-01-01,Battles,Armed clash,45,91,7,9
            """
        let reading = try IncidentReader.read(table(text), as: .profile(.acled))
        #expect(reading.incidents.map(\.deaths.best) == [2, 5, 6])
        #expect(reading.rejects.map(\.line) == [2, 4, 5, 8])
        #expect(
            reading.rejects.map(\.reason) == [
                .duplicate, .duplicate, .duplicate, .latitudeOutOfRange,
            ])
        #expect(reading.rejects.prefix(3).allSatisfy { $0.expected.contains("kept line") })
    }

    @Test func `codes outside the codebook are unknown and counted`() throws {
        let text =
            "id,date_start,date_end,lon,lat,best,low,high,where_prec,date_prec,type_of_violence\n"
            + "1,2024-01-01,,45,4,1,1,1,8,x,4\n2,2024-01-01,,45,4,1,1,1,7.0,5,3.0\n"
        let reading = try IncidentReader.read(table(text), as: .profile(.ucdpGED))
        #expect(reading.incidents.map(\.locationGrade) == [.unknown, .sea])
        #expect(reading.incidents.map(\.civilianTargeting) == [nil, true])
        #expect(
            reading.warnings.map(\.kind)
                == [
                    .unknownLocationPrecision, .unknownTimePrecision, .unknownEventType,
                    .civilianTargetingAbsent,
                ])
        let warning = reading.warnings[0].warning(in: try table(text))
        #expect(
            warning.description.hasPrefix("events.csv: 1 event: the code of location precision"))
        #expect(warning.description.hasSuffix("(line 2)"))
    }

    @Test func `the ledger lists rejects by file and line with totals`() throws {
        let reading = try read(
            "1,2024-01-01,,45,91,1,,\n2,2024-01-01,,45,4,=1,,\n3,2024-01-01,,45,4,1,,\n")
        var ledger = RejectLedger()
        ledger.append(reading.rejects, file: "b.csv")
        ledger.append(reading.rejects, file: "a.csv")
        #expect(ledger.count == 4)
        #expect(
            ledger.totals
                == [
                    RejectCount(reason: .latitudeOutOfRange, count: 2),
                    RejectCount(reason: .unparsableDeaths, count: 2),
                ])
        let lines = CSVWriter().text(ledger.table).split(separator: "\r\n")
        #expect(lines.count == 5)
        #expect(lines[0] == "file,line,key,reason,field,found,expected")
        #expect(lines[1] == "b.csv,2,1,latitude-out-of-range,latitude,91.0,'-90...90")
        #expect(
            lines[2] == "b.csv,3,2,unparsable-deaths,best,'=1,a whole number from 0 to 10000000")
    }

    @Test(arguments: 0..<400)
    func `rows read are always incidents and rejects together`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        func pick(_ values: [String]) -> String { values.randomElement(using: &generator) ?? "" }
        let rows = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
            let fields = [
                pick(["1", "2", "3", "4", "", "x"]),
                pick(["2024-01-01", "2024-06-05", "05/01/2024", "", "?"]),
                pick(["", "2024-03-01", "2023-01-01"]),
                pick(["45", "44.5", "4", "", "200", "nan"]),
                pick(["4", "5.5", "45", "91", "0,1"]), pick(["0", "1", "7", "-1", "", "2.0"]),
                pick(["", "0", "1"]),
                pick(["", "9", "x"]),
            ]
            return fields.prefix(Int.random(in: 0...9, using: &generator) == 0 ? 5 : 8).joined(
                separator: ",")
        }
        let input = try table(header + rows.joined(separator: "\n"))
        let options = IncidentOptions(
            asOf: Bool.random(using: &generator) ? try day("2024-02-01") : nil,
            preset: IncidentPreset.allCases.filter {
                $0.deciding(.ucdpGED).isEmpty && !$0.isBeyond(.ucdpGED)
            }.randomElement(using: &generator) ?? .all,
            area: Bool.random(using: &generator) ? area : nil)
        guard !input.isEmpty else { return }
        do {
            let reading = try IncidentReader.read(input, as: .profile(.ucdpGED), options: options)
            #expect(reading.rowsRead == input.count)
            #expect(reading.rowsRead == reading.incidents.count + reading.rejects.count)
            let lines = (reading.incidents.map(\.line) + reading.rejects.map(\.line)).sorted()
            #expect(lines == input.map(\.position))
            #expect(reading.incidents.map(\.line) == reading.incidents.map(\.line).sorted())
            #expect(reading.rejects.map(\.line) == reading.rejects.map(\.line).sorted())
            #expect(Set(reading.incidents.map(\.key)).count == reading.incidents.count)
            if let asOf = options.asOf {
                #expect(
                    reading.incidents.allSatisfy { $0.timing.last <= asOf && $0.dateEnd <= asOf })
            }
        } catch {
            #expect(error.failures.map(\.code) == ["swapped-coordinates"])
        }
    }
}
