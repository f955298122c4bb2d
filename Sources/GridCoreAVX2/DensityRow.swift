import GridCore

@inline(never)
public func densityRowAVX2(
    _ shape: DensityShape, points: UnsafeBufferPointer<KernelPoint>, y: Double,
    row: DensityRow, centers: UnsafePointer<DensityLanes>,
    into sums: UnsafeMutablePointer<DensityLanes>
) {
    densityRowKernel(shape, points: points, y: y, row: row, centers: centers, into: sums)
}
