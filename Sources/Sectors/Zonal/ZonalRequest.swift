/// Which statistics of a raster are taken over zones, and what a cell weighs.
///
/// Count, sum, mean, least and greatest value are always taken.
public struct ZonalRequest: Hashable, Sendable {
    /// What a covered cell weighs, before any raster of weights.
    public enum Unit: String, CaseIterable, Hashable, Sendable {
        /// Its covered fraction, 0 ... 1.
        case fraction
        /// The covered part of its area in square metres.
        case area
    }

    /// How a quantile between two values is chosen.
    public enum QuantileRule: String, CaseIterable, Hashable, Sendable {
        /// `WeightedDistribution.interpolatedQuantile`: between neighbours.
        case interpolated
        /// `WeightedDistribution.lowerQuantile`: always one of the values.
        case lower
    }

    /// A quantile that is asked for.
    public struct Quantile: Hashable, Sendable {
        /// Share of the weight at or below it, 0 ... 1.
        public let share: Double
        public let rule: QuantileRule

        /// Precondition: `share` in 0 ... 1.
        public init(_ share: Double, _ rule: QuantileRule = .interpolated) {
            precondition(share >= 0 && share <= 1, "a quantile is between 0 and 1")
            self.share = share
            self.rule = rule
        }
    }

    public var unit = Unit.fraction
    /// Variance and standard deviation.
    public var spread = false
    public var quantiles: [Quantile] = []
    /// Area by whole number, as of a land cover.
    public var classes = false

    /// Count, sum, mean, least and greatest value by covered fraction.
    public init() {}
}
