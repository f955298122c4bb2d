import Diagnostics
import Solver

/// Makes schedules: which base is handed over or closed in which phase, so
/// that people lose as little protection as possible and no group less than
/// its floor.
///
/// The same problem gives the same plan on every run, unless a time limit
/// ends the solver's search.
public struct SchedulePlanner: Sendable {
    public var method: ScheduleMethod
    /// Of the solver's search; the built-in method knows its own.
    public var limits: SolverLimits

    public init(method: ScheduleMethod = .optimal, limits: SolverLimits = .none) {
        self.method = method
        self.limits = limits
    }

    /// The plan, its value and bound, and what it breaks where nothing obeys
    /// all rules. No bases or no demands: a plan all the same.
    ///
    /// - Throws: what `ScheduleProblem.check` throws; `solverFailed` when the
    ///   solver gives up or its plan does not survive the checker.
    public func plan(_ problem: ScheduleProblem) throws(ScheduleError) -> ScheduleResult {
        try problem.check()
        let model = ScheduleModel(problem)
        let checker = PlanChecker(problem)
        return switch method {
        case .optimal: try optimal(problem, model, checker)
        case .heuristic: heuristic(problem, model, checker)
        }
    }

    /// The problem as a linear program, for any other solver; its objective
    /// lacks `constant`, what no decision changes.
    ///
    /// - Throws: what `ScheduleProblem.check` throws.
    public static func program(
        of problem: ScheduleProblem
    ) throws(ScheduleError) -> (program: LinearProgram, constant: Double) {
        try problem.check()
        let built = ScheduleProgram(ScheduleModel(problem))
        return (built.program, built.constant)
    }

    // MARK: - With the solver

    private func optimal(
        _ problem: ScheduleProblem, _ model: ScheduleModel, _ checker: PlanChecker
    ) throws(ScheduleError) -> ScheduleResult {
        let built = ScheduleProgram(model)
        let known = searched(model, CoverNetwork(model))
        let hints = SolverHints(
            isRelaxationStrong: true,
            reachedObjective: known.isFeasible ? known.value - built.constant : nil)
        let solution = try solve(built.program, limits: limits, hints: hints)
        switch solution.status {
        case .optimal, .feasible:
            let plan = model.plan(built.choice(of: solution.values), checker: checker)
            let isProven = solution.status == .optimal
            let bound = isProven ? plan.value : max(plan.value, solution.bound + built.constant)
            let result = result(
                isProven ? .optimal : .feasible, plan, bound, solution.nodes, problem, checker)
            guard result.violations.isEmpty else {
                throw ScheduleError(
                    .solverFailed,
                    "the solver's plan breaks a rule: \(result.violations[0].text())",
                    mend: "Use the heuristic method, and keep the LP file for a report")
            }
            return result
        case .infeasible:
            return try leastBroken(problem, model, checker)
        case .unbounded, .limitReached:
            var result = heuristic(problem, model, checker)
            result.bound = min(result.bound ?? .infinity, solution.bound + built.constant)
            return result
        }
    }

    /// Nothing obeys all rules: the plan that misses floors the least and then
    /// protects the most; where even that is impossible, the one that breaks
    /// caps and orders the least.
    private func leastBroken(
        _ problem: ScheduleProblem, _ model: ScheduleModel, _ checker: PlanChecker
    ) throws(ScheduleError) -> ScheduleResult {
        if !model.floors.isEmpty {
            let slack = ScheduleProgram(model, slack: .floors)
            let least = try solve(slack.program, limits: limits)
            if !least.values.isEmpty {
                // What the solver's tolerance may take off, and some room.
                let most = -least.objective * (1 + 1e-6) + 1e-6
                let built = ScheduleProgram(model, slack: .floors, mostShortfall: most)
                let best = try solve(built.program, limits: limits)
                let choice =
                    best.values.isEmpty
                    ? slack.choice(of: least.values) : built.choice(of: best.values)
                return result(
                    .floorsMissed, model.plan(choice, checker: checker), -.infinity,
                    least.nodes + best.nodes, problem, checker)
            }
        }
        let built = ScheduleProgram(model, slack: .everything)
        let solution = try solve(built.program, limits: limits)
        let choice =
            solution.values.isEmpty
            ? model.options.map { _ in 0 } : built.choice(of: solution.values)
        return result(
            .rulesContradict, model.plan(choice, checker: checker), -.infinity, solution.nodes,
            problem, checker)
    }

    // MARK: - Without the solver

    /// Most bases with several options left for which all plans are searched.
    private static let mostUndecided = 20

    private func heuristic(
        _ problem: ScheduleProblem, _ model: ScheduleModel, _ checker: PlanChecker
    ) -> ScheduleResult {
        let network = CoverNetwork(model)
        var best = searched(model, network)
        // Without a plan any value does for the steps of the bound.
        let bound = ScheduleBound(model, network, reached: best.isFeasible ? best.value : 0)
        let other = searched(model, network, from: bound.choice)
        if other.isBetter(than: (best.violation, best.value)) { best = other }
        let isOpen = open(model, bound, best)
        var nodes = 0
        var isProven = false
        if isOpen.count(where: { $0.count { $0 } > 1 }) <= Self.mostUndecided {
            var tree = ScheduleTree(
                model, network, bound, incumbent: best.isFeasible ? best : nil, isOpen: isOpen)
            tree.run()
            nodes = tree.nodes
            isProven = tree.isComplete
            if let found = tree.best { best = found }
        }
        let plan = model.plan(best.choice, checker: checker)
        if best.isFeasible {
            return result(
                isProven ? .optimal : .feasible, plan,
                isProven ? plan.value : max(plan.value, bound.bound), nodes, problem, checker)
        }
        let status = isProven ? broken(plan, checker) : .notFound
        return result(
            status, plan, isProven ? -.infinity : bound.bound, nodes, problem, checker)
    }

    /// The plan that changes of single bases and exchanges of two lead to,
    /// from `choice` or, without one, from keeping all.
    private func searched(
        _ model: ScheduleModel, _ network: CoverNetwork, from choice: [Int]? = nil
    ) -> PlanState {
        let start = choice ?? model.options.map { _ in 0 }
        var search = ScheduleSearch(
            PlanState(model, network, choice: start),
            isOpen: model.options.map { $0.map { _ in true } })
        search.run()
        return search.state
    }

    /// Which kind of rules the least broken plan breaks.
    private func broken(_ plan: SchedulePlan, _ checker: PlanChecker) -> ScheduleResult.Status {
        let breaksRules = checker.violations(in: plan).contains {
            if case .floor = $0 { false } else { true }
        }
        return breaksRules ? .rulesContradict : .floorsMissed
    }

    /// An option whose regret exceeds the gap leads to no better plan.
    private func open(
        _ model: ScheduleModel, _ bound: ScheduleBound, _ best: PlanState
    ) -> [[Bool]] {
        let room = best.isFeasible ? bound.bound - best.value : .infinity
        return model.options.indices.map { base in
            model.options[base].indices.map { option in
                bound.regret(base, option) <= room + PlanState.tolerance * max(1, abs(best.value))
                    || option == best.choice[base]
            }
        }
    }

    private func result(
        _ status: ScheduleResult.Status, _ plan: SchedulePlan, _ bound: Double, _ nodes: Int,
        _ problem: ScheduleProblem, _ checker: PlanChecker
    ) -> ScheduleResult {
        ScheduleResult(
            status: status, method: method,
            solver: method == .optimal ? CBCSolver.version : "built in", plan: plan,
            bound: bound.isFinite ? bound : nil, nodes: nodes,
            violations: checker.violations(in: plan),
            outcomes: checker.outcomes(of: plan, phases: problem.phases.count))
    }
}
