/// The numbers that a search for breaks needs, all of them looked up and
/// checked before.
public struct BreakKernelRule: Hashable, Sendable {
    /// Regressors of a step: constant, trend if any, cosines and sines.
    public var columns: Int
    /// First monitored step.
    public var monitoringStart: Int
    /// First step that may belong to the history.
    public var historyFrom: Int
    /// Whether the history starts where the reverse-ordered CUSUM of its
    /// recursive residuals crosses its boundary.
    public var selectsHistory: Bool
    /// Height of the boundary that says whether there is a crossing.
    public var instabilityLimit: Double
    /// Height of the boundary that says where.
    public var crossingLimit: Double
    /// Height of the boundary of the monitoring process.
    public var criticalValue: Double
    /// Width of the moving sums, as a share of the history's observations.
    public var windowShare: Double

    public init(
        columns: Int, monitoringStart: Int, historyFrom: Int, selectsHistory: Bool,
        instabilityLimit: Double, crossingLimit: Double, criticalValue: Double,
        windowShare: Double
    ) {
        self.columns = columns
        self.monitoringStart = monitoringStart
        self.historyFrom = historyFrom
        self.selectsHistory = selectsHistory
        self.instabilityLimit = instabilityLimit
        self.crossingLimit = crossingLimit
        self.criticalValue = criticalValue
        self.windowShare = windowShare
    }

    /// A regressor whose part that the earlier ones do not explain is smaller
    /// than this, relative to itself, says nothing of its own.
    public static let rankTolerance = 1e-7
    /// A standard deviation below this share of the values is rounding.
    public static let deviationTolerance = 1e-9
}

/// Where the findings of a block's cells go; each holds the cells of the
/// block.
///
/// Without a value: -1 in the steps, 0 in the count, NaN in the rest.
public struct BreakOutput {
    /// Step of the first break; -1 = none.
    public var breakStep: UnsafeMutablePointer<Int32>
    /// Median difference between observed and expected over all monitored
    /// steps, in value units; also without a break.
    public var magnitude: UnsafeMutablePointer<Float>
    /// First step of the stable history.
    public var historyStart: UnsafeMutablePointer<Int32>
    /// Observations of the stable history.
    public var historyCount: UnsafeMutablePointer<Int32>
    /// Residual standard deviation of the history, in value units.
    public var sigma: UnsafeMutablePointer<Float>
    /// Mean difference between observed and expected over the monitored steps
    /// of the break's season; NaN without a break.
    public var seasonResidual: UnsafeMutablePointer<Float>

    public init(
        breakStep: UnsafeMutablePointer<Int32>, magnitude: UnsafeMutablePointer<Float>,
        historyStart: UnsafeMutablePointer<Int32>, historyCount: UnsafeMutablePointer<Int32>,
        sigma: UnsafeMutablePointer<Float>, seasonResidual: UnsafeMutablePointer<Float>
    ) {
        self.breakStep = breakStep
        self.magnitude = magnitude
        self.historyStart = historyStart
        self.historyCount = historyCount
        self.sigma = sigma
        self.seasonResidual = seasonResidual
    }
}
