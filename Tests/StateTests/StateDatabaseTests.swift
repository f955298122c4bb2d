import Calendar
import Diagnostics
import Foundation
import GRDB
import Glibc
import State
import TestSupport
import Testing

@Suite struct StateDatabaseTests {
    @Test func `A new state is readable by its owner alone, whatever the umask`() throws {
        let place = try Workplace()
        _ = try place.open()
        var status = stat()
        #expect(lstat(place.database, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `What was noted is there after closing and opening again`() throws {
        let place = try Workplace()
        let first = try place.open()
        try Sample.night(first, day: 10)
        try first.close()
        let second = try place.open()
        #expect(second.warnings == [])
        #expect(try second.runs(limit: 10).map(\.outcome) == [.published(id: "night-10")])
    }

    @Test func `The file is in WAL mode, marked as Jilaal's, and sound`() throws {
        let place = try Workplace()
        try Sample.night(try place.open(), day: 1, tables: [try Sample.table("id,a\n1,x\n")])
        let queue = try DatabaseQueue(path: place.database)
        func answers(_ question: String) throws -> [String] {
            try queue.read { try Row.fetchAll($0, sql: "PRAGMA \(question)").map(\.description) }
        }
        #expect(try answers("journal_mode") == ["[journal_mode:\"wal\"]"])
        #expect(try answers("application_id") == ["[application_id:\(0x4A69_6C61)]"])
        #expect(try answers("integrity_check") == ["[integrity_check:\"ok\"]"])
        #expect(try answers("foreign_key_check") == [])
    }

    @Test(arguments: ["not a database at all", "SQLite format 3\u{0}cut short"])
    func `A file that is no database is moved aside with a warning`(_ text: String) throws {
        let place = try Workplace()
        for number in 1...2 {
            _ = try place.write(text, to: StateDatabase.name)
            let database = try place.open()
            #expect(database.warnings.map(\.code) == ["state-damaged"])
            #expect(database.warnings[0].message.contains("state.sqlite.damaged-\(number)"))
            #expect(try database.runs(limit: 1) == [])
            try database.close()
            let kept = try String(contentsOfFile: place.database + ".damaged-\(number)", encoding: .utf8)
            #expect(kept == text)
        }
    }

    @Test func `A database of another program is moved aside, not changed`() throws {
        let place = try Workplace()
        let other = try DatabaseQueue(path: place.database)
        try other.write { try $0.execute(sql: "CREATE TABLE precious (a); INSERT INTO precious VALUES (42)") }
        try other.close()
        let database = try place.open()
        #expect(database.warnings.map(\.code) == ["state-damaged"])
        let moved = try DatabaseQueue(path: place.database + ".damaged-1")
        #expect(try moved.read { try Int.fetchOne($0, sql: "SELECT a FROM precious") } == 42)
    }

    @Test func `An empty file becomes a state without a word`() throws {
        let place = try Workplace()
        _ = try place.write("", to: StateDatabase.name)
        #expect(try place.open().warnings == [])
    }

    @Test func `A state of a newer program is refused and left alone`() throws {
        let place = try Workplace()
        try place.open().close()
        let newer = try DatabaseQueue(path: place.database)
        try newer.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2: of the future')")
        }
        try newer.close()
        #expect { try place.open() } throws: { ($0 as? StateError)?.kind == .newer }
        #expect(try place.names() == [StateDatabase.name])
    }

    @Test(arguments: ["", "-wal", "-journal"])
    func `A symbolic link is never followed`(_ suffix: String) throws {
        let place = try Workplace()
        let target = place.folder + "/target"
        try FileManager.default.createSymbolicLink(
            atPath: place.database + suffix, withDestinationPath: target)
        #expect { try place.open() } throws: { ($0 as? StateError)?.kind == .cannotOpen }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func `A state that cannot be written can be read`() throws {
        let place = try Workplace()
        let first = try place.open()
        try Sample.night(first, day: 3)
        try first.close()
        try ReadOnlyMark.set(place.database)
        let database = try place.open()
        #expect(try database.runs(limit: 1).count == 1)
        #expect { try database.begin(Sample.beginning()) } throws: {
            ($0 as? StateError)?.kind == .readOnly
        }
    }

    @Test func `Any byte changed gives an error of this module or the same answer, never a trap`() throws {
        let place = try Workplace()
        let first = try place.open()
        let rows = (0..<40).map { "\($0),value \($0)\n" }.joined()
        try Sample.night(first, day: 3, tables: [try Sample.table("id,a\n" + rows)])
        try first.close()
        let good = try Data(contentsOf: URL(fileURLWithPath: place.database))
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for round in 0..<120 {
            var bad = good
            for _ in 0..<8 { bad[Int(generator.next() % UInt64(bad.count))] = UInt8(truncatingIfNeeded: generator.next()) }
            let other = try Workplace()
            try bad.write(to: URL(fileURLWithPath: other.database))
            let text: [UInt8]?
            do {
                let database = try StateDatabase(folder: other.folder)
                _ = try database.runs(limit: 5)
                text = try database.snapshot(
                    of: "events", asKnownOn: CalendarDate(dayNumber: 10), file: "events.csv"
                ).content.bytes
            } catch {
                refused += 1
                text = nil
            }
            if let text { #expect(text == Array(("id,a\n" + rows).utf8), "round \(round)") }
        }
        #expect(refused > 0)
    }
}

/// Marks a database file as written by a later SQLite: it can then be read
/// only, by root too (SQLite file format, "File format version numbers").
enum ReadOnlyMark {
    static let writeVersionOffset: UInt64 = 18

    static func set(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: writeVersionOffset)
        try file.write(contentsOf: Data([3]))
        try file.close()
    }
}
