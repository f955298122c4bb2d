import Diagnostics
import GridCore

/// Which cells take part in the analysis: a choice that moves the mean and
/// the spread of all values, and so every z-score.
public enum HotspotUniverse: String, Hashable, Sendable, CaseIterable {
    /// The cells of the area of interest, with or without incidents. The
    /// default.
    case mask
    /// Every cell of the grid.
    case all
    /// The cells of the area of interest that ever had an incident.
    case ever

    /// 1 for the cells that take part, 0 for the others.
    ///
    /// - Parameters:
    ///   - mask: other than 0 inside the area of interest.
    ///   - history: masses of every period that is known, the current one
    ///     included; used by `ever` only.
    /// - Throws: `.mismatch` when the shapes differ.
    public func validity(
        mask: Grid<UInt8>, history: [Grid<Int64>] = []
    ) throws(HotspotError) -> Grid<UInt8> {
        guard history.allSatisfy({ $0.shape == mask.shape }) else {
            throw HotspotError(
                .mismatch, "a period of the history has another shape than the mask",
                mend: "Count all periods on the working grid")
        }
        if self == .all { return Grid(mask.spec, filledWith: 1) }
        var valid = Grid<UInt8>(mask.spec, filledWith: 0)
        var known = Grid<UInt8>(mask.spec, filledWith: self == .mask ? 1 : 0)
        if self == .ever {
            known.withMutableCells { known in
                for period in history {
                    period.withCells { units in
                        for i in units.indices where units[i] > 0 { known[i] = 1 }
                    }
                }
            }
        }
        valid.withMutableCells { valid in
            mask.withCells { mask in
                known.withCells { known in
                    for i in valid.indices where mask[i] != 0 { valid[i] = known[i] }
                }
            }
        }
        return valid
    }
}
