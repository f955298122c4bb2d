import GridCore

/// What is lost within one time limit when two bases leave together.
public struct ClosurePair: Sendable, Hashable {
    /// The lower base index.
    public let first: Int
    public let second: Int
    /// What the two reach and no other base does: lost only when both leave,
    /// beyond what each loses alone. Never negative.
    public internal(set) var domino: DemandTotals
    /// All that is lost when both leave.
    public internal(set) var together: DemandTotals
    /// Indices of the settlements in `domino`: the largest population first,
    /// unknown ones last; then by name, then by index.
    public internal(set) var settlements: [Int]
}

/// Losses of single bases and of pairs within one time limit, by what is
/// reached by one base or by two and by no other.
public struct ClosureLosses: Sendable, Hashable {
    public let limitInMinutes: Double
    /// What each base alone reaches, lost when it leaves.
    public let alone: [DemandTotals]
    /// The pairs that lose together what neither loses alone, by the first
    /// base and then the second. A pair that is not here loses what its two
    /// lose alone.
    public let pairs: [ClosurePair]

    /// Computes all pairs from one pass over the cells.
    ///
    /// - Precondition: `demand` on the grid of `reach`.
    /// - Complexity: O(cells + sets), whatever the number of bases.
    public init(demand: Demand, reach: ReachSets) {
        var totals = reach.totals(of: demand, in: .all(demand.spec.shape))
        var settlements = [[Int]](repeating: [], count: totals.count)
        for (index, place) in demand.settlements.enumerated() {
            let node = reach.node(of: place.cell)
            totals[node].add(place)
            settlements[node].append(index)
        }
        for incident in demand.incidents { totals[reach.node(of: incident.cell)].add(incident) }
        var alone = [DemandTotals](repeating: .zero, count: reach.baseCount)
        for node in totals.indices.dropFirst() where reach.parents[node] == 0 {
            alone[Int(reach.added[node])] = totals[node]
        }
        pairs = totals.indices.dropFirst().compactMap { node -> ClosurePair? in
            let parent = Int(reach.parents[node])
            guard parent > 0, reach.parents[parent] == 0, totals[node] != .zero else { return nil }
            let first = Int(reach.added[parent])
            let second = Int(reach.added[node])
            return ClosurePair(
                first: first, second: second, domino: totals[node],
                together: alone[first] + alone[second] + totals[node],
                settlements: demand.sortedByPeople(settlements[node]))
        }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        self.alone = alone
        limitInMinutes = reach.limitInMinutes
    }

    /// What is lost when two bases leave together.
    public func together(_ a: Int, _ b: Int) -> DemandTotals {
        precondition(a != b, "one base is no pair")
        let pair = pairs.first { $0.first == min(a, b) && $0.second == max(a, b) }
        return pair?.together ?? alone[a] + alone[b]
    }

    /// Pairs of bases that each seem dispensable and together open a hole:
    /// alone each loses at most `harmless`, together they lose at least
    /// `hole` more than that. The largest hole first, then by index.
    ///
    /// - Parameters:
    ///   - measure: what is weighed, in its unit.
    ///   - harmless: largest loss of a single closure that seems harmless.
    ///   - hole: smallest domino loss that matters, above 0.
    public func harmlessAloneHoleTogether(
        by measure: DemandMeasure, harmless: Double, hole: Double
    ) -> [ClosurePair] {
        pairs.filter {
            alone[$0.first][measure] <= harmless && alone[$0.second][measure] <= harmless
                && $0.domino[measure] >= hole
        }.sorted { a, b in
            (-a.domino[measure], a.first, a.second) < (-b.domino[measure], b.first, b.second)
        }
    }
}
