import Diagnostics
import Foundation
import Tables

extension Night {
    /// What would change if bases closed and opened. Publishes nothing.
    ///
    /// - Parameter runs: the folder of earlier runs, whose kept stages are
    ///   used; nil: everything is computed.
    /// - Throws: `FailureList` with everything wrong with inputs or request,
    ///   or what stopped a stage.
    public func whatIf(_ request: WhatIfRequest, runs: String?) throws -> WhatIfResult {
        var night = self
        night.goal = .coverage
        try night.checkSection()
        let own = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-what-if-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: own) }
        return try night.whatIf(request, root: runs ?? own)
    }

    private func whatIf(_ request: WhatIfRequest, root: String) throws -> WhatIfResult {
        progress.begin("inputs")
        let nights = NightMemory(self, began: now()) { [progress] in progress.warn($0) }
        let store = StageStore(root: root)
        let memory = InputMemory(root: root, reader: digests)
        let prepared = try prepare(store, memory, nights)
        let inputs = try prepared.inputs()
        let directory = try RunDirectory(root: root)
        defer { directory.discard() }
        let runner = StageRunner(
            night: self, plan: prepared.plan, store: store, ledger: prepared.ledger,
            run: directory)
        let stages = NightStages(
            runner: runner, asOf: prepared.survey.asOf, inputs: { inputs },
            inputWarnings: { prepared.log.warnings })
        defer { progress.end() }
        return try stages.whatIf(request)
    }

    /// Writes tables, and in the restricted edition features and a map, into
    /// a folder of its own, which appears at once.
    ///
    /// - Throws: `PublishError` when the folder is there already or cannot be
    ///   written.
    public func write(_ result: WhatIfResult, to folder: String) throws {
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw PublishError(
                .cannotCreate, at: Place(file: folder), "is there already",
                mend: "Give a folder that is not there, or remove it")
        }
        let staged = folder + ".partial-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: staged, withIntermediateDirectories: true)
            for (name, bytes) in try result.files() {
                try WholeFile.write(bytes, to: staged + "/" + name)
            }
            try FileManager.default.moveItem(atPath: staged, toPath: folder)
        } catch {
            try? FileManager.default.removeItem(atPath: staged)
            if let error = error as? any Diagnostic { throw error }
            throw PublishError(
                .inputOutput, at: Place(file: folder), "cannot be written (\(error))",
                mend: "Check the path and the free space")
        }
    }
}

extension WhatIfResult {
    /// Names and bytes of what is written.
    func files() throws -> [(name: String, bytes: [UInt8])] {
        var files = [
            ("sectors.csv", CSVWriter().utf8(sectors)), ("what_if.json", json.utf8(.pretty)),
        ]
        guard !edition.isPublic else { return files }
        let (table, features) = settlementTable
        files.append(("settlements.csv", CSVWriter().utf8(table)))
        files.append(
            ("settlements.geojson", try GeoJSONWriter().utf8(features, members: [edition.member])))
        files.append(("what_if.png", try map()))
        return files
    }
}
