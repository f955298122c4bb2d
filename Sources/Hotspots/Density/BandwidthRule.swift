#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Diagnostics
import GridCore

/// A rule that reads a density radius off the incidents themselves.
///
/// A radius that follows the data makes maps of different nights
/// incomparable, and on clustered incidents these rules smooth too much: use
/// them to choose a fixed radius, or for a single map.
public enum BandwidthRule: String, Hashable, Sendable, CaseIterable {
    /// Per axis: standard deviation times n^(-1/6). Scott 1992, Multivariate
    /// Density Estimation, equation 6.42.
    case scott
    /// Per axis: standard deviation times (4 / (d + 2))^(1 / (d + 4))
    /// n^(-1 / (d + 4)), which in the plane (d = 2) is Scott's. Silverman
    /// 1986, equation 4.14.
    case silverman
    /// 0.9 min(SD, sqrt(1 / ln 2) D) n^(-0.2) with SD the standard distance
    /// and D the median distance to the mean centre: the default radius that
    /// Esri documents for its quartic kernel.
    case arcgis
}

/// A density radius and what it was read off.
public struct BandwidthEstimate: Hashable, Sendable {
    /// For the kernel that was asked for.
    public let radiusInMeters: Double
    /// (sum w)^2 / sum w^2: how many incidents of equal weight tell as much.
    public let effectiveCount: Double
    /// Weighted, with divisor n - 1 in the unweighted case.
    public let standardDeviationX: Double
    public let standardDeviationY: Double
    /// Standard deviations of a Gaussian kernel by axis; for `arcgis` both
    /// are that of the quartic kernel of its radius.
    public let sigmaX: Double
    public let sigmaY: Double
}

extension DensityKernel {
    /// Variance along one axis of the kernel of radius 1.
    ///
    /// Kernels smooth alike when their standard deviations are the same:
    /// a quartic radius is sqrt(8) times that of the Gaussian.
    public var variancePerAxis: Double {
        switch self {
        case .quartic: 1.0 / 8
        case .epanechnikov: 1.0 / 6
        case .uniform: 1.0 / 4
        case .triangular: 3.0 / 20
        case .triweight: 1.0 / 10
        case .gaussian, .wideGaussian: 1
        }
    }
}

extension BandwidthRule {
    /// The radius for a kernel.
    ///
    /// The two axes of `scott` and `silverman` are joined by the root mean
    /// square of their standard deviations, as our kernels are round, and
    /// turned into a radius by `DensityKernel.variancePerAxis`. n is the
    /// effective count. Regions have no position and are left out.
    ///
    /// - Parameters:
    ///   - incidents: in metres, in any order; weights decayed by
    ///     `halfLifeInDays` count.
    ///   - kernel: whose radius is returned.
    /// - Returns: nil with fewer than two incidents of weight above 0, or all
    ///   of them at one place: there is nothing to read a radius off.
    /// - Throws: `.unsuitableIncident` or `.unsuitableParameter`.
    /// - Complexity: O(n log n).
    public func estimate(
        for incidents: [PlacedIncident], halfLifeInDays: Double? = nil,
        kernel: DensityKernel = .quartic
    ) throws(HotspotError) -> BandwidthEstimate? {
        try incidents.checkUse(on: Shape(rows: .max, columns: .max))
        let decay = try Decay(halfLifeInDays: halfLifeInDays)
        let points = incidents.compactMap { incident -> WeightedPoint? in
            if case .region = incident.footprint { return nil }
            let weight = incident.weight * decay.factor(ageInDays: incident.ageInDays)
            return weight > 0
                ? WeightedPoint(x: incident.position.x, y: incident.position.y, weight: weight)
                : nil
        }.sorted { ($0.x, $0.y, $0.weight) < ($1.x, $1.y, $1.weight) }
        guard let spread = PointSpread(of: points) else { return nil }
        let sigmaX: Double
        let sigmaY: Double
        switch self {
        case .scott, .silverman:
            // (4 / (d + 2))^(1 / (d + 4)) is 1 for d = 2.
            let factor = pow(spread.effectiveCount, -1.0 / 6)
            sigmaX = factor * spread.varianceX.squareRoot()
            sigmaY = factor * spread.varianceY.squareRoot()
        case .arcgis:
            let least = min(
                spread.standardDistance,
                (1 / log(2.0)).squareRoot() * spread.medianDistance(of: points))
            let radius = 0.9 * least * pow(spread.effectiveCount, -0.2)
            sigmaX = radius * DensityKernel.quartic.variancePerAxis.squareRoot()
            sigmaY = sigmaX
        }
        let sigma = ((sigmaX * sigmaX + sigmaY * sigmaY) / 2).squareRoot()
        // More than half of the incidents at the mean centre: no distance.
        guard sigma > 0 else { return nil }
        return BandwidthEstimate(
            radiusInMeters: sigma / kernel.variancePerAxis.squareRoot(),
            effectiveCount: spread.effectiveCount,
            standardDeviationX: spread.varianceX.squareRoot(),
            standardDeviationY: spread.varianceY.squareRoot(), sigmaX: sigmaX, sigmaY: sigmaY)
    }
}

private struct WeightedPoint {
    var x: Double
    var y: Double
    var weight: Double
}

/// Centre and spread of weighted points.
private struct PointSpread {
    var meanX: Double
    var meanY: Double
    var varianceX: Double
    var varianceY: Double
    /// Root mean square distance to the mean centre.
    var standardDistance: Double
    var effectiveCount: Double

    /// nil for fewer than two points or all at one place.
    init?(of points: [WeightedPoint]) {
        guard let first = points.first, let last = points.last,
            first.x != last.x || points.contains(where: { $0.y != first.y })
        else { return nil }
        let total = points.reduce(0) { $0 + $1.weight }
        // Weights as parts of the whole.
        let squares = points.reduce(0) { $0 + ($1.weight / total) * ($1.weight / total) }
        // From the first point on, which keeps the digits of eastings.
        meanX = first.x + points.reduce(0) { $0 + $1.weight * ($1.x - first.x) } / total
        meanY = first.y + points.reduce(0) { $0 + $1.weight * ($1.y - first.y) } / total
        let (centerX, centerY) = (meanX, meanY)
        let x2 = points.reduce(0) { $0 + $1.weight / total * ($1.x - centerX) * ($1.x - centerX) }
        let y2 = points.reduce(0) { $0 + $1.weight / total * ($1.y - centerY) * ($1.y - centerY) }
        varianceX = x2 / (1 - squares)
        varianceY = y2 / (1 - squares)
        standardDistance = (x2 + y2).squareRoot()
        effectiveCount = 1 / squares
    }

    /// The distance that half of the weight lies within; the mean of two
    /// where a half ends between them.
    func medianDistance(of points: [WeightedPoint]) -> Double {
        let distances = points.map { point in
            let dx = point.x - meanX
            let dy = point.y - meanY
            return (distance: (dx * dx + dy * dy).squareRoot(), weight: point.weight)
        }.sorted { ($0.distance, $0.weight) < ($1.distance, $1.weight) }
        let half = distances.reduce(0) { $0 + $1.weight } / 2
        var below = 0.0
        for (i, item) in distances.enumerated() {
            below += item.weight
            if below == half, i + 1 < distances.count {
                return (item.distance + distances[i + 1].distance) / 2
            }
            if below >= half { return item.distance }
        }
        return distances.last?.distance ?? 0
    }
}
