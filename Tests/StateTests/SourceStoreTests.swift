import Calendar
import Diagnostics
import GridCore
import State
import Tables
import TestSupport
import Testing

@Suite struct SourceStoreTests {
    private static let source = "events"

    private func known(_ database: StateDatabase, _ day: Int) throws(StateError) -> KnownSource {
        try database.snapshot(
            of: Self.source, asKnownOn: CalendarDate(dayNumber: day), file: "events.csv")
    }

    private func text(_ known: KnownSource) -> String {
        String(decoding: known.content.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "id,a\n1,x\n2,y\n", "id,a\r\n1,x\r\n2,y", "\u{FEFF}sep=;\nid;a\n1;x\n\n2;y\n\n",
        "id,a\n#event+id,#a\n1,\"two\nlines\"\n1,\"two\nlines\"\n", "id,a\n1,x,ragged\n2\n\r3,y\r",
        "id,a\n", "id,a",
    ])
    func `A table comes back byte for byte, whatever its line ends and faults`(_ text: String) throws {
        let database = try Workplace().open()
        try Sample.night(database, day: 1, tables: [try Sample.table(text)])
        let back = try known(database, 1)
        #expect(self.text(back) == text)
        let table = try back.content.table(file: "events.csv")
        let original = try Sample.table(text)
        #expect(table.map(\.position) == original.map(\.position))
        #expect(table.map(\.problem) == original.map(\.problem))
        #expect(table.columns == original.columns)
    }

    @Test func `Features come back with missing fields and positions`() throws {
        let rows = [
            FeatureRow(number: 1, fields: ["a", nil], coordinate: Coordinate(x: -0.1, y: 12.3456789)),
            FeatureRow(number: 2, fields: ["", "łąka"], coordinate: nil),
        ]
        let table = RecordTable(file: "e.gpkg", columns: ["id", "name"], features: rows)
        let database = try Workplace().open()
        try Sample.night(database, day: 1, tables: [table])
        let back = try known(database, 1).content.table(file: "e.gpkg")
        #expect(back.hasGeometry)
        #expect(back.columns == table.columns)
        #expect(back.map(\.position) == [1, 2])
        #expect(back.map(\.coordinate) == table.map(\.coordinate))
        for column in 0..<2 {
            #expect(back.map { $0.field(column) } == table.map { $0.field(column) })
        }
    }

    @Test func `A day before the first is refused, and the day is named from which on it can be`() throws {
        let database = try Workplace().open()
        try Sample.night(database, day: 14_000, tables: [try Sample.table("id,a\n1,x\n")])
        let error = #expect(throws: StateError.self) { try known(database, 13_999) }
        #expect(error?.kind == .notKnownThen)
        #expect(error?.exit == .dataRefused)
        #expect(error?.mend == "Give --as-known-on \(CalendarDate(dayNumber: 14_000)) or later")
        #expect(throws: StateError.self) {
            try database.snapshot(
                of: "another", asKnownOn: CalendarDate(dayNumber: 14_000), file: "b.csv")
        }
    }

    @Test func `An event shows when it was first known, what was revised, its withdrawal and return`() throws {
        let database = try Workplace().open()
        for (day, text) in [
            (1, "id,deaths\nK1,1\nK2,5\n"), (2, "id,deaths\nK1,3\nK2,5\n"), (3, "id,deaths\nK2,5\n"),
            (5, "id,deaths\nK2,5\nK1,3\n"),
        ] { try Sample.night(database, day: day, tables: [try Sample.table(text)]) }
        let history = try #require(try database.histories(ofEvent: "K1").first)
        #expect(history.revisions.map { $0.sinceSecond / 86_400 } == [1, 2, 5])
        #expect(history.revisions.map { $0.untilSecond.map { $0 / 86_400 } } == [2, 3, nil])
        #expect(history.revisions.map(\.isReturn) == [false, false, true])
        #expect(history.revisions[1].changes.map(\.column) == ["deaths"])
        #expect(history.revisions[1].changes.map(\.before) == ["1"])
        #expect(history.revisions[1].changes.map(\.after) == ["3"])
        #expect(history.withdrawnAtSecond == nil)
        let other = try #require(try database.histories(ofEvent: "K2").first)
        #expect(other.revisions.count == 1)
        #expect(throws: StateError.self) { try database.histories(ofEvent: "K3") }
    }

    @Test func `A withdrawn event says when it was found gone`() throws {
        let database = try Workplace().open()
        try Sample.night(database, day: 1, tables: [try Sample.table("id\nK1\nK2\n")])
        try Sample.night(database, day: 4, tables: [try Sample.table("id\nK2\n")])
        let history = try #require(try database.histories(ofEvent: "K1").first)
        #expect(history.withdrawnAtSecond.map { $0 / 86_400 } == 4)
    }

    /// Against a model that keeps every text of every night.
    @Test(arguments: [(seed: UInt64(1), nights: 1_000), (2, 100), (3, 100)])
    func `A thousand nights of additions, revisions, withdrawals and returns come back exactly`(
        _ seed: UInt64, _ nights: Int
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let database = try Workplace().open()
        var rows = ["0,first"]
        var withdrawn: [String] = []
        var texts: [Int: String] = [:]
        for night in 1...nights {
            // Most nights nothing has changed.
            for _ in 0..<Int.random(in: -2...2, using: &generator).magnitude
            where Bool.random(using: &generator) {
                switch Int.random(in: 0..<5, using: &generator) {
                case 0, 1:
                    rows.append("\(night),\(Int.random(in: 0..<50, using: &generator))")
                case 2 where !rows.isEmpty:
                    let index = rows.indices.randomElement(using: &generator) ?? 0
                    rows[index] += "+"
                case 3 where rows.count > 1:
                    withdrawn.append(
                        rows.remove(at: rows.indices.randomElement(using: &generator) ?? 0))
                default:
                    if let back = withdrawn.popLast() {
                        rows.insert(back, at: Int.random(in: 0...rows.count, using: &generator))
                    }
                }
            }
            let text = "id,a\n" + rows.joined(separator: "\n")
            texts[night] = text
            try Sample.night(database, day: night, tables: [try Sample.table(text)])
        }
        let different = try texts.keys.sorted().filter { night in
            text(try known(database, night)) != texts[night]
        }
        #expect(different == [])
    }
}
