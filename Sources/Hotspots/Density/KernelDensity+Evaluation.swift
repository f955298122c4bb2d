import GridCore

/// Density of incidents at any places, in weighted incidents per square
/// metre.
///
/// At a cell centre the value is that of the cell in `kernelDensity` without
/// edge correction. A
/// region counts with the density of the cell that holds the place.
///
/// - Parameters:
///   - places: in the metres of the grid's CRS, on or off the grid.
///   - spec: the working grid, to which regions refer.
/// - Returns: one density per place, in order.
/// - Throws: as `kernelDensity`.
/// - Complexity: O(places x incidents): for some thousands of places.
public func evaluateKernelDensity(
    at places: [Coordinate], of incidents: [PlacedIncident], on spec: GridSpec,
    radiusInMeters: Double, halfLifeInDays: Double? = nil, kernel: DensityKernel = .quartic
) throws(HotspotError) -> [Double] {
    try spec.checkMetric()
    try checkRadius(radiusInMeters, name: "density radius")
    let sources = try DensitySources(
        of: incidents, on: spec, radii: .same(radiusInMeters),
        halfLifeInDays: halfLifeInDays, kernel: kernel)
    var regional = Grid<Double>(spec, filledWith: 0)
    sources.addRegions(to: &regional)
    let points = sources.points.sorted(by: KernelPoint.precedes)
    return places.map { place in
        var sum = 0.0
        for point in points {
            let dx = place.x - point.x
            let dy = place.y - point.y
            let t2 = (dx * dx + dy * dy) * point.inverseSquare
            sum += point.amount * kernel.shape(t2)
        }
        return sum + (spec.cell(containing: place).map { regional[$0] } ?? 0)
    }
}
