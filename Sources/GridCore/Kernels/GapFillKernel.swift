/// Fills gaps of at most `longestGap` steps between two values by the straight
/// line from one to the other, in place. Longer gaps stay, and so do those at
/// the ends of a series: nothing is extrapolated.
///
/// `marks` gets the code of `IndicatorReason` of every value, in the layout of
/// `block.values`: 0, filled (10) or no value (1).
@inlinable @inline(__always)
public func gapFillKernel(
    block: SeriesBlock, longestGap: Int, marks: UnsafeMutablePointer<UInt8>
) {
    let longest = SIMD8<Int32>(repeating: Int32(clamping: longestGap))
    var first = 0
    while first < block.paddedCells {
        // Step of the value before; -1: none yet.
        var last = SIMD8<Int32>(repeating: -1)
        for step in 0..<block.steps {
            let at = step &* block.stride &+ first
            let value = UnsafeRawPointer(block.values + at).load(as: SIMD8<Float>.self)
            let here = SIMD8<Int32>(repeating: Int32(truncatingIfNeeded: step))
            let isValue = value .== value
            let gap = here &- last &- 1
            let endsGap =
                isValue .& (last .>= SIMD8<Int32>(repeating: 0))
                .& (gap .> SIMD8<Int32>(repeating: 0)) .& (gap .<= longest)
            let mark = SIMD8<Int32>(repeating: 1).replacing(with: 0, where: isValue)
            UnsafeMutableRawPointer(marks + at).storeBytes(
                of: SIMD8<UInt8>(truncatingIfNeeded: mark), as: SIMD8<UInt8>.self)
            if any(endsGap) {
                for lane in 0..<8 where endsGap[lane] {
                    fillGap(
                        block, cell: first &+ lane, from: Int(last[lane]), to: step, marks: marks)
                }
            }
            last.replace(with: here, where: isValue)
        }
        first &+= 8
    }
}

@inlinable @inline(__always)
func fillGap(
    _ block: SeriesBlock, cell: Int, from start: Int, to end: Int,
    marks: UnsafeMutablePointer<UInt8>
) {
    let before = Double(block.values[start &* block.stride &+ cell])
    let after = Double(block.values[end &* block.stride &+ cell])
    for step in start &+ 1..<end {
        let share = Double(step &- start) / Double(end &- start)
        block.values[step &* block.stride &+ cell] = Float(before + (after - before) * share)
        marks[step &* block.stride &+ cell] = 10
    }
}
