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

/// Where the indices of a chunk go; each holds the chunk's cells.
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
    let minimumYears = rule.minimumYears
    let scale = rule.scale
    let offset = rule.offset
    // The comparisons stay in stored units where the scale is 1 / 10000 and
    // 0.02 has no exact binary form: a range of exactly 200 must pass.
    let minimumRange = rule.minimumRange / scale * (1 - 1e-12)
    let smallestMean = rule.minimumMean
    for i in 0..<cells {
        let enough = chunk.count[i] >= minimumYears
        let x = enough ? Double(current[i]) : .nan
        let low = Double(chunk.minimum[i])
        let range = Double(chunk.maximum[i]) - low
        let mean = chunk.mean[i]
        let deviation = chunk.standardDeviation[i]
        let meanValue = mean * scale + offset
        let vci = 100 * (x - low) / range
        let departure = x - mean
        let percent = 100 * (x * scale + offset) / meanValue
        output.vci[i] = range > 0 && range >= minimumRange ? Float(vci) : .nan
        output.anomaly[i] = Float(departure * scale)
        output.percent[i] = meanValue > 0 && meanValue >= smallestMean ? Float(percent) : .nan
        output.zscore[i] = deviation > 0 ? Float(departure / deviation) : .nan
    }
}
