import Diagnostics
import GridCore

/// Which categories of points are found next to each other more often than
/// chance has it: the co-location quotient.
public struct CoLocation: Sendable {
    /// Where the points are, in metres.
    public let points: [Coordinate]
    /// The category of each point, as a number of the caller's.
    public let categories: [Int]
    /// The nearest other points of each point: several when their distances
    /// are equal.
    private let nearest: [[Int]]

    /// Distances that differ by less than this part are equal: metres such as
    /// 3 x 0.1 do not come out exact.
    private static let tieTolerance = 1e-9

    /// - Throws: `.mismatch` when the counts differ, `.unsuitableValue` when
    ///   a coordinate is not finite.
    /// - Complexity: O(n^2): for some thousands of points.
    public init(points: [Coordinate], categories: [Int]) throws(HotspotError) {
        guard points.count == categories.count else {
            throw HotspotError(
                .mismatch, "\(categories.count) categories for \(points.count) points",
                mend: "Give each point a category")
        }
        if let i = points.firstIndex(where: { !$0.x.isFinite || !$0.y.isFinite }) {
            throw HotspotError(
                .unsuitableValue,
                "point \(i) has a coordinate that is no number (expected metres)",
                mend: "Leave out points without a place")
        }
        self.points = points
        self.categories = categories
        nearest = points.indices.map { Self.nearest(to: $0, among: points) }
    }

    private static func nearest(to i: Int, among points: [Coordinate]) -> [Int] {
        let distances = points.map { squaredDistance($0, points[i]).squareRoot() }
        var least = Double.infinity
        for j in points.indices where j != i { least = min(least, distances[j]) }
        let limit = least * (1 + tieTolerance)
        return points.indices.filter { $0 != i && distances[$0] <= limit }
    }

    /// How often points of category `b` are the nearest neighbour of points
    /// of category `a`, over how often they would be if categories were
    /// dealt at random: `(C_ab / N_a) / (N_b' / (n - 1))`.
    ///
    /// C_ab is the sum over the points of `a` of the share of `b` among
    /// their nearest neighbours, N_b' is N_b, or N_b - 1 when a = b. 1 =
    /// chance, above 1 = b is found near a.
    ///
    /// - Parameter permutations: relabellings of all points; 0 = no p-value.
    /// - Returns: nil when `a` has no point, no other point can be `b`, or
    ///   there are fewer than two points.
    /// - Throws: `.unsuitableParameter` for a negative number of
    ///   permutations.
    ///
    /// Leslie and Kronenfeld 2011, Geographical Analysis 43(3).
    public func quotient(
        of a: Int, to b: Int, permutations: Int = 999, seed: UInt64 = 0, threads: Int
    ) throws(HotspotError) -> CoLocationQuotient? {
        guard permutations >= 0, permutations <= LocalMoranOptions.mostPermutations else {
            throw HotspotError(
                .unsuitableParameter,
                "\(permutations) permutations (expected 0 to "
                    + "\(LocalMoranOptions.mostPermutations))",
                mend: "Use 999, or 0 for no p-value")
        }
        let ofA = categories.count { $0 == a }
        let ofB = categories.count { $0 == b } - (a == b ? 1 : 0)
        guard ofA > 0, ofB > 0, points.count > 1 else { return nil }
        let observed = shareSum(a, b, labels: categories)
        let expectedShare = Double(ofB) / Double(points.count - 1)
        var tails = TailCounts(upper: 0, lower: 0)
        var sums = [Double](repeating: 0, count: permutations)
        sums.withUnsafeMutableBufferPointer { sums in
            let output = SharedCells(sums)
            forEachInParallel(count: permutations, threads: threads) { _, replicate in
                var random = CounterRandom(seed: seed, substream: UInt32(replicate))
                output.cells[replicate] = shareSum(
                    a, b, labels: categories.shuffled(using: &random))
            }
        }
        // Shares are fractions of small numbers: equal sums may differ in
        // their last bits.
        let rounding = Double(points.count) * Double(points.count).ulp
        for sum in sums {
            tails.upper += sum >= observed - rounding ? 1 : 0
            tails.lower += sum <= observed + rounding ? 1 : 0
        }
        return CoLocationQuotient(
            value: observed / Double(ofA) / expectedShare, neighbourSum: observed,
            pointsOfFirst: ofA, pointsOfSecond: categories.count { $0 == b }, tails: tails,
            permutations: permutations)
    }

    /// C_ab under any labels.
    private func shareSum(_ a: Int, _ b: Int, labels: [Int]) -> Double {
        var sum = 0.0
        for i in labels.indices where labels[i] == a {
            let alike = nearest[i].count { labels[$0] == b }
            sum += Double(alike) / Double(nearest[i].count)
        }
        return sum
    }
}

func squaredDistance(_ a: Coordinate, _ b: Coordinate) -> Double {
    let dx = a.x - b.x
    let dy = a.y - b.y
    return dx * dx + dy * dy
}

/// A co-location quotient and how it compares with relabelled points.
public struct CoLocationQuotient: Hashable, Sendable {
    /// 1 = chance.
    public let value: Double
    /// Sum over the first category of the share of the second among the
    /// nearest neighbours, C_ab.
    public let neighbourSum: Double
    public let pointsOfFirst: Int
    public let pointsOfSecond: Int
    /// Relabellings at least and at most as high.
    public let tails: TailCounts
    public let permutations: Int

    /// `min(1, 2 (smaller tail + 1) / (R + 1))`; nil without permutations.
    public var twoSidedP: Double? {
        guard permutations > 0 else { return nil }
        return min(1, 2 * Double(min(tails.upper, tails.lower) + 1) / Double(permutations + 1))
    }
}
