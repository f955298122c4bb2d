/// A share of a hundred; written as `90 %`.
public struct Percent: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 0...100.
    public var value: Double

    public init(_ value: Double) { self.value = value }

    /// 0...1.
    public var fraction: Double { value / 100 }

    public var description: String { Decimal.text(value) + " %" }

    public static func < (a: Percent, b: Percent) -> Bool { a.value < b.value }
}
