import Tables

/// A file that a source was read from.
public struct SourceFile: Hashable, Sendable {
    /// As written in the pipeline file.
    public var path: String
    public var digest: FileDigest

    public init(path: String, digest: FileDigest) {
        self.path = path
        self.digest = digest
    }
}

/// A source of incidents as a run found it.
public struct SourceObservation: Sendable {
    /// Names the source in the store: the same from night to night.
    public var source: String
    public var table: RecordTable
    public var content: SourceContent
    /// SHA-256 of `content`, 64 hexadecimal digits.
    public var sha256: String
    /// The column that identifies events; nil when there is none.
    public var keyColumn: Int?
    /// The file and its sidecars.
    public var files: [SourceFile]

    public init(source: String, table: RecordTable, keyColumn: Int?, files: [SourceFile]) {
        self.source = source
        self.table = table
        self.keyColumn = keyColumn
        self.files = files
        content = SourceContent(table)
        sha256 = content.sha256
    }

    func key(ofRow index: Int) -> String? {
        guard let keyColumn, let text = table[index].field(keyColumn) else { return nil }
        func isBlank(_ character: Character) -> Bool { character.isWhitespace }
        guard text.first.map(isBlank) == true || text.last.map(isBlank) == true else { return text }
        return String(
            String(text.drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
    }
}

/// A source as it was known on a day.
public struct KnownSource: Sendable {
    public var content: SourceContent
    /// The files that it was read from then.
    public var files: [SourceFile]
    /// When a run first found it so, seconds since 1970-01-01T00:00:00Z.
    public var knownAtSecond: Int
}

/// The newest stored state of a source, without its rows.
public struct SnapshotSummary: Hashable, Sendable {
    /// Of the content, 64 hexadecimal digits.
    public var sha256: String
    public var files: [SourceFile]
    /// Seconds since 1970-01-01T00:00:00Z.
    public var knownAtSecond: Int
}
