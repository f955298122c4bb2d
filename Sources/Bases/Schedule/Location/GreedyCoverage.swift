extension DemandPatterns {
    /// The greedy choice of `count` bases: each time the one that adds the
    /// most weight, the lower index of equals, in the order of choosing.
    ///
    /// At least 1 - 1/e = 63.2 % of the optimum (Nemhauser, Wolsey and Fisher
    /// 1978), and mostly far more. Gains never grow while bases are added, so
    /// that old gains bound new ones and most are never computed again
    /// (Minoux 1978).
    ///
    /// - Throws: `unsuitableValue` for a negative count.
    public func greedyBases(count: Int) throws(ScheduleError) -> [Int] {
        try checkCount(count)
        let lists = patternsOfBases
        var isCovered = [Bool](repeating: false, count: patterns.count)
        func gain(_ base: Int) -> Double {
            var gain = 0.0
            for index in lists[base] where !isCovered[index] { gain += patterns[index].weight }
            return gain
        }
        var gains = (0..<baseCount).map(gain)
        var round = [Int](repeating: 0, count: baseCount)
        var candidates = Array(0..<baseCount)
        var chosen: [Int] = []
        while chosen.count < min(count, baseCount) {
            candidates.sort { gains[$0] != gains[$1] ? gains[$0] > gains[$1] : $0 < $1 }
            guard let first = candidates.first else { break }
            if round[first] < chosen.count {
                gains[first] = gain(first)
                round[first] = chosen.count
                continue
            }
            chosen.append(first)
            candidates.removeFirst()
            for index in lists[first] { isCovered[index] = true }
        }
        return chosen
    }

    /// The greedy choice, improved by exchanging one chosen base for another
    /// as long as that covers more weight, and the bound that no choice can
    /// exceed. No solver is involved.
    ///
    /// - Throws: `unsuitableValue` for a negative count.
    public func heuristicCoverage(count: Int) throws(ScheduleError) -> LocationChoice {
        let greedy = try greedyBases(count: count)
        let bases = exchanged(greedy)
        let value = weight(coveredBy: bases)
        return LocationChoice(
            bases: bases, value: value,
            bound: max(value, coverageBound(count: bases.count, reached: value)))
    }

    /// Best single exchanges until none covers more.
    private func exchanged(_ start: [Int]) -> [Int] {
        let lists = patternsOfBases
        var times = [Int](repeating: 0, count: patterns.count)
        var isChosen = [Bool](repeating: false, count: baseCount)
        for base in start {
            isChosen[base] = true
            for index in lists[base] { times[index] += 1 }
        }
        let least = 1e-12 * patterns.reduce(0) { $0 + $1.weight }
        while true {
            var best: (gain: Double, out: Int, into: Int)?
            for out in 0..<baseCount where isChosen[out] {
                var loss = 0.0
                for index in lists[out] {
                    times[index] -= 1
                    if times[index] == 0 { loss += patterns[index].weight }
                }
                for into in 0..<baseCount where !isChosen[into] {
                    var gain = -loss
                    for index in lists[into] where times[index] == 0 {
                        gain += patterns[index].weight
                    }
                    if gain > max(least, best?.gain ?? 0) { best = (gain, out, into) }
                }
                for index in lists[out] { times[index] += 1 }
            }
            guard let best else { break }
            isChosen[best.out] = false
            isChosen[best.into] = true
            for index in lists[best.out] { times[index] -= 1 }
            for index in lists[best.into] { times[index] += 1 }
        }
        return (0..<baseCount).filter { isChosen[$0] }
    }
}
