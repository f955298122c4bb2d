/// A length on the ground, in metres; written as `500 m` or `5 km`.
public struct Length: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// In metres.
    public var meters: Double

    public init(meters: Double) { self.meters = meters }

    /// Of so many metres.
    public static func meters(_ value: Double) -> Length { Length(meters: value) }
    /// Of so many kilometres.
    public static func kilometers(_ value: Double) -> Length { Length(meters: value * 1000) }

    /// In kilometres.
    public var kilometers: Double { meters / 1000 }

    /// As in the pipeline file: kilometres from 1 km on, else metres.
    public var description: String {
        meters >= 1000 ? Decimal.text(kilometers) + " km" : Decimal.text(meters) + " m"
    }

    public static func < (a: Length, b: Length) -> Bool { a.meters < b.meters }
}
