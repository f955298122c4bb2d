import Calendar
import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RunDirectoryTests {
    private let root: String

    init() throws {
        root = try TestPaths.temporaryDirectory().path + "/out/nightly"
    }

    private func names(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root + folder).sorted()
    }

    /// Publishes one good run and returns what the folder holds then.
    private func publishOnce() throws -> [String: String] {
        let run = try RunDirectory(root: root)
        _ = try ManifestExample.publish("first", in: run)
        return try snapshot(root)
    }

    /// What is there now, the text of the lock left out.
    private func withoutLock(_ contents: [String: String]) -> [String: String] {
        contents.filter { $0.key != ".lock" }
    }

    @Test func `A published run is whole, and latest leads to it`() throws {
        let run = try RunDirectory(root: root)
        let published = try ManifestExample.publish("a,b\n", in: run)
        #expect(published.id == "2010-12-19-001")
        #expect(published.path.hasSuffix("/runs/2010-12-19-001"))
        #expect(try names() == [".lock", "latest", "runs"])
        #expect(try names("/latest/") == ["manifest.json", "run.json", "tables"])
        let text = try String(contentsOfFile: root + "/latest/tables/sectors.csv", encoding: .utf8)
        #expect(text == "a,b\n")
        #expect(try snapshot(root)["latest"] == "-> runs/2010-12-19-001")
    }

    @Test func `Runs of one date are numbered, and earlier ones stay as they are`() throws {
        let first = try publishOnce()
        for (number, date) in [(2, ManifestExample.asOf), (3, ManifestExample.asOf)] {
            let run = try RunDirectory(root: root)
            let published = try ManifestExample.publish("run \(number)", in: run, asOf: date)
            #expect(published.id == "2010-12-19-00\(number)")
        }
        let other = try RunDirectory(root: root)
        let published = try ManifestExample.publish(
            "x", in: other, asOf: ManifestExample.asOf.adding(days: 1))
        #expect(published.id == "2010-12-20-001")
        let now = try snapshot(root)
        for (path, content) in first where path.hasPrefix("runs/") { #expect(now[path] == content) }
        #expect(now["latest"] == "-> runs/2010-12-20-001")
    }

    @Test func `Numbers go on after the highest, also beyond 999`() throws {
        _ = try publishOnce()
        for name in ["2010-12-19-007", "2010-12-19-999", "2010-12-19-x", "2010-12-20-2000"] {
            try FileManager.default.createDirectory(
                atPath: root + "/runs/" + name, withIntermediateDirectories: false)
        }
        let published = try ManifestExample.publish("x", in: RunDirectory(root: root))
        #expect(published.id == "2010-12-19-1000")
    }

    @Test func `A run that does not publish leaves the folder as it was`() throws {
        let before = try publishOnce()
        do {
            let run = try RunDirectory(root: root)
            try run.write([1, 2, 3], to: "drought/vci.tif")
            #expect(FileManager.default.fileExists(atPath: run.staging + "/drought/vci.tif"))
        }
        #expect(try withoutLock(snapshot(root)) == withoutLock(before))
    }

    @Test func `A discarded run cannot be published`() throws {
        let run = try RunDirectory(root: root)
        run.discard()
        #expect(throws: PublishError.self) {
            try run.publish(manifest: ManifestExample.manifest(), record: ManifestExample.record)
        }
        #expect(try names("/runs") == [])
        #expect(!FileManager.default.fileExists(atPath: root + "/latest"))
    }

    @Test func `A run is published once`() throws {
        let run = try RunDirectory(root: root)
        _ = try ManifestExample.publish("x", in: run)
        let before = try snapshot(root)
        #expect(throws: PublishError.self) {
            try run.publish(manifest: ManifestExample.manifest(), record: ManifestExample.record)
        }
        run.discard()
        #expect(try snapshot(root) == before)
    }

    @Test func `A file that the manifest does not list stops publishing`() throws {
        let before = try publishOnce()
        do {
            let run = try RunDirectory(root: root)
            try run.write([1], to: "odd.bin")
            let error = #expect(throws: PublishError.self) {
                try ManifestExample.publish("second", in: run)
            }
            #expect(error?.kind == .manifestMismatch)
            #expect(error?.place.file == "odd.bin")
            #expect(error?.exit == .bug)
        }
        #expect(try withoutLock(snapshot(root)) == withoutLock(before))
    }

    @Test func `A file that changed its size after it was described stops publishing`() throws {
        let run = try RunDirectory(root: root)
        try run.write([1, 2, 3], to: "a.bin")
        let output = try Manifest.Output(of: "a.bin", in: run, title: "A", mediaType: "x/y")
        #expect(truncate(run.staging + "/a.bin", 2) == 0)
        let error = #expect(throws: PublishError.self) {
            try run.publish(
                manifest: ManifestExample.manifest(outputs: [output]),
                record: ManifestExample.record)
        }
        #expect(error?.kind == .manifestMismatch)
    }

    @Test func `The log may be there or not`() throws {
        let run = try RunDirectory(root: root)
        try run.write(Array("log".utf8), to: RunDirectory.logName)
        _ = try ManifestExample.publish("x", in: run)
        #expect(try names("/latest/") == ["log.txt", "manifest.json", "run.json", "tables"])
    }

    @Test func `When latest cannot be swapped the run is taken back and the old one stays`() throws
    {
        let before = try publishOnce()
        do {
            let run = try RunDirectory(root: root)
            // A folder with something in it in the place of the link.
            #expect(unlink(root + "/latest") == 0)
            try FileManager.default.createDirectory(
                atPath: root + "/latest/kept", withIntermediateDirectories: true)
            let error = #expect(throws: PublishError.self) {
                try ManifestExample.publish("second", in: run)
            }
            #expect(error?.kind == .inputOutput)
            #expect(error?.exit == .inputOutput)
            #expect(error?.description.contains("latest: renaming failed (Is a directory)") == true)
        }
        #expect(try names("/runs") == ["2010-12-19-001"])
        #expect(try names() == [".lock", "latest", "runs"])
        let now = try snapshot(root)
        for (path, content) in before where path.hasPrefix("runs/") {
            #expect(now[path] == content)
        }
        #expect(now["latest/kept"] == "folder")
    }

    @Test func `When runs was replaced by a link nothing is published through it`() throws {
        let before = try publishOnce()
        let elsewhere = try TestPaths.temporaryDirectory().path
        do {
            let run = try RunDirectory(root: root)
            #expect(rename(root + "/runs", root + "/kept") == 0)
            #expect(symlink(elsewhere, root + "/runs") == 0)
            let error = #expect(throws: PublishError.self) {
                try ManifestExample.publish("second", in: run)
            }
            #expect(error?.kind == .unsafePath)
            #expect(error?.exit == .cannotCreateOutput)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere) == [])
        let now = try snapshot(root)
        for (path, content) in before where path.hasPrefix("runs/") {
            #expect(now["kept" + path.dropFirst(4)] == content)
        }
        #expect(now["latest"] == before["latest"])
    }

    @Test func `A link or a pipe among the outputs stops publishing`() throws {
        let before = try publishOnce()
        for make in [
            { symlink("/etc/passwd", $0) }, { mkfifo($0, 0o600) },
        ] as [(String) -> Int32] {
            let run = try RunDirectory(root: root)
            #expect(make(run.staging + "/odd") == 0)
            let error = #expect(throws: PublishError.self) {
                try ManifestExample.publish("second", in: run)
            }
            #expect(error?.kind == .unsafePath)
        }
        #expect(try withoutLock(snapshot(root)) == withoutLock(before))
    }

    @Test func `An output folder that is a file is refused`() throws {
        let parent = (root as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: root))
        for path in [root, root + "/below", "/dev/null"] {
            let error = #expect(throws: PublishError.self) { try RunDirectory(root: path) }
            #expect(error?.kind == .cannotCreate, "\(path)")
            #expect(error?.exit == .cannotCreateOutput, "\(path)")
        }
        #expect(try String(contentsOfFile: root, encoding: .utf8) == "x")
    }

    @Test func `A root that is a link is followed`() throws {
        let real = try TestPaths.temporaryDirectory().path
        let link = try TestPaths.temporaryDirectory().path + "/link"
        #expect(symlink(real, link) == 0)
        let published = try ManifestExample.publish("x", in: RunDirectory(root: link))
        #expect(FileManager.default.fileExists(atPath: real + "/runs/" + published.id))
    }

    @Test(
        "A link or file inside the root in the place of a folder or link is refused",
        arguments: ["runs", "latest", ".lock"])
    func oddLayoutIsRefused(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let elsewhere = try TestPaths.temporaryDirectory().path
        if name == "latest" {
            try Data().write(to: URL(fileURLWithPath: root + "/latest"))
        } else {
            #expect(symlink(elsewhere, root + "/" + name) == 0)
        }
        let error = #expect(throws: PublishError.self) { try RunDirectory(root: root) }
        #expect(error?.exit == .cannotCreateOutput)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere) == [])
    }

    @Test func `Leftovers of processes that ended are removed, all else is kept`() throws {
        _ = try publishOnce()
        let dead = try deadProcess()
        let alive = getppid()
        let leftovers = [".staging-\(dead)-00ff", ".staging-\(getpid())-00ff"]
        let kept = [".staging-\(alive)-00ff", ".staging-x", "mine", ".staging-\(dead)-x.."]
        let outside = try TestPaths.temporaryDirectory().path
        try Data("x".utf8).write(to: URL(fileURLWithPath: outside + "/file"))
        for name in leftovers + kept {
            try FileManager.default.createDirectory(
                atPath: root + "/" + name + "/deep", withIntermediateDirectories: true)
            #expect(symlink(outside, root + "/" + name + "/deep/link") == 0)
        }
        #expect(symlink("runs/x", root + "/.latest-\(dead)-00ff") == 0)
        do { _ = try RunDirectory(root: root) }
        #expect(Set(try names()) == Set([".lock", "latest", "runs"] + kept))
        #expect(FileManager.default.fileExists(atPath: outside + "/file"), "links are not followed")
    }

    /// The id of a process that has ended.
    private func deadProcess() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        return process.processIdentifier
    }

    @Test(
        "A name that leaves the folder or hides is refused",
        arguments: [
            "", "..", "../x", "/etc/x", "a//b", "a/../b", "./a", ".hidden", "a/.b", "-rf", "a\nb",
            "a\u{0}b", "a/", String(repeating: "a", count: 256),
        ])
    func unsafeNamesAreRefused(_ name: String) throws {
        let run = try RunDirectory(root: root)
        let error = #expect(throws: PublishError.self) { try run.write([1], to: name) }
        #expect(error?.kind == .unsafePath)
        #expect(throws: PublishError.self) { try run.path(of: name) }
        #expect(try run.files() == [])
    }

    @Test func `A link in the staging folder is not written through`() throws {
        let outside = try TestPaths.temporaryDirectory().path
        let run = try RunDirectory(root: root)
        #expect(symlink(outside, run.staging + "/folder") == 0)
        #expect(symlink(outside + "/new", run.staging + "/file") == 0)
        #expect(throws: PublishError.self) { try run.write([1], to: "folder/x") }
        #expect(throws: PublishError.self) { try run.write([1], to: "file") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
    }

    @Test func `Files are listed in the order of their names' bytes`() throws {
        let run = try RunDirectory(root: root)
        for name in ["b/2", "b/10", "a", "B", "c/d/e"] { try run.write([], to: name) }
        #expect(try run.files() == ["B", "a", "b/10", "b/2", "c/d/e"])
        #expect(try run.path(of: "new/x.tif") == run.staging + "/new/x.tif")
        #expect(FileManager.default.fileExists(atPath: run.staging + "/new"))
    }

    @Test func `Outputs can be written from several threads`() async throws {
        let run = try RunDirectory(root: root)
        try await withThrowingTaskGroup { group in
            for i in 0..<64 {
                group.addTask { try run.write(Array("\(i)".utf8), to: "t\(i % 4)/f\(i)") }
            }
            try await group.waitForAll()
        }
        #expect(try run.files().count == 64)
    }
}
