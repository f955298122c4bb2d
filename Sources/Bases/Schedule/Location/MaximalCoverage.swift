import Diagnostics
import Solver

extension DemandPatterns {
    /// The `count` bases that reach the most weight (maximal covering
    /// location problem: Church and ReVelle 1974), proven by the solver.
    ///
    /// `times` = 2 counts only what two of the chosen bases reach (backup
    /// coverage: Hogan and ReVelle 1986). Of equally good sets the one that
    /// the solver finds is returned. Fewer bases than `count`: all of them.
    ///
    /// - Throws: `unsuitableValue` for a negative count or `times` below 1;
    ///   `solverFailed`.
    public func maximalCoverage(
        count: Int, times: Int = 1, limits: SolverLimits = .none
    ) throws(ScheduleError) -> LocationChoice {
        try checkCount(count)
        guard times >= 1 else {
            throw .value("times", "it is \(times), expected 1 or more", mend: "Write 1, or 2 for backup")
        }
        var program = LinearProgram()
        for base in 0..<baseCount {
            _ = program.add(.init(name: "x\(base)", upper: 1, isInteger: true))
        }
        for (index, pattern) in patterns.enumerated()
        where pattern.bases.count >= times && pattern.weight > 0 {
            // Cover is the smaller of 1 and the bases chosen, so that it is
            // whole by itself; twofold cover is not, and must be asked for.
            let covered = program.add(
                .init(
                    name: "y\(index)", upper: 1, objective: pattern.weight, isInteger: times > 1))
            program.add(
                .init(
                    name: "c\(index)",
                    terms: [.init(covered, Double(times))] + pattern.bases.map { .init($0, -1) },
                    upper: 0))
        }
        let chosen = Double(min(count, baseCount))
        program.add(
            .init(
                name: "p", terms: (0..<baseCount).map { .init($0) }, lower: chosen, upper: chosen))
        let solution = try solve(program, limits: limits)
        guard !solution.values.isEmpty || baseCount == 0 else {
            throw ScheduleError(
                .solverFailed, "the limit was reached before any set of bases was found",
                mend: "Raise the limit, or use the greedy method")
        }
        let bases = (0..<baseCount).filter { solution.values[$0] > 0.5 }
        return LocationChoice(
            bases: bases, value: weight(coveredBy: bases, times: times), bound: solution.bound,
            nodes: solution.nodes)
    }

    /// The weight of the patterns that at least `times` of `bases` reach.
    public func weight(coveredBy bases: [Int], times: Int = 1) -> Double {
        var isChosen = [Bool](repeating: false, count: baseCount)
        for base in bases { isChosen[base] = true }
        var total = 0.0
        for pattern in patterns {
            var reached = 0
            for base in pattern.bases where isChosen[base] { reached += 1 }
            if reached >= times { total += pattern.weight }
        }
        return total
    }

    func checkCount(_ count: Int) throws(ScheduleError) {
        guard count >= 0 else {
            throw .value("number of bases", "it is \(count), expected 0 or more", mend: "Write how many bases stay")
        }
    }
}

extension DemandMatrix {
    /// The `count` bases that reach the most weight within the limit, proven.
    /// See `DemandPatterns.maximalCoverage`.
    public func maximalCoverage(
        count: Int, within limitInMinutes: Double, times: Int = 1, limits: SolverLimits = .none
    ) throws(ScheduleError) -> LocationChoice {
        try patterns(within: limitInMinutes)
            .maximalCoverage(count: count, times: times, limits: limits)
    }
}
