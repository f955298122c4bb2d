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
    /// Looks for a break in every series of `block`; see `breakKernel` for the
    /// method and `BreakOutput` for what is found.
    ///
    /// - Parameters:
    ///   - times: decimal year of each step of the block, ascending.
    ///   - scratch: with room for the block's steps and `rule.columns`; one
    ///     per worker.
    ///   - seasons: number of the season of each step, -1 = none, for
    ///     `BreakOutput.seasonResidual`; nil = the quarters of the year, which
    ///     are Somalia's Jilaal, Gu, Xagaa and Deyr.
    ///   - output: holds the cells of the block.
    ///   - reasons: the `IndicatorReason` of each cell: `ok`; `inputNodata`
    ///     when nothing was observed since the monitoring start;
    ///     `insufficientBaseline` when the history is too short for the model
    ///     or its window; `fitFailed` when its regressors cannot be told apart
    ///     or nothing is left of the values.
    /// - Precondition: `rule.monitoringStart` is at most the block's steps.
    /// - Complexity: O(steps columns^2) per cell.
    public func breaks(
        _ block: SeriesBlock, times: UnsafePointer<Double>, rule: BreakRule,
        scratch: BreakScratch, seasons: UnsafePointer<Int32>? = nil, into output: BreakOutput,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        scratch.prepare(rule, times: times, steps: block.steps, seasons: seasons)
        let kernelRule = rule.kernelRule
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                breaksAVX2(
                    block: block, rule: kernelRule, scratch: scratch, into: output,
                    reasons: reasons)
        #endif
        default:
            breakKernel(
                block: block, rule: kernelRule, scratch: scratch, into: output,
                reasons: reasons)
        }
    }
}

/// What the tables of a scratch were made from.
private struct BreakTables: Hashable {
    var rule: BreakRule
    var times: [Double]
    var seasons: [Int32]?
}

extension BreakScratch {
    /// Room for series of `steps` steps under `rule`.
    public convenience init(steps: Int, rule: BreakRule) {
        self.init(steps: steps, columns: rule.columns)
    }

    /// Fills the tables, when they are not those of the last block.
    func prepare(
        _ rule: BreakRule, times: UnsafePointer<Double>, steps: Int,
        seasons: UnsafePointer<Int32>?
    ) {
        precondition(steps <= stepCapacity && rule.columns <= columnCapacity)
        let tables = BreakTables(
            rule: rule, times: Array(UnsafeBufferPointer(start: times, count: steps)),
            seasons: seasons.map { Array(UnsafeBufferPointer(start: $0, count: steps)) })
        if preparedFor as? BreakTables == tables { return }
        let model = BreakRegressors(rule)
        for step in 0..<steps {
            model.write(
                step: step, time: times[step], into: regressors + step * rule.columns)
            self.seasons[step] = seasons?[step] ?? Int32(clamping: quarter(times[step]))
            logarithms[step + 1] = log(Double(step + 1))
        }
        preparedFor = AnyHashable(tables)
    }
}

/// Quarters since the year 0.
func quarter(_ time: Double) -> Int {
    guard time.magnitude < 1e8 else { return -1 }
    // 16-day steps of a year begin at multiples of 1 / 23 that are rounded.
    return Int(((time + 1e-6) * 4).rounded(.down))
}
