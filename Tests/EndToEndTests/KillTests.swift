import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// A run may be killed at any moment: what is published stays whole, and the
/// next run ends with the bytes of one that was never broken.
@Suite(.serialized) struct KillTests {
    @Test("Ten rounds of kill -9, watched throughout, then resumed")
    func rounds() async throws {
        let unbroken = try SharedRuns.small.get().nightHashes()
        let broken = try killed(seed: 20_221_202, rounds: 10)
        #expect(broken.bad == [])
        #expect(broken.looks > 0)
        #expect(broken.kills > 0, "no round was killed in time")
        #expect(broken.hashes == unbroken)
        let names = try FileManager.default.contentsOfDirectory(atPath: broken.root.path).sorted()
        #expect(names == [".lock", "cache", "latest", "runs", "state.sqlite"])
    }

    struct Ending {
        var root: URL
        var hashes: [String: String]
        var bad: [String]
        var looks: Int
        var kills: Int
    }

    /// Publishes one night, is killed while it computes the next, and goes on
    /// to its end.
    private func killed(seed: UInt64, rounds: Int) throws -> Ending {
        let root = try Scratch.folder()
        let pipeline = SharedRuns.goodFolder.path + "/pipeline.yaml"
        let night = ["run", pipeline, "--output", root.path, "--threads", "2"]
        // As long as the night that is broken off.
        let began = Date()
        let first = try JilaalProcess.run(night + ["--as-of", "2022-12-09"])
        #expect(first.exitCode == 0)
        let length = Date().timeIntervalSince(began)
        var generator = SeededGenerator(seed: seed)
        let watcher = Watcher(root)
        var kills = 0
        for round in 0..<rounds {
            // Every few rounds nothing is left to go on from.
            if round % 3 == 2 {
                try? FileManager.default.removeItem(at: root.appendingPathComponent("cache"))
            }
            let process = Process()
            process.executableURL = JilaalProcess.executable
            process.arguments = night
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let end = Date(
                timeIntervalSinceNow: Double.random(in: 0...length, using: &generator))
            while process.isRunning, Date() < end { usleep(2_000) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { kills += 1 }
        }
        let last = try JilaalProcess.run(night)
        #expect(last.exitCode == 0, "\(last.standardError)")
        let (looks, bad) = watcher.stop()
        return Ending(
            root: root, hashes: try PublishedRun(published: root).nightHashes(), bad: bad,
            looks: looks, kills: kills)
    }

    /// Reads what `latest` names again and again, as a reader of the results
    /// might at any moment.
    private final class Watcher: Sendable {
        private let isDone = Atomic<Bool>(false)
        private let found = Mutex<(looks: Int, bad: [String])>((0, []))
        private let ended = DispatchSemaphore(value: 0)

        init(_ root: URL) {
            Thread.detachNewThread { [self] in
                while !isDone.load(ordering: .relaxed) {
                    let fault = Self.fault(root)
                    found.withLock {
                        $0.looks += 1
                        if let fault { $0.bad.append(fault) }
                    }
                }
                ended.signal()
            }
        }

        func stop() -> (Int, [String]) {
            isDone.store(true, ordering: .relaxed)
            ended.wait()
            return found.withLock { ($0.looks, $0.bad) }
        }

        private static func fault(_ root: URL) -> String? {
            struct Manifest: Decodable {
                struct Output: Decodable {
                    var path: String
                    var bytes: Int
                    var sha256: String
                }
                var outputs: [Output]
            }
            let latest = root.appendingPathComponent("latest").resolvingSymlinksInPath()
            do {
                let manifest = try JSONDecoder().decode(
                    Manifest.self,
                    from: Data(contentsOf: latest.appendingPathComponent("manifest.json")))
                for output in manifest.outputs {
                    let data = try Data(contentsOf: latest.appendingPathComponent(output.path))
                    guard data.count == output.bytes, PublishedRun.sha256(data) == output.sha256 else {
                        return "\(output.path) is not what the manifest says"
                    }
                }
                return manifest.outputs.isEmpty ? "the manifest lists nothing" : nil
            } catch {
                return "\(error)"
            }
        }
    }

    @Test("A stage that was finished before the kill is not computed again")
    func resume() throws {
        let root = try Scratch.folder()
        let stages = root.appendingPathComponent("cache/stages").path
        let night = [
            "run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", root.path,
        ]
        let process = Process()
        process.executableURL = JilaalProcess.executable
        process.arguments = night
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        func hasDrought() -> Bool {
            ((try? FileManager.default.contentsOfDirectory(atPath: stages)) ?? [])
                .contains { $0.hasPrefix("drought-") }
        }
        while process.isRunning, !hasDrought() { usleep(1_000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try #require(hasDrought())
        let again = try JilaalProcess.run(night)
        #expect(again.exitCode == 0)
        #expect(again.standardError.contains("drought: reused"))
        let whole = try SharedRuns.small.get()
        #expect(try PublishedRun(published: root).nightHashes() == (try whole.nightHashes()))
    }

    @Test("A damaged result of a stage is computed again, and so is a lost cache")
    func damaged() throws {
        let whole = try SharedRuns.small.get()
        let expected = try whole.nightHashes()
        let nights = try ChangedNights.small()
        _ = try nights.run()
        let cache = nights.output.appendingPathComponent("cache")
        let stages = cache.appendingPathComponent("stages")
        for (stage, file) in [
            ("drought", "files/drought/vci.tif"), ("hotspots", "findings.plist"),
            ("sectors", "record"),
        ] {
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: stages.path)
                    .first { $0.hasPrefix(stage + "-") })
            let url = stages.appendingPathComponent(name).appendingPathComponent(file)
            var data = try Data(contentsOf: url)
            data[data.count / 2] ^= 1
            try data.write(to: url)
            // Nothing published yet that could be taken instead.
            try FileManager.default.removeItem(
                at: nights.output.appendingPathComponent("latest"))
            let process = try JilaalProcess.run([
                "run", nights.file("pipeline.yaml").path, "--output", nights.output.path,
            ])
            #expect(process.exitCode == 0)
            #expect(
                process.standardError.contains("\(stage): computed (what is kept of it is damaged)"),
                "\(stage)")
            #expect(try PublishedRun(published: nights.output).nightHashes() == expected, "\(stage)")
        }
        try FileManager.default.removeItem(at: cache)
        try FileManager.default.removeItem(at: nights.output.appendingPathComponent("latest"))
        _ = try nights.run()
        #expect(try PublishedRun(published: nights.output).nightHashes() == expected)
    }

    @Test("SIGINT and SIGTERM stop in order: 130 and 143, nothing published, then it goes on")
    func signals() throws {
        for (signal, code) in [(SIGINT, Int32(130)), (SIGTERM, Int32(143))] {
            let root = try Scratch.folder()
            let process = Process()
            process.executableURL = JilaalProcess.executable
            process.arguments = ["run", "sample-data/pipeline.yaml", "--output", root.path]
            process.currentDirectoryURL = TestPaths.package
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let stages = root.appendingPathComponent("cache/stages").path
            while process.isRunning, !FileManager.default.fileExists(atPath: stages) {
                usleep(5_000)
            }
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == code)
            let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
            #expect(names == [".lock", "cache", "runs", "state.sqlite"], "no staging folder, no latest")
        }
    }
}
