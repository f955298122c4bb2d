import Tables

/// A travel time; written as `120 min` or `2 h`.
public struct Minutes: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var value: Double

    public init(_ value: Double) { self.value = value }

    /// As in the pipeline file, in minutes.
    public var description: String { Decimal.text(value) + " min" }

    public static func < (a: Minutes, b: Minutes) -> Bool { a.value < b.value }
}
