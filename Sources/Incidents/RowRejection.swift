import Tables

/// Why one row gives no incident; becomes a `RejectedRecord`.
struct RowRejection: Error {
    var reason: RejectReason
    var field: String?
    var found: String
    var expected: String

    init(_ reason: RejectReason, _ field: String?, found: String, expected: String) {
        self.reason = reason
        self.field = field
        self.found = TerminalText.excerpt(found)
        self.expected = expected
    }

    func record(line: Int, key: String?) -> RejectedRecord {
        RejectedRecord(
            line: line, key: key, reason: reason, field: field, found: found, expected: expected)
    }
}
