import Calendar
import Diagnostics
import Glibc
import State
import Tables

/// The runs of an output folder, newest first: those that the state
/// remembers, and published ones that it does not.
public struct RunListing: Sendable {
    /// One run.
    public struct Entry: Hashable, Sendable {
        /// nil when nothing says when it began.
        public var started: UTCTime?
        /// nil when it did not finish.
        public var finished: UTCTime?
        public var outcome: RunOutcome
        /// Whether the process still runs.
        public var isRunning: Bool
        /// Whether its published folder is still there.
        public var isKept: Bool
        public var asOf: CalendarDate?
        public var asKnownOn: CalendarDate?
        public var pipeline: String
        public var version: String
        /// In the order in which they ran; none when only the folder tells.
        public var stages: [StageEntry]
        /// In the order of the stages.
        public var counts: [CountEntry]

        /// nil when it did not finish, or nothing says.
        public var seconds: Int? {
            guard let started, let finished else { return nil }
            return finished.seconds - started.seconds
        }
    }

    public private(set) var entries: [Entry]
    /// Why the state could not be read.
    public private(set) var warnings: [Warning] = []

    /// - Parameters:
    ///   - path: the output folder.
    ///   - limit: at most so many runs.
    /// - Throws: `PublishError` of kind `unreadable` when there is no such
    ///   folder.
    public init(root path: String, limit: Int) throws(PublishError) {
        let root = try OutputState.resolved(path)
        var remembered: [RunEntry] = []
        do throws(StateError) {
            remembered = try StateDatabase(existingIn: root)?.runs(limit: .max) ?? []
        } catch {
            warnings = [
                Warning(error.code, at: error.place, "\(error.cause); only published runs are listed")
            ]
        }
        let folders = (try? RunRetention.runs(in: root)) ?? []
        let holder = OutputState.holder(of: root)
        let kept = Set(folders.map(\.id))
        entries = remembered.map { Self.entry($0, kept: kept, holder: holder) }
        let known = Set(remembered.compactMap(\.publishedID))
        for run in folders where !known.contains(run.id) {
            do throws(PublishError) {
                entries.append(try Self.entry(run, in: root))
            } catch {
                warnings.append(Warning(error.code, at: error.place, error.cause))
            }
        }
        entries = Array(entries.enumerated().sorted { a, b in
            let (first, second) = (a.element.started, b.element.started)
            if first != second { return (first?.seconds ?? .min) > (second?.seconds ?? .min) }
            return a.offset < b.offset
        }.map(\.element).prefix(max(0, limit)))
    }

    private static func entry(_ run: RunEntry, kept: Set<String>, holder: Int?) -> Entry {
        Entry(
            started: UTCTime(seconds: run.beginning.startedAtSecond),
            finished: run.finishedAtSecond.map { UTCTime(seconds: $0) }, outcome: run.outcome,
            isRunning: run.outcome == .didNotFinish && holder == run.beginning.process,
            isKept: run.publishedID.map(kept.contains) ?? false, asOf: run.asOf,
            asKnownOn: run.beginning.asKnownOn, pipeline: run.beginning.pipeline,
            version: run.beginning.version, stages: run.stages, counts: run.counts)
    }

    private static func entry(
        _ run: RunRetention.Run, in root: String
    ) throws(PublishError) -> Entry {
        let folder = RunFolder(path: "\(root)/\(RunDirectory.runsName)/\(run.id)")
        let manifest = try ManifestReader.manifest(of: folder).manifest
        let record = try? ManifestReader.record(of: folder)
        return Entry(
            started: record?.started, finished: record?.finished, outcome: .published(id: run.id),
            isRunning: false, isKept: true, asOf: manifest.asOf, asKnownOn: manifest.asKnownOn,
            pipeline: manifest.pipelineName, version: manifest.program.version,
            stages: record?.entries ?? [],
            counts: manifest.counts.flatMap { stage in
                stage.counts.map { CountEntry(stage: stage.stage, name: $0.name, value: $0.value) }
            })
    }
}

extension RunRecord {
    /// What became of each stage.
    fileprivate var entries: [StageEntry] {
        states.map { state in
            StageEntry(
                name: state.stage, isComputed: !state.isReused, reason: state.reason,
                seconds: StageTiming.seconds(of: state, in: stages))
        }
    }
}

extension RunEntry {
    fileprivate var publishedID: String? {
        if case .published(let id) = outcome { id } else { nil }
    }
}

/// What can be told of an output folder without writing in it.
enum OutputState {
    /// - Throws: of kind `unreadable`.
    static func resolved(_ path: String) throws(PublishError) -> String {
        guard let text = realpath(path, nil) else {
            throw PublishError(
                .unreadable, at: Place(file: path), "cannot be opened (\(SystemError.last))",
                mend: "Give the folder that runs are published into")
        }
        defer { free(text) }
        return String(cString: text)
    }

    /// The living process that last took the lock of the folder; nil when
    /// there is none.
    static func holder(of root: String) -> Int? {
        guard let bytes = try? Descriptor.readFile(at: root + "/" + OutputLock.name, limit: 32),
            let process = Int(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber }),
            let number = pid_t(exactly: process), kill(number, 0) == 0 || errno == EPERM
        else { return nil }
        return process
    }
}
