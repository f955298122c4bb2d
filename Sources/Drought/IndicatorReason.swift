/// Why an indicator has no value in a cell, or what its value rests on: the
/// companion raster of every indicator. The first that applies is given.
///
/// Codes 0 to 4 mean what `DroughtReason` means by them.
public enum IndicatorReason: UInt8, Sendable, CaseIterable {
    case ok = 0
    /// The series has no value at the step asked for, or too few around it.
    case inputNodata = 1
    /// Fewer years or observations than the indicator needs.
    case insufficientBaseline = 2
    /// The baseline's range is zero or below the smallest that counts.
    case zeroRange = 3
    /// The baseline's deviation is zero, or its mean too small to divide by.
    case zeroDeviationOrMean = 4
    /// Land cover that the mask leaves out.
    case masked = 5
    /// The date lies in no season.
    case outOfSeason = 6
    /// A fit has no solution: all values equal, or too few degrees of freedom.
    case fitFailed = 7
    /// Too many steps without rain for a distribution of the amounts.
    case arid = 8
    /// A value, cut off at the end of the scale.
    case clipped = 9
    /// A value, of which a part was filled in or taken from a fallback.
    case filled = 10

    /// Whether the cell has a value all the same.
    public var hasValue: Bool {
        switch self {
        case .ok, .clipped, .filled: true
        default: false
        }
    }

    /// A word for tables and manifests.
    public var name: String {
        switch self {
        case .ok: "ok"
        case .inputNodata: "no_value"
        case .insufficientBaseline: "too_few_years"
        case .zeroRange: "zero_range"
        case .zeroDeviationOrMean: "zero_deviation_or_mean"
        case .masked: "masked"
        case .outOfSeason: "out_of_season"
        case .fitFailed: "fit_failed"
        case .arid: "arid"
        case .clipped: "clipped"
        case .filled: "filled"
        }
    }

    public var text: String {
        switch self {
        case .ok: "ok"
        case .inputNodata: "no value in the series"
        case .insufficientBaseline: "too few years or observations"
        case .zeroRange: "baseline range zero or too small"
        case .zeroDeviationOrMean: "baseline deviation zero or mean too small"
        case .masked: "land cover left out by the mask"
        case .outOfSeason: "outside every season"
        case .fitFailed: "no fit: values equal or too few"
        case .arid: "too many steps without rain"
        case .clipped: "value cut off at the end of the scale"
        case .filled: "value partly filled in"
        }
    }
}
