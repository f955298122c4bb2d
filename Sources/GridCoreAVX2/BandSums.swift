import GridCore

@inline(never)
public func bandSumAVX2(
    _ runs: UnsafePointer<BandRun<Int32>>, count: Int, columns: Int,
    into sums: UnsafeMutablePointer<Int32>
) {
    bandSumKernel(runs, count: count, columns: columns, lanes: SIMD8<Int32>.self, into: sums)
}

@inline(never)
public func bandSumAVX2(
    _ runs: UnsafePointer<BandRun<Int64>>, count: Int, columns: Int,
    into sums: UnsafeMutablePointer<Int64>
) {
    bandSumKernel(runs, count: count, columns: columns, lanes: SIMD4<Int64>.self, into: sums)
}

@inline(never)
public func bandScoreAVX2(
    _ sums: UnsafePointer<Int32>, count: Int, scale: Double, expected: UnsafePointer<Double>,
    error: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>
) {
    bandScoreKernel(sums, count: count, scale: scale, expected: expected, error: error, into: z)
}

@inline(never)
public func bandScoreAVX2(
    _ sums: UnsafePointer<Int64>, count: Int, scale: Double, expected: UnsafePointer<Double>,
    error: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>
) {
    bandScoreKernel(sums, count: count, scale: scale, expected: expected, error: error, into: z)
}
