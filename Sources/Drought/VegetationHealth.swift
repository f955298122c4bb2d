import GridCore

extension TemperatureConditionRule {
    /// The temperature condition of one cell, percent; the formula and the
    /// reasons of `temperatureConditionKernel`.
    ///
    /// - Parameters:
    ///   - current: stored units; NaN = no value.
    ///   - minimum: smallest of the baseline, stored units.
    ///   - maximum: largest of the baseline, stored units.
    ///   - count: samples of the baseline.
    public func value(current: Double, minimum: Double, maximum: Double, count: Int)
        -> IndicatorValue
    {
        guard !current.isNaN else { return .none(.inputNodata) }
        guard count >= Int(minimumYears) else { return .none(.insufficientBaseline) }
        let range = maximum - minimum
        guard range > 0, range >= minimumStoredRange else { return .none(.zeroRange) }
        let value = 100 * (maximum - current) / range
        if isClamped, value < 0 || value > 100 {
            return IndicatorValue(value: value < 0 ? 0 : 100, reason: .clipped)
        }
        return IndicatorValue(value: value, reason: .ok)
    }
}

extension VegetationHealthRule {
    /// The vegetation health of one cell, percent; the formula and the
    /// reasons of `vegetationHealthKernel`.
    public func value(vci: IndicatorValue, tci: IndicatorValue) -> IndicatorValue {
        guard !vci.value.isNaN else { return .none(vci.reason) }
        let vegetation = min(max(vci.value, 0), 100)
        guard !tci.value.isNaN else {
            return fallback == .vci
                ? IndicatorValue(value: vegetation, reason: .filled) : .none(tci.reason)
        }
        let temperature = min(max(tci.value, 0), 100)
        return IndicatorValue(
            value: vciWeight * vegetation + (1 - vciWeight) * temperature, reason: .ok)
    }
}
