import Diagnostics
import GridCore

/// Gi* of every cell of a cube at every step.
public struct SpaceTimeGetisOrd: Sendable {
    /// z-scores of each step; NaN where a cell takes no part or its
    /// neighbourhood holds everything that it is compared with, 0 where all
    /// values compared with are equal.
    public let z: [Grid<Double>]
    /// 1 where a cell takes part.
    public let valid: Grid<UInt8>
    /// Which cells and steps were summed, and with what they were compared.
    public let neighbourhood: SpaceTimeNeighbourhood
    /// Cells with steps in the analysis: cells times steps.
    public let binCount: Int
    /// Mean per cell and step over the whole cube, in incidents.
    public let mean: Double
    /// Standard deviation over the whole cube, in incidents.
    public let standardDeviation: Double

    /// Computes `z = (sum_j w_ij x_j - mean W_i) / (S sqrt((n W_i - W_i^2) /
    /// (n - 1)))` as for a grid, the neighbours j being those of
    /// `SpaceTimeNeighbourhood` and n, mean and S those of its window. All
    /// sums are exact.
    ///
    /// - Parameters:
    ///   - valid: 1 where a cell takes part, at all steps; see
    ///     `HotspotUniverse`.
    ///   - threads: changes no bit of the result.
    /// - Throws: `.unsuitableGrid`, `.unsuitableParameter`, `.mismatch`, or
    ///   `.unsuitableValue` when the magnitudes add up to more than 2^50
    ///   units.
    /// - Complexity: O(cells x steps x (rows in the band + steps in the
    ///   neighbourhood)).
    public init(
        of cube: SpaceTimeCube, valid: Grid<UInt8>, neighbourhood: SpaceTimeNeighbourhood,
        threads: Int
    ) throws(HotspotError) {
        let input = try CubeInput(cube, valid: valid, neighbourhood, threads: threads)
        self.init(z: input.scores(threads: max(1, threads)), input)
    }

    init(z: [Grid<Double>], _ input: CubeInput) {
        self.z = z
        valid = input.valid
        neighbourhood = input.neighbourhood
        let all = input.moments(of: 0..<input.steps.count)
        binCount = all.count
        mean = all.mean / Double(MassUnits.unitsPerEvent)
        standardDeviation = all.standardDeviation / Double(MassUnits.unitsPerEvent)
    }

    /// Two-sided normal p-value of a cell at a step, uncorrected.
    public func twoSidedP(step: Int, cell: CellIndex) -> Double {
        normalTwoSidedP(z[step][cell])
    }

    /// The scores of a cell, the oldest first.
    public func series(of cell: CellIndex) -> [Double] { z.map { $0[cell] } }
}
