/// Where VCI and z-score of a chunk go as scaled integers; each holds the
/// chunk's cells, rounded up to eight.
public struct ScaledIndexOutput {
    /// VCI in hundredths of a percent.
    public var vci: UnsafeMutablePointer<Int16>
    /// z-score in thousandths.
    public var zscore: UnsafeMutablePointer<Int16>

    public init(vci: UnsafeMutablePointer<Int16>, zscore: UnsafeMutablePointer<Int16>) {
        self.vci = vci
        self.zscore = zscore
    }

    /// Number of a cell without value.
    public static var missing: Int16 { .min }
}

/// VCI (Kogan 1995) in hundredths of a percent and z-score (Peters et al.
/// 2002) in thousandths of `current` against the chunk's climatology: whole
/// archives of indices, at two bytes a number.
///
/// Computed in Float64 from stored numbers and rounded once, halves up;
/// numbers beyond plus or minus 32767 are held there. `ScaledIndexOutput.missing`
/// where the current sample has no value or the baseline fewer than
/// `minimumYears`; further VCI where the range is below `minimumRange` or
/// zero, z-score where the deviation is zero.
@inlinable @inline(__always)
public func scaledIndexKernel(
    current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule,
    into output: ScaledIndexOutput
) {
    let minimumYears = SIMD8<Int32>(repeating: rule.minimumYears)
    // As in `vegetationIndexKernel`: a range of exactly the minimum passes.
    let minimumRange = SIMD8<Double>(repeating: rule.minimumRange / rule.scale * (1 - 1e-12))
    let none = SIMD8<Double>(repeating: Double(ScaledIndexOutput.missing))
    var first = 0
    while first < cells {
        let count = UnsafeRawPointer(chunk.count + first).load(as: SIMD8<Int32>.self)
        var sample = UnsafeRawPointer(current + first).loadUnaligned(as: SIMD8<Float>.self)
        sample.replace(with: .nan, where: count .< minimumYears)
        let x = widened(sample)
        let low = widened(UnsafeRawPointer(chunk.minimum + first).load(as: SIMD8<Float>.self))
        let range =
            widened(UnsafeRawPointer(chunk.maximum + first).load(as: SIMD8<Float>.self)) - low
        let mean = UnsafeRawPointer(chunk.mean + first).load(as: SIMD8<Double>.self)
        let deviation = UnsafeRawPointer(chunk.standardDeviation + first)
            .load(as: SIMD8<Double>.self)
        let vci = roundedHalfUp(10000 * (x - low) / range)
        let zscore = roundedHalfUp(1000 * (x - mean) / deviation)
        let hasRange = (range .> 0) .& (range .>= minimumRange) .& (vci .== vci)
        let hasDeviation = (deviation .> 0) .& (zscore .== zscore)
        UnsafeMutableRawPointer(output.vci + first).storeBytes(
            of: narrowedToInt16(none.replacing(with: vci, where: hasRange)), as: SIMD8<Int16>.self)
        UnsafeMutableRawPointer(output.zscore + first).storeBytes(
            of: narrowedToInt16(none.replacing(with: zscore, where: hasDeviation)),
            as: SIMD8<Int16>.self)
        first &+= 8
    }
}

/// The integer below or at `x + 1/2`, held between -32767 and 32767; NaN
/// stays NaN. No call: the baseline has no instruction that rounds down.
@usableFromInline @_transparent
func roundedHalfUp(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var raised = x + 0.5
    raised.replace(with: 32767, where: raised .> 32767)
    raised.replace(with: -32767, where: raised .< -32767)
    let nearest = nearestInteger(raised)
    return nearest.replacing(with: nearest - 1, where: nearest .> raised)
}

/// Integers of at most 16 bits: at 1.5 * 2^52 the low bits of a Float64 are
/// the integer.
@usableFromInline @_transparent
func narrowedToInt16(_ x: SIMD8<Double>) -> SIMD8<Int16> {
    let bits = unsafeBitCast(
        x + SIMD8<Double>(repeating: 6_755_399_441_055_744), to: SIMD8<Int64>.self)
    return SIMD8<Int16>(
        Int16(truncatingIfNeeded: bits[0]), Int16(truncatingIfNeeded: bits[1]),
        Int16(truncatingIfNeeded: bits[2]), Int16(truncatingIfNeeded: bits[3]),
        Int16(truncatingIfNeeded: bits[4]), Int16(truncatingIfNeeded: bits[5]),
        Int16(truncatingIfNeeded: bits[6]), Int16(truncatingIfNeeded: bits[7]))
}
