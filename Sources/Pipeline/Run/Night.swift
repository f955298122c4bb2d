import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Logging
import Sectors
import State
import Tables

/// One night: a pipeline file, a date, and where to publish.
public struct Night: Sendable {
    public var file: PipelineFile
    /// Wins over `as_of` of the pipeline file.
    public var asOf: CalendarDate?
    public var threads: Int
    public var logger: Logger
    public var progress: ProgressReporter
    /// Computes every stage and publishes, whatever is kept.
    public var isForced = false
    /// Which runs are kept after publishing; nil: all.
    public var retention: RunRetention?
    /// Gives the digests of inputs, and those that a kept climatology is compared by.
    public var digests: DigestReader
    /// The last stage that is wanted, with those that it builds on; nil: all.
    public var goal: NightGoal?
    /// Inputs are read as they were known on this day; nil: as they are.
    public var asKnownOn: CalendarDate?
    /// The only clock that a night looks at.
    public var now: @Sendable () -> UTCTime = { .now }

    public init(
        file: PipelineFile, asOf: CalendarDate?, threads: Int, logger: Logger,
        progress: ProgressReporter, digests: @escaping DigestReader = DigestMemo().reader,
        retention: RunRetention? = nil
    ) {
        self.file = file
        self.asOf = asOf
        self.threads = max(1, threads)
        self.logger = logger
        self.progress = progress
        self.digests = digests
        self.retention = retention
    }

    /// What `check` found.
    public struct Check: Sendable {
        public var failures: [any Diagnostic]
        public var warnings: [Warning]
        /// nil when problems keep it from being known.
        public var asOf: CalendarDate?
    }

    /// Reads and checks every input without writing anything.
    public func check() -> Check {
        var log = ProblemLog()
        let inputs = NightLoader(configuration: file.configuration, asOf: asOf).load(&log)
        return Check(failures: log.failures, warnings: log.warnings, asOf: inputs?.asOf)
    }

    /// Runs the stages and publishes into `output`.
    ///
    /// Stages whose inputs and parameters are those of an earlier night are
    /// not computed again. When that holds for all of them and the newest
    /// published run is that very night, nothing is published.
    ///
    /// - Throws: `FailureList` with everything wrong with the inputs, or what
    ///   stopped a stage; nothing is published then, and what was published
    ///   before is untouched. Stages and tiles that were finished are kept
    ///   for the next try. `Interrupted` when a signal asked to stop.
    public func run(output: String) throws -> Outcome {
        try checkGoal(output: output)
        let nights = NightMemory(self, began: now()) { [progress] in
            progress.warn($0)
        }
        return try nights.remembering(output, now: now) { try run(output: output, nights) }
    }

    private func run(output: String, _ nights: NightMemory) throws -> Outcome {
        progress.begin("inputs")
        let store = StageStore(root: output)
        let memory = InputMemory(root: output, reader: digests)
        let prepared = try prepare(store, memory, nights)
        nights.note(asOf: prepared.survey.asOf)
        // Before anything is written: what is refused leaves no trace.
        if !prepared.plan.isComplete { _ = try prepared.inputs() }
        logger.info(
            "inputs found",
            metadata: [
                "as_of": "\(prepared.survey.asOf)", "files": "\(prepared.survey.files.count)",
                "threads": "\(threads)",
            ])
        let directory = try RunDirectory(root: output)
        defer { directory.discard() }
        nights.open(folder: directory.root, isLocked: true)
        let seen = NightMemory.Seen(prepared.survey, file.configuration, prepared.ledger)
        if !isForced, prepared.plan.isComplete,
            let latest = PublishedRun(
                root: directory.root,
                ofNight: manifest(
                    prepared.survey, prepared.plan.steps.compactMap(\.record), nights))
        {
            progress.end()
            nights.note(prepared.plan.states, progress.timings, [])
            nights.finish(.nothingToDo, at: now(), seen: seen, isLocked: true)
            return Outcome(
                run: latest, isNew: false, warnings: prepared.plan.warnings,
                stages: prepared.plan.states,
                summary: NightSummary.lines(
                    file.configuration, asOf: prepared.survey.asOf,
                    prepared.plan.steps.compactMap(\.record), at: latest.path))
        }
        let runner = StageRunner(
            night: self, plan: prepared.plan, store: store, ledger: prepared.ledger,
            run: directory)
        let stages = NightStages(
            runner: runner, asOf: prepared.survey.asOf, inputs: prepared.inputs,
            inputWarnings: { prepared.log.warnings })
        try stages.run()
        progress.begin("publish")
        var manifest = manifest(prepared.survey, runner.records, nights)
        for warning in nights.revisionWarnings(prepared.survey) {
            progress.warn(warning)
        }
        let changes = try addChanges(to: &manifest, in: directory, nights)
        progress.end()
        let record = RunRecord(
            started: nights.began, finished: now(), stages: progress.timings,
            states: runner.states, threads: threads)
        let published = try directory.publish(manifest: manifest, record: record) {
            progress.warn(Warning("not-on-the-device", $0))
        }
        nights.note(runner.states, progress.timings, manifest.counts)
        nights.finish(.published(id: published.id), at: now(), seen: seen, isLocked: true)
        tidy([
            memory.save,
            { try store.clear(keeping: Set(runner.records.map(\.declaration.key))) },
            { try TileJournal.clear(root: directory.root) },
            { try SeriesCache.clear(root: directory.root) },
        ])
        logger.info("published", metadata: ["run": "\(published.path)"])
        return Outcome(
            run: published, isNew: true, warnings: manifest.warnings, stages: runner.states,
            summary: NightSummary.lines(
                file.configuration, asOf: prepared.survey.asOf, runner.records,
                at: published.path)
                + changes.lines.map { TerminalText.sanitized($0) } + pruned(directory))
    }

    /// Compares with the last published run and lists what changed; a night
    /// of an earlier day is compared with the run that it was compared with
    /// then.
    private func addChanges(
        to manifest: inout Manifest, in directory: RunDirectory, _ nights: NightMemory
    ) throws -> Changes {
        manifest.keepNightKey()
        manifest.kernels = Jilaal.kernels
        let changes = try NightChanges(
            manifest: manifest, in: directory,
            since: asKnownOn == nil
                ? RunRetention.latest(in: directory.root) : nights.comparedRun(in: directory.root))
        let sink = OutputSink(directory.folder)
        try changes.write(to: sink)
        manifest.outputs += try sink.outputs(threads: threads).map(\.manifestOutput)
        manifest.changes = changes.changes.json(limit: Changes.listedInManifest)
        if let warning = changes.warning {
            manifest.warnings.append(warning)
            progress.warn(warning)
        }
        return changes.changes
    }

    /// Puts the cache in order. The run is published by now, so that a
    /// failure is told and ends nothing: the next run tries again.
    private func tidy(_ steps: [() throws -> Void]) {
        for step in steps {
            do { try step() } catch {
                progress.warn(Warning("cache-not-in-order", "the cache is not in order: \(error)"))
            }
        }
    }

    /// Removes the oldest runs where that is asked for. The run is published
    /// by now, so that a failure is told and does not undo it.
    private func pruned(_ directory: RunDirectory) -> [String] {
        guard let retention else { return [] }
        do {
            let plan = try directory.prune(retention, threads: threads)
            return plan.removed.isEmpty ? [] : plan.lines(isDone: true)
        } catch {
            progress.warn(Warning("old-runs-stay", "old runs stay: \(error)"))
            return []
        }
    }

    /// What a run ended with.
    public struct Outcome: Sendable {
        /// The published run; the one before when nothing has changed.
        public var run: PublishedRun
        /// Whether it was published now.
        public var isNew: Bool
        public var warnings: [Warning]
        public var stages: [StageState]
        /// A few lines for a person.
        public var summary: [String]
    }

    /// What is known before anything is computed.
    final class Prepared {
        let survey: NightSurvey
        let plan: NightPlan
        let ledger: InputLedger
        private(set) var log: ProblemLog
        private var loaded: NightInputs?
        private let loader: NightLoader
        private let progress: ProgressReporter

        init(
            survey: NightSurvey, plan: NightPlan, ledger: InputLedger, loader: NightLoader,
            loaded: NightInputs?, log: ProblemLog, progress: ProgressReporter
        ) {
            self.survey = survey
            self.plan = plan
            self.ledger = ledger
            self.loader = loader
            self.loaded = loaded
            self.log = log
            self.progress = progress
        }

        /// Everything that is read, read once.
        ///
        /// - Throws: `FailureList` with everything wrong with it.
        func inputs() throws -> NightInputs {
            if let loaded { return loaded }
            let inputs = try Night.load(loader, survey: survey, &log)
            for warning in log.warnings { progress.warn(warning) }
            loaded = inputs
            return inputs
        }
    }

    func prepare(
        _ store: StageStore, _ memory: InputMemory, _ nights: NightMemory
    ) throws -> Prepared {
        try nights.recall()
        let loader = NightLoader(
            configuration: file.configuration, asOf: asOf, nights: nights)
        let ledger = InputLedger(digests: { try memory.digest(of: $0) })
        var log = ProblemLog()
        var loaded: NightInputs?
        let survey: NightSurvey
        if let quick = try NightSurvey(
            self, ledger: ledger, memory: memory, nights: nights) {
            survey = quick
        } else {
            let inputs = try Self.load(loader, survey: nil, &log)
            for warning in log.warnings { progress.warn(warning) }
            survey = try NightSurvey(inputs, self, ledger: ledger, nights: nights)
            loaded = inputs
        }
        let declarations = NightDeclarations(night: self, survey: survey).all()
        return Prepared(
            survey: survey, plan: NightPlan(declarations, store: store, isForced: isForced),
            ledger: ledger, loader: loader, loaded: loaded, log: log, progress: progress)
    }

    private static func load(
        _ loader: NightLoader, survey: NightSurvey?, _ log: inout ProblemLog
    ) throws -> NightInputs {
        guard let inputs = loader.load(&log, survey: survey) else {
            try log.throwIfAny()
            throw PipelineError(
                .nothingToCompute, "there is nothing to compute", mend: "Check the pipeline file")
        }
        return inputs
    }

    /// The same whether stages were computed or reused.
    func manifest(
        _ survey: NightSurvey, _ records: [StageRecord], _ nights: NightMemory
    ) -> Manifest {
        let configuration = file.configuration
        var manifest = Manifest(
            program: .init(name: "jilaal", version: Jilaal.version),
            libraries: GDALRuntime.versions.map { .init(name: $0.name, version: $0.version) },
            pipelineName: configuration.name,
            pipelineFile: .init(path: file.lastName, digest: file.digest),
            parameters: file.canonicalParameters, asOf: survey.asOf,
            isSynthetic: configuration.synthetic, inputs: survey.manifestInputs,
            outputs: records.flatMap { $0.outputs.map(\.manifestOutput) },
            counts: records.compactMap(\.stageCounts),
            warnings: records.flatMap(\.warnings) + nights.revisionWarnings(survey),
            notes: configuration.notes, stages: records.map(\.manifestStage))
        manifest.asKnownOn = asKnownOn
        return manifest
    }
}
