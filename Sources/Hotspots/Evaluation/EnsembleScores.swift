import Diagnostics
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a forecast by a set of equally likely values was worth.
public struct EnsembleForecast: Sendable {
    /// Ascending.
    public let members: [Double]

    /// - Throws: `.unsuitableValue` when there is no member or one is not
    ///   finite.
    public init(_ members: [Double]) throws(HotspotError) {
        guard !members.isEmpty, members.allSatisfy(\.isFinite) else {
            throw HotspotError(
                .unsuitableValue,
                "an ensemble has no member or one that is no number (expected finite values)",
                mend: "Give at least one value")
        }
        self.members = members.sorted()
    }

    /// Continuous ranked probability score of the members as a distribution:
    /// mean |x - y| - mean |x - x'| / 2 over all pairs, a member with itself
    /// included. In the unit of the values; smaller is better.
    ///
    /// Gneiting and Raftery 2007, J. Am. Stat. Assoc. 102(477), equation 21.
    ///
    /// - Complexity: O(m).
    public func rankedProbabilityScore(_ observed: Double) -> Double {
        let m = Double(members.count)
        return distance(observed) - pairDistance / (m * m)
    }

    /// The same for members that are draws from a distribution: mean
    /// |x - x'| over pairs of different members. nil with one member.
    ///
    /// Ferro 2014, Quarterly J. R. Met. Soc. 140(683).
    public func fairRankedProbabilityScore(_ observed: Double) -> Double? {
        guard members.count > 1 else { return nil }
        let m = Double(members.count)
        return distance(observed) - pairDistance / (m * (m - 1))
    }

    private func distance(_ observed: Double) -> Double {
        members.reduce(0) { $0 + abs($1 - observed) } / Double(members.count)
    }

    /// Sum of x' - x over the pairs x < x'; half of the sum over all pairs.
    private var pairDistance: Double {
        let m = members.count
        var sum = 0.0
        for (i, member) in members.enumerated() { sum += Double(2 * i - m + 1) * member }
        return sum
    }

    /// -log2 of the share of members in the observed count's bin, each bin
    /// having one member more than it has: no bin has the share 0.
    ///
    /// - Parameter edges: lower edges of the bins, ascending; the last bin
    ///   has no upper edge. Values below the first edge are in the first bin.
    ///
    /// Bins and smoothing are those of the VIEWS prediction challenge of
    /// 2023; the score is Good 1952, J. R. Stat. Soc. B 14(1).
    public func binnedIgnorance(
        _ observed: Double, edges: [Double] = EnsembleForecast.countEdges
    ) -> Double {
        let bin = Self.bin(observed, edges)
        let inside = members.count { Self.bin($0, edges) == bin }
        let share = Double(inside + 1) / Double(members.count + max(1, edges.count))
        return -log2(share)
    }

    /// Bins of incident or death counts: 0, 1-2, 3-5, 6-10 ... above 1000.
    public static let countEdges: [Double] = [
        0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5,
    ]

    private static func bin(_ value: Double, _ edges: [Double]) -> Int {
        max(0, (edges.firstIndex { $0 > value } ?? edges.count) - 1)
    }

    /// Interval score of the central interval of `coverage`: its width, plus
    /// 2 / (1 - coverage) times the distance by which it misses. Its mean
    /// over cases is the mean interval score. Limits are quantiles, linear
    /// between order statistics.
    ///
    /// Gneiting and Raftery 2007, equation 43.
    ///
    /// - Parameter coverage: above 0, below 1.
    public func intervalScore(_ observed: Double, coverage: Double = 0.9) -> Double {
        precondition(coverage > 0 && coverage < 1, "coverage is a share")
        let outside = 1 - coverage
        let lower = quantile(members, outside / 2)
        let upper = quantile(members, 1 - outside / 2)
        let miss = max(0, lower - observed) + max(0, observed - upper)
        return upper - lower + 2 / outside * miss
    }
}
