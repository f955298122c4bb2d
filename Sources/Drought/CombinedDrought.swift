import GridCore

extension IndicatorClassTable {
    /// The table as kernels read it.
    public var scale: ConditionScale {
        ConditionScale(
            bounds: classes.compactMap { $0.upper.map { Float($0) } },
            boundBelongsBelow: classes.dropLast().map(\.upperIsInclusive),
            conditions: classes.map(\.condition.rawValue))
    }
}

/// The combined class of one cell or zone: the worst condition that any of
/// its indicators gives.
public struct CombinedDrought: Hashable, Sendable {
    /// nil when no indicator has a value.
    public let condition: DroughtCondition?
    /// Positions, from 0, of the indicators that give this condition; empty
    /// when it is none or unknown.
    public let triggers: [Int]
    /// How many indicators give this condition.
    public let agreeing: Int
    /// How many have a value.
    public let available: Int

    /// - Parameter indicators: value and table of each, in the order
    ///   configured; NaN = no value.
    public init(of indicators: [(value: Double, table: IndicatorClassTable)]) {
        let conditions = indicators.map { $0.table.indicatorClass(of: $0.value)?.condition }
        let worst = conditions.compactMap { $0 }.max()
        let sharing = conditions.indices.filter { worst != nil && conditions[$0] == worst }
        condition = worst
        triggers = worst == DroughtCondition.none ? [] : sharing
        agreeing = sharing.count
        available = conditions.count { $0 != nil }
    }
}
