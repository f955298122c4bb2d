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
    private var lambdas: UnsafeMutablePointer<Double>
    /// Of the rule last prepared for; nothing before.
    public private(set) var plan: WhittakerPlan?

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
        lambdas = .allocate(capacity: 1)
    }

    deinit {
        UnsafeMutableRawPointer(values).deallocate()
        residuals.deallocate()
        lambdas.deallocate()
    }

    /// Takes over the numbers of `rule`, which `makeGrid` computes when the
    /// rule is another one than before.
    public func prepare(_ rule: WhittakerRule, makeGrid: (WhittakerRule.Lambda) -> WhittakerGrid) {
        if preparedRule == rule { return }
        precondition(rule.problem == nil, rule.problem ?? "")
        let grid = makeGrid(rule.lambda)
        lambdas.deallocate()
        let numbers = grid.triedInverse + grid.segmentWidth + grid.chosenLog10 + grid.chosenInverse
        lambdas = .allocate(capacity: numbers.count)
        lambdas.initialize(from: numbers, count: numbers.count)
        plan = WhittakerPlan(rule, grid, numbers: lambdas)
        preparedRule = rule
    }
}

/// A rule as plain numbers, so that the kernel's parts take it in registers
/// and are compiled as one. The pointers are the scratch memory's.
public struct WhittakerPlan: BitwiseCopyable {
    /// Lambdas that are compared; 0 when it is fixed.
    public let triedCount: Int
    public let triedInverse: UnsafePointer<Double>
    public let segmentWidth: UnsafePointer<Double>
    public let chosenLog10: UnsafePointer<Double>
    public let chosenInverse: UnsafePointer<Double>
    public let isVCurve: Bool
    public let isAsymmetric: Bool
    public let asymmetry: Double
    public let startsFromZero: Bool
    /// Fits of a series.
    public let rounds: Int
    public let smallestCount: Int
    /// `Int.max` without a longest gap.
    public let maximumGap: Int

    init(_ rule: WhittakerRule, _ grid: WhittakerGrid, numbers: UnsafePointer<Double>) {
        triedCount = grid.triedInverse.count
        triedInverse = numbers
        segmentWidth = triedInverse + grid.triedInverse.count
        chosenLog10 = segmentWidth + grid.segmentWidth.count
        chosenInverse = chosenLog10 + grid.chosenLog10.count
        if case .vCurve = rule.lambda { isVCurve = true } else { isVCurve = false }
        isAsymmetric = rule.asymmetry != nil
        asymmetry = rule.asymmetry ?? 0.5
        startsFromZero = rule.asymmetricStart == .zero
        rounds = rule.isRobust ? WhittakerRule.robustRounds : 1
        smallestCount = max(2, rule.smallestCount)
        maximumGap = rule.maximumGap ?? .max
    }
}
