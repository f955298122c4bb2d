import Diagnostics
import Solver

extension DemandMatrix {
    /// The `count` bases with the least weight times minutes to the nearest
    /// (p-median: Hakimi 1964), proven by the solver.
    ///
    /// Where `count` bases cannot reach all places, value and bound are
    /// `+infinity` and the bases are those that reach the most weight.
    ///
    /// - Throws: `unsuitableValue` for a negative count; `solverFailed`.
    public func medianBases(
        count: Int, limits: SolverLimits = .none
    ) throws(ScheduleError) -> LocationChoice {
        let finite = try patterns(within: .greatestFiniteMagnitude)
            .maximalCoverage(count: count, limits: limits)
        guard weightedMinutes(of: finite.bases) < .infinity else {
            return LocationChoice(
                bases: finite.bases, value: .infinity, bound: .infinity, nodes: finite.nodes)
        }
        var program = LinearProgram()
        for base in 0..<baseCount {
            _ = program.add(.init(name: "x\(base)", upper: 1, isInteger: true))
        }
        for demand in 0..<demandCount where weights[demand] > 0 {
            var shares: [LinearProgram.Term] = []
            for base in 0..<baseCount where self[demand, base] < .infinity {
                let share = program.add(
                    .init(
                        name: "y\(demand)_\(base)", upper: 1,
                        objective: -weights[demand] * self[demand, base]))
                program.add(
                    .init(
                        name: "l\(demand)_\(base)", terms: [.init(share), .init(base, -1)],
                        upper: 0))
                shares.append(.init(share))
            }
            program.add(.init(name: "s\(demand)", terms: shares, lower: 1, upper: 1))
        }
        let most = Double(min(count, baseCount))
        program.add(
            .init(name: "p", terms: (0..<baseCount).map { .init($0) }, lower: most, upper: most))
        let solution = try solve(program, limits: limits)
        guard !solution.values.isEmpty || baseCount == 0 else {
            return LocationChoice(
                bases: finite.bases, value: weightedMinutes(of: finite.bases),
                bound: -solution.bound, nodes: solution.nodes)
        }
        let bases = (0..<baseCount).filter { solution.values[$0] > 0.5 }
        let value = weightedMinutes(of: bases)
        return LocationChoice(
            bases: bases, value: value,
            bound: solution.status == .optimal ? value : -solution.bound, nodes: solution.nodes)
    }

    /// The `count` bases with the shortest longest way to the nearest, over
    /// all places of some weight (p-centre: Hakimi 1964), proven: the smallest
    /// time within which `count` bases cover all is searched among the times
    /// that occur (Minieka 1970).
    ///
    /// Where `count` bases cannot reach all places, value and bound are
    /// `+infinity` and the bases are those that reach the most weight.
    ///
    /// - Throws: `unsuitableValue` for a negative count; `solverFailed`.
    public func centreBases(count: Int) throws(ScheduleError) -> LocationChoice {
        var best = try patterns(within: .greatestFiniteMagnitude).maximalCoverage(count: count)
        let weighty = (0..<demandCount).filter { weights[$0] > 0 }
        func longest(_ bases: [Int]) -> Double {
            weighty.reduce(0) { max($0, nearestMinutes(to: $1, of: bases)) }
        }
        best.value = longest(best.bases)
        best.bound = best.value
        guard best.value < .infinity else { return best }
        let times = Set(weighty.flatMap { demand in (0..<baseCount).map { self[demand, $0] } })
            .filter { $0 < best.value }.sorted()
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if case .bases(let bases) = try coveringBases(within: times[middle]),
                bases.count <= count
            {
                best.bases = bases
                best.value = longest(bases)
                high = middle
            } else {
                low = middle + 1
            }
        }
        best.bases = padded(best.bases, to: count)
        best.value = longest(best.bases)
        best.bound = best.value
        return best
    }

    /// As few bases as possible that reach every place of some weight within
    /// the limit (location set covering: Toregas et al. 1971), proven; or the
    /// places that no base reaches.
    ///
    /// - Throws: `solverFailed`.
    public func coveringBases(
        within limitInMinutes: Double
    ) throws(ScheduleError) -> CoveringChoice {
        let uncovered = (0..<demandCount).filter { demand in
            weights[demand] > 0
                && !(0..<baseCount).contains { self[demand, $0] <= limitInMinutes }
        }
        guard uncovered.isEmpty else { return .impossible(uncovered: uncovered) }
        var program = LinearProgram()
        for base in 0..<baseCount {
            _ = program.add(.init(name: "x\(base)", upper: 1, objective: -1, isInteger: true))
        }
        let merged = patterns(within: limitInMinutes)
        for (index, pattern) in merged.patterns.enumerated() where pattern.weight > 0 {
            program.add(
                .init(name: "c\(index)", terms: pattern.bases.map { .init($0) }, lower: 1))
        }
        let solution = try solve(program)
        return .bases(solution.values.indices.filter { solution.values[$0] > 0.5 })
    }

    /// More bases never make a way longer: the lowest ones fill up.
    private func padded(_ bases: [Int], to count: Int) -> [Int] {
        let missing = max(0, min(count, baseCount) - bases.count)
        let others = (0..<baseCount).filter { !bases.contains($0) }
        return (bases + others.prefix(missing)).sorted()
    }
}
