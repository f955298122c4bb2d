extension DemandPatterns {
    /// Steps of the bound: enough for some tenths of a percent.
    private static var steps: Int { 300 }

    /// A weight that no `count` bases can exceed.
    ///
    /// Lagrangian relaxation of the rows "covered only when a base is chosen"
    /// (Fisher 1981; Galvao and ReVelle 1996): with a price l for every
    /// pattern the best choice is the `count` bases with the largest sums of
    /// prices, and sum max(0, w - l) plus these sums is an upper bound. The
    /// prices follow the subgradient with the step of Held, Wolfe and Crowder
    /// (1974), halved after 15 steps without a better bound.
    ///
    /// `reached` is a weight that some choice covers; it sets the length of
    /// the steps only.
    func coverageBound(count: Int, reached: Double) -> Double {
        let total = patterns.reduce(0) { $0 + $1.weight }
        guard count > 0, count < baseCount else {
            return count > 0 ? total : 0
        }
        var prices = patterns.map { $0.weight / Double($0.bases.count) }
        var sums = [Double](repeating: 0, count: baseCount)
        var order = Array(0..<baseCount)
        var isChosen = [Bool](repeating: false, count: baseCount)
        var slopes = [Double](repeating: 0, count: patterns.count)
        var bound = total
        var scale = 2.0
        var idle = 0
        for _ in 0..<Self.steps {
            for base in 0..<baseCount { sums[base] = 0 }
            var value = 0.0
            for (index, pattern) in patterns.enumerated() {
                value += max(0, pattern.weight - prices[index])
                for base in pattern.bases { sums[base] += prices[index] }
            }
            order.sort { sums[$0] != sums[$1] ? sums[$0] > sums[$1] : $0 < $1 }
            for (rank, base) in order.enumerated() {
                isChosen[base] = rank < count
                if rank < count { value += sums[base] }
            }
            if value < bound {
                bound = value
                idle = 0
            } else {
                idle += 1
                if idle == 15 {
                    scale /= 2
                    idle = 0
                }
            }
            var length = 0.0
            for (index, pattern) in patterns.enumerated() {
                var slope = pattern.weight > prices[index] ? -1.0 : 0
                for base in pattern.bases where isChosen[base] { slope += 1 }
                slopes[index] = slope
                length += slope * slope
            }
            guard length > 0, value > reached else { break }
            let step = scale * (value - reached) / length
            for index in prices.indices {
                prices[index] = max(0, prices[index] - step * slopes[index])
            }
        }
        return bound
    }
}
