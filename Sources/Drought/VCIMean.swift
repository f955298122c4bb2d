import Calendar
import GridCore

/// A vegetation condition averaged over the last steps: VCI3M, or over one
/// month (Klisch and Atzberger 2016, Remote Sensing 8, 267).
///
/// A window is full when the series has all its steps; it has a value when at
/// least `minimumValid` of them have one. The five vegetation deficit classes
/// of `IndicatorClassTable.vegetationDeficit` are made for this mean. They
/// are no drought phase: a phase also rests on rain, production, access to
/// water and nutrition.
public struct VCIMean: Hashable, Sendable {
    /// Steps of the window.
    public let steps: Int
    /// Steps that need a value.
    public let minimumValid: Int

    /// - Parameters:
    ///   - steps: at least 1.
    ///   - minimumValid: `1...steps`; nil takes two thirds of the steps,
    ///     rounded up.
    ///
    /// nil when one of them is outside.
    public init?(steps: Int, minimumValid: Int? = nil) {
        guard steps >= 1 else { return nil }
        let fewest = minimumValid ?? (2 * steps + 2) / 3
        guard (1...steps).contains(fewest) else { return nil }
        self.steps = steps
        self.minimumValid = fewest
    }

    /// A window of some months in steps of `scheme`, rounded to the nearest
    /// whole number of steps, half up: three months are 9 dekads, 6 composites
    /// of 16 days, 12 of 8 days or 3 months.
    public init?(months: Int, of scheme: PeriodScheme) {
        self.init(steps: (2 * months * scheme.periodsPerYear + 12) / 24)
    }

    private init() {
        steps = 1
        minimumValid = 1
    }

    /// The window of one step.
    public static let oneStep = VCIMean()

    public var rule: WindowMeanRule { WindowMeanRule(minimumCount: minimumValid) }

    /// The steps of the window that ends with `last`; nil before the series
    /// has a full one.
    public func window(endingAt last: Int) -> Range<Int>? {
        last + 1 >= steps ? (last + 1 - steps)..<(last + 1) : nil
    }

    /// The means of one series, one per step; NaN = no value, in and out.
    public func trailingMeans(of series: [Double]) -> [Double] {
        series.indices.map { last in
            guard let window = window(endingAt: last) else { return .nan }
            let values = series[window].filter { !$0.isNaN }
            guard values.count >= minimumValid else { return .nan }
            return values.reduce(0, +) / Double(values.count)
        }
    }
}
