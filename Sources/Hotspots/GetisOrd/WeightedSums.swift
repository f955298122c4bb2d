import GridCore

/// Sums over neighbourhoods with weights that are not all 1, in floating
/// point and in one order: by row and column of the neighbours.
///
/// Values are taken as deviations from the mean, which keeps the digits of
/// small deviations from a large mean.
struct WeightedSums: Sendable {
    /// 0 where a cell takes no part.
    let deviations: Grid<Double>
    let sample: Sample
    private let lags: Grid<Double>
    private let weights: Grid<Double>
    private let squares: Grid<Double>

    /// - Parameter steps: by row and column; the cell itself is left out for
    ///   Gi.
    init(
        _ statistic: LocalGStatistic, steps: [NeighbourhoodSteps.Step], _ input: GetisOrdInput
    ) {
        let steps = steps.filter { statistic == .giStar || $0.rows != 0 || $0.columns != 0 }
        let mean = input.summary.moments.mean
        let spec = input.valid.spec
        let present = Grid<Double>(spec, cells: input.valid.cells.map { $0 == 0 ? 0 : 1 })
        let deviations = Grid<Double>(
            spec,
            cells: zip(input.units.cells, input.valid.cells).map {
                $1 == 0 ? 0 : Double($0) - mean
            })
        self.deviations = deviations
        sample = Sample(
            count: input.summary.moments.count, sum: deviations.cells.reduce(0, +),
            squares: deviations.cells.reduce(0) { $0 + $1 * $1 })
        lags = Self.sum(of: deviations, steps, input.threads) { $0 }
        weights = Self.sum(of: present, steps, input.threads) { $0 }
        squares = Self.sum(of: present, steps, input.threads) { $0 * $0 }
    }

    subscript(row: Int, column: Int) -> NeighbourSums {
        NeighbourSums(
            lag: lags[row, column], weights: weights[row, column],
            squares: squares[row, column])
    }

    /// Sum of `weight(w) * value` over the steps from every cell.
    private static func sum(
        of values: Grid<Double>, _ steps: [NeighbourhoodSteps.Step], _ threads: Int,
        weight: @Sendable (Double) -> Double
    ) -> Grid<Double> {
        let (rows, columns) = (values.shape.rows, values.shape.columns)
        return Grid(values.spec) { cells in
            let output = SharedCells(cells)
            values.withCells { values in
                let input = SharedInput(values)
                forEachInParallel(count: rows, threads: threads) { _, row in
                    guard let sums = output.cells.baseAddress, let values = input.cells.baseAddress
                    else { return }
                    let own = sums + row * columns
                    own.initialize(repeating: 0, count: columns)
                    for step in steps where row + step.rows >= 0 && row + step.rows < rows {
                        let factor = weight(step.weight)
                        let source = values + ((row + step.rows) * columns + step.columns)
                        let first = max(0, -step.columns)
                        let end = min(columns, columns - step.columns)
                        for column in first..<max(first, end) {
                            own[column] += factor * source[column]
                        }
                    }
                }
            }
        }
    }
}
