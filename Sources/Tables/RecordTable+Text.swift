/// The bytes of a CSV and where its data records begin.
public struct RecordText: Sendable {
    /// All bytes of the file.
    public let bytes: [UInt8]
    /// Position of the first byte of each data record, ascending; what
    /// precedes the first is the header (and its row of tags).
    public let starts: [Int]
}

extension RecordTable {
    /// The text that the table was read from; nil for a vector layer.
    public var text: RecordText? {
        lines.map { RecordText(bytes: $0.bytes, starts: $0.recordStarts) }
    }
}
