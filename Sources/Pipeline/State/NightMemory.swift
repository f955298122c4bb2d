import Calendar
import Diagnostics
import Glibc
import State
import Synchronization
import Tables

/// What a night knows of earlier nights, and what it leaves to later ones:
/// how it ended, which files it saw, and what its incident sources said.
///
/// A state database that cannot be used never stops a night, unless the
/// night asks what was known on an earlier day: it is a warning that is
/// printed and not published. Callable from any thread.
final class NightMemory: Sendable {
    /// The day as of which inputs are read; nil: as they are.
    let asKnownOn: CalendarDate?
    /// When the night began: what it finds was first known then.
    let began: UTCTime
    let configuration: PipelineConfiguration
    private let beginning: RunBeginning
    private let tell: @Sendable (Warning) -> Void
    let state = Mutex(Memory())

    struct Memory {
        /// The output folder, absolute; nil: not opened.
        var root: String?
        var database: StateDatabase?
        var token: RunToken?
        var warnings: [Warning] = []
        var known = KnownThen()
        /// Tables as they were read, by source.
        var tables: [String: RecordTable] = [:]
        var asOf: CalendarDate?
        var stages: [StageEntry] = []
        var counts: [CountEntry] = []
    }

    /// - Parameter tell: prints a warning.
    init(_ night: Night, began: UTCTime, tell: @escaping @Sendable (Warning) -> Void) {
        asKnownOn = night.asKnownOn
        self.began = began
        self.tell = tell
        configuration = night.file.configuration
        beginning = RunBeginning(
            startedAtSecond: began.seconds, pipeline: configuration.name,
            pipelineSHA256: night.file.digest.sha256, version: Jilaal.version,
            asKnownOn: night.asKnownOn, process: Int(getpid()))
    }

    /// What went wrong with the state; printed, never published.
    var warnings: [Warning] { state.withLock { $0.warnings } }

    // MARK: Opening

    /// Opens the state of an output folder for reading.
    ///
    /// - Throws: `StateError` when there is one and it cannot be used.
    func openForReading(folder: String) throws(StateError) {
        guard let root = Self.resolved(folder) else { return }
        let database = try StateDatabase(existingIn: root)
        state.withLock {
            $0.root = root
            $0.database = database
        }
    }

    /// Opens the state of an output folder and notes that a run has begun.
    /// Does nothing when that was done.
    ///
    /// - Parameter isLocked: this process holds the folder. Only then is a
    ///   state begun where there is none, and a damaged one moved aside.
    func open(folder: String, isLocked: Bool) {
        guard let root = Self.resolved(folder) else { return }
        let found: [Warning] = state.withLock { memory in
            guard memory.token == nil, isLocked || StateDatabase.exists(in: root) else { return [] }
            memory.root = root
            do throws(StateError) {
                let database =
                    isLocked ? try StateDatabase(folder: root) : try StateDatabase(usableIn: root)
                let warnings = database.warnings
                memory.token = try database.begin(beginning)
                memory.database = database
                return warnings
            } catch {
                // What was remembered can still be asked for.
                memory.database = (try? StateDatabase(existingIn: root)) ?? nil
                // Told when the folder is held, if it comes to that.
                return isLocked ? [Self.unremembered(error)] : []
            }
        }
        warn(found)
    }

    private static func resolved(_ folder: String) -> String? {
        guard let resolved = realpath(folder, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func unremembered(_ error: StateError) -> Warning {
        Warning(
            error.code, at: error.place,
            "\(error.cause): this run is not remembered; results are not affected. \(error.mend)")
    }

    private func warn(_ warnings: [Warning]) {
        state.withLock { $0.warnings += warnings }
        for warning in warnings { tell(warning) }
    }

    // MARK: Ending

    /// Notes what the night is and has done so far.
    func note(asOf: CalendarDate) { state.withLock { $0.asOf = asOf } }

    func note(_ states: [StageState], _ timings: [StageTiming], _ counts: [Manifest.StageCounts]) {
        let stages = states.map {
            StageEntry(
                name: $0.stage, isComputed: !$0.isReused, reason: $0.reason,
                seconds: StageTiming.seconds(of: $0, in: timings))
        }
        let entries = counts.flatMap { stage in
            stage.counts.map { CountEntry(stage: stage.stage, name: $0.name, value: $0.value) }
        }
        state.withLock {
            $0.stages = stages
            $0.counts = entries
        }
    }

    /// Notes how the run ended, once.
    ///
    /// - Parameters:
    ///   - seen: what the run found, when it published it, or would have
    ///     published the same again; nil: nothing of it is kept.
    ///   - isLocked: this process holds the folder: a state that turns out to
    ///     be damaged is moved aside.
    func finish(_ outcome: RunOutcome, at finished: UTCTime, seen: Seen?, isLocked: Bool) {
        let (root, database, token) = state.withLock { memory in
            defer { (memory.database, memory.token) = (nil, nil) }
            return (memory.root, memory.database, memory.token)
        }
        guard let root, let database, let token else { return }
        var ending = RunEnding(
            outcome: outcome, finishedAtSecond: finished.seconds, knownAtSecond: began.seconds)
        state.withLock { memory in
            ending.asOf = memory.asOf
            ending.stages = memory.stages
            ending.counts = memory.counts
        }
        do throws(StateError) {
            if let seen, asKnownOn == nil {
                ending.filesSeen = seen.files
                ending.sources = try observations(seen, database)
            }
            try database.finish(token, ending)
            try database.close()
        } catch {
            var warning = Self.unremembered(error)
            if error.kind == .damaged, isLocked {
                try? database.close()
                if let moved = try? StateDatabase.moveAside(folder: root) {
                    warning = Warning(
                        error.code, at: error.place,
                        "\(error.cause); it is now \(moved), and the next run begins a new one: the "
                            + "history of runs and events begins anew, results are not affected")
                }
            }
            warn([warning])
        }
    }
}
