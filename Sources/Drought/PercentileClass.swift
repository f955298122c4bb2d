/// The drought classes of the U.S. Drought Monitor by empirical percentile
/// (Svoboda et al. 2002, Bulletin of the AMS 83): D4 below 2, D3 5, D2 10,
/// D1 20, D0 30. Lower bounds are inclusive, upper bounds exclusive.
public enum PercentileClassTable {
    /// Classes from the driest; the last has no upper bound.
    public static let classes = [
        DroughtClass(code: 1, name: "D4", upperBound: 2, isDrought: true),
        DroughtClass(code: 2, name: "D3", upperBound: 5, isDrought: true),
        DroughtClass(code: 3, name: "D2", upperBound: 10, isDrought: true),
        DroughtClass(code: 4, name: "D1", upperBound: 20, isDrought: true),
        // Abnormally dry: on the way into drought or out of it, not in it.
        DroughtClass(code: 5, name: "D0", upperBound: 30, isDrought: false),
        DroughtClass(code: 6, name: "none", upperBound: nil, isDrought: false),
    ]

    /// The class of a percentile, 0...100; nil for NaN.
    public static func droughtClass(ofPercentile percentile: Double) -> DroughtClass? {
        guard !percentile.isNaN else { return nil }
        return classes.first { $0.upperBound.map { percentile < $0 } ?? true }
    }
}
