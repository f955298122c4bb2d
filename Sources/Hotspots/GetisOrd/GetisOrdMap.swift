import GridCore

/// What became of a cell in a local statistic.
public enum LocalStatisticStatus: UInt8, Hashable, Sendable, CaseIterable {
    /// The z-score is a number to be judged.
    case ok = 0
    /// Not part of the analysis; z is NaN.
    case masked = 1
    /// All values are equal, so nothing stands out; z is 0 and p is 1.
    case constant = 2
    /// The neighbourhood holds every cell, so there is nothing to compare it
    /// with; z is NaN and nothing is significant.
    case saturated = 3
    /// Gi only: the cell has no neighbour; z is NaN.
    case isolated = 4
}

/// The Gi or Gi* statistic of every cell of a grid.
public struct GetisOrdMap: Sendable {
    /// The z-score; NaN where the status says so.
    public internal(set) var z: Grid<Double>
    /// Raw values of `LocalStatisticStatus`.
    public internal(set) var status: Grid<UInt8>
    /// Number of cells in the analysis, n.
    public let cellCount: Int
    /// Mean of their values, in incidents per cell.
    public let mean: Double
    /// Their standard deviation over all n, in incidents per cell.
    public let standardDeviation: Double
    /// Cells in the neighbourhood of a cell far from edges and mask, itself
    /// included; of nearest neighbours at least so many.
    public let cellsInFullBand: Int

    public func status(of cell: CellIndex) -> LocalStatisticStatus {
        LocalStatisticStatus(rawValue: status[cell]) ?? .masked
    }

    /// Two-sided normal p-values, uncorrected; NaN where z is NaN.
    public func twoSidedP(threads: Int) -> Grid<Double> {
        let z = z
        return Grid(z.spec) { cells in
            let output = SharedCells(cells)
            let perJob = 1 << 14
            let jobs = (z.count + perJob - 1) / perJob
            z.withCells { input in
                let input = SharedInput(input)
                forEachInParallel(count: jobs, threads: threads) { _, job in
                    for i in (job * perJob)..<min(input.cells.count, (job + 1) * perJob) {
                        output.cells[i] = normalTwoSidedP(input.cells[i])
                    }
                }
            }
        }
    }
}
