/// Ranking of bases by score: the higher score first, of equals the lower
/// index.
enum Ranking {
    /// Indices of the bases, first rank first.
    static func order(_ scores: [Double]) -> [Int] {
        scores.indices.sorted { comesFirst($0, $1, scores) }
    }

    static func comesFirst(_ a: Int, _ b: Int, _ scores: [Double]) -> Bool {
        scores[a] != scores[b] ? scores[a] > scores[b] : a < b
    }
}

/// How far one weight can move before the set of the most important bases
/// changes.
///
/// The weight becomes t and the others keep their proportions, w_i (1 - t) /
/// (1 - w): every score is linear in t, so that the bounds are where a base
/// of the set and one outside have equal scores, found without any search.
/// On a bound itself the lower index decides. Triantaphyllou and Sanchez
/// 1997, Decision Sciences 28: 151-194, in exact form.
public struct RankInterval: Sendable, Hashable {
    public var term: ImportanceTerm
    /// The weight as it is.
    public var weight: Double
    /// From which weight, and up to which, the set stays; in 0...1.
    public var lower: Double
    public var upper: Double

    public init(term: ImportanceTerm, weight: Double, lower: Double, upper: Double) {
        self.term = term
        self.weight = weight
        self.lower = lower
        self.upper = upper
    }

    /// One interval per term. When the set holds all bases or none, it never
    /// changes. When all weight lies on one term, the others would share the
    /// rest alike.
    /// - Complexity: O(terms x count x (bases - count)).
    public static func all(
        of bases: [ImportanceShares], weights: ImportanceWeights, topCount: Int
    ) -> [RankInterval] {
        let scores = bases.map { $0.importance(weights) }
        let order = Ranking.order(scores)
        let count = max(0, min(topCount, bases.count))
        return ImportanceTerm.allCases.map { term in
            let others = proportions(of: weights, without: term)
            // Score at t: rest + t (own - rest).
            let rest = bases.map { $0.importance(others) }
            let slope = zip(bases, rest).map { $0[term] - $1 }
            var lower = 0.0
            var upper = 1.0
            for inside in order[..<count] {
                for outside in order[count...] {
                    let gap = rest[inside] - rest[outside]
                    let turn = slope[inside] - slope[outside]
                    guard turn != 0 else { continue }
                    let equal = -gap / turn
                    if turn > 0 {
                        lower = max(lower, min(equal, weights[term]))
                    } else {
                        upper = min(upper, max(equal, weights[term]))
                    }
                }
            }
            return RankInterval(term: term, weight: weights[term], lower: lower, upper: upper)
        }
    }

    /// The weights with `term` set to `weight` and the others in proportion.
    public static func rescaled(
        _ weights: ImportanceWeights, _ term: ImportanceTerm, to weight: Double
    ) -> [Double] {
        var values = proportions(of: weights, without: term).map { $0 * (1 - weight) }
        values[term.rawValue] = weight
        return values
    }

    /// The other weights as shares of their sum; 0 for `term`.
    private static func proportions(of weights: ImportanceWeights, without term: ImportanceTerm)
        -> [Double]
    {
        var values = weights.values
        values[term.rawValue] = 0
        let sum = values.reduce(0, +)
        guard sum > 0 else {
            return values.indices.map {
                $0 == term.rawValue ? 0 : 1 / Double(values.count - 1)
            }
        }
        return values.map { $0 / sum }
    }
}
