import GridCore

/// The mean vegetation health of a season, and which cells are stressed,
/// accumulated step by step: the part of the Agricultural Stress Index that
/// is done per cell.
///
/// Memory for three numbers a cell, whatever the length of the season.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class SeasonalStress: @unchecked Sendable {
    public let cellCapacity: Int
    private let memory: UnsafeMutablePointer<Double>
    private let sums: SeasonalSums
    private let capacity: Int
    /// Cells in use; `begin` sets them.
    public private(set) var cells = 0
    /// Steps added since `begin`.
    public private(set) var steps = 0

    /// Room for `cells` cells.
    public init(cells: Int) {
        cellCapacity = max(1, cells)
        capacity = (cellCapacity + 7) / 8 * 8
        memory = .allocate(capacity: capacity * 3)
        memory.initialize(repeating: 0, count: capacity * 3)
        sums = SeasonalSums(
            sum: memory, weight: memory + capacity, count: memory + 2 * capacity)
    }

    deinit { memory.deallocate() }

    /// Starts a season of `cells` cells.
    public func begin(cells: Int) {
        precondition(cells >= 0 && cells <= cellCapacity)
        memory.update(repeating: 0, count: capacity * 3)
        self.cells = cells
        steps = 0
    }

    /// Adds the vegetation health of one step, percent; NaN = no value.
    ///
    /// - Parameters:
    ///   - plane: holds `cells` cells.
    ///   - weight: 0 or more, such as a crop coefficient; 1 weighs all steps
    ///     alike.
    public func add(
        _ plane: UnsafePointer<Float>, weight: Double = 1, kernels: Kernels = .best
    ) {
        kernels.addSeasonalStress(plane, weight: weight, cells: cells, to: sums)
        steps += 1
    }

    /// The mean of the steps added so far and the cells below the threshold.
    /// More steps can be added afterwards.
    ///
    /// - Parameters:
    ///   - seasonSteps: the steps of which `minimumShare` needs a value; nil
    ///     takes those added.
    ///   - mean: percent; NaN where too few steps have a value.
    ///   - stress: `StressCode`; decided before the mean is rounded.
    ///   - reasons: `inputNodata` where there is no mean.
    public func finish(
        rule: SeasonalStressRule, seasonSteps: Int? = nil,
        mean: UnsafeMutablePointer<Float>, stress: UnsafeMutablePointer<UInt8>,
        reasons: UnsafeMutablePointer<UInt8>, kernels: Kernels = .best
    ) {
        kernels.finishSeasonalStress(
            sums, cells: cells, minimumCount: rule.minimumCount(steps: seasonSteps ?? steps),
            threshold: rule.threshold, mean: mean, stress: stress, reasons: reasons)
    }
}

extension SeasonalStressRule {
    /// The seasonal mean of one cell, percent; NaN with too few values.
    ///
    /// - Parameters:
    ///   - series: vegetation health of the steps of the season; NaN = none.
    ///   - weights: one per step; empty weighs every step 1.
    public func seasonalMean(of series: [Double], weights: [Double] = []) -> Double {
        precondition(weights.isEmpty || weights.count == series.count, "a weight per step")
        var sum = 0.0
        var total = 0.0
        var count = 0
        for (step, value) in series.enumerated() where !value.isNaN {
            let weight = weights.isEmpty ? 1 : weights[step]
            sum += value * weight
            total += weight
            count += 1
        }
        return count >= minimumCount(steps: series.count) && total > 0 ? sum / total : .nan
    }
}
