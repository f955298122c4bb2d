import Diagnostics
import Foundation
import Glibc
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RunVerificationTests {
    private let folder: String
    private let run: RunFolder

    init() throws {
        let root = try TestPaths.temporaryDirectory().path
        let directory = try RunDirectory(root: root)
        for (path, text) in [("a.csv", "x\n1\n"), ("d/b.csv", "y\n2\n"), ("d/c.csv", "z\n3\n")] {
            try directory.write(Array(text.utf8), to: path)
        }
        let outputs = try ["a.csv", "d/b.csv", "d/c.csv"].map {
            try Manifest.Output(of: $0, in: directory, title: "T", mediaType: "text/csv")
        }
        let published = try directory.publish(
            manifest: ManifestExample.manifest(outputs: outputs), record: ManifestExample.record)
        folder = published.path
        run = try RunFolder(named: root)
    }

    private func faults(threads: Int = 2) throws -> [String] {
        try RunVerification(of: run, threads: threads).faults.map { "\($0.kind.rawValue) \($0.path)" }
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + path))
    }

    @Test func `A run as it was published has no fault, and the log may be there`() throws {
        try write("said", to: RunDirectory.logName)
        let verification = try RunVerification(of: run, threads: 2)
        #expect(verification.isGood)
        #expect(verification.filesChecked == 3)
        #expect(verification.bytesChecked == 12)
        #expect(run.id == "2010-12-19-001")
    }

    @Test func `Every kind of damage is named, all at once, for any number of threads`() throws {
        try write("x\n9\n", to: "a.csv")
        #expect(truncate(folder + "/d/b.csv", 2) == 0)
        #expect(unlink(folder + "/d/c.csv") == 0)
        try write("new", to: "d/odd.txt")
        #expect(symlink("/etc/passwd", folder + "/link") == 0)
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        #expect(unlink(folder + "/run.json") == 0)
        let expected = [
            "changed a.csv", "truncated d/b.csv", "missing d/c.csv", "unlisted d/odd.txt",
            "symlinked link", "not-a-file pipe", "missing run.json",
        ]
        for threads in [1, 2, 8] { #expect(try faults(threads: threads) == expected) }
    }

    @Test func `A file that became longer is changed`() throws {
        try write("x\n1\n2\n", to: "a.csv")
        #expect(try faults() == ["changed a.csv"])
    }

    @Test func `A link to the same bytes is a fault, and so is a folder that became one`() throws {
        #expect(rename(folder + "/a.csv", folder + "/../kept") == 0)
        #expect(symlink("../kept", folder + "/a.csv") == 0)
        #expect(rename(folder + "/d", folder + "/../kept-folder") == 0)
        #expect(symlink("../kept-folder", folder + "/d") == 0)
        #expect(
            try faults() == [
                "symlinked a.csv", "symlinked d", "symlinked d/b.csv", "symlinked d/c.csv",
            ])
    }

    @Test func `A damaged record is a fault`() throws {
        try write("{}", to: "run.json")
        #expect(try faults() == ["damaged run.json"])
    }

    @Test(
        "A manifest that is not one is refused, naming the place",
        arguments: [
            ("", "1"), ("{", "1"), ("[]", "format"), ("{}", "format"),
            (#"{"format": "jilaal-manifest", "version": 2}"#, "version"),
        ])
    func damagedManifest(_ text: String, _ place: String) throws {
        try write(text, to: "manifest.json")
        let error = #expect(throws: PublishError.self) { try RunVerification(of: run, threads: 1) }
        #expect(error?.kind == .runDamaged)
        #expect(error?.exit == .dataRefused)
        #expect(error?.place.description.contains(place) == true)
    }

    @Test func `A manifest cut at any place is refused`() throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json"))
        for count in stride(from: 0, to: bytes.count - 2, by: 7) {
            try bytes.prefix(count).write(to: URL(fileURLWithPath: folder + "/manifest.json"))
            let error = #expect(throws: PublishError.self) { try ManifestReader.manifest(of: run) }
            #expect(error?.kind == .runDamaged)
        }
    }

    @Test func `A manifest that lists a path outside the run finds nothing there`() throws {
        let path = folder + "/manifest.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try write(text.replacingOccurrences(of: "\"a.csv\"", with: "\"../../.lock\""), to: "manifest.json")
        #expect(try faults() == ["missing ../../.lock", "unlisted a.csv"])
    }

    @Test func `A manifest and a record read back print the same bytes`() throws {
        let manifest = try ManifestReader.manifest(of: run).manifest
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json"))
        #expect(Data(manifest.json.utf8(.pretty) + [10]) == bytes)
        let record = try #require(try ManifestReader.record(of: run))
        #expect(record.finished == ManifestExample.record.finished)
        #expect(record.json == ManifestExample.record.json)
    }

    @Test func `A run is named by its folder, by latest or by the output folder`() throws {
        let root = (folder as NSString).deletingLastPathComponent + "/.."
        for name in [folder, root, root + "/latest"] {
            #expect(try RunFolder(named: name).path == run.path)
        }
        for name in [folder + "/d", folder + "/no", "/dev/null"] {
            let error = #expect(throws: PublishError.self) { try RunFolder(named: name) }
            #expect(error?.kind == .runMissing)
            #expect(error?.exit == .inputMissing)
        }
    }
}
