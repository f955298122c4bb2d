import Diagnostics
import GridCore

/// Density of incidents at every cell centre, in weighted incidents per
/// square metre.
///
/// `lambda(u) = sum_i w_i 2^(-age_i / halfLife) K_h(|u - x_i|)`: incidents
/// are used where they are, not moved to cell centres, and those outside the
/// grid count as far as their kernel reaches into it. Multiply by
/// `squareMetersPerSquareKilometer` for incidents per km^2.
///
/// - Parameters:
///   - incidents: in any order; the order does not change a bit.
///   - spec: a north-up grid in the metres of an equal-area CRS.
///   - radiusInMeters: the radius h of `kernel`, above 0; a widened incident
///     has its own, larger one. See also `densityRadiusWarning`.
///   - halfLifeInDays: nil for no decay.
///   - edgeCorrection: what is done about kernels that leave the window.
///   - window: other than 0 where incidents could be recorded; nil = the
///     whole grid. Used by a correction only.
///   - sampling: where in a cell the density is taken.
///   - threads: changes no bit of the result.
/// - Returns: a density for every cell, 0 where no kernel reaches. With an
///   edge correction NaN outside the window.
/// - Throws: `.unsuitableGrid`, `.unsuitableParameter`,
///   `.unsuitableIncident`, or `.mismatch` for a window of another shape.
/// - Complexity: O(incidents x cells within the kernel's reach), and with a
///   correction that of `kernelVolume(within:radiusInMeters:kernel:threads:)`.
///
/// Silverman 1986, section 4.2. The exponentials of decay come from the C
/// library and may differ in the last bit between processors; kernels use
/// basic arithmetic only, and every form of their loops gives the same bits.
public func kernelDensity(
    of incidents: [PlacedIncident], on spec: GridSpec, radiusInMeters: Double,
    halfLifeInDays: Double? = nil, kernel: DensityKernel = .quartic,
    edgeCorrection: EdgeCorrection = .none, within window: Grid<UInt8>? = nil,
    sampling: CellSampling = .center, threads: Int
) throws(HotspotError) -> Grid<Double> {
    try spec.checkMetric()
    try checkRadius(radiusInMeters, name: "density radius")
    let volume = try windowVolume(edgeCorrection, window, on: spec, kernel: kernel)
    let sources = try DensitySources(
        of: incidents, on: spec, radii: .same(radiusInMeters), halfLifeInDays: halfLifeInDays,
        kernel: kernel, volume: edgeCorrection == .diggle ? volume : nil)
    var density = sampledDensity(
        of: sources.points, on: spec, kernel: kernel, threads: threads,
        shifts: sampling.shifts(
            leastRadius: radiusInMeters, on: spec.columnWidth, spec.rowHeight))
    if let volume, edgeCorrection == .uniform {
        density.divide(
            by: volume.atCenters(radiusInMeters: radiusInMeters, threads: threads),
            atLeast: EdgeCorrection.leastVolume)
    }
    sources.addRegions(to: &density)
    if let volume { density.clear(outside: volume.window) }
    return density
}

/// Density of incidents with a radius of their own each.
///
/// Otherwise as `kernelDensity` with one radius for all; see `abramsonRadii`
/// for radii that follow the density.
///
/// - Parameters:
///   - radiiInMeters: one per incident, above 0; a widened incident is
///     widened from its own, and that of a region is not used.
///   - edgeCorrection: `.none` or `.diggle`; `.uniform` has no e(u) when
///     kernels differ.
/// - Throws: also `.mismatch` when the numbers differ, and
///   `.unsuitableParameter` for `.uniform`.
public func kernelDensity(
    of incidents: [PlacedIncident], on spec: GridSpec, radiiInMeters: [Double],
    halfLifeInDays: Double? = nil, kernel: DensityKernel = .quartic,
    edgeCorrection: EdgeCorrection = .none, within window: Grid<UInt8>? = nil,
    sampling: CellSampling = .center, threads: Int
) throws(HotspotError) -> Grid<Double> {
    try spec.checkMetric()
    guard radiiInMeters.count == incidents.count else {
        throw HotspotError(
            .mismatch, "\(radiiInMeters.count) radii for \(incidents.count) incidents",
            mend: "Give one radius per incident")
    }
    for radius in radiiInMeters { try checkRadius(radius, name: "density radius") }
    guard edgeCorrection != .uniform else {
        throw HotspotError(
            .unsuitableParameter,
            "edge correction: uniform with a radius per incident (expected none or diggle)",
            mend: "Use diggle, or one radius for all")
    }
    let volume = try windowVolume(edgeCorrection, window, on: spec, kernel: kernel)
    let sources = try DensitySources(
        of: incidents, on: spec, radii: .each(radiiInMeters), halfLifeInDays: halfLifeInDays,
        kernel: kernel, volume: volume)
    var density = sampledDensity(
        of: sources.points, on: spec, kernel: kernel, threads: threads,
        shifts: sampling.shifts(
            leastRadius: radiiInMeters.min() ?? .infinity, on: spec.columnWidth, spec.rowHeight))
    sources.addRegions(to: &density)
    if let volume { density.clear(outside: volume.window) }
    return density
}

/// Density of unweighted points at every cell centre, per square metre.
///
/// As `kernelDensity` with one radius for incidents of weight 1 and age 0,
/// without edge correction.
///
/// - Parameter points: finite coordinates in the metres of the grid's CRS.
public func kernelDensity(
    ofPoints points: [Coordinate], on spec: GridSpec, radiusInMeters: Double,
    kernel: DensityKernel = .quartic, threads: Int
) throws(HotspotError) -> Grid<Double> {
    try spec.checkMetric()
    try checkRadius(radiusInMeters, name: "density radius")
    guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
        throw HotspotError(
            .unsuitableIncident, "a point has a coordinate that is not a finite number",
            mend: "Leave out points without a position")
    }
    let kernelPoints = points.map {
        KernelPoint(
            x: $0.x, y: $0.y, radius: radiusInMeters, reachInRadii: kernel.reachInRadii, weight: 1,
            normalizer: kernel.normalizer)
    }
    return sweepDensity(
        of: KernelPointRows(kernelPoints, on: spec, threads: threads), on: spec,
        kernel: kernel, threads: threads)
}

/// Turns densities per m^2 into densities per km^2.
public let squareMetersPerSquareKilometer = 1e6

/// The window of a correction; nil without one.
private func windowVolume(
    _ correction: EdgeCorrection, _ window: Grid<UInt8>?, on spec: GridSpec,
    kernel: DensityKernel
) throws(HotspotError) -> WindowVolume? {
    guard correction != .none else { return nil }
    let window = window ?? Grid(spec, filledWith: 1)
    guard window.shape == spec.shape, window.spec.geotransform == spec.geotransform else {
        throw HotspotError(
            .mismatch,
            "the window of the edge correction has \(window.shape.rows) x "
                + "\(window.shape.columns) cells (expected the \(spec.shape.rows) x "
                + "\(spec.shape.columns) of the working grid, at their place)",
            mend: "Make the window on the working grid")
    }
    return WindowVolume(window, kernel: kernel)
}

/// The mean of the densities on shifted copies of the grid, added in order.
private func sampledDensity(
    of points: [KernelPoint], on spec: GridSpec, kernel: DensityKernel, threads: Int,
    shifts: [(columns: Double, rows: Double)]
) -> Grid<Double> {
    func density(_ shift: (columns: Double, rows: Double)) -> Grid<Double> {
        var shifted = spec
        shifted.geotransform.originX += shift.columns * spec.columnWidth
        shifted.geotransform.originY -= shift.rows * spec.rowHeight
        return sweepDensity(
            of: KernelPointRows(points, on: shifted, threads: threads), on: shifted,
            kernel: kernel, threads: threads)
    }
    guard shifts.count > 1 else { return density((0, 0)) }
    var mean = Grid<Double>(spec, filledWith: 0)
    let share = 1 / Double(shifts.count)
    for shift in shifts {
        let part = density(shift)
        mean.withMutableCells { mean in
            part.withCells { part in
                for i in mean.indices { mean[i] += share * part[i] }
            }
        }
    }
    return mean
}

extension Grid<Double> {
    fileprivate mutating func divide(by divisor: Grid<Double>, atLeast least: Double) {
        withMutableCells { cells in
            divisor.withCells { divisor in
                for i in cells.indices { cells[i] /= Swift.max(least, divisor[i]) }
            }
        }
    }

    fileprivate mutating func clear(outside window: Grid<UInt8>) {
        withMutableCells { cells in
            window.withCells { window in
                for i in cells.indices where window[i] == 0 { cells[i] = .nan }
            }
        }
    }
}
