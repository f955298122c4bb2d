import Calendar

/// How a run ended.
public enum RunOutcome: Hashable, Sendable {
    /// Under this identifier, such as `2010-12-19-001`.
    case published(id: String)
    /// Everything was there already.
    case nothingToDo
    /// With the exit code and the first line of the error.
    case failed(exitCode: Int, message: String)
    /// By a signal.
    case interrupted
    /// The process was killed, or still runs.
    case didNotFinish
}

/// What a run knows of itself when it begins.
public struct RunBeginning: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public var startedAtSecond: Int
    /// `name` of the pipeline file.
    public var pipeline: String
    /// SHA-256 of the pipeline file's bytes, 64 hexadecimal digits.
    public var pipelineSHA256: String
    /// Of the program.
    public var version: String
    /// The day as of which inputs were known; nil = as they are.
    public var asKnownOn: CalendarDate?
    /// Number of the process.
    public var process: Int

    public init(
        startedAtSecond: Int, pipeline: String, pipelineSHA256: String, version: String,
        asKnownOn: CalendarDate?, process: Int
    ) {
        self.startedAtSecond = startedAtSecond
        self.pipeline = pipeline
        self.pipelineSHA256 = pipelineSHA256
        self.version = version
        self.asKnownOn = asKnownOn
        self.process = process
    }
}

/// What one stage of a run did.
public struct StageEntry: Hashable, Sendable {
    public var name: String
    /// false: the result of an earlier run was used again.
    public var isComputed: Bool
    /// Why it was computed; empty when reused.
    public var reason: String
    /// Of the wall clock.
    public var seconds: Double

    public init(name: String, isComputed: Bool, reason: String, seconds: Double) {
        self.name = name
        self.isComputed = isComputed
        self.reason = reason
        self.seconds = seconds
    }
}

/// One number that a stage counted.
public struct CountEntry: Hashable, Sendable {
    public var stage: String
    public var name: String
    public var value: Int

    public init(stage: String, name: String, value: Int) {
        self.stage = stage
        self.name = name
        self.value = value
    }
}

/// One run in the history of an output folder.
public struct RunEntry: Hashable, Sendable {
    /// Grows with each run.
    public var number: Int64
    public var beginning: RunBeginning
    /// Seconds since 1970-01-01T00:00:00Z; nil for a run that did not finish.
    public var finishedAtSecond: Int?
    public var outcome: RunOutcome
    /// The night that was looked back from; nil when the run ended before it
    /// was known.
    public var asOf: CalendarDate?
    /// In the order in which they ran.
    public var stages: [StageEntry]
    /// In the order of the stages.
    public var counts: [CountEntry]
}

/// The row of a run that has begun.
public struct RunToken: Hashable, Sendable {
    let id: Int64
}
