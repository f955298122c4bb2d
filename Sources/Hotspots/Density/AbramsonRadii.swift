#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Diagnostics
import GridCore

/// Radii that are short where incidents are dense and long where they are
/// few, by Abramson's square-root law.
///
/// `h_i = h0 sqrt(g / f(x_i))` with f the density of the incidents at radius
/// h0, each incident counting in its own, and g the geometric mean of f over
/// the incidents, weighted alike. Radii stay within h0 / 5 ... 5 h0.
///
/// Incidents without weight get a radius but shape none. Regions have no
/// kernel: they get h0 and count nowhere. A widened incident counts with its
/// widened kernel, and its radius is that before widening. All at one place,
/// or none with weight: h0 for all.
///
/// - Parameters:
///   - incidents: in the metres of an equal-area CRS, in any order.
///   - radiusInMeters: h0, above 0.
///   - halfLifeInDays: as for the density that the radii are meant for.
///   - kernel: of f; use that of the density.
///   - threads: changes no bit of the result.
/// - Returns: a radius per incident, in their order.
/// - Throws: `.unsuitableParameter` or `.unsuitableIncident`.
/// - Complexity: O(n log n + pairs of incidents within the kernel's reach in
///   x).
///
/// Abramson 1982, Annals of Statistics 10(4); Silverman 1986, section 5.3.
public func abramsonRadii(
    for incidents: [PlacedIncident], radiusInMeters: Double, halfLifeInDays: Double? = nil,
    kernel: DensityKernel = .quartic, threads: Int
) throws(HotspotError) -> [Double] {
    try checkRadius(radiusInMeters, name: "density radius")
    // Regions are not used, so that no grid limits their cells.
    try incidents.checkUse(on: Shape(rows: .max, columns: .max))
    let decay = try Decay(halfLifeInDays: halfLifeInDays)
    let points = incidents.enumerated().compactMap { index, incident -> PilotPoint? in
        if case .region = incident.footprint { return nil }
        let weight = incident.weight * decay.factor(ageInDays: incident.ageInDays)
        return PilotPoint(
            index: index, weight: weight,
            kernel: KernelPoint(
                x: incident.position.x, y: incident.position.y,
                radius: incident.widenedRadius(radiusInMeters),
                reachInRadii: kernel.reachInRadii, weight: weight,
                normalizer: kernel.normalizer))
    }.sorted(by: PilotPoint.precedes)
    let densities = pilotDensities(of: points, kernel: kernel, threads: threads)
    var radii = [Double](repeating: radiusInMeters, count: incidents.count)
    var weight = 0.0
    var logarithms = 0.0
    for (point, density) in zip(points, densities) where point.weight > 0 {
        weight += point.weight
        logarithms += point.weight * log(density)
    }
    guard weight > 0 else { return radii }
    let mean = exp(logarithms / weight)
    for (point, density) in zip(points, densities) {
        // No density at all: an incident without weight, far from others.
        let factor = density > 0 ? (mean / density).squareRoot() : .infinity
        radii[point.index] =
            radiusInMeters * min(mostChange, max(1 / mostChange, factor))
    }
    return radii
}

/// No radius is more than this many times longer or shorter than h0.
private let mostChange = 5.0

private struct PilotPoint: Sendable {
    var index: Int
    var weight: Double
    var kernel: KernelPoint

    static func precedes(_ a: PilotPoint, _ b: PilotPoint) -> Bool {
        KernelPoint.precedes(a.kernel, b.kernel)
    }
}

/// The density of sorted points at each of them.
private func pilotDensities(
    of points: [PilotPoint], kernel: DensityKernel, threads: Int
) -> [Double] {
    let reach = points.reduce(0) { max($0, $1.kernel.reachSquared) }.squareRoot()
    var densities = [Double](repeating: 0, count: points.count)
    let perJob = 256
    densities.withUnsafeMutableBufferPointer { densities in
        let output = SharedCells(densities)
        let jobs = (points.count + perJob - 1) / perJob
        forEachInParallel(count: jobs, threads: threads) { _, job in
            for i in (job * perJob)..<min(points.count, (job + 1) * perJob) {
                let place = points[i].kernel
                var first = i
                while first > 0, place.x - points[first - 1].kernel.x < reach { first -= 1 }
                var sum = 0.0
                for other in points[first...] {
                    let dx = place.x - other.kernel.x
                    if dx <= -reach { break }
                    let dy = place.y - other.kernel.y
                    let t2 = (dx * dx + dy * dy) * other.kernel.inverseSquare
                    sum += other.kernel.amount * kernel.shape(t2)
                }
                output.cells[i] = sum
            }
        }
    }
    return densities
}
