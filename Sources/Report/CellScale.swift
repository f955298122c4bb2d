import GridCore

/// Classes of values with a colour each, for maps of few cells: those can be
/// read off one by one, where a continuous scale could not.
public struct CellScale: Sendable {
    /// Limits between classes, ascending; a value on a limit is of the class
    /// above.
    public let bounds: [Double]
    /// One more than `bounds`, of the lowest values first.
    public let colors: [Color]
    /// What a cell without value is called.
    public let missing: String

    public init(bounds: [Double], palette: Palette, missing: String = "no value") {
        self.bounds = bounds
        self.missing = missing
        colors = (0...bounds.count).map { index in
            palette.color(at: bounds.isEmpty ? 0.5 : Double(index) / Double(bounds.count))
        }
    }

    /// Percent of the baseline's range, with a class of its own for what is
    /// below all of the baseline.
    public static let vegetationCondition = CellScale(
        bounds: [0, 10, 20, 35, 50], palette: .vegetationCondition)

    /// Standard deviations from the mean, in seven classes around it.
    public static let zscore = CellScale(bounds: [-3, -2, -1, 1, 2, 3], palette: .anomaly)

    /// Deviations from 0, in seven classes around it.
    public static func deviation(of values: [Double], missing: String) -> CellScale {
        let most = values.filter(\.isFinite).map(abs).max() ?? 1
        let step = AxisTicks.roundStep(most / 3) ?? 1
        return CellScale(
            bounds: [-3, -2, -1, 1, 2, 3].map { $0 * step }, palette: .anomaly, missing: missing)
    }

    /// Values that follow one another, such as times.
    public static func sequence(of values: [Double], missing: String) -> CellScale {
        let valid = values.filter(\.isFinite)
        let ticks = AxisTicks(from: valid.min() ?? 0, to: valid.max() ?? 0, count: 5)
        return CellScale(bounds: ticks.values, palette: .cividis, missing: missing)
    }

    func color(of value: Double) -> Color? {
        value.isFinite ? colors[bounds.count { $0 <= value }] : nil
    }

    /// The classes from the lowest on, as the legend names them.
    var labels: [String] {
        guard let first = bounds.first, let last = bounds.last else { return ["all alike"] }
        let middle = zip(bounds, bounds.dropFirst()).map { "\(text($0)) to \(text($1))" }
        return ["below \(text(first))"] + middle + ["\(text(last)) and above"]
    }

    private func text(_ value: Double) -> String {
        let text = SVGDocument.number(value)
        return text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text
    }
}
