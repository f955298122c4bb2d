import Diagnostics
import Foundation
import Logging

/// What became of a stage in a run.
public struct StageState: Hashable, Sendable {
    public var stage: String
    /// Whether its kept results were used.
    public var isReused: Bool
    /// Why it was computed; empty when it was reused.
    public var reason: String
}

/// Takes stages from the store, or computes them into it, and copies their
/// files into the run.
///
/// Not Sendable: one per run.
final class StageRunner {
    let night: Night
    let plan: NightPlan
    let store: StageStore
    let ledger: InputLedger
    let run: RunDirectory
    private(set) var records: [StageRecord] = []
    private(set) var states: [StageState] = []

    init(
        night: Night, plan: NightPlan, store: StageStore, ledger: InputLedger, run: RunDirectory
    ) {
        self.night = night
        self.plan = plan
        self.store = store
        self.ledger = ledger
        self.run = run
    }

    /// Where a stage that is computed works.
    struct Room {
        let declaration: StageDeclaration
        let sink: OutputSink
        /// For files that are not published.
        let folder: StagingFolder

        /// An empty folder for rasters on their way, removed by the caller.
        func workFolder() throws -> URL {
            let path = folder.path + "/work"
            try RunDirectory.makeFolders(path)
            return URL(fileURLWithPath: path)
        }
    }

    /// The findings of a stage; nil when this night does not have it.
    ///
    /// - Throws: what `compute` throws, `Interrupted`, and `PipelineError` of
    ///   kind `inputChanged` when a file was written to meanwhile.
    func perform<Findings: Codable>(
        _ stage: StageName, _ type: Findings.Type,
        compute: (Room) throws -> (Findings, (inout StageWork) -> Void)
    ) throws -> Findings? {
        guard let step = plan.steps.first(where: { $0.declaration.stage == stage }) else {
            return nil
        }
        try Interruption.check()
        if let record = step.record, let findings = store.findings(type, of: record),
            try store.copyFiles(of: record, into: run.folder)
        {
            add(record, StageState(stage: stage.rawValue, isReused: true, reason: ""))
            return findings
        }
        var reason = "what is kept of it is damaged"
        if case .due(let known) = step.status { reason = known }
        let attempt = try store.attempt(step.declaration)
        let files = try attempt.makeFiles()
        let room = Room(
            declaration: step.declaration, sink: OutputSink(files), folder: attempt.folder)
        let (findings, describe) = try compute(room)
        var work = try StageWork(findings)
        describe(&work)
        let outputs = try room.sink.outputs(threads: night.threads)
        if let odd = outputs.first(where: { !stage.mayWrite($0.path) }) {
            throw PipelineError(
                .unexpected, at: Place(file: odd.path),
                "is not an output that the stage \(stage.rawValue) declares",
                mend: "Report this fault")
        }
        try ledger.checkUnchanged()
        try Interruption.check()
        let record = try attempt.commit(work, outputs: outputs, files: files)
        guard try store.copyFiles(of: record, into: run.folder) else {
            throw PublishError(
                .inputOutput, at: Place(file: store.path),
                "the results of the stage \(stage.rawValue) do not read back as they were written",
                mend: "Check the device and run again")
        }
        add(record, StageState(stage: stage.rawValue, isReused: false, reason: reason))
        return findings
    }

    private func add(_ record: StageRecord, _ state: StageState) {
        records.append(record)
        states.append(state)
        let text =
            state.isReused
            ? "\(state.stage): reused" : "\(state.stage): computed (\(state.reason))"
        night.progress.note(text)
        night.logger.info(
            "stage",
            metadata: [
                "name": "\(state.stage)", "outcome": "\(state.isReused ? "reused" : "computed")",
                "reason": "\(state.reason)",
            ])
    }

    func record(of stage: StageName) -> StageRecord? {
        records.first { $0.declaration.stage == stage }
    }
}
