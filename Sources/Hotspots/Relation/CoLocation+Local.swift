import Diagnostics
import GridCore
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The co-location quotient around one point.
public struct LocalCoLocationQuotient: Hashable, Sendable {
    /// Index of the point, one of the first category.
    public let point: Int
    /// 1 = chance; NaN when no other point has any weight.
    public let value: Double
    /// Relabellings of the other points at least and at most as high.
    public let tails: TailCounts
    public let permutations: Int

    /// `min(1, 2 (smaller tail + 1) / (R + 1))`; nil without permutations or
    /// value.
    public var twoSidedP: Double? {
        guard permutations > 0, !value.isNaN else { return nil }
        return min(1, 2 * Double(min(tails.upper, tails.lower) + 1) / Double(permutations + 1))
    }
}

extension CoLocation {
    /// For each point of `a`, the weighted share of `b` around it over the
    /// share that chance has: `(sum_j w_ij [j is b] / sum_j w_ij) / (N_b' /
    /// (n - 1))`, w_ij = exp(-d_ij^2 / (2 sigma^2)), the point itself left
    /// out.
    ///
    /// The p-value keeps the point and deals the other labels anew.
    ///
    /// - Parameters:
    ///   - sigmaInMeters: the standard deviation of the weights, above 0.
    ///   - permutations: 0 = no p-values.
    /// - Returns: in the order of the points; empty when `a` has no point or
    ///   no other point can be `b`.
    /// - Throws: `.unsuitableParameter` for a sigma that is no length or a
    ///   negative number of permutations.
    /// - Complexity: O(N_a n permutations).
    ///
    /// Cromley, Hanink and Bentley 2014, The Professional Geographer 66(1).
    public func localQuotients(
        of a: Int, to b: Int, sigmaInMeters sigma: Double, permutations: Int = 999,
        seed: UInt64 = 0, threads: Int
    ) throws(HotspotError) -> [LocalCoLocationQuotient] {
        try checkRadius(sigma, name: "co-location sigma")
        guard permutations >= 0, permutations <= LocalMoranOptions.mostPermutations else {
            throw HotspotError(
                .unsuitableParameter,
                "\(permutations) permutations (expected 0 to "
                    + "\(LocalMoranOptions.mostPermutations))",
                mend: "Use 999, or 0 for no p-value")
        }
        let ofB = categories.count { $0 == b } - (a == b ? 1 : 0)
        let centers = categories.indices.filter { categories[$0] == a }
        guard ofB > 0, !centers.isEmpty, points.count > 1 else { return [] }
        let expectedShare = Double(ofB) / Double(points.count - 1)
        var found = [LocalCoLocationQuotient?](repeating: nil, count: centers.count)
        found.withUnsafeMutableBufferPointer { found in
            let output = SharedCells(found)
            forEachInParallel(count: centers.count, threads: threads) { _, index in
                let around = LocalNeighbours(of: centers[index], in: self, b, sigma: sigma)
                output.cells[index] = LocalCoLocationQuotient(
                    point: centers[index], value: around.share / expectedShare,
                    tails: around.tails(permutations: permutations, seed: seed),
                    permutations: permutations)
            }
        }
        return found.compactMap { $0 }
    }
}

/// The weights of all other points around one of them.
private struct LocalNeighbours {
    let point: Int
    let weights: [Double]
    let isSecond: [Bool]
    let total: Double

    init(of point: Int, in layout: CoLocation, _ b: Int, sigma: Double) {
        self.point = point
        let others = layout.points.indices.filter { $0 != point }
        weights = others.map { other in
            let squared = squaredDistance(layout.points[other], layout.points[point])
            return exp(-squared / (2 * sigma * sigma))
        }
        isSecond = others.map { layout.categories[$0] == b }
        total = weights.reduce(0, +)
    }

    private func sum(_ labels: [Bool]) -> Double {
        var sum = 0.0
        for i in labels.indices where labels[i] { sum += weights[i] }
        return sum
    }

    /// NaN without any weight.
    var share: Double { sum(isSecond) / total }

    func tails(permutations: Int, seed: UInt64) -> TailCounts {
        var tails = TailCounts(upper: 0, lower: 0)
        let observed = sum(isSecond)
        let rounding = Double(weights.count) * total.ulp
        for replicate in 0..<permutations {
            var random = CounterRandom(
                seed: seed, stream: UInt64(point), substream: UInt32(replicate))
            let drawn = sum(isSecond.shuffled(using: &random))
            tails.upper += drawn >= observed - rounding ? 1 : 0
            tails.lower += drawn <= observed + rounding ? 1 : 0
        }
        return tails
    }
}
