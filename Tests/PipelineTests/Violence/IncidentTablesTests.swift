import Calendar
import Diagnostics
import Geo
import GridCore
import Hotspots
import Incidents
import Products
import Tables
import Testing

@testable import Pipeline

/// A square of one degree.
private func square(_ west: Double) -> Zone {
    let area = MultiPolygon([
        Polygon(exterior: [
            Coordinate(x: west, y: 0), Coordinate(x: west + 1, y: 0),
            Coordinate(x: west + 1, y: 1), Coordinate(x: west, y: 1), Coordinate(x: west, y: 0),
        ])
    ])
    return Zone(
        id: "=Z\(Int(west))", name: "", area: area,
        areaInSquareMeters: Geodesic.areaInSquareMeters(of: area))
}

private let sectors = ZoneSet(file: "zones", zones: [square(40), square(41)], isApproximate: false)

private let acled = """
    event_id_cnty,event_date,event_type,sub_event_type,actor1,inter1,actor2,inter2,civilian_targeting,latitude,longitude,geo_precision,time_precision,location,admin1,fatalities
    A1,2024-03-10,Battles,Armed clash,Military Forces of Examplia,1,Group,2,,0.5,40.5,2,1,Alpha,North,3
    A2,2024-03-11,Violence against civilians,Attack,Military Forces of Examplia,1,Civilians (Examplia),7,Civilian targeting,0.5,41.5,1,1,Beta,South,2
    A3,2024-03-12,Battles,Armed clash,AMISOM,8,Group,2,,0.5,49,1,1,Gamma,South,1
    A4,2024-01-12,Battles,Armed clash,Group,2,Other,2,,0.5,40.5,1,1,Alpha,North,9
    """

private let ged = """
    id,date_start,date_end,date_prec,where_prec,type_of_violence,side_a,side_b,latitude,longitude,best,low,high,deaths_civilians,event_clarity,where_coordinates
    7,2024-03-10,2024-03-10,1,1,1,Government of Examplia,Group,0.5,40.51,3,1,6,1,1,@Alpha town
    8,2024-03-20,2024-03-24,2,4,1,Government of Examplia,Group,0.2,40.2,4,4,4,0,2,=cmd
    """

private func collection(_ duplicates: DuplicateChoice) throws -> IncidentCollection {
    let files: [(String, String, IncidentSourceChoice, EventProfile)] = [
        ("acled.csv", acled, .acled, .acled), ("ged.csv", ged, .ucdpGED, .ucdpGED),
    ]
    var collection = IncidentCollection(
        sources: try files.map { name, text, source, profile in
            let table = try CSVReader.read(Array(text.utf8), file: name).requireTable()
            return SourceReading(
                configuration: IncidentSourceConfiguration(
                    source: source, file: ConfiguredPath(written: name, path: "/\(name)")),
                reading: try IncidentReader.read(table, as: .profile(profile)), profile: profile)
        })
    if duplicates != .keep { collection.matchDuplicates(merging: duplicates == .merge) }
    return collection
}

@Suite struct IncidentTablesTests {
    private let window = TimeWindow(days: 31, endingOn: CalendarDate(dayNumber: 19_813))  // 2024-03-31

    private func rows(_ table: CSVTable) -> [[String]] {
        CSVWriter().text(table).split(separator: "\r\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func `harm is told for the state and the mission, and sums over sectors are the total`()
        throws
    {
        let table = HarmTable(
            collection: try collection(.report), sectors: sectors, window: window
        ).table
        let rows = rows(table)
        #expect(rows.first == ["total", "", "all", "5", "11", "13", "16", "2", "3", "1", "2"])
        #expect(rows.contains(["total", "", "state-forces", "4", "10", "12", "15", "2", "3", "1", "2"]))
        #expect(rows.contains(["outside", "", "mission", "1", "1", "1", "1", "0", "0", "0", "0"]))
        // The identifier is text that a spreadsheet must not run.
        #expect(rows.contains(["sector", "'=Z41", "civilians", "1", "2", "2", "2", "1", "2", "", ""]))
        for column in 3...8 {
            for name in Set(rows.map { $0[2] }) {
                func sum(_ isTotal: Bool) -> Int {
                    rows.filter { $0[2] == name && ($0[0] == "total") == isTotal }
                        .reduce(0) { $0 + (Int($1[column]) ?? 0) }
                }
                #expect(sum(true) == sum(false), "\(name) \(column)")
            }
        }
    }

    @Test func `no incident gives rows of zeros, not none`() throws {
        let empty = HarmTable(
            collection: IncidentCollection(sources: []), sectors: sectors, window: window
        ).table
        #expect(rows(empty).map { $0[0] } == ["total", "sector", "sector", "outside"])
        #expect(rows(empty).allSatisfy { $0[3] == "0" && $0[2] == "all" })
    }

    @Test(arguments: [DuplicateChoice.keep, .report, .merge])
    func `rows read are rows used and rejected, whatever is done about duplicates`(
        choice: DuplicateChoice
    ) throws {
        let found = try collection(choice)
        #expect(found.rowsRead == 6)
        #expect(found.rowsRead == found.used + found.rejected)
        #expect(found.ledger.count == found.rejected)
        #expect(found.duplicates.count == (choice == .keep ? 0 : 1))
        #expect(found.used == (choice == .merge ? 5 : 6))
        #expect((found.duplicateWarning == nil) == (choice == .keep))
    }

    @Test func `a merged event is the better located, and the ledger names it`() throws {
        let merged = try collection(.merge)
        #expect(merged.incidents.map(\.key) == ["A2", "A3", "A4", "7", "8"])
        let ledger = CSVWriter().text(merged.ledger.table)
        #expect(ledger.contains("acled.csv,2,A1,same-event,,"))
        #expect(ledger.contains("kept 7 of ged.csv"))
        let table = rows(DuplicateTable(collection: merged).table)
        #expect(table.map { $0.prefix(9) } == [["ged.csv", "2", "7", "acled.csv", "2", "A1", "0", "1.1", "3"]])
        #expect(table[0][12] == "merged")
        #expect(rows(DuplicateTable(collection: try collection(.report)).table)[0][12] == "both-kept")
    }

    @Test func `shares of weight by precision add up to all of it`() throws {
        let incidents = try collection(.report).incidents.filter { window.contains($0.dateEnd) }
        let weight = IncidentWeight.fatalities
        let table = PrecisionTable(incidents: incidents, policy: .spread) {
            weight.value(fatalities: $0.deaths[.high])
        }.table
        let rows = rows(table)
        for item in ["location", "time"] {
            let shares = rows.filter { $0[0] == item }.compactMap { Double($0[7]) }
            #expect(abs(shares.reduce(0, +) - 100) < 0.2, "\(item)")
        }
        #expect(rows.contains { $0[1] == "region" && $0[6] == "4.000" && $0[8] == "spread over its sector" })
        #expect(rows.contains { $0[1] == "near" && $0[6] == "3.000" && $0[8] == "wider kernel" })
        // All weights 0: no share can be told.
        let nothing = PrecisionTable(incidents: incidents, policy: .drop) { _ in 0 }.table
        #expect(self.rows(nothing).allSatisfy { $0[7].isEmpty })
    }

    @Test func `names of places cannot run in a spreadsheet`() throws {
        var incidents = try collection(.report).incidents
        let coarse = try #require(incidents.first { $0.place == "=cmd" })
        incidents += Array(repeating: coarse, count: 5)
        let table = PileUpTable(incidents) { _ in 1 }
        #expect(rows(table.table).map { $0[0] } == ["'=cmd"])
        #expect(table.warning(.keep)?.description.contains("most at =cmd (6)") == true)
        #expect(PileUpTable([]) { _ in 1 }.warning(.spread) == nil)
    }

    @Test func `the chosen estimate of deaths weighs`() throws {
        let area = try WorkingArea(sectors: sectors, cell: 5000, margin: 10_000)
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        let incidents = try collection(.report).incidents.filter { $0.key == "7" }
        let positions = try transform(incidents.map(\.coordinate))
        for (bound, deaths) in [(DeathBound.low, 1), (.best, 3), (.high, 6)] {
            let placement = IncidentPlacement(
                area: area, policy: .spread, weight: .fatalities, deaths: bound, halfLife: 30,
                sectors: sectors, districts: nil)
            let placed = try placement.place(incidents, at: positions, in: window)
            #expect(placed.map(\.mass) == [MassUnits(events: Double(deaths))])
        }
    }

    @Test func `a summary of days is spread over them under every policy`() throws {
        let area = try WorkingArea(sectors: sectors, cell: 5000, margin: 10_000)
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        let incidents = try collection(.report).incidents.filter { $0.isSummary == true }
        #expect(incidents.map(\.key) == ["8"])
        let positions = try transform(incidents.map(\.coordinate))
        // Two of its five days.
        let part = TimeWindow(days: 30, endingOn: CalendarDate(dayNumber: 19_803))  // 2024-03-21
        for policy in [IncidentPrecisionChoice.keep, .spread] {
            let placement = IncidentPlacement(
                area: area, policy: policy, weight: .events, halfLife: 30, sectors: sectors,
                districts: nil)
            let placed = try placement.place(incidents, at: positions, in: part)
            #expect(placed.map(\.weight) == [0.4])
        }
    }
}
