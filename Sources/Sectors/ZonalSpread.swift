/// Mean, extremes and median of one layer in one zone, all of them exact sums:
/// see `ExactZonalSum` for how weights and values are rounded, and
/// `WeightedHistogram` for the median.
public struct ZonalSpread: Equatable, Sendable, WeightedCellSink {
    public private(set) var sum = ExactZonalSum()
    private var histogram: WeightedHistogram

    /// - Parameters:
    ///   - binsPerUnit: of the median, above 0.
    ///   - limits: least and greatest bin.
    public init(binsPerUnit: Int, limits: ClosedRange<Int>) {
        histogram = WeightedHistogram(binsPerUnit: binsPerUnit, limits: limits)
    }

    /// Weighted mean; nil when no cell has a value.
    public var mean: Double? { sum.mean }
    public var minimum: Float? { sum.minimum }
    public var maximum: Float? { sum.maximum }

    /// Weighted median of the values rounded to bins; nil when no cell has a
    /// value.
    public var median: Double? { histogram.median }

    /// Adds one cell.
    public mutating func add(_ value: Float, weight: Double) {
        withUnsafePointer(to: value) { add(run: $0, count: 1, weight: weight) }
    }

    /// Adds `count` cells of the same weight.
    public mutating func add(run values: UnsafePointer<Float>, count: Int, weight: Double) {
        let units = (weight * ExactZonalSum.weightUnits).rounded(.toNearestOrEven)
        guard units > 0 else { return }
        sum.add(run: values, count: count, units: Int64(units))
        // Whole numbers: Doubles add up exactly.
        histogram.add(run: values, count: count, weight: units)
    }

    /// Whether all sums and bins are the same.
    public static func == (a: ZonalSpread, b: ZonalSpread) -> Bool {
        a.sum == b.sum && a.histogram.bins.elementsEqual(b.histogram.bins) { $0 == $1 }
    }

    /// Takes in what another part of the same zone gave.
    ///
    /// Precondition: bins of the same size and limits.
    public mutating func merge(_ other: ZonalSpread) {
        sum.merge(other.sum)
        histogram.merge(other.histogram)
    }
}
