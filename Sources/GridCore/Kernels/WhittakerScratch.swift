/// Memory in which eight series are smoothed, in Float64: about 0.5 KiB per
/// step, so that a series of twenty years stays in the second-level cache.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class WhittakerScratch: @unchecked Sendable {
    public let stepCapacity: Int
    /// Values; 0 where there is none.
    public let values: UnsafeMutablePointer<SIMD8<Double>>
    /// Weights as given; 0 where there is no value.
    public let weights: UnsafeMutablePointer<SIMD8<Double>>
    /// The weights without outliers.
    public let robustWeights: UnsafeMutablePointer<SIMD8<Double>>
    /// The weights of the next solution of an asymmetric fit.
    public let asymmetricWeights: UnsafeMutablePointer<SIMD8<Double>>
    public let curve: UnsafeMutablePointer<SIMD8<Double>>
    /// Three per step: both subdiagonals of the unit triangular factor and the
    /// right-hand side after elimination, divided by the diagonal one.
    public let factors: UnsafeMutablePointer<SIMD8<Double>>
    /// Residuals of one series.
    public let residuals: UnsafeMutablePointer<Double>

    private var preparedRule: WhittakerRule?
    public private(set) var grid = WhittakerGrid(
        triedLog10: [], triedInverse: [], chosenLog10: [], chosenInverse: [], segmentWidth: [])

    /// Room for series of `steps` steps.
    public init(steps: Int) {
        stepCapacity = max(1, steps)
        let count = 8 * stepCapacity
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<SIMD8<Double>>.stride, alignment: 64)
        values = memory.bindMemory(to: SIMD8<Double>.self, capacity: count)
        values.initialize(repeating: SIMD8(repeating: 0), count: count)
        weights = values + stepCapacity
        robustWeights = values + 2 * stepCapacity
        asymmetricWeights = values + 3 * stepCapacity
        curve = values + 4 * stepCapacity
        factors = values + 5 * stepCapacity
        residuals = .allocate(capacity: stepCapacity)
        residuals.initialize(repeating: 0, count: stepCapacity)
    }

    deinit {
        UnsafeMutableRawPointer(values).deallocate()
        residuals.deallocate()
    }

    /// Takes over the numbers of `rule`, which `makeGrid` computes when the
    /// rule is another one than before.
    public func prepare(_ rule: WhittakerRule, makeGrid: (WhittakerRule.Lambda) -> WhittakerGrid) {
        if preparedRule == rule { return }
        precondition(rule.problem == nil, rule.problem ?? "")
        grid = makeGrid(rule.lambda)
        preparedRule = rule
    }
}
