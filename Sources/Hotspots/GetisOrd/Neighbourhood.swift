import Diagnostics
import GridCore

/// Which cells of a grid are the neighbours of a cell, and how much they
/// count.
///
/// Distances are between cell centres, in the metres of the grid's CRS. For
/// Gi* the cell itself belongs to its neighbourhood, for Gi it does not; cells
/// that take no part are nobody's neighbours.
public enum Neighbourhood: Hashable, Sendable {
    /// All cells up to the radius, which is included, with weight 1.
    case distanceBand(radiusInMeters: Double)
    /// The up to eight cells that share an edge or a corner, with weight 1.
    case queen
    /// The up to four cells that share an edge, with weight 1.
    case rook
    /// All cells that the kernel reaches, weighted by its height there. z
    /// does not depend on the kernel's normalisation.
    case kernel(DensityKernel, radiusInMeters: Double)
    /// The nearest cells that take part, at least so many, with weight 1.
    /// Cells at the same distance enter together, so that no direction is
    /// preferred: on square cells 5 means 8.
    case nearest(Int)
    /// The distance band, widened where it holds fewer than `minimum`
    /// neighbours: there the nearest ones, as in `nearest`.
    case distanceBandAtLeast(radiusInMeters: Double, minimum: Int)

    /// - Throws: `.unsuitableParameter` for a radius that is none, or a
    ///   number of neighbours below 1.
    func check() throws(HotspotError) {
        switch self {
        case .distanceBand(let radius), .kernel(_, let radius):
            try checkRadius(radius, name: "Gi* radius")
        case .queen, .rook: break
        case .nearest(let count): try Self.checkCount(count)
        case .distanceBandAtLeast(let radius, let minimum):
            try checkRadius(radius, name: "Gi* radius")
            try Self.checkCount(minimum)
        }
    }

    private static func checkCount(_ count: Int) throws(HotspotError) {
        guard count >= 1 else {
            throw HotspotError(
                .unsuitableParameter,
                "Gi* neighbours: \(count) is not a usable number (expected 1 or more)",
                mend: "Give how many neighbours a cell has, such as 8")
        }
    }

    /// The runs of cells with weight 1 around a cell; nil for the others.
    func band(on spec: GridSpec) -> DistanceBand? {
        switch self {
        case .distanceBand(let radius), .distanceBandAtLeast(let radius, _):
            DistanceBand(radiusInMeters: radius, on: spec)
        case .queen: DistanceBand(halfWidths: [1, 1], on: spec)
        case .rook: DistanceBand(halfWidths: [1, 0], on: spec)
        case .kernel, .nearest: nil
        }
    }

    /// One cell of a neighbourhood.
    public struct Member: Hashable, Sendable {
        public var cell: CellIndex
        /// Above 0; 1 at the centre of a kernel.
        public var weight: Double
    }

    /// The neighbourhood of a cell with the cell itself, by row and column:
    /// for an explanation, not for computing maps.
    ///
    /// - Parameter valid: 1 where a cell takes part. The cell itself is
    ///   listed only when it does.
    /// - Throws: `.unsuitableGrid`, `.unsuitableParameter`.
    public func members(
        of cell: CellIndex, valid: Grid<UInt8>
    ) throws(HotspotError) -> [Member] {
        try valid.spec.checkMetric()
        try check()
        return NeighbourhoodSteps(self, on: valid.spec).members(of: cell, valid: valid)
    }
}
