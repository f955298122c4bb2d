import GridCore

@inline(never)
public func mannKendallAVX2(
    _ values: UnsafePointer<SIMD8<Double>>, steps: Int
) -> MannKendallLanes {
    mannKendallKernel(values, steps: steps)
}
