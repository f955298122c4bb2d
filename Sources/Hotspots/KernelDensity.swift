import Diagnostics
import GridCore

/// Density of incidents at every cell centre, in weighted incidents per
/// square metre.
///
/// `lambda(u) = sum_i w_i 2^(-age_i / halfLife) K_h(|u - x_i|)`: incidents
/// are used where they are, not moved to cell centres, and those outside the
/// grid count as far as their kernel reaches into it. No edge correction.
/// Multiply by `squareMetersPerSquareKilometer` for incidents per km^2.
///
/// - Parameters:
///   - incidents: in any order; the order does not change a bit.
///   - spec: a north-up grid in the metres of an equal-area CRS.
///   - radiusInMeters: the radius h of `kernel`, above 0; a widened incident
///     has its own, larger one. See also `densityRadiusWarning`.
///   - halfLifeInDays: nil for no decay.
///   - threads: changes no bit of the result.
/// - Returns: a density for every cell, 0 where no kernel reaches.
/// - Throws: `.unsuitableGrid`, `.unsuitableParameter` or
///   `.unsuitableIncident`.
/// - Complexity: O(incidents x cells within the kernel's reach).
///
/// Silverman 1986, section 4.2. The exponentials of decay and of the Gaussian
/// kernels come from the C library and may differ in the last bit between
/// processors; the other kernels use basic arithmetic only.
public func kernelDensity(
    of incidents: [PlacedIncident], on spec: GridSpec, radiusInMeters: Double,
    halfLifeInDays: Double? = nil, kernel: DensityKernel = .quartic, threads: Int
) throws(HotspotError) -> Grid<Double> {
    let sources = try DensitySources(
        of: incidents, on: spec, radiusInMeters: radiusInMeters,
        halfLifeInDays: halfLifeInDays, kernel: kernel)
    var density = sweepDensity(
        of: KernelPointRows(sources.points, on: spec, threads: threads), on: spec,
        kernel: kernel, threads: threads)
    sources.addRegions(to: &density)
    return density
}

/// Density of unweighted points at every cell centre, per square metre.
///
/// As `kernelDensity(of:on:radiusInMeters:halfLifeInDays:kernel:threads:)`
/// for incidents of weight 1 and age 0.
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
            $0, radius: radiusInMeters, reachInRadii: kernel.reachInRadii, weight: 1,
            normalizer: kernel.normalizer)
    }
    return sweepDensity(
        of: KernelPointRows(kernelPoints, on: spec, threads: threads), on: spec,
        kernel: kernel, threads: threads)
}

/// Turns densities per m^2 into densities per km^2.
public let squareMetersPerSquareKilometer = 1e6

/// The contributions to a density: kernels of points, and regions.
struct DensitySources {
    var points: [KernelPoint] = []
    /// Regions in a fixed order, each with the decayed weight spread over it.
    var regions: [(region: SpreadRegion, weight: Double)] = []
    let cellArea: Double

    init(
        of incidents: [PlacedIncident], on spec: GridSpec, radiusInMeters radius: Double,
        halfLifeInDays: Double?, kernel: DensityKernel
    ) throws(HotspotError) {
        try spec.checkMetric()
        try checkRadius(radius, name: "density radius")
        try incidents.checkUse(on: spec.shape)
        let decay = try Decay(halfLifeInDays: halfLifeInDays)
        cellArea = spec.columnWidth * spec.rowHeight
        points.reserveCapacity(incidents.count)
        var spread: [SpreadRegion: [Double]] = [:]
        for incident in incidents {
            let weight = incident.weight * decay.factor(ageInDays: incident.ageInDays)
            var ownRadius = radius
            switch incident.footprint {
            case .region(let region):
                spread[region, default: []].append(weight)
                continue
            case .widened(let meters):
                ownRadius = (radius * radius + meters * meters).squareRoot()
            case .point:
                break
            }
            points.append(
                KernelPoint(
                    incident.position, radius: ownRadius, reachInRadii: kernel.reachInRadii,
                    weight: weight, normalizer: kernel.normalizer))
        }
        // Sorted twice over, so that neither the order of incidents nor the
        // dictionary's can reach a sum.
        regions = spread.map { ($0.key, $0.value.sorted().reduce(0, +)) }
            .sorted { SpreadRegion.precedes($0.region, $1.region) }
    }

    /// Adds to every cell of every region its part, spread over the cell.
    func addRegions(to density: inout Grid<Double>) {
        let columns = density.shape.columns
        density.withMutableCells { cells in
            for (region, weight) in regions {
                for (i, cell) in region.cells.enumerated() {
                    cells[cell.row * columns + cell.column] +=
                        weight * region.fraction(i) / cellArea
                }
            }
        }
    }
}
