/// Which values get the end colours of a palette.
public enum ValueStretch: Hashable, Sendable {
    /// From `minimum` to `maximum`, whatever the data: pictures of different
    /// dates can be compared.
    case fixed(minimum: Double, maximum: Double)
    /// Between two percentiles, 0 ... 100, of the pixels drawn.
    case percentiles(lower: Double, upper: Double)
    /// From -v to v, where v is a percentile of the absolute values of the
    /// pixels drawn: keeps the middle of a diverging palette at zero.
    case symmetric(percentile: Double)

    /// The range for the given pixels; always finite and not empty.
    ///
    /// Without a finite pixel, or when all are alike, the range is widened
    /// around what there is.
    func range(of pixels: [Float]) -> ClosedRange<Double> {
        switch self {
        case .fixed(let minimum, let maximum):
            return Self.widened(minimum, maximum)
        case .percentiles(let lower, let upper):
            let sorted = pixels.filter(\.isFinite).sorted()
            return Self.widened(
                Self.percentile(lower, of: sorted), Self.percentile(upper, of: sorted))
        case .symmetric(let percentile):
            let sorted = pixels.lazy.filter(\.isFinite).map(abs).sorted()
            let end = Self.percentile(percentile, of: sorted)
            return Self.widened(-end, end)
        }
    }

    /// As the legend states it.
    var text: String {
        func number(_ value: Double) -> String {
            NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 1)
        }
        return switch self {
        case .fixed: "Fixed range"
        case .percentiles(let lower, let upper):
            "Range: percentiles \(number(lower)) to \(number(upper))"
        case .symmetric(let percentile): "Range: ± percentile \(number(percentile)) of |value|"
        }
    }

    /// Nearest-rank percentile of ascending values; 0 when there are none.
    private static func percentile(_ percent: Double, of sorted: [Float]) -> Double {
        guard !sorted.isEmpty, percent.isFinite else { return 0 }
        let share = min(max(percent, 0), 100) / 100
        return Double(sorted[Int((share * Double(sorted.count - 1)).rounded())])
    }

    private static func widened(_ first: Double, _ second: Double) -> ClosedRange<Double> {
        guard first.isFinite, second.isFinite else { return 0...1 }
        let lower = min(first, second)
        let upper = max(first, second)
        guard lower == upper else { return lower...upper }
        // One part in a thousand of the value, so that it prints alike.
        let margin = max(abs(lower) * 1e-3, 1e-3)
        return (lower - margin)...(upper + margin)
    }
}
