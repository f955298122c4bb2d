import GridCore

/// Weighted statistics of one layer of values in one zone, fed cell by cell
/// or tile by tile.
///
/// A weight is a covered area. NaN is no value: such a cell adds to
/// `coveredWeight` alone. Partial results of the same zone are merged in a
/// fixed order by the caller, and then give the same bits every time.
public struct ZonalAccumulator: Hashable, Sendable, Codable, WeightedCellSink {
    /// Weight of all covered cells, with a value or without.
    public private(set) var coveredWeight = 0.0
    /// Weight of the covered cells that have a value.
    public private(set) var validWeight = 0.0
    /// Sum of weight times value; 0 when no cell has a value.
    public private(set) var weightedSum = 0.0
    /// Sum of weight times squared deviation from the mean.
    private var squares = 0.0
    private var low = Float.infinity
    private var high = -Float.infinity

    /// An empty zone.
    public init() {}

    /// Weighted mean; nil when no cell has a value.
    public var mean: Double? { validWeight > 0 ? weightedSum / validWeight : nil }

    /// The least value of any cell covered in part or whole; nil when none
    /// has a value.
    public var minimum: Float? { validWeight > 0 ? low : nil }

    /// The greatest value of any cell covered in part or whole; nil when none
    /// has a value.
    public var maximum: Float? { validWeight > 0 ? high : nil }

    /// Weighted variance of the population (divisor: sum of weights); nil
    /// when no cell has a value.
    public var variance: Double? { validWeight > 0 ? squares / validWeight : nil }

    /// Square root of `variance`.
    public var standardDeviation: Double? { variance?.squareRoot() }

    /// Share of the covered weight that has a value, 0 ... 1; nil when
    /// nothing is covered.
    public var validShare: Double? { coveredWeight > 0 ? validWeight / coveredWeight : nil }

    /// Adds one cell.
    public mutating func add(_ value: Float, weight: Double) {
        coveredWeight += weight
        guard !value.isNaN else { return }
        combine(
            weight: weight, sum: weight * Double(value), squares: 0, low: value, high: value)
    }

    /// Adds `count` cells of the same weight.
    ///
    /// Two passes over a block that stays in the cache: the mean, then the
    /// deviations from it, so that no digits cancel.
    public mutating func add(run values: UnsafePointer<Float>, count: Int, weight: Double) {
        var start = 0
        while start < count {
            let length = min(count - start, Self.blockLength)
            addBlock(values + start, length, weight)
            start += length
        }
    }

    /// Takes in what another part of the same zone gave.
    public mutating func merge(_ other: ZonalAccumulator) {
        coveredWeight += other.coveredWeight
        guard other.validWeight > 0 else { return }
        combine(
            weight: other.validWeight, sum: other.weightedSum, squares: other.squares,
            low: other.low, high: other.high)
    }

    /// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, Updating formulae and
    /// a pairwise algorithm for computing sample variances, 1979, with
    /// weights in place of counts.
    private mutating func combine(
        weight: Double, sum: Double, squares otherSquares: Double, low otherLow: Float,
        high otherHigh: Float
    ) {
        if validWeight > 0 {
            let difference = sum / weight - weightedSum / validWeight
            squares +=
                otherSquares
                + difference * difference * (validWeight * (weight / (validWeight + weight)))
        } else {
            squares = otherSquares
        }
        validWeight += weight
        weightedSum += sum
        low = min(low, otherLow)
        high = max(high, otherHigh)
    }

    /// 16 KB of values: half a first-level cache.
    private static let blockLength = 4096
    private static let kernels = BlockKernels.best

    private mutating func addBlock(
        _ values: UnsafePointer<Float>, _ length: Int, _ weight: Double
    ) {
        coveredWeight += weight * Double(length)
        let block = Self.kernels.summary(values, length)
        guard block.count > 0 else { return }
        let mean = block.sum / Double(block.count)
        combine(
            weight: weight * Double(block.count), sum: weight * block.sum,
            squares: weight * Self.kernels.squaredDeviations(values, length, mean), low: block.low,
            high: block.high)
    }
}
