import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

@Suite struct WholeFileTests {
    @Test func `A file is written and replaced whole, and nothing is left beside it`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let path = folder.appendingPathComponent("plot.svg").path
        for bytes in [Array("<svg/>".utf8), Array(repeating: 7, count: 400_000)] {
            try WholeFile.write(bytes, to: path)
            #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plot.svg"])
    }

    @Test func `A symbolic link is replaced, and what it led to kept`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let kept = folder.appendingPathComponent("kept")
        try Data("kept".utf8).write(to: kept)
        let link = folder.appendingPathComponent("link.svg")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: kept)
        try WholeFile.write([1], to: link.path)
        #expect(try Data(contentsOf: kept) == Data("kept".utf8))
        #expect(try Data(contentsOf: link) == Data([1]))
    }

    @Test func `A folder, a missing folder and no name are refused with the path`() throws {
        let folder = try TestPaths.temporaryDirectory()
        for path in [folder.path, folder.path + "/", folder.path + "/none/plot.svg", ""] {
            let error = #expect(throws: PublishError.self) { try WholeFile.write([1], to: path) }
            #expect(error?.place.file == path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
}
