import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

@Suite struct FileWriterTests {
    @Test func `Pieces of any size arrive in order`() throws {
        let run = try RunDirectory(root: TestPaths.temporaryDirectory().path)
        var expected: [UInt8] = []
        var writer = try run.writer(of: "a.bin")
        for count in [0, 1, 255, 65_536, 300_000, 3, 1_000_000] {
            let piece = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) }
            expected += piece
            try writer.write(piece)
        }
        try writer.write("é")
        expected += [0xC3, 0xA9]
        #expect(writer.count == expected.count)
        try writer.finish()
        let data = try Data(contentsOf: URL(fileURLWithPath: run.staging + "/a.bin"))
        #expect(Array(data) == expected)
    }

    @Test func `A name that is taken is refused and its file kept`() throws {
        let run = try RunDirectory(root: TestPaths.temporaryDirectory().path)
        try run.write([1], to: "a")
        let error = #expect(throws: PublishError.self) { try run.write([2], to: "a") }
        #expect(error?.kind == .cannotCreate)
        #expect(error?.cause == "cannot be opened (File exists)")
        #expect(Array(try Data(contentsOf: URL(fileURLWithPath: run.staging + "/a"))) == [1])
    }

    @Test func `A full disk is an input and output error that says so`() throws {
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        var writer = FileWriter(Descriptor(owning: full), shownAs: "sectors.csv")
        try writer.write([1, 2, 3])
        var failure: PublishError?
        do throws(PublishError) {
            try writer.finish()
        } catch {
            failure = error
        }
        #expect(
            failure?.description
                == "sectors.csv: writing failed (No space left on device). Free space and run again."
        )
        #expect(failure?.exit == .inputOutput)
    }

    @Test func `Short writes are continued until every byte is written`() async throws {
        // A socket pair with a small buffer takes a part of each write.
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        var size: Int32 = 4096
        setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        let reading = ends[1]
        let reader = Task.detached { () -> Int in
            var buffer = [UInt8](repeating: 0, count: 1000)
            var total = 0
            while true {
                let count = read(reading, &buffer, buffer.count)
                if count <= 0 { break }
                total += count
            }
            close(reading)
            return total
        }
        let count = 700_000
        do {
            let descriptor = Descriptor(owning: ends[0])
            let bytes = [UInt8](repeating: 7, count: count)
            try bytes.withUnsafeBytes { try descriptor.write($0, shownAs: "socket") }
        }
        #expect(await reader.value == count)
    }

    @Test func `A write to a closed pipe is an error`() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let descriptor = Descriptor(owning: ends[1])
        let error = #expect(throws: PublishError.self) {
            try [UInt8](repeating: 0, count: 10).withUnsafeBytes {
                try descriptor.write($0, shownAs: "pipe")
            }
        }
        #expect(error?.cause == "writing failed (Broken pipe)")
    }
}
