/// Calendar years, first and last included.
public struct YearRange: Hashable, Sendable, CustomStringConvertible {
    public let first: Int
    public let last: Int

    /// nil when `last` is before `first`.
    public init?(first: Int, last: Int) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// Parses `2000-2009` or a single `2005`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { String($0).trimmingSpaces }
        let years = parts.compactMap { part in
            part.utf8.count == 4 && part.utf8.allSatisfy { (48...57).contains($0) }
                ? Int(part) : nil
        }
        guard years.count == parts.count, let first = years.first, let last = years.last,
            years.count <= 2
        else { return nil }
        self.init(first: first, last: last)
    }

    public var count: Int { last - first + 1 }
    public func contains(_ year: Int) -> Bool { year >= first && year <= last }
    public var description: String { "\(first)-\(last)" }
}

extension String {
    var trimmingSpaces: String {
        var view = self[...]
        while view.first == " " { view.removeFirst() }
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
