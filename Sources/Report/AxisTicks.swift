import Foundation

/// Round values along an axis.
public struct AxisTicks: Hashable, Sendable {
    /// Ascending multiples of `step`, within the range.
    public let values: [Double]
    let step: Double

    /// About `count` ticks between two values, by steps of 1, 2 or 5 times a
    /// power of ten. No ticks when the range is empty or not finite.
    public init(from lower: Double, to upper: Double, count: Int) {
        guard let step = Self.roundStep((upper - lower) / Double(max(1, count))) else {
            values = []
            self.step = 0
            return
        }
        self.step = step
        let first = (lower / step).rounded(.up)
        let last = (upper / step).rounded(.down)
        // Far from zero the steps may be below the spacing of doubles.
        guard first.isFinite, last.isFinite, abs(first) < 1e15, last - first < 100 else {
            values = []
            return
        }
        var ticks: [Double] = []
        var index = first
        while index <= last {
            // The product, not a running sum: no error builds up.
            ticks.append(index * step)
            index += 1
        }
        values = ticks
    }

    /// The smallest of 1, 2, 5 times a power of ten that is at least `size`;
    /// nil when `size` is not positive and finite.
    static func roundStep(_ size: Double) -> Double? {
        guard size.isFinite, size > 0 else { return nil }
        let power = pow(10, floor(log10(size)))
        guard power > 0, power.isFinite else { return nil }
        for factor in [1.0, 2, 5] where factor * power >= size * (1 - 1e-9) {
            return factor * power
        }
        return 10 * power
    }

    /// Decimals that tell neighbouring ticks apart.
    public var decimals: Int { Self.decimals(ofStep: step) }

    static func decimals(ofStep step: Double) -> Int {
        guard step > 0, step.isFinite else { return 0 }
        return max(0, -Int(floor(log10(step) + 1e-9)))
    }

    /// A tick as longitude or latitude: `45° E`, `2.5° S`, `0°`.
    func degreeText(_ value: Double, positive: String, negative: String) -> String {
        if value == 0 { return "0°" }
        let number = NumberText.fixed(abs(value), decimals: decimals)
        return number + "° " + (value > 0 ? positive : negative)
    }
}
