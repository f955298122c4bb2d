import Foundation
import TestSupport

/// A copy of a folder of inputs that a test changes between nights.
struct ChangedNights {
    let inputs: URL
    let output: URL

    /// The invented country.
    static func korsavel() throws -> ChangedNights {
        try ChangedNights(copying: TestPaths.package.appendingPathComponent("sample-data"))
    }

    /// The small working set.
    static func small() throws -> ChangedNights {
        try ChangedNights(copying: SharedRuns.goodFolder)
    }

    /// The small working set with what becomes of violence in time.
    static func patterned() throws -> ChangedNights {
        let nights = try small()
        try nights.replace(
            "  window: 90 days\n",
            with: """
                  window: 90 days
                  robustness: { draws: 20 }
                  cube: { step: 14 days, steps: 6 }
                  scan: { step: 7 days, period: 91 days, replicates: 19 }
                  near_repeat: { distances: [5 km, 20 km], days: [7, 14], replicates: 19 }
                  relation: { lags: 1, replicates: 99 }

                """, in: "pipeline.yaml")
        return nights
    }

    /// The same inputs and results again, to be changed apart.
    func copy() throws -> ChangedNights {
        let copy = ChangedNights(inputs: Scratch.file(), output: Scratch.file())
        try FileManager.default.copyItem(at: inputs, to: copy.inputs)
        try FileManager.default.copyItem(at: output, to: copy.output)
        return copy
    }

    /// The same inputs, in another folder from now on.
    func moved() throws -> ChangedNights {
        let moved = ChangedNights(inputs: Scratch.file(), output: output)
        try FileManager.default.moveItem(at: inputs, to: moved.inputs)
        return moved
    }

    private init(inputs: URL, output: URL) {
        self.inputs = inputs
        self.output = output
    }

    private init(copying folder: URL) throws {
        inputs = Scratch.file()
        output = try Scratch.folder()
        try FileManager.default.copyItem(at: folder, to: inputs)
    }

    func file(_ name: String) -> URL { inputs.appendingPathComponent(name) }

    /// Replaces a text in a file of the inputs.
    func replace(_ old: String, with new: String, in name: String) throws {
        let text = try String(contentsOf: file(name), encoding: .utf8)
        guard text.contains(old) else {
            throw PublishedRun.Refused(description: "\(name) does not contain \(old)")
        }
        try text.replacingOccurrences(of: old, with: new)
            .write(to: file(name), atomically: false, encoding: .utf8)
    }

    /// Rewrites the lines of a file of the inputs but its first; nil drops.
    func mapLines(of name: String, _ change: (String) -> String?) throws {
        let lines = try String(contentsOf: file(name), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let kept = lines.prefix(1) + lines.dropFirst().compactMap(change)
        try (kept.joined(separator: "\n") + "\n")
            .write(to: file(name), atomically: false, encoding: .utf8)
    }

    /// Publishes a night and returns what it says has changed.
    func run(_ arguments: [String] = []) throws -> Night {
        let process = try JilaalProcess.run(
            ["run", file("pipeline.yaml").path, "--output", output.path, "--threads", "2"]
                + arguments)
        guard process.exitCode == 0 else {
            throw PublishedRun.Refused(description: process.standardError)
        }
        let folder = output.appendingPathComponent("latest").resolvingSymlinksInPath()
        let table = try CSVText(
            try Data(contentsOf: folder.appendingPathComponent("changes.csv")))
        return Night(folder: folder, said: process.standardOutput, changes: table.rows)
    }

    struct Night {
        var folder: URL
        var said: String
        var changes: [[String: String]]

        /// Those of one subject and way of changing, and figure where given.
        func changes(_ subject: String, _ kind: String? = nil, _ figure: String? = nil)
            -> [[String: String]]
        {
            changes.filter {
                $0["subject"] == subject && (kind == nil || $0["change"] == kind)
                    && (figure == nil || $0["figure"] == figure)
            }
        }

        /// The causes of all changes but of inputs, parameters and program.
        var causes: Set<String> {
            Set(
                changes.filter {
                    !["input", "parameter", "program"].contains($0["subject"] ?? "")
                }.flatMap { ($0["causes"] ?? "").components(separatedBy: "; ") })
        }
    }
}
