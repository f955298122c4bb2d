import Diagnostics
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite struct InputMemoryTests {
    private final class Reads: Sendable {
        let count = Mutex(0)
        var reader: DigestReader {
            { [self] file in
                count.withLock { $0 += 1 }
                return try Digest(ofFileAt: file.path)
            }
        }
        var made: Int { count.withLock { $0 } }
    }

    /// Makes a file whose times lie long ago as far as programs can: the
    /// change time is the clock's.
    private func file(_ text: String, in folder: URL) throws -> ConfiguredPath {
        let url = folder.appendingPathComponent("input.csv")
        try Data(text.utf8).write(to: url)
        return ConfiguredPath(written: "input.csv", path: url.path)
    }

    @Test func `A file younger than two seconds is read again; an older one is not`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let input = try file("a", in: folder)
        let reads = Reads()
        for round in 1...2 {
            let memory = InputMemory(root: folder.path, reader: reads.reader)
            #expect(try memory.digest(of: input) == Digest(of: Array("a".utf8)))
            try memory.save()
            #expect(reads.made == round, "too young to be trusted")
        }
        usleep(2_200_000)
        for _ in 1...2 {
            let memory = InputMemory(root: folder.path, reader: reads.reader)
            #expect(try memory.digest(of: input) == Digest(of: Array("a".utf8)))
            try memory.save()
        }
        #expect(reads.made == 3, "read once more, then trusted")
    }

    @Test func `Other bytes of the same length are seen, also with the old time put back`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let input = try file("a", in: folder)
        usleep(2_200_000)
        let reads = Reads()
        let first = InputMemory(root: folder.path, reader: reads.reader)
        _ = try first.digest(of: input)
        try first.save()
        var status = stat()
        stat(input.path, &status)
        let handle = try #require(FileHandle(forUpdatingAtPath: input.path))
        handle.write(Data("b".utf8))
        try handle.close()
        var times = [status.st_atim, status.st_mtim]
        utimensat(AT_FDCWD, input.path, &times, 0)
        let second = InputMemory(root: folder.path, reader: reads.reader)
        #expect(try second.digest(of: input) == Digest(of: Array("b".utf8)))
        #expect(reads.made == 2)
    }

    @Test func `A damaged memory is an empty one`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let input = try file("a", in: folder)
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("cache"), withIntermediateDirectories: false)
        try Data("rubbish".utf8).write(to: folder.appendingPathComponent("cache/inputs"))
        let memory = InputMemory(root: folder.path, reader: DigestMemo().reader)
        #expect(try memory.digest(of: input) == Digest(of: Array("a".utf8)))
    }

    @Test func `A file that is written to while the run reads it ends the run`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let input = try file("a", in: folder)
        let ledger = InputLedger()
        _ = try ledger.files(of: input)
        try ledger.checkUnchanged()
        try Data("longer".utf8).write(to: URL(fileURLWithPath: input.path))
        let error = #expect(throws: PipelineError.self) { try ledger.checkUnchanged() }
        #expect(error?.kind == .inputChanged)
        #expect(error?.exit == .temporary)
        #expect(error?.place.file == "input.csv")
    }
}
