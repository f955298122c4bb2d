import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ConfiguredPatternTests {
    @Test func `Matching files come in the order of their names' bytes, hidden ones left out`()
        throws
    {
        let folder = try TestPaths.temporaryDirectory()
        for name in ["b.tif", "a.tif", "B.tif", "a10.tif", "a2.tif", ".c.tif", "a.txt", "é.tif"] {
            try Data().write(to: folder.appendingPathComponent(name))
        }
        let files = try ConfiguredPattern(written: "ndvi/*.tif", path: folder.path + "/*.tif")
            .files()
        let names = ["B.tif", "a.tif", "a10.tif", "a2.tif", "b.tif", "é.tif"]
        #expect(files.map(\.path) == names.map { folder.path + "/" + $0 })
        #expect(files.map(\.written) == names.map { "ndvi/" + $0 })
        let one = try ConfiguredPattern(written: "a?.tif", path: folder.path + "/a?.tif").files()
        #expect(one.map(\.written) == ["a2.tif"])
    }

    @Test func `A pattern without a match and a folder that is not there say so`() throws {
        let folder = try TestPaths.temporaryDirectory()
        for (path, cause) in [
            (
                "/*.tif",
                "no file matches (found none among the 0 entries of the folder, expected at least one)"
            ),
            ("/none/*.tif", "the folder cannot be read (No such file or directory)"),
        ] {
            let error = #expect(throws: ConfigurationError.self) {
                try ConfiguredPattern(written: "x/*.tif", path: folder.path + path).files()
            }
            #expect(error?.cause == cause)
            #expect(error?.exit == .inputMissing)
            #expect(error?.place.file == "x/*.tif")
        }
    }

    @Test func `A pipeline file that is not there ends with the exit code of a missing input`()
        throws
    {
        let folder = try TestPaths.temporaryDirectory()
        for path in [folder.path + "/none.yml", folder.path, "/dev/null"] {
            let error = #expect(throws: (any Error).self) {
                try PipelineFile(path: path, environment: [:])
            }
            #expect((error as? FailureList)?.exit == .inputMissing, "\(path)")
        }
    }
}
