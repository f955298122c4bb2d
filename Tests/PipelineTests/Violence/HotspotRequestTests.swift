import Diagnostics
import Foundation
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct HotspotRequestTests {
    @Test("A table alone is a pipeline file with the events as their own area")
    func bare() throws {
        var request = HotspotRequest(events: "events.csv")
        request.source = "acled"
        #expect(
            try request.document()
                == [
                    "version": 1, "name": "Hotspots of violence", "area": "incidents",
                    "incidents": ["sources": [["source": "acled", "file": "events.csv"]]],
                    "hotspots": [:],
                ])
    }

    @Test("Flags become keys: numbers as numbers, dotted ones in sections, those asked for too")
    func keys() throws {
        var request = HotspotRequest(events: "events.csv")
        request.columns = [("date", "day"), ("longitude", "x"), ("latitude", "y")]
        request.zones = ("zones.geojson", "code")
        request.incidents = [("preset", "lethal")]
        request.hotspots = [
            ("cell", "4 km"), ("gistar.radius", "20 km"), ("gistar.significance", "normal"),
            ("cube.step", "1 month"), ("cube.steps", "12"),
        ]
        request.sections = ["robustness", "cube"]
        #expect(
            try request.document()
                == [
                    "version": 1, "name": "Hotspots of violence",
                    "sectors": ["file": "zones.geojson", "id": "code"],
                    "incidents": [
                        "sources": [
                            [
                                // Columns that are named make it a table of one's own.
                                "source": "mapped", "file": "events.csv",
                                "columns": ["date": "day", "longitude": "x", "latitude": "y"],
                            ]
                        ], "preset": "lethal",
                    ],
                    "hotspots": [
                        "cell": "4 km", "robustness": [:],
                        "cube": ["step": "1 month", "steps": 12],
                        "gistar": ["radius": "20 km", "significance": "normal"],
                    ],
                ])
        let configuration = try #require(try request.file(environment: [:]).configuration.hotspots)
        #expect(configuration.cell == .kilometers(4))
        #expect(configuration.giStar.radius == .kilometers(20))
        #expect(configuration.giStar.significance == .normal)
        #expect(configuration.cube?.step == .months(1) && configuration.cube?.steps == 12)
        #expect(configuration.robustness?.draws == 200)
        #expect(configuration.scan == nil)
    }

    @Test("The layout is told by the columns of the table")
    func layout() throws {
        let folder = TestPaths.package.appendingPathComponent("sample-data")
        for (name, source) in [("acled_like.csv", "acled"), ("ged_like.csv", "ucdp-ged")] {
            let request = HotspotRequest(events: folder.appendingPathComponent(name).path)
            #expect(try request.document().text().contains("\"\(source)\""))
        }
    }

    @Test(
        "A problem is told by its flag, without a line of a text that nobody wrote",
        arguments: [
            ("cell", "5", "--cell"), ("window", "long", "--window"),
            ("gistar.radius", "15", "--radius"), ("gistar.correction", "fdr", "--correction"),
            ("gistar.significance", "exact", "--significance"),
            ("density.radius", "-1 km", "--density-radius"), ("cube.steps", "3", "--steps"),
            ("cube.step", "1 moon", "--step"), ("confidence", "80 %", "--confidence"),
        ])
    func flags(key: String, value: String, flag: String) throws {
        var request = HotspotRequest(events: "events.csv")
        request.source = "acled"
        request.hotspots = [(key, value)]
        let list = try #require(throws: FailureList.self) { try request.file(environment: [:]) }
        let texts = list.failures.map(\.description)
        #expect(texts.count == 1)
        let text = try #require(texts.first)
        #expect(text.contains("The flag is \(flag)"), "\(text)")
        #expect(!text.contains("jilaal hotspots:1"), "\(text)")
    }
}
