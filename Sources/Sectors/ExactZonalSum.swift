import GridCore

/// Weighted statistics of one layer in one zone that add up exactly: cells
/// and parts give the same bits in whatever order they come, so that results
/// depend neither on tiles nor on threads.
///
/// For that, weights are rounded to 1/256 (of a square metre) and values to
/// 2^-20, halves to even; the sums of their products are whole numbers of 128
/// bits. Values beyond 2^20 either way count as 2^20. NaN is no value: such a
/// cell adds to `coveredWeight` alone.
public struct ExactZonalSum: Hashable, Sendable, WeightedCellSink {
    private var covered: Int64 = 0
    private var valid: Int64 = 0
    private var sum: Int128 = 0
    private var low = Float.infinity
    private var high = -Float.infinity

    /// Units of a value of 1.
    static let valueUnits = 1_048_576.0
    /// Largest value that is told from larger ones.
    static let largestValue = 1_048_576.0
    /// Units of a weight of 1.
    static let weightUnits = 256.0

    /// An empty zone.
    public init() {}

    /// Weight of all covered cells, with a value or without.
    public var coveredWeight: Double { Double(covered) / Self.weightUnits }
    /// Weight of the covered cells that have a value.
    public var validWeight: Double { Double(valid) / Self.weightUnits }

    /// Weighted mean; nil when no cell has a value.
    public var mean: Double? {
        valid > 0 ? Double(sum) / Double(valid) / Self.valueUnits : nil
    }

    /// The least value of any cell covered in part or whole; nil when none
    /// has a value.
    public var minimum: Float? { valid > 0 ? low : nil }

    /// The greatest value of any cell covered in part or whole; nil when none
    /// has a value.
    public var maximum: Float? { valid > 0 ? high : nil }

    /// Share of the covered weight that has a value, 0 ... 1; nil when
    /// nothing is covered.
    public var validShare: Double? { covered > 0 ? Double(valid) / Double(covered) : nil }

    /// Adds one cell.
    public mutating func add(_ value: Float, weight: Double) {
        withUnsafePointer(to: value) { add(run: $0, count: 1, weight: weight) }
    }

    /// Adds `count` cells of the same weight.
    public mutating func add(run values: UnsafePointer<Float>, count: Int, weight: Double) {
        add(run: values, count: count, units: Int64((weight * Self.weightUnits).rounded(.toNearestOrEven)))
    }

    /// Adds cells whose weight is already a number of units.
    @inline(__always)
    mutating func add(run values: UnsafePointer<Float>, count: Int, units: Int64) {
        guard units > 0 else { return }
        covered += units * Int64(count)
        var start = 0
        while start < count {
            let length = min(count - start, Self.blockLength)
            let block = WholeSum(values + start, length)
            start += length
            guard block.count > 0 else { continue }
            valid += units * Int64(block.count)
            sum += Int128(units) * Int128(block.sum)
            low = min(low, block.low)
            high = max(high, block.high)
        }
    }

    /// Takes in what another part of the same zone gave.
    public mutating func merge(_ other: ExactZonalSum) {
        covered += other.covered
        valid += other.valid
        sum += other.sum
        low = min(low, other.low)
        high = max(high, other.high)
    }

    /// Values of at most 2^40 units: their sum stays below 2^53, where every
    /// whole number is a Double.
    private static let blockLength = 4096
}

/// Count, sum in units, minimum and maximum of the values that are not NaN.
private struct WholeSum {
    var count: Int
    var sum: Int64
    var low: Float
    var high: Float

    /// Adding and taking away 1.5 * 2^52 leaves the nearest whole number of
    /// smaller ones, halves to even.
    private static let rounding = 6_755_399_441_055_744.0

    @inline(__always)
    init(_ values: UnsafePointer<Float>, _ length: Int) {
        let raw = UnsafeRawPointer(values)
        var counts = SIMD8<Int32>(repeating: 0)
        var sums = SIMD8<Double>(repeating: 0)
        var lows = SIMD8<Float>(repeating: .infinity)
        var highs = SIMD8<Float>(repeating: -.infinity)
        let limit = ExactZonalSum.largestValue
        var i = 0
        while i &+ 8 <= length {
            let x = raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
            let valid = x .== x
            counts = counts &+ SIMD8<Int32>(repeating: 0).replacing(with: 1, where: valid)
            lows.replace(with: x, where: x .< lows)
            highs.replace(with: x, where: x .> highs)
            var y = widened(x.replacing(with: 0, where: .!valid))
            y.replace(with: limit, where: y .> limit)
            y.replace(with: -limit, where: y .< -limit)
            sums += (y * ExactZonalSum.valueUnits + Self.rounding) - Self.rounding
            i &+= 8
        }
        count = Int(counts.wrappedSum())
        sum = Int64(sums.sum())
        low = lows.min()
        high = highs.max()
        while i < length {
            let x = values[i]
            if x == x {
                count &+= 1
                let y = min(max(Double(x), -limit), limit)
                sum &+= Int64((y * ExactZonalSum.valueUnits).rounded(.toNearestOrEven))
                low = min(low, x)
                high = max(high, x)
            }
            i &+= 1
        }
    }
}
