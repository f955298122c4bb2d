import GridCore
import InstructionSets

#if arch(x86_64)
    import GridCoreAVX2
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Kernels {
    /// Smooths every series of `block` by `rule` into `smoothed`, which may be
    /// the same block; NaN where a step has no value by the rule.
    ///
    /// - Parameters:
    ///   - weights: one per value in the layout of `block.values`; nil = all
    ///     1. Values without positive weight count as none.
    ///   - scratch: with room for the block's steps; one per worker.
    ///   - lambda: log10 of the lambda chosen for each cell of the block; NaN
    ///     without fit.
    ///   - reasons: the `IndicatorReason` of each cell: `ok`; `filled` when a
    ///     step without value got one; `inputNodata` without any value;
    ///     `fitFailed` with fewer than `rule.smallestCount` (2 at least), and
    ///     for series of fewer than 4 steps.
    /// - Precondition: `rule.problem == nil`.
    /// - Complexity: O(steps) per cell and solution: 1 for a fixed lambda, 1
    ///   more than the lambdas tried otherwise, about 2 to 4 times that with
    ///   asymmetry.
    public func smooth(
        _ block: SeriesBlock, rule: WhittakerRule, weights: UnsafePointer<Float>?,
        scratch: WhittakerScratch, into smoothed: SeriesBlock,
        lambda: UnsafeMutablePointer<Float>, reasons: UnsafeMutablePointer<UInt8>
    ) {
        scratch.prepare(rule, makeGrid: WhittakerGrid.init(of:))
        if smoothed !== block { smoothed.prepare(cells: block.cells, steps: block.steps) }
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                whittakerAVX2(
                    block: block, weights: weights, scratch: scratch, into: smoothed,
                    lambda: lambda, reasons: reasons)
        #endif
        default:
            whittakerKernel(
                block: block, weights: weights, scratch: scratch, into: smoothed,
                lambda: lambda, reasons: reasons)
        }
    }
}

extension WhittakerGrid {
    /// The lambdas of a rule.
    init(of lambda: WhittakerRule.Lambda) {
        func inverses(_ log10: [Double]) -> [Double] { log10.map { 1 / pow(10, $0) } }
        switch lambda {
        case .fixed(let value):
            self.init(
                triedLog10: [], triedInverse: [], chosenLog10: [log10(value)],
                chosenInverse: [1 / value], segmentWidth: [])
        case .vCurve(let grid):
            let segments = zip(grid, grid.dropFirst())
            let middles = segments.map { ($0 + $1) / 2 }
            self.init(
                triedLog10: grid, triedInverse: inverses(grid), chosenLog10: middles,
                chosenInverse: inverses(middles),
                segmentWidth: segments.map { ($1 - $0) * log(10) })
        case .generalizedCrossValidation(let grid):
            self.init(
                triedLog10: grid, triedInverse: inverses(grid), chosenLog10: grid,
                chosenInverse: inverses(grid), segmentWidth: [])
        }
    }
}
