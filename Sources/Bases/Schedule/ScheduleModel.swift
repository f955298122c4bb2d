/// A problem with its places merged and its rules as linear rows over the
/// decisions: mission holds base j in phase t, host holds base j in phase t.
///
/// What the solver, the bound and the search share; the checker does not.
struct ScheduleModel {
    /// What can happen with a base.
    struct Option {
        var decision: SchedulePlan.Decision
        /// Protection in each phase.
        var quality: [Double]
        /// The decision columns that are 1.
        var columns: [Int]
        var cost: Double
    }

    /// At most `upper` for a sum over decision columns.
    struct SideRow {
        var name: String
        var terms: [(column: Int, factor: Double)]
        var upper: Double
    }

    /// Places that the same bases reach, of some weight.
    struct Pattern {
        var bases: [Int]
        var weight: Double
        /// Group and weight, by group, in the order of first places.
        var groups: [(group: Int, weight: Double)]
    }

    /// The least share of today's cover of a group in a phase.
    struct FloorRow {
        var group: Int
        var phase: Int
        /// In shares of `scale`, as much less as the checker forgives in part.
        var least: Double
        /// Today's cover, or 1.
        var scale: Double
        var shortfallWeight: Double
    }

    let baseCount: Int
    let discounts: [Double]
    let effectiveness: [Double]
    let options: [[Option]]
    let sideRows: [SideRow]
    let patterns: [Pattern]
    let floors: [FloorRow]
    let costPerMove: Double

    var phaseCount: Int { discounts.count }

    /// The columns come in pairs, base after base, in each phase after phase.
    func held(_ base: Int, _ phase: Int) -> Int { (base * phaseCount + phase) * 2 }
    func host(_ base: Int, _ phase: Int) -> Int { held(base, phase) + 1 }
    var decisionCount: Int { baseCount * phaseCount * 2 }

    /// The problem must have been checked.
    init(_ problem: ScheduleProblem) {
        baseCount = problem.bases.count
        discounts = problem.phases.map(\.discount)
        effectiveness = problem.bases.map(\.effectiveness)
        costPerMove = problem.costPerMove
        options = problem.bases.indices.map { Self.options(of: $0, in: problem) }
        sideRows = SideRows(problem).rows
        patterns = Self.merged(problem)
        floors = Self.floors(problem)
    }

    private static func options(of base: Int, in problem: ScheduleProblem) -> [Option] {
        let phases = problem.phases.count
        let site = problem.bases[base]
        var decisions: [SchedulePlan.Decision] = [.keep]
        if !site.mustStay {
            if let ready = site.readyPhase {
                for phase in 0..<phases
                where phase >= ready && !site.blockedPhases.contains(phase) {
                    decisions.append(.handOver(phase))
                }
            }
            if site.mayClose {
                for phase in 0..<phases { decisions.append(.close(phase)) }
            }
        }
        return decisions.map { decision in
            let leaving = decision.phase ?? phases
            let columns = (0..<phases).compactMap { phase -> Int? in
                let column = (base * phases + phase) * 2
                if phase < leaving { return column }
                return decision.action == .handOver ? column + 1 : nil
            }
            return Option(
                decision: decision,
                quality: (0..<phases).map {
                    decision.quality(inPhase: $0, effectiveness: site.effectiveness)
                },
                columns: columns, cost: decision.action == .keep ? 0 : problem.costPerMove)
        }
    }

    private static func merged(_ problem: ScheduleProblem) -> [Pattern] {
        var merging = PatternMerging(baseCount: problem.bases.count)
        var groups: [[(group: Int, weight: Double)]] = []
        for demand in problem.demands {
            var reach = BaseSet(baseCount: problem.bases.count)
            for base in demand.reach { reach.insert(base) }
            guard let index = merging.add(demand.weight, reachedBy: reach) else { continue }
            if index == groups.count { groups.append([]) }
            for share in demand.groups where share.weight > 0 {
                if let known = groups[index].firstIndex(where: { $0.group == share.group }) {
                    groups[index][known].weight += share.weight
                } else {
                    groups[index].append((share.group, share.weight))
                }
            }
        }
        return zip(merging.patterns.patterns, groups)
            .filter { $0.weight > 0 || !$1.isEmpty }
            .map { Pattern(bases: $0.bases, weight: $0.weight, groups: $1) }
    }

    private static func floors(_ problem: ScheduleProblem) -> [FloorRow] {
        var rows: [FloorRow] = []
        var today = [Double](repeating: 0, count: problem.groupCount)
        for demand in problem.demands where !demand.reach.isEmpty {
            for share in demand.groups { today[share.group] += share.weight }
        }
        for floor in problem.floors {
            let today = today[floor.group]
            let scale = max(1, today)
            let least =
                switch floor.least {
                case .shareOfToday(let share): share * today
                case .todayLess(let tolerance): today - tolerance
                case .amount(let amount): amount
                }
            for phase in floor.phases ?? Array(problem.phases.indices) {
                rows.append(
                    FloorRow(
                        group: floor.group, phase: phase,
                        // Half of what the checker forgives, so that neither
                        // the solver's tolerance refuses a plan that it
                        // accepts, nor the other way round.
                        least: least / scale - PlanChecker.tolerance / 2, scale: scale,
                        shortfallWeight: floor.shortfallWeight))
            }
        }
        return rows
    }

    /// The plan that the options make, with its true value.
    func plan(_ choice: [Int], checker: PlanChecker) -> SchedulePlan {
        var plan = SchedulePlan(
            decisions: choice.indices.map { options[$0][choice[$0]].decision }, value: 0)
        plan.value = checker.value(of: plan)
        return plan
    }
}
