/// A number of days; written as `30 days`.
public struct Days: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How many; never negative when read from a pipeline file.
    public var count: Int

    public init(_ count: Int) { self.count = count }

    public var description: String { count == 1 ? "1 day" : "\(count) days" }

    public static func < (a: Days, b: Days) -> Bool { a.count < b.count }
}

/// A number of calendar months; written as `12 months`.
public struct Months: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How many; never negative when read from a pipeline file.
    public var count: Int

    public init(_ count: Int) { self.count = count }

    public var description: String { count == 1 ? "1 month" : "\(count) months" }

    public static func < (a: Months, b: Months) -> Bool { a.count < b.count }
}
