/// Whole calendar years, both ends included; written as `2000-2009`.
public struct YearRange: Hashable, Sendable, CustomStringConvertible {
    /// First year.
    public let first: Int
    /// Last year, included.
    public let last: Int

    /// nil when `last` is before `first`.
    public init?(first: Int, last: Int) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// How many years; at least 1.
    public var count: Int { last - first + 1 }
    /// The years as a range of integers.
    public var closedRange: ClosedRange<Int> { first...last }
    /// Whether a year is one of them.
    public func contains(_ year: Int) -> Bool { closedRange.contains(year) }

    public var description: String { "\(first)-\(last)" }
}
