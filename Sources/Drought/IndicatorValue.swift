/// An indicator of one cell at one step: Float64, not rounded to what a
/// raster holds. NaN = no value, and then `reason` says why.
public struct IndicatorValue: Sendable {
    public var value: Double
    public var reason: IndicatorReason

    public init(value: Double, reason: IndicatorReason) {
        self.value = value
        self.reason = reason
    }

    static func none(_ reason: IndicatorReason) -> IndicatorValue {
        IndicatorValue(value: .nan, reason: reason)
    }
}
