/// Whole calendar years, both ends included; written as `2000-2009`.
public struct YearRange: Hashable, Sendable, CustomStringConvertible {
    public let first: Int
    public let last: Int

    /// nil when `last` is before `first`.
    public init?(first: Int, last: Int) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    public var count: Int { last - first + 1 }
    public var closedRange: ClosedRange<Int> { first...last }
    public func contains(_ year: Int) -> Bool { closedRange.contains(year) }

    public var description: String { "\(first)-\(last)" }
}
