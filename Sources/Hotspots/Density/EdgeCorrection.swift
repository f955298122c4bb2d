/// What is done about the part of a kernel that falls outside the area of
/// interest, where no incident could be recorded.
///
/// With e(u) the volume of the kernel around u that lies inside the window,
/// see `kernelVolume(within:radiusInMeters:kernel:threads:)`. Volumes below
/// 0.05 count as 0.05, so that no incident or place is raised more than
/// twentyfold. Regions are not corrected: they spread over their own cells.
public enum EdgeCorrection: String, Hashable, Sendable, CaseIterable {
    /// Nothing: the density falls towards the border. The default.
    case none
    /// Each place is divided by its e(u): without bias where incidents are
    /// evenly spread. Diggle 1985, Applied Statistics 34(2).
    case uniform
    /// Each incident is divided by the e of its place: the weights of the
    /// incidents in the window are all kept in it. Jones 1993, Statistics and
    /// Computing 3(3).
    case diggle

    /// Volumes below this are taken for it.
    static let leastVolume = 0.05
}

/// Where in a cell a density is taken.
public enum CellSampling: String, Hashable, Sendable, CaseIterable {
    /// At its centre. The default.
    case center
    /// As the mean of 2 x 2 places, the centres of its quarters, when a
    /// radius is below three cells: a centre alone then misses or hits a
    /// narrow peak. With longer radii at its centre.
    case average

    /// The shifts, in parts of a cell, at which the grid is evaluated.
    func shifts(leastRadius: Double, on columnWidth: Double, _ rowHeight: Double)
        -> [(columns: Double, rows: Double)]
    {
        guard self == .average, leastRadius < 3 * max(columnWidth, rowHeight) else {
            return [(0, 0)]
        }
        return [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)]
    }
}
