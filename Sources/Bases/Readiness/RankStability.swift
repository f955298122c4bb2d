import Diagnostics
import GridCore
import Synchronization

/// How the ranking is put to the test with drawn weights.
public struct RankStabilityRules: Sendable, Hashable, Codable {
    public let draws: Int
    /// The larger, the closer the drawn weights lie to the given ones: a
    /// weight w varies by sqrt(w (1 - w) / (concentration + 1)).
    public let concentration: Double
    /// The k of P(rank <= k).
    public let topCount: Int
    public let seed: UInt64
    /// A verdict is robust when it stays in at least this share of draws.
    public let robustShare: Double

    /// - Throws: `AssessmentError` when a number is not usable.
    public init(
        draws: Int = 2000, concentration: Double = 50, topCount: Int = 5,
        seed: UInt64 = 20_221_202, robustShare: Double = 0.9
    ) throws(AssessmentError) {
        for (name, isUsable, found) in [
            ("number of draws", (1...1_000_000).contains(draws), "\(draws)"),
            ("concentration", concentration > 0 && concentration.isFinite, "\(concentration)"),
            ("number of top ranks", topCount >= 1, "\(topCount)"),
            ("robust share", (0...1).contains(robustShare), "\(robustShare)"),
        ] where !isUsable {
            throw AssessmentError(
                .unsuitableParameter, at: Place(field: "rank stability"),
                "the \(name) cannot be \(found)",
                mend: "Give a positive number (draws at most 1,000,000; a share at most 1)")
        }
        self.init(checked: draws, concentration, topCount, seed, robustShare)
    }

    private init(
        checked draws: Int, _ concentration: Double, _ topCount: Int, _ seed: UInt64,
        _ share: Double
    ) {
        self.draws = draws
        self.concentration = concentration
        self.topCount = topCount
        self.seed = seed
        robustShare = share
    }

    /// 2,000 draws of concentration 50; the first five ranks; 0.9.
    public static let standard = RankStabilityRules(checked: 2000, 50, 5, 20_221_202, 0.9)
}

/// How much the ranks and verdicts of bases depend on the weights.
public struct RankStability: Sendable, Hashable {
    /// One base.
    public struct Base: Sendable, Hashable {
        /// With the weights as given; 1 is the most important.
        public var importance: Double
        public var rank: Int
        /// Over all draws; the median is the lower one of two.
        public var rankMinimum: Int
        public var rankMedian: Int
        public var rankMaximum: Int
        /// Share of the draws with a rank of at most `topCount`.
        public var topShare: Double
        /// Share of the draws with the verdict of the weights as given.
        public var robustShare: Double
    }

    /// One per base.
    public let bases: [Base]
    /// Mean of Kendall's tau between the ranking as given and the drawn
    /// ones; nil with fewer than two bases.
    public let meanKendallTau: Double?
    /// For every weight, how far it can move with the same first ranks.
    public let intervals: [RankInterval]
    public let rules: RankStabilityRules

    /// Draws are handed out in lumps of this many; the result does not
    /// depend on it.
    private static let chunk = 64

    /// The verdict of a base under other weights differs by its importance
    /// alone.
    ///
    /// Precondition: as many assessments as shares. The importance in an
    /// assessment is not read.
    public init(
        shares: [ImportanceShares], assessments: [BaseAssessment], weights: ImportanceWeights,
        rules: RankStabilityRules = .standard, threads: Int
    ) {
        precondition(shares.count == assessments.count, "an assessment for every base")
        let contest = Contest(
            shares: shares, gates: assessments.map(\.gateStates), losses: assessments.map(\.loss),
            rules: assessments.map(\.verdictRules))
        let given = contest.outcome(weights.values)
        let chunks = (rules.draws + Self.chunk - 1) / Self.chunk
        let slots = Mutex<[DrawTally]>(
            Array(repeating: DrawTally(baseCount: shares.count), count: chunks))
        forEachInParallel(count: chunks, threads: threads) { _, index in
            var tally = DrawTally(baseCount: shares.count)
            let first = index * Self.chunk
            for number in first..<min(rules.draws, first + Self.chunk) {
                let drawn = WeightDraw.weights(
                    around: weights.values, concentration: rules.concentration, seed: rules.seed,
                    number: number)
                tally.add(contest.outcome(drawn), comparedWith: given)
            }
            slots.withLock { [tally] in $0[index] = tally }
        }
        // Counts only: their sum does not depend on the order.
        let total = slots.withLock { $0 }.reduce(into: DrawTally(baseCount: shares.count)) {
            $0.merge($1)
        }
        bases = shares.indices.map { base in
            let counts = total.rankCounts[base]
            let top = counts.prefix(rules.topCount).reduce(0, +)
            return Base(
                importance: given.scores[base], rank: given.ranks[base],
                rankMinimum: (counts.firstIndex { $0 > 0 } ?? 0) + 1,
                rankMedian: Self.median(counts, of: rules.draws),
                rankMaximum: (counts.lastIndex { $0 > 0 } ?? 0) + 1,
                topShare: Double(top) / Double(rules.draws),
                robustShare: Double(total.sameVerdicts[base]) / Double(rules.draws))
        }
        let pairs = shares.count * (shares.count - 1) / 2
        meanKendallTau =
            pairs > 0
            ? 1 - 2 * Double(total.discordantPairs) / (Double(pairs) * Double(rules.draws)) : nil
        intervals = RankInterval.all(of: shares, weights: weights, topCount: rules.topCount)
        self.rules = rules
    }

    /// Whether the verdict of a base stays in enough draws.
    public func isRobust(_ base: Int) -> Bool { bases[base].robustShare >= rules.robustShare }

    private static func median(_ counts: [Int], of draws: Int) -> Int {
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen += count
            if seen * 2 >= draws { return index + 1 }
        }
        return counts.count
    }
}

/// What does not change from draw to draw.
private struct Contest: Sendable {
    let shares: [ImportanceShares]
    let gates: [[GateState]]
    let losses: [ClosingLoss]
    let rules: [VerdictRules]

    func outcome(_ weights: [Double]) -> DrawOutcome {
        let scores = shares.map { $0.importance(weights) }
        let order = Ranking.order(scores)
        var ranks = Array(repeating: 0, count: scores.count)
        for (position, base) in order.enumerated() { ranks[base] = position + 1 }
        let verdicts = scores.indices.map {
            Verdict(gates: gates[$0], importance: scores[$0], loss: losses[$0], rules: rules[$0])
        }
        return DrawOutcome(scores: scores, ranks: ranks, verdicts: verdicts)
    }
}

private struct DrawOutcome {
    var scores: [Double]
    var ranks: [Int]
    var verdicts: [Verdict]
}

/// Counts over draws.
private struct DrawTally: Sendable {
    /// Draws of each base at each rank.
    var rankCounts: [[Int]]
    var sameVerdicts: [Int]
    /// Pairs of bases whose order is the other way round, over all draws.
    var discordantPairs = 0

    init(baseCount: Int) {
        rankCounts = Array(
            repeating: Array(repeating: 0, count: baseCount), count: baseCount)
        sameVerdicts = Array(repeating: 0, count: baseCount)
    }

    mutating func add(_ drawn: DrawOutcome, comparedWith given: DrawOutcome) {
        for base in drawn.ranks.indices {
            rankCounts[base][drawn.ranks[base] - 1] += 1
            if drawn.verdicts[base] == given.verdicts[base] { sameVerdicts[base] += 1 }
            for other in drawn.ranks.indices.dropFirst(base + 1)
            where (drawn.ranks[base] < drawn.ranks[other])
                != (given.ranks[base] < given.ranks[other])
            { discordantPairs += 1 }
        }
    }

    mutating func merge(_ other: DrawTally) {
        for base in rankCounts.indices {
            for rank in rankCounts[base].indices {
                rankCounts[base][rank] += other.rankCounts[base][rank]
            }
            sameVerdicts[base] += other.sameVerdicts[base]
        }
        discordantPairs += other.discordantPairs
    }
}
