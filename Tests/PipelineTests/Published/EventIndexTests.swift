import Calendar
import Diagnostics
import Foundation
import GridCore
import TestSupport
import Testing

@testable import Incidents
@testable import Pipeline

@Suite struct EventIndexTests {
    private func folder(_ text: String) throws -> RunFolder {
        let url = try TestPaths.temporaryDirectory()
        try FileManager.default.createDirectory(
            at: url.appendingPathComponent("incidents"), withIntermediateDirectories: false)
        try Data(text.utf8).write(to: url.appendingPathComponent(EventIndex.path))
        return RunFolder(path: url.path)
    }

    private static let header = "event,content,last_day,zone,hotspot\r\n"

    @Test func `What is written is read back, sorted by event`() throws {
        let text =
            Self.header + "00ff,aa,2010-12-19,,\r\n00fe,ab,2010-12-18,S 1,2\r\n"
        let index = try #require(try EventIndex.read(from: folder(text)))
        #expect(index.entries.map(\.event) == ["00fe", "00ff"])
        #expect(index.entries.first?.zone == "S 1")
        #expect(index.entries.first?.hotspot == 2)
        #expect(index.entries.last?.zone == "")
        #expect(index.entries.last?.hotspot == nil)
        #expect(EventIndex(index.entries.reversed()) == index)
    }

    @Test func `A run without an index has none, and a damaged one is refused with its line`() throws {
        #expect(try EventIndex.read(from: RunFolder(path: TestPaths.temporaryDirectory().path)) == nil)
        for (text, line) in [
            (Self.header + "00ff,aa,2010-12-19,,\r\n00fe,ab,2010-02-30,,\r\n", 3),
            (Self.header + ",aa,2010-12-19,,\r\n", 2), (Self.header + "00ff,aa\r\n", 2),
            ("event,content,last_day,zone\r\n", nil),
        ] as [(String, Int?)] {
            let error = #expect(throws: PublishError.self) { try EventIndex.read(from: folder(text)) }
            #expect(error?.kind == .runDamaged)
            #expect(error?.place.line == line)
        }
    }

    @Test func `One record has one event, whatever it says, in each source its own`() {
        let event = EventIndex.event(file: "acled.csv", "KRS1")
        #expect(event.count == 16)
        #expect(event == EventIndex.event(file: "acled.csv", "KRS1"))
        #expect(event != EventIndex.event(file: "ged.csv", "KRS1"))
        #expect(event != EventIndex.event(file: "acled.csvK", "RS1"))
    }

    /// SHA-256 of `acled.csv`, NUL, `KRS1`, by `sha256sum`.
    @Test func `The event is the documented hash`() {
        #expect(EventIndex.event(file: "acled.csv", "KRS1") == "7183683ce9d32a87")
    }

    @Test func `Every figure of an incident changes its content, its line does not`() throws {
        let day = NightExample.night
        let incident = Incident(
            key: "1", source: "acled", coordinate: .init(x: 1, y: 2), dateStart: day, dateEnd: day,
            timing: EventTiming(day: day), timePrecision: "1", timeGrade: .day,
            locationPrecision: "1", locationGrade: .exact, eventType: "Battles",
            subEventType: nil, deaths: .init(best: 1, low: 1, high: 1), civilianDeaths: nil,
            civilianTargeting: nil, country: nil, admin1: nil, admin2: nil, line: 5)
        let edits: [(inout Incident) -> Void] = [
            { $0.coordinate.x = 1.000001 }, { $0.coordinate.y = 2.5 },
            { $0.dateStart = day.adding(days: -1) }, { $0.dateEnd = day.adding(days: 1) },
            { $0.timeGrade = .week }, { $0.locationGrade = .near }, { $0.eventType = "Riots" },
            { $0.subEventType = "Attack" }, { $0.deaths.best = 2 }, { $0.deaths.low = 0 },
            { $0.deaths.high = 2 }, { $0.civilianDeaths = 0 }, { $0.civilianTargeting = false },
        ]
        var contents = [EventIndex.content(of: incident)]
        for edit in edits {
            var other = incident
            edit(&other)
            contents.append(EventIndex.content(of: other))
        }
        #expect(Set(contents).count == edits.count + 1)
        var moved = incident
        moved.line = 900
        moved.admin1 = "Renamed"
        #expect(EventIndex.content(of: moved) == contents[0])
    }
}
