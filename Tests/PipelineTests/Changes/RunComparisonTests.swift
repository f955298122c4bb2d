import Calendar
import Foundation
import Tables
import Testing

@testable import Pipeline

@Suite struct RunComparisonTests {
    private let night: NightExample
    private static let asOf = NightExample.night

    init() {
        var night = NightExample()
        night.events = [
            .init(key: "1", day: Self.asOf, zone: "A", hotspot: 1),
            .init(key: "2", day: Self.asOf.adding(days: -29), zone: "A", hotspot: 1),
            .init(key: "3", day: Self.asOf.adding(days: -5), zone: "B"),
            .init(key: "4", day: Self.asOf.adding(days: -300), zone: "C"),
            .init(key: "5", day: Self.asOf.adding(days: -31), zone: "C"),
        ]
        night.spots = [.init(rank: 1, longitudes: 10...11, sectors: "A")]
        night.hotspotSquareKilometers = ["A": 100]
        self.night = night
    }

    @Test func `Two equal nights differ in nothing`() throws {
        let changes = try changes(from: night, to: night)
        #expect(changes.list == [])
        #expect(changes.lines.count == 1)
    }

    @Test func `A night later an incident ages out, and only its zone and base change`() throws {
        var next = night
        next.asOf = Self.asOf.adding(days: 1)
        let changes = try changes(from: night, to: next)
        #expect(
            changes.told == [
                "sector changed A>A incidents 2>1: aged out",
                "base changed B1>B1 within_incidents 2>1: aged out",
            ])
        #expect(changes.list.first?.evidence == [.init(.agedOut, "1 incident in sector A")])
        #expect(changes.list.allSatisfy { $0.subject != .parameter }, "as_of moves each night")
    }

    @Test func `New, revised and withdrawn incidents are told apart`() throws {
        var next = night
        next.inputs["acled.csv"] = "2"
        next.events[2].content = "c2"
        next.events[2].zone = "C"
        next.events.remove(at: 0)
        next.events.append(.init(key: "6", day: Self.asOf.adding(days: -2), zone: "A"))
        next.events.append(.init(key: "7", day: Self.asOf.adding(days: -2), zone: "A"))
        let changes = try changes(from: night, to: next)
        #expect(
            changes.told == [
                "sector changed A>A incidents 2>3: new data; withdrawn data",
                "sector moved B>B violence_level scattered>none: revised data",
                "sector changed B>B incidents 1>0: revised data",
                "sector moved C>C violence_level none>scattered: revised data",
                "sector changed C>C incidents 0>1: revised data",
                "base changed B1>B1 within_incidents 2>3: new data; withdrawn data",
            ])
        let input = changes.list.last
        #expect(input?.subject == .input)
        #expect(input?.causes == [.revisedData])
    }

    @Test func `An incident that an unchanged file gives to a later night is new data`() throws {
        var next = night
        next.asOf = Self.asOf.adding(days: 1)
        next.events.append(.init(key: "6", day: next.asOf, zone: "B"))
        let told = try changes(from: night, to: next).told
        #expect(told.contains("sector changed B>B incidents 1>2: new data"))
    }

    @Test func `A longer or shorter window is a changed parameter, not age`() throws {
        var next = night
        next.windowDays = 40
        let longer = try changes(from: night, to: next)
        #expect(
            longer.told == [
                "sector moved C>C violence_level none>scattered: changed parameter",
                "sector changed C>C incidents 0>1: changed parameter",
            ])
        let shorter = try changes(from: next, to: night)
        #expect(shorter.told.allSatisfy { $0.hasSuffix(": changed parameter") })
        #expect(shorter.told.count == 2)
    }

    @Test func `Looking back from an earlier night is a changed parameter`() throws {
        var next = night
        next.asOf = Self.asOf.adding(days: 1)
        next.events.append(.init(key: "6", day: next.asOf, zone: "B"))
        let told = try changes(from: next, to: night).told
        #expect(told.count == 3)
        #expect(told.allSatisfy { $0.hasSuffix(": changed parameter") }, "\(told)")
    }

    @Test func `A drought class moves by a newer composite`() throws {
        var next = night
        next.composite = Self.asOf.adding(days: 6)
        next.classes["A"] = "severe"
        next.inputs["ndvi/N_2010-12-25.tif"] = "1"
        let changes = try changes(from: night, to: next)
        #expect(changes.told == ["sector moved A>A vci_class moderate>severe: new data"])
        #expect(changes.lines.contains { $0.contains("vci_class moderate -> severe [new data") })
    }

    @Test(
        "Only rasters that a figure depends on explain it",
        arguments: [
            ("ndvi/N_2010-12-09.tif", "revised data"), ("ndvi/N_2005-12-09.tif", "revised data"),
            ("ndvi/N_2005-06-09.tif", "unexplained"), ("sectors.geojson", "revised data"),
            ("acled.csv", "unexplained"),
        ])
    func relevance(_ path: String, _ cause: String) throws {
        var next = night
        next.inputs[path] = "2"
        next.classes["B"] = "mild"
        #expect(
            try changes(from: night, to: next).told == [
                "sector moved B>B vci_class none>mild: \(cause)"
            ])
    }

    @Test func `Livelihood zones move like sectors, by their own file`() throws {
        var old = night
        old.livelihoods = ["L1": "none", "L2": "mild"]
        var next = old
        next.livelihoods = ["L1": "severe", "L2": "mild"]
        next.composite = Self.asOf.adding(days: 6)
        next.inputs["ndvi/N_2010-12-25.tif"] = "1"
        let found = try changes(from: old, to: next)
        #expect(found.told == ["livelihood_zone moved L1>L1 vci_class none>severe: new data"])
        #expect(found.lines.contains { $0.hasPrefix("livelihood zone L1 (Zone L1): ") })
        next.livelihoods["L2"] = nil
        #expect(
            try changes(from: old, to: next).told.contains { $0.hasPrefix("livelihood_zone withdrawn L2>") })
    }

    @Test func `Classes by indicators move with any raster of the series`() throws {
        var old = night
        old.livelihoods = ["L1": "none"]
        old.indicators = [
            "sector A": ["none", "normal", "below_10"], "sector B": ["mild", "moderate", ""],
            "livelihood_zone L1": ["watch", "severe", "25_to_40"],
        ]
        #expect(try changes(from: old, to: old).told == [])
        var next = old
        // A period of the year that the class of the composite does not need.
        next.inputs["ndvi/N_2005-06-09.tif"] = "2"
        next.indicators["sector A"] = ["severe", "normal", "below_10"]
        next.indicators["sector B"] = ["mild", "severe", "10_to_25"]
        next.indicators["livelihood_zone L1"] = ["watch", "severe", "40_to_55"]
        #expect(
            try changes(from: old, to: next).told == [
                "sector moved A>A combined_class none>severe: revised data",
                "sector moved B>B vci3m_class moderate>severe: revised data",
                "sector moved B>B asi_class >10_to_25: revised data",
                "livelihood_zone moved L1>L1 asi_class 25_to_40>40_to_55: revised data",
            ])
    }

    @Test func `The length of a series and another stage explain no class`() throws {
        var old = night
        old.indicators = ["sector A": ["none", "normal", ""]]
        old.stages = [("drought", "1"), ("indicators", "1")]
        var next = old
        next.zoneSeries = "24 months"
        next.stages = [("drought", "2"), ("indicators", "1")]
        next.indicators["sector A"] = ["mild", "normal", ""]
        #expect(
            try changes(from: old, to: next).told == [
                "sector moved A>A combined_class none>mild: unexplained"
            ])
        next.stages = [("drought", "1"), ("indicators", "2")]
        #expect(
            try changes(from: old, to: next).told == [
                "sector moved A>A combined_class none>mild: changed program"
            ])
    }

    @Test func `A run without indicators is compared without them`() throws {
        var next = night
        next.indicators = ["sector A": ["severe", "extreme", ""]]
        #expect(try changes(from: night, to: next).told == [])
        #expect(try changes(from: next, to: night).told == [])
    }

    @Test func `A withdrawn composite explains the older one in its place`() throws {
        var next = night
        next.composite = night.composite.adding(days: -16)
        next.classes["B"] = "mild"
        next.inputs["ndvi/N_2010-12-09.tif"] = nil
        #expect(
            try changes(from: night, to: next).told == [
                "sector moved B>B vci_class none>mild: withdrawn data"
            ])
    }

    @Test func `Parameters explain what depends on them, and are told with both values`() throws {
        var next = night
        next.cell = "4 km"
        next.minimumYears = 6
        next.classes["B"] = ""
        next.hotspotSquareKilometers["A"] = 300
        let changes = try changes(from: night, to: next)
        #expect(
            changes.told == [
                "sector moved A>A violence_level hotspot>widespread: changed parameter",
                "sector changed A>A hotspot_km2 100.000>300.000: changed parameter",
                "sector moved B>B vci_class none>: changed parameter",
            ])
        let details = changes.list.prefix(3).map { $0.evidence.map(\.detail) }
        #expect(
            details == [
                ["hotspots.cell: 5 km -> 4 km"], ["hotspots.cell: 5 km -> 4 km"],
                ["drought.minimum_years: 5 -> 6"],
            ])
        #expect(changes.list.suffix(2).map(\.idAfter) == ["hotspots.cell", "drought.minimum_years"])
    }

    @Test func `The program explains what nothing else does, its stages where they are known`() throws {
        var next = night
        next.version = "0.2.0"
        next.classes["B"] = "mild"
        next.hotspotSquareKilometers["A"] = 90
        let told = try changes(from: night, to: next).told
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.hasSuffix(": changed program") })
        var staged = night
        staged.stages = [("drought", "1"), ("hotspots", "1")]
        next.stages = [("drought", "2"), ("hotspots", "1")]
        #expect(
            try changes(from: staged, to: next).told == [
                "sector changed A>A hotspot_km2 100.000>90.000: unexplained",
                "sector moved B>B vci_class none>mild: changed program",
            ])
    }

    @Test func `Sectors that come and go are told by their file`() throws {
        var next = night
        next.zones = ["A", "B", "D"]
        next.inputs["sectors.geojson"] = "2"
        let told = try changes(from: night, to: next).told
        #expect(told == ["sector added >D: new data", "sector withdrawn C>: withdrawn data"])
    }

    @Test func `People near a base change by the lists of bases and settlements`() throws {
        var next = night
        next.people = 900
        next.inputs["bases.csv"] = "2"
        #expect(
            try changes(from: night, to: next).told == [
                "base changed B1>B1 within_population 1000>900: revised data"
            ])
    }

    @Test func `Rows outside the windows explain hotspots when nothing inside does`() throws {
        var next = night
        next.inputs["acled.csv"] = "2"
        next.events[3].content = "c2"
        next.hotspotSquareKilometers["A"] = 90
        #expect(
            try changes(from: night, to: next).told == [
                "sector changed A>A hotspot_km2 100.000>90.000: revised data"
            ])
    }

    @Test func `Without an index of incidents files and time stand for them`() throws {
        var old = night
        old.hasIndex = false
        var next = old
        next.asOf = Self.asOf.adding(days: 1)
        let aged = try changes(from: old, to: next).told
        #expect(aged.first == "sector changed A>A incidents 2>1: aged out")
        next.asOf = Self.asOf
        next.events.remove(at: 0)
        next.inputs["acled.csv"] = "2"
        let revised = try changes(from: old, to: next).told
        #expect(revised.first == "sector changed A>A incidents 2>1: revised data")
    }

    @Test func `The list in a manifest is cut and says so, and the lines are at most ten`() throws {
        var next = night
        for number in 0..<600 { next.inputs["ndvi/extra-\(number).tif"] = "1" }
        let changes = try changes(from: night, to: next)
        let json = changes.json(limit: Changes.listedInManifest)
        #expect(json["total"] == 600)
        #expect(json["listed"] == 500)
        #expect((json["list"]?.elements ?? []).count == 500)
        #expect(json["counts"] == ["input": 600])
        #expect(changes.lines.count == 10)
        #expect(changes.lines.last == "... and 592 more lines (--json, or changes.csv)")
        #expect(changes.table.rows.count == 600)
    }

    @Test func `The first run of a folder says that there is none before`() {
        let first = Changes(before: nil, after: .init(id: "", asOf: Self.asOf))
        #expect(first.lines == ["Changes: there is no run before this one"])
        #expect(first.json(limit: 5)["before"] == .null)
    }
}
