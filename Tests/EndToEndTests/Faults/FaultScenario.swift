import Foundation

/// A command on a known state of the output folder, and how it ends when
/// nothing fails.
struct FaultScenario: Sendable {
    enum Name: String, CaseIterable {
        /// The first run, into an empty folder.
        case firstRun = "first-run"
        /// A run after a published one, with one more composite.
        case nextRun = "next-run"
        case baselineBuild = "baseline-build"
        /// An update after one more composite.
        case baselineUpdate = "baseline-update"

        var isRun: Bool { self == .firstRun || self == .nextRun }
    }

    let name: Name
    /// What follows the program's name but `--output`.
    let command: [String]
    /// The output folder before; copied for each round.
    let before: URL
    /// All points that the unbroken command passed, in their order.
    let points: [PointPassed]
    /// Digests of what it must end with.
    let reference: [String: String]

    struct PointPassed: Sendable {
        var operation: String
        var file: String
    }

    /// That several suites look at.
    static let firstRun = Result { try FaultScenario(.firstRun) }

    /// Runs the command once, unbroken.
    init(_ name: Name) throws {
        self.name = name
        let pipeline = try SmallestPipeline()
        let head = name.isRun ? ["run"] : ["baseline", name == .baselineBuild ? "build" : "update"]
        command = head + [pipeline.file.path, "--threads", "1"]
        before = try Scratch.folder()
        switch name {
        case .firstRun, .baselineBuild: break
        case .nextRun:
            try Self.succeed(["baseline", "build", pipeline.file.path], before)
            try Self.succeed(["run", pipeline.file.path, "--as-of", "2022-12-16"], before)
            try pipeline.addComposite("2022353", value: 3900)
            try pipeline.addComposite("2020353", value: 3700)
            try pipeline.addComposite("2019353", value: 4100)
        case .baselineUpdate:
            try Self.succeed(["baseline", "build", pipeline.file.path], before)
            try pipeline.addComposite("2021353", value: 3700)
        }
        // Digests of files that are younger than two seconds are not kept,
        // so that the number of points would depend on the clock.
        usleep(2_100_000)
        let whole = try Self.copy(of: before)
        let list = Scratch.file()
        let process = try JilaalProcess.run(
            command + ["--output", whole.path],
            environment: [FaultRound.variable: "list=\(list.path)"])
        guard process.exitCode == 0 else {
            throw PublishedRun.Refused(description: process.standardError)
        }
        points = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map {
            let parts = $0.split(separator: " ", maxSplits: 2)
            guard parts.count == 3 else {
                throw PublishedRun.Refused(description: "not a point: \($0)")
            }
            return PointPassed(operation: String(parts[1]), file: String(parts[2]))
        }
        reference = try Self.result(of: name, in: whole)
    }

    /// What a reader sees at the end, but for times and hosts.
    static func result(of name: Name, in root: URL) throws -> [String: String] {
        if name.isRun { return try PublishedRun(published: root).reproducibleHashes() }
        let folder = root.appendingPathComponent("baseline")
        return try FolderState(folder).digests.filter { $0.key != ".lock" }
    }

    static func copy(of folder: URL) throws -> URL {
        let copy = Scratch.file()
        try FileManager.default.copyItem(at: folder, to: copy)
        return copy
    }

    private static func succeed(_ arguments: [String], _ root: URL) throws {
        let process = try JilaalProcess.run(arguments + ["--output", root.path])
        guard process.exitCode == 0 else {
            throw PublishedRun.Refused(description: process.standardError)
        }
    }
}

/// Every file below a folder.
struct FolderState: Equatable {
    /// SHA-256 by path; of a link, where it leads.
    var digests: [String: String] = [:]

    init(_ folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let url = folder.appendingPathComponent(path)
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path) {
                digests[path] = "-> \(target)"
            } else if let data = try? Data(contentsOf: url) {
                digests[path] = PublishedRun.sha256(data)
            }
        }
    }
}
