/// One incident with everything that the density loops need of it.
public struct KernelPoint: Sendable {
    public var x: Double
    public var y: Double
    /// 1 / radius^2.
    public var inverseSquare: Double
    /// Distance at which the kernel ends, squared.
    public var reachSquared: Double
    /// Height of the kernel at the point: weight, decay and normalizer.
    public var amount: Double

    /// A kernel of unit volume times `weight`; `normalizer` is the height
    /// that gives it unit volume at a radius of 1.
    @inlinable
    public init(
        x: Double, y: Double, radius: Double, reachInRadii: Double, weight: Double,
        normalizer: Double
    ) {
        self.x = x
        self.y = y
        let square = radius * radius
        inverseSquare = 1 / square
        reachSquared = square * reachInRadii * reachInRadii
        amount = weight * normalizer / square
    }
}

/// What turns eastings into columns, for all rows of a grid.
public struct DensityRow: Sendable {
    public var originX: Double
    public var inverseColumnWidth: Double
    public var columns: Int

    @inlinable
    public init(originX: Double, inverseColumnWidth: Double, columns: Int) {
        self.originX = originX
        self.inverseColumnWidth = inverseColumnWidth
        self.columns = columns
    }

    /// A span of columns is widened by this much on both sides before it is
    /// cut to whole numbers: rounding may then never lose a cell, and the
    /// kernel itself is 0 in the cells that are too many.
    @inlinable @inline(__always)
    static var spare: Double { 1e-3 }
}

/// Adds the kernels of points to the sums of one row of cells.
///
/// - Parameters:
///   - points: in the order of their additions; within reach of the grid.
///   - y: northing of the row's centres.
///   - centers: eastings of the columns' centres in whole lanes, the last
///     ones beyond the grid.
///   - sums: as many lanes as `centers`.
@inlinable @inline(__always)
public func densityRowKernel(
    _ shape: DensityShape, points: UnsafeBufferPointer<KernelPoint>, y: Double,
    row: DensityRow, centers: UnsafePointer<DensityLanes>,
    into sums: UnsafeMutablePointer<DensityLanes>
) {
    switch shape {
    case .quartic: addKernels(QuarticProfile.self, points, y, row, centers, sums)
    case .epanechnikov: addKernels(EpanechnikovProfile.self, points, y, row, centers, sums)
    case .uniform: addKernels(UniformProfile.self, points, y, row, centers, sums)
    case .triangular: addKernels(TriangularProfile.self, points, y, row, centers, sums)
    case .triweight: addKernels(TriweightProfile.self, points, y, row, centers, sums)
    case .gaussian: addKernels(GaussianProfile.self, points, y, row, centers, sums)
    case .wideGaussian: addKernels(WideGaussianProfile.self, points, y, row, centers, sums)
    }
}

@inlinable @inline(__always)
func addKernels<Profile: DensityProfile>(
    _: Profile.Type, _ points: UnsafeBufferPointer<KernelPoint>, _ y: Double,
    _ row: DensityRow, _ centers: UnsafePointer<DensityLanes>,
    _ sums: UnsafeMutablePointer<DensityLanes>
) {
    let lanes = DensityLanes.scalarCount
    for point in points {
        let dy = y - point.y
        let dy2 = dy * dy
        guard dy2 * point.inverseSquare < Profile.reach * Profile.reach else { continue }
        let middle = (point.x - row.originX) * row.inverseColumnWidth - 0.5
        let half =
            max(0, point.reachSquared - dy2).squareRoot() * row.inverseColumnWidth
            + DensityRow.spare
        let first = max(0, Int(middle - half))
        let last = min(row.columns &- 1, Int(middle + half))
        guard first <= last else { continue }
        let x = DensityLanes(repeating: point.x)
        let rise = DensityLanes(repeating: dy2)
        for block in (first / lanes)...(last / lanes) {
            let dx = centers[block] - x
            let t2 = (dx * dx + rise) * point.inverseSquare
            sums[block] += point.amount * Profile.shape(t2)
        }
    }
}
