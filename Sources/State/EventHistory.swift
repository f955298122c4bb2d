/// A field that a revision changed; nil = missing.
public struct FieldChange: Hashable, Sendable {
    public var column: String
    public var before: String?
    public var after: String?
}

/// One row that an event had in its source, and when it was known.
public struct EventRevision: Hashable, Sendable {
    /// When a run first found it, seconds since 1970-01-01T00:00:00Z.
    public var sinceSecond: Int
    /// When a run first found it gone; nil while it is there.
    public var untilSecond: Int?
    /// Columns and values in the order of the source; nil = missing.
    public var fields: [Field]
    /// Against the revision before; empty for the first.
    public var changes: [FieldChange]
    /// Whether the event was absent just before: withdrawn and put back.
    public var isReturn: Bool

    /// One field of a row.
    public struct Field: Hashable, Sendable {
        public var column: String
        public var value: String?
    }
}

/// Everything that was ever known of one event of one source.
public struct EventHistory: Hashable, Sendable {
    /// The name of the source in the store.
    public var source: String
    public var key: String
    /// By the time at which they were first known.
    public var revisions: [EventRevision]

    /// When it was gone from its source; nil while it is there.
    public var withdrawnAtSecond: Int? {
        let ends = revisions.map(\.untilSecond)
        return ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
    }
}
