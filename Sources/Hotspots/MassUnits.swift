/// An amount of incidents as a whole number of units, one incident being
/// 2^20 of them.
///
/// Whole numbers make spreading exact: the parts of an incident spread over
/// days or cells always add up to it, sums do not depend on their order, and
/// equal neighbourhoods get equal statistics.
public struct MassUnits: Hashable, Comparable, Sendable {
    /// Units in one incident. A power of two, so that dividing by it loses
    /// nothing.
    public static let unitsPerEvent: Int64 = 1 << 20
    public static let zero = MassUnits(units: 0)
    public static let oneEvent = MassUnits(units: unitsPerEvent)

    public var units: Int64

    public init(units: Int64) { self.units = units }

    /// The nearest whole number of units to `events`; nil when that is
    /// negative, not finite or above 2^50 units (about a billion events).
    public init?(events: Double) {
        let units = (events * Double(Self.unitsPerEvent)).rounded()
        guard units >= 0, units <= Double(Self.largest) else { return nil }
        self.units = Int64(units)
    }

    /// Totals above this are refused, so that squares of totals stay exact.
    static let largest: Int64 = 1 << 50

    /// The amount in incidents.
    public var events: Double { Double(units) / Double(Self.unitsPerEvent) }

    public static func < (a: MassUnits, b: MassUnits) -> Bool { a.units < b.units }
    public static func + (a: MassUnits, b: MassUnits) -> MassUnits {
        MassUnits(units: a.units + b.units)
    }
    public static func += (a: inout MassUnits, b: MassUnits) { a = a + b }

    /// The mass of the parts `parts` when this mass is cut into `count` equal
    /// parts, such as the days of an incident's week that a window holds.
    ///
    /// Parts that together are `0 ..< count` add up to the whole exactly.
    /// Precondition: `parts` lies within `0 ..< count`.
    public func share(of parts: Range<Int>, in count: Int) -> MassUnits {
        precondition(
            parts.lowerBound >= 0 && parts.upperBound <= count && count > 0,
            "parts outside the whole")
        return MassUnits(
            units: scaled(by: parts.upperBound, over: count)
                - scaled(by: parts.lowerBound, over: count))
    }

    /// `units * numerator / denominator`, rounded down, without overflow.
    private func scaled(by numerator: Int, over denominator: Int) -> Int64 {
        let product = units.multipliedFullWidth(by: Int64(numerator))
        return Int64(denominator).dividingFullWidth(product).quotient
    }
}
