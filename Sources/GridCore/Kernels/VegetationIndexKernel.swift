/// The numbers that turn stored samples into indices.
public struct VegetationIndexRule: Hashable, Sendable {
    /// `value = stored * scale + offset`.
    public var scale: Double
    public var offset: Double
    /// Fewer baseline years than this: no index.
    public var minimumYears: Int32
    /// Smallest `maximum - minimum`, in value units, that carries a VCI.
    public var minimumRange: Double
    /// Smallest mean, in value units, that carries a percentage.
    public var minimumMean: Double

    public init(
        scale: Double, offset: Double, minimumYears: Int, minimumRange: Double,
        minimumMean: Double
    ) {
        self.scale = scale
        self.offset = offset
        self.minimumYears = Int32(clamping: minimumYears)
        self.minimumRange = minimumRange
        self.minimumMean = minimumMean
    }
}

/// Where the indices of a chunk go; each holds the chunk's cells, rounded up
/// to a multiple of eight.
///
/// NaN = no value.
public struct VegetationIndexOutput {
    public var vci: UnsafeMutablePointer<Float>
    public var anomaly: UnsafeMutablePointer<Float>
    public var percent: UnsafeMutablePointer<Float>
    public var zscore: UnsafeMutablePointer<Float>

    public init(
        vci: UnsafeMutablePointer<Float>, anomaly: UnsafeMutablePointer<Float>,
        percent: UnsafeMutablePointer<Float>, zscore: UnsafeMutablePointer<Float>
    ) {
        self.vci = vci
        self.anomaly = anomaly
        self.percent = percent
        self.zscore = zscore
    }
}

/// VCI (percent, not clamped; Kogan 1995), anomaly (value units), percent of
/// the mean and z-score (Peters et al. 2002) of `current` against the chunk's
/// climatology.
///
/// Computed in Float64 from stored numbers and rounded once to Float32. No
/// value where the current sample has none or the baseline has fewer than
/// `minimumYears`; further VCI where the range is below `minimumRange` or
/// zero, percent where the mean is below `minimumMean` or not positive,
/// z-score where the deviation is zero.
@inlinable @inline(__always)
public func vegetationIndexKernel(
    current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule,
    into output: VegetationIndexOutput
) {
    // The comparison stays in stored units where the scale is 1 / 10000 and
    // 0.02 has no exact binary form: a range of exactly 200 must pass.
    let minimumRange = SIMD8<Double>(repeating: rule.minimumRange / rule.scale * (1 - 1e-12))
    let minimumMean = SIMD8<Double>(repeating: rule.minimumMean)
    let zero = SIMD8<Double>(repeating: 0)
    var first = 0
    while first < cells {
        var sample = eight(Float.self, current, first)
        let isEnough = eight(Int32.self, chunk.count, first) .>= rule.minimumYears
        sample.replace(with: .nan, where: .!isEnough)
        let x = widened(sample)
        let low = widened(eight(Float.self, chunk.minimum, first))
        let range = widened(eight(Float.self, chunk.maximum, first)) - low
        let mean = eight(Double.self, chunk.mean, first)
        let deviation = eight(Double.self, chunk.standardDeviation, first)
        let departure = x - mean
        var vci = 100 * (x - low) / range
        vci.replace(with: .nan, where: .!((range .> zero) .& (range .>= minimumRange)))
        let meanValue = mean * rule.scale + rule.offset
        var percent = 100 * (x * rule.scale + rule.offset) / meanValue
        percent.replace(
            with: .nan, where: .!((meanValue .> zero) .& (meanValue .>= minimumMean)))
        var zscore = departure / deviation
        zscore.replace(with: .nan, where: .!(deviation .> zero))
        put(vci, output.vci, first)
        put(departure * rule.scale, output.anomaly, first)
        put(percent, output.percent, first)
        put(zscore, output.zscore, first)
        first &+= 8
    }
}

@inlinable @inline(__always)
func eight<Scalar: SIMDScalar>(
    _: Scalar.Type, _ base: UnsafePointer<Scalar>, _ first: Int
) -> SIMD8<Scalar> {
    UnsafeRawPointer(base + first).loadUnaligned(as: SIMD8<Scalar>.self)
}

/// Rounds each number once, to Float32.
@inlinable @inline(__always)
func put(_ x: SIMD8<Double>, _ base: UnsafeMutablePointer<Float>, _ first: Int) {
    let rounded = SIMD8<Float>(
        Float(x[0]), Float(x[1]), Float(x[2]), Float(x[3]), Float(x[4]), Float(x[5]),
        Float(x[6]), Float(x[7]))
    UnsafeMutableRawPointer(base + first).storeBytes(of: rounded, as: SIMD8<Float>.self)
}
