import Calendar

/// All that a run leaves to remember when it ends.
public struct RunEnding: Sendable {
    public var outcome: RunOutcome
    /// Seconds since 1970-01-01T00:00:00Z.
    public var finishedAtSecond: Int
    /// When files and sources were looked at: the beginning of the run.
    public var knownAtSecond: Int
    public var asOf: CalendarDate?
    public var stages: [StageEntry] = []
    public var counts: [CountEntry] = []
    /// Every input file by its absolute path.
    public var filesSeen: [String: FileDigest] = [:]
    /// Sources of incidents that differ from what is stored.
    public var sources: [SourceObservation] = []

    public init(outcome: RunOutcome, finishedAtSecond: Int, knownAtSecond: Int) {
        self.outcome = outcome
        self.finishedAtSecond = finishedAtSecond
        self.knownAtSecond = knownAtSecond
    }
}
