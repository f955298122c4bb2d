import Calendar
import State
import Testing

@Suite struct FileHistoryTests {
    private func digest(_ letter: Character) -> FileDigest {
        FileDigest(bytes: 1, sha256: String(repeating: letter, count: 64))
    }

    @Test func `Each content of a file has the day on which it was first seen, also one that comes back`() throws {
        let database = try Workplace().open()
        for (day, letter) in zip(1..., "aabba" as String) {
            try Sample.night(database, day: day, files: ["/x": digest(letter)])
        }
        let versions = try database.versions(ofFileAt: "/x")
        #expect(versions.map(\.digest) == [digest("a"), digest("b"), digest("a")])
        #expect(versions.map { $0.firstSeenAtSecond / 86_400 } == [1, 3, 5])
    }

    @Test func `What was known on a day is the newest content by its end in UTC`() throws {
        let database = try Workplace().open()
        try Sample.night(database, day: 10, files: ["/x": digest("a")])
        try Sample.night(database, day: 12, files: ["/x": digest("b"), "/y": digest("c")])
        func known(_ day: Int) throws -> [String: FileDigest] {
            try database.filesKnown(on: CalendarDate(dayNumber: day)).mapValues(\.digest)
        }
        #expect(try known(9) == [:])
        #expect(try known(10) == ["/x": digest("a")])
        #expect(try known(11) == ["/x": digest("a")])
        #expect(try known(12) == ["/x": digest("b"), "/y": digest("c")])
    }
}
