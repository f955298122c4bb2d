import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Logging
import Sectors
import Tables

/// One night: a pipeline file, a date, and where to publish.
public struct Night: Sendable {
    public var file: PipelineFile
    /// Wins over `as_of` of the pipeline file.
    public var asOf: CalendarDate?
    public var threads: Int
    public var logger: Logger
    public var progress: ProgressReporter
    /// How many runs stay after publishing; nil: all.
    public var retention: RunRetention?

    public init(
        file: PipelineFile, asOf: CalendarDate?, threads: Int, logger: Logger,
        progress: ProgressReporter, retention: RunRetention? = nil
    ) {
        self.retention = retention
        self.file = file
        self.asOf = asOf
        self.threads = max(1, threads)
        self.logger = logger
        self.progress = progress
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
        let inputs = loader.load(&log)
        return Check(failures: log.failures, warnings: log.warnings, asOf: inputs?.asOf)
    }

    /// Runs the stages and publishes into `output`.
    ///
    /// - Throws: `FailureList` with everything wrong with the inputs, or what
    ///   stopped a stage; nothing is published then, and what was published
    ///   before is untouched.
    public func run(output: String) throws -> Outcome {
        let started = UTCTime.now
        var log = ProblemLog()
        progress.begin("inputs")
        guard let inputs = loader.load(&log) else {
            try log.throwIfAny()
            throw PipelineError(
                .nothingToCompute, "there is nothing to compute", mend: "Check the pipeline file")
        }
        for warning in log.warnings { progress.note("warning: \(warning)") }
        logger.info(
            "inputs read",
            metadata: [
                "as_of": "\(inputs.asOf)", "files": "\(inputs.files.count)",
                "warnings": "\(log.warnings.count)", "threads": "\(threads)",
            ])
        let directory = try RunDirectory(root: output)
        defer { directory.discard() }
        let sink = OutputSink(directory)
        var stages = NightStages(night: self, inputs: inputs, sink: sink)
        try stages.run()
        progress.begin("publish")
        var manifest = try manifest(inputs, log.warnings + stages.warnings, stages, sink)
        let changes = try addChanges(to: &manifest, in: directory, sink)
        progress.end()
        let record = RunRecord(
            started: started, finished: .now, stages: progress.timings, threads: threads)
        let published = try directory.publish(manifest: manifest, record: record)
        logger.info("published", metadata: ["run": "\(published.path)"])
        return Outcome(
            run: published, warnings: manifest.warnings,
            summary: stages.summary(path: published.path)
                + changes.lines.map { TerminalText.sanitized($0) } + pruned(directory))
    }

    /// Compares with the last published run and lists what changed.
    private func addChanges(
        to manifest: inout Manifest, in directory: RunDirectory, _ sink: OutputSink
    ) throws -> Changes {
        let changes = try NightChanges(manifest: manifest, stages: [], in: directory)
        try changes.write(to: sink)
        let known = Set(manifest.outputs.map(\.path))
        manifest.outputs += try sink.manifestOutputs(threads: threads, without: known)
        manifest.changes = changes.changes.json(limit: Changes.listedInManifest)
        if let warning = changes.warning {
            manifest.warnings.append(warning)
            progress.note("warning: \(warning)")
        }
        return changes.changes
    }

    /// Removes the oldest runs where that is asked for. The run is published
    /// by now, so that a failure is told and does not undo it.
    private func pruned(_ directory: RunDirectory) -> [String] {
        guard let retention else { return [] }
        do {
            let plan = try directory.prune(retention, threads: threads)
            return plan.removed.isEmpty ? [] : plan.lines(isDone: true)
        } catch {
            progress.note("warning: old runs stay: \(error)")
            return []
        }
    }

    /// What a run ended with.
    public struct Outcome: Sendable {
        public var run: PublishedRun
        public var warnings: [Warning]
        /// A few lines for a person.
        public var summary: [String]
    }

    private var loader: NightLoader {
        NightLoader(configuration: file.configuration, asOf: asOf)
    }

    private func manifest(
        _ inputs: NightInputs, _ warnings: [Warning], _ stages: NightStages, _ sink: OutputSink
    ) throws -> Manifest {
        let files = try mapInParallel(count: inputs.files.count, threads: threads) { _, index in
            try Manifest.Input.files(of: inputs.files[index])
        }
        let configuration = file.configuration
        return Manifest(
            program: .init(name: "jilaal", version: Jilaal.version),
            libraries: GDALRuntime.versions.map { .init(name: $0.name, version: $0.version) },
            pipelineName: configuration.name,
            pipelineFile: .init(path: file.lastName, digest: file.digest),
            parameters: file.canonicalParameters, asOf: inputs.asOf,
            isSynthetic: configuration.synthetic, inputs: files.flatMap { $0 },
            outputs: try sink.manifestOutputs(threads: threads), counts: stages.counts,
            warnings: warnings, notes: configuration.notes)
    }
}
