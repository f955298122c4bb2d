/// A published table of vegetation condition classes.
///
/// Lower bounds are inclusive, upper bounds exclusive. A VCI below 0 (worse
/// than the whole baseline) is in the first class, one above 100 in the last.
public enum DroughtClassTable: String, Sendable, Hashable, CaseIterable {
    /// Kogan (1995): below 10 extreme, 20 severe, 30 moderate, 40 mild.
    case kogan
    /// Vegetation deficit classes of Klisch et al. (2015): below 10 extreme,
    /// 20 severe, 35 moderate, 50 normal, above that above normal.
    case ndma

    /// Classes from the driest; the last has no upper bound.
    public var classes: [DroughtClass] {
        switch self {
        case .kogan:
            [
                DroughtClass(code: 1, name: "extreme", upperBound: 10, isDrought: true),
                DroughtClass(code: 2, name: "severe", upperBound: 20, isDrought: true),
                DroughtClass(code: 3, name: "moderate", upperBound: 30, isDrought: true),
                DroughtClass(code: 4, name: "mild", upperBound: 40, isDrought: true),
                DroughtClass(code: 5, name: "none", upperBound: nil, isDrought: false),
            ]
        case .ndma:
            [
                DroughtClass(code: 1, name: "extreme", upperBound: 10, isDrought: true),
                DroughtClass(code: 2, name: "severe", upperBound: 20, isDrought: true),
                DroughtClass(code: 3, name: "moderate", upperBound: 35, isDrought: true),
                DroughtClass(code: 4, name: "normal", upperBound: 50, isDrought: false),
                DroughtClass(code: 5, name: "above_normal", upperBound: nil, isDrought: false),
            ]
        }
    }

    /// The class of a VCI in percent; nil for NaN.
    public func droughtClass(ofVCI vci: Double) -> DroughtClass? {
        guard !vci.isNaN else { return nil }
        return classes.first { $0.upperBound.map { vci < $0 } ?? true }
    }
}

/// One class of a table.
public struct DroughtClass: Hashable, Sendable {
    /// Number in the class raster; 0 is nodata there.
    public let code: UInt8
    public let name: String
    /// VCI in percent, exclusive; nil for the last class.
    public let upperBound: Double?
    /// Whether the class counts as drought in area shares.
    public let isDrought: Bool

    /// Severe or worse: a VCI below 20 in both classifications.
    public var isSevere: Bool { isDrought && (upperBound ?? .infinity) <= 20 }
}

/// Why a cell has no value, or that it has one: the reason raster.
///
/// The first that applies is given.
public enum DroughtReason: UInt8, Sendable, CaseIterable {
    /// The cell has a VCI and a z-score.
    case ok = 0
    /// The composite has no value there.
    case inputNodata = 1
    /// Fewer baseline years than `minimum_years`.
    case insufficientBaseline = 2
    /// The baseline's range is zero or below `minimum_range`: no VCI.
    case zeroRange = 3
    /// The baseline's standard deviation is zero or its mean is too small:
    /// no z-score or no percent, but a VCI.
    case zeroDeviationOrMean = 4
    /// Land that the mask leaves out; never without a mask.
    case masked = 5

    /// Those that outputs with or without a mask can have.
    public static func cases(isMasked: Bool) -> [DroughtReason] {
        allCases.filter { isMasked || $0 != .masked }
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
        }
    }

    public var text: String {
        switch self {
        case .ok: "ok"
        case .inputNodata: "no value in the composite"
        case .insufficientBaseline: "too few baseline years"
        case .zeroRange: "baseline range zero or too small"
        case .zeroDeviationOrMean: "baseline deviation zero or mean too small"
        case .masked: "land left out by the mask"
        }
    }
}
