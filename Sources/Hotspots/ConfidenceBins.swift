import Diagnostics
import GridCore

/// How sure it is that a cell is part of a hot spot or cold spot.
public enum ConfidenceBin: Int8, Hashable, Sendable, CaseIterable {
    case cold99 = -3
    case cold95 = -2
    case cold90 = -1
    case notSignificant = 0
    case hot90 = 1
    case hot95 = 2
    case hot99 = 3

    /// The stored value of cells that take no part in the analysis.
    public static let nodata: Int8 = -128

    /// Significance level of the bins of a magnitude; nil for 0.
    public var level: Double? {
        switch self {
        case .notSignificant: nil
        case .hot90, .cold90: 0.10
        case .hot95, .cold95: 0.05
        case .hot99, .cold99: 0.01
        }
    }
}

/// The confidence bins of a grid, and where their limits lay.
public struct ConfidenceBins: Sendable {
    /// Raw values of `ConfidenceBin`, or `ConfidenceBin.nodata`.
    public let bins: Grid<Int8>
    public let correction: MultipleTesting
    /// The largest significant p-value at 90, 95 and 99 percent; nil where
    /// nothing was significant.
    public let thresholds: [Double?]

    /// Judges all cells at the levels 0.10, 0.05 and 0.01, each for itself
    /// over all cells that have a p-value; a cell gets the strictest level it
    /// passes, with the sign of its z-score.
    ///
    /// Masked cells become nodata; constant and saturated cells are not
    /// significant, and saturated ones do not count as tests.
    ///
    /// - Parameter p: two-sided p-values of the map, uncorrected; see
    ///   `GetisOrdMap.twoSidedP(threads:)`.
    /// - Throws: `.mismatch` when the shapes differ.
    public init(
        of map: GetisOrdMap, twoSidedP p: Grid<Double>,
        correction: MultipleTesting = .benjaminiHochberg
    ) throws(HotspotError) {
        guard p.shape == map.z.shape else {
            throw HotspotError(
                .mismatch, "the p-values have another shape than the z-scores",
                mend: "Take the p-values of the same map")
        }
        let thresholds = p.withCells { p in
            let values = PValues(p, upTo: Self.levels[0])
            return Self.levels.map { values.threshold(correction, level: $0) }
        }
        var bins = Grid<Int8>(map.z.spec, filledWith: ConfidenceBin.nodata)
        bins.withMutableCells { bins in
            map.z.withCells { z in
                map.status.withCells { status in
                    p.withCells { p in
                        for i in bins.indices
                        where status[i] != LocalStatisticStatus.masked.rawValue {
                            bins[i] = Self.bin(z: z[i], p: p[i], thresholds)
                        }
                    }
                }
            }
        }
        self.bins = bins
        self.correction = correction
        self.thresholds = thresholds
    }

    static let levels = [0.10, 0.05, 0.01]

    static func bin(z: Double, p: Double, _ thresholds: [Double?]) -> Int8 {
        // NaN is below no threshold.
        let passed = thresholds.lastIndex { threshold in
            if let threshold { p <= threshold } else { false }
        }
        guard let passed, z != 0 else { return ConfidenceBin.notSignificant.rawValue }
        let magnitude = Int8(passed + 1)
        return z > 0 ? magnitude : -magnitude
    }
}
