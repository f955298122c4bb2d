import Foundation
import Glibc
import TestSupport
import Testing

/// `verify`, `prune` and `run --keep` on published runs.
@Suite struct KeepingRunsTests {
    private let root: URL

    /// A folder with four copies of one published night.
    init() throws {
        root = try Scratch.folder()
        let manager = FileManager.default
        let small = try SharedRuns.small.get()
        try manager.createDirectory(
            at: root.appendingPathComponent("runs"), withIntermediateDirectories: false)
        for number in 1...4 {
            try manager.copyItem(at: small.folder, to: run(number))
        }
        try manager.createSymbolicLink(
            atPath: root.path + "/latest", withDestinationPath: "runs/2022-12-10-004")
    }

    private func run(_ number: Int) -> URL {
        root.appendingPathComponent("runs/2022-12-10-00\(number)")
    }

    private func runs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path + "/runs").sorted()
    }

    private func damage(_ number: Int) throws {
        try Data("sector_id,name\r\n".utf8)
            .write(to: run(number).appendingPathComponent("sectors.csv"))
    }

    @Test("verify names every fault of a damaged copy and ends with 2")
    func verify() throws {
        let good = try JilaalProcess.run(["verify", root.path])
        #expect(good.exitCode == 0)
        #expect(good.standardOutput.contains("2022-12-10-004: "))
        #expect(good.standardOutput.contains(", 0 faults"))
        try damage(4)
        try FileManager.default.removeItem(at: run(4).appendingPathComponent("map.png"))
        try Data("x".utf8).write(to: run(4).appendingPathComponent("drought/odd.tif"))
        let index = run(4).appendingPathComponent("incidents/index.csv").path
        #expect(unlink(index) == 0)
        #expect(symlink(run(3).appendingPathComponent("incidents/index.csv").path, index) == 0)
        let bytes = try Data(contentsOf: run(4).appendingPathComponent("drought/vci.tif"))
        var changed = bytes
        changed[changed.count / 2] ^= 1
        try changed.write(to: run(4).appendingPathComponent("drought/vci.tif"))
        let bad = try JilaalProcess.run(["verify", run(4).path])
        #expect(bad.exitCode == 2)
        let words = bad.standardOutput.split(separator: "\n").dropLast().map {
            $0.split(separator: ":").prefix(2).joined(separator: ":")
        }
        #expect(
            words == [
                "unlisted: drought/odd.tif", "changed: drought/vci.tif",
                "symlinked: incidents/index.csv", "missing: map.png", "truncated: sectors.csv",
            ])
        #expect(bad.errors.count == 1)
        #expect(try JilaalProcess.run(["verify", run(3).path]).exitCode == 0)
        #expect(try JilaalProcess.run(["verify", root.path + "/no"]).exitCode == 66)
    }

    @Test("prune says what it would remove, then removes it, and never the last good run")
    func prune() throws {
        let dry = try JilaalProcess.run(["prune", root.path, "--keep", "2", "--dry-run"])
        #expect(dry.exitCode == 0)
        #expect(dry.standardOutput.contains("would remove 2022-12-10-001: "))
        #expect(dry.standardOutput.contains("would remove 2 of 4 runs"))
        #expect(try runs().count == 4)
        for number in [2, 3, 4] { try damage(number) }
        let done = try JilaalProcess.run(["prune", root.path, "--keep", "1"])
        #expect(done.exitCode == 0)
        #expect(done.standardOutput.contains("removed 2 of 4 runs"))
        #expect(try runs() == ["2022-12-10-001", "2022-12-10-004"])
    }

    @Test("prune of a folder that another holds ends with 75, and of no output folder with 66")
    func refused() throws {
        let lock = open(root.path + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(lock >= 0)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(try JilaalProcess.run(["prune", root.path, "--keep", "1"]).exitCode == 75)
        #expect(try runs().count == 4)
        let folder = try Scratch.folder()
        #expect(try JilaalProcess.run(["prune", folder.path, "--keep", "1"]).exitCode == 66)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(try JilaalProcess.run(["prune", root.path, "--keep", "0"]).exitCode == 64)
    }

    @Test("run --keep publishes, then removes the oldest; a damaged run before is told")
    func keep() throws {
        try damage(4)
        try Data("{".utf8).write(to: run(4).appendingPathComponent("manifest.json"))
        let result = try JilaalProcess.run([
            "run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", root.path, "--keep",
            "2",
        ])
        #expect(result.exitCode == 0)
        #expect(try runs() == ["2022-12-10-004", "2022-12-10-005"])
        #expect(result.standardOutput.contains("removed 3 of 5 runs"))
        #expect(result.warnings.contains { $0.contains("cannot be compared with") })
        #expect(try JilaalProcess.run(["verify", root.path]).exitCode == 0)
    }
}
