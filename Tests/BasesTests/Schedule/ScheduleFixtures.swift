import Bases
import Foundation
import TestSupport

/// The instances of `location_models.json`.
struct LocationCase: Decodable {
    struct Coverage: Decodable {
        var optimum: Double
        var optimal_sets: [[Int]]
        var greedy: Double
        var greedy_set: [Int]
    }
    struct Median: Decodable { var optimum_weighted_minutes: Double }
    struct Optimum: Decodable { var optimum: Double }
    struct Covering: Decodable { var optimum: Int? }

    var base_xy: [[Double]]
    var weight: [Double]
    var minutes: [[Double]]
    var p: Int
    var T: Double
    var mclp: Coverage
    var pmedian: Median
    var pcenter: Optimum
    var lscp: Covering
    var pdispersion: Optimum
    var backup_best: Double
    var coverage_all_open: Double
    var backup_all_open: Double
    var marginal_loss_all_open: [Double]
    var nearest: [Double]

    func matrix() throws -> DemandMatrix {
        try DemandMatrix(
            minutes: minutes.flatMap { $0 }, weights: weight, baseCount: base_xy.count)
    }

    /// Rounded to 4 decimals, as the optimum was computed with.
    var distances: [[Double]] {
        base_xy.map { a in
            base_xy.map { b in
                (hypot(a[0] - b[0], a[1] - b[1]) * 1e4).rounded() / 1e4
            }
        }
    }

    static func all() throws -> [LocationCase] {
        struct File: Decodable { var cases: [LocationCase] }
        let data = try Data(contentsOf: TestPaths.fixture("transfer/location_models.json"))
        return try JSONDecoder().decode(File.self, from: data).cases
    }
}

/// The instances of `schedule_bruteforce.json`.
struct ScheduleCase: Decodable {
    var weight: [Double]
    var minutes: [[Double]]
    var T: Double
    var phases: Int
    var max_moves_per_phase: Int
    var min_leaving: Int
    var ready_phase: [Int]
    var effectiveness: [Double]
    var optimum: Double
    var feasible_plans: Int

    func problem() throws -> ScheduleProblem {
        let matrix = try DemandMatrix(
            minutes: minutes.flatMap { $0 }, weights: weight, baseCount: effectiveness.count)
        return ScheduleProblem(
            bases: zip(effectiveness, ready_phase).map {
                .init(effectiveness: $0, readyPhase: $1 < phases ? $1 : nil)
            },
            demands: ScheduleProblem.demands(of: matrix, within: T),
            phases: Array(repeating: .init(mostLeaving: max_moves_per_phase), count: phases),
            mostHeldAtEnd: effectiveness.count - min_leaving)
    }

    static func all() throws -> [ScheduleCase] {
        struct File: Decodable { var cases: [ScheduleCase] }
        let data = try Data(contentsOf: TestPaths.fixture("transfer/schedule_bruteforce.json"))
        return try JSONDecoder().decode(File.self, from: data).cases
    }
}

/// Sums of some hundred numbers up to 1e5, in another order.
let scheduleTolerance = 1e-6

/// Small random problems with every kind of rule.
struct RandomSchedule {
    var random: SeededGenerator

    init(seed: Int) { random = SeededGenerator(seed: UInt64(seed)) }

    mutating func problem() -> ScheduleProblem {
        let phases = Int.random(in: 1...3, using: &random)
        // Seven options at most per base: all plans can be looked at.
        let bases = phases == 3 ? 3 : 4
        var problem = ScheduleProblem(
            bases: (0..<bases).map { _ in base(phases) },
            demands: (0..<Int.random(in: 1...14, using: &random)).map { _ in demand(bases) },
            groupCount: 2, phases: (0..<phases).map { _ in phase() })
        if chance(0.8) { problem.mostHeldAtEnd = Int.random(in: 0..<bases, using: &random) }
        if chance(0.3) { problem.mostHeldAtEndByContingent = [nil, 1] }
        for group in 0..<2 where chance(0.5) {
            problem.floors.append(floor(group, phases))
        }
        if chance(0.4) { problem.dependences = [.init(base: 0, on: 1), .init(base: 2, on: 1)] }
        if chance(0.4) { problem.neighbours = [.init(0, 2), .init(1, 2)] }
        if chance(0.5) { problem.costPerMove = 0.5 }
        return problem
    }

    private mutating func chance(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &random) < share
    }

    private mutating func base(_ phases: Int) -> ScheduleProblem.Base {
        ScheduleProblem.Base(
            effectiveness: Double(Int.random(in: 0...10, using: &random)) / 10,
            readyPhase: chance(0.75) ? Int.random(in: 0..<phases, using: &random) : nil,
            blockedPhases: chance(0.3) ? [Int.random(in: 0..<phases, using: &random)] : [],
            contingent: chance(0.5) ? Int.random(in: 0..<2, using: &random) : nil,
            mustStay: chance(0.1), mayClose: chance(0.75))
    }

    private mutating func demand(_ bases: Int) -> ScheduleProblem.Demand {
        ScheduleProblem.Demand(
            reach: (0..<bases).filter { _ in chance(0.45) },
            weight: Double(Int.random(in: 0...100, using: &random)),
            groups: (0..<2).filter { _ in chance(0.6) }.map {
                .init(group: $0, weight: Double(Int.random(in: 0...50, using: &random)))
            })
    }

    private mutating func phase() -> ScheduleProblem.Phase {
        ScheduleProblem.Phase(
            discount: Double(Int.random(in: 5...10, using: &random)) / 10,
            mostLeaving: chance(0.5) ? Int.random(in: 0...2, using: &random) : nil,
            mostLeavingByContingent: chance(0.3) ? [1, nil] : [],
            hostUnits: chance(0.4) ? Int.random(in: 0...1, using: &random) : nil)
    }

    private mutating func floor(_ group: Int, _ phases: Int) -> ScheduleProblem.Floor {
        let share = Double(Int.random(in: 3...9, using: &random)) / 10
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .init(group: group, least: .shareOfToday(share))
        case 1: return .init(group: group, least: .todayLess(100 * (1 - share)))
        default:
            return .init(
                group: group, least: .amount(20),
                phases: [Int.random(in: 0..<phases, using: &random)])
        }
    }
}

/// All plans, one after the other, straight from the rules.
struct PlanEnumeration {
    var best: Double?
    var feasible = 0
    /// Per plan, in the order of enumeration: whether it obeys all rules.
    init(_ problem: ScheduleProblem) {
        let phases = problem.phases.count
        let options: [[SchedulePlan.Decision]] = problem.bases.map { base in
            var options = [SchedulePlan.Decision.keep]
            guard !base.mustStay else { return options }
            for phase in 0..<phases {
                if base.mayClose { options.append(.close(phase)) }
                if let ready = base.readyPhase, phase >= ready,
                    !base.blockedPhases.contains(phase)
                {
                    options.append(.handOver(phase))
                }
            }
            return options
        }
        let evaluation = PlainEvaluation(problem)
        var plan = options.map { _ in SchedulePlan.Decision.keep }
        func visit(_ base: Int) {
            guard base < options.count else {
                guard let value = evaluation.value(plan) else { return }
                feasible += 1
                best = max(best ?? -.infinity, value)
                return
            }
            for option in options[base] {
                plan[base] = option
                visit(base + 1)
            }
        }
        visit(0)
    }
}

/// Rules and value of a plan once more, written for the tests alone: by
/// states of bases, not by decisions.
struct PlainEvaluation {
    let problem: ScheduleProblem

    init(_ problem: ScheduleProblem) { self.problem = problem }

    /// nil when a rule is broken.
    func value(_ plan: [SchedulePlan.Decision]) -> Double? {
        let count = problem.bases.count
        // 2 held, 1 by the host, 0 by nobody.
        var before = Array(repeating: 2, count: count)
        let today = groups(before)
        var total = 0.0
        for (number, phase) in problem.phases.enumerated() {
            var now = before
            for base in 0..<count where plan[base].phase == number {
                now[base] = plan[base].action == .handOver ? 1 : 0
                if problem.bases[base].mustStay { return nil }
                if now[base] == 0 && !problem.bases[base].mayClose { return nil }
                if now[base] == 1 {
                    guard let ready = problem.bases[base].readyPhase, ready <= number,
                        !problem.bases[base].blockedPhases.contains(number)
                    else { return nil }
                }
            }
            let left = (0..<count).filter { before[$0] == 2 && now[$0] != 2 }
            if let most = phase.mostLeaving, left.count > most { return nil }
            for (contingent, most) in phase.mostLeavingByContingent.enumerated() {
                if let most, left.filter({ problem.bases[$0].contingent == contingent }).count > most {
                    return nil
                }
            }
            if let most = phase.hostUnits, left.filter({ now[$0] == 1 }).count > most { return nil }
            for pair in problem.dependences where now[pair.base] == 2 && now[pair.other] == 0 {
                return nil
            }
            for pair in problem.neighbours
            where left.contains(pair.first) && left.contains(pair.second) { return nil }
            guard meetsFloors(groups(now), today, number) else { return nil }
            for demand in problem.demands {
                total += phase.discount * demand.weight * protection(demand, now)
            }
            before = now
        }
        let held = (0..<count).filter { before[$0] == 2 }
        if let most = problem.mostHeldAtEnd, held.count > most { return nil }
        for (contingent, most) in problem.mostHeldAtEndByContingent.enumerated() {
            if let most, held.filter({ problem.bases[$0].contingent == contingent }).count > most {
                return nil
            }
        }
        return total - problem.costPerMove * Double(count - held.count)
    }

    private func protection(_ demand: ScheduleProblem.Demand, _ states: [Int]) -> Double {
        demand.reach.map {
            states[$0] == 2 ? 1 : states[$0] == 1 ? problem.bases[$0].effectiveness : 0
        }.max() ?? 0
    }

    private func groups(_ states: [Int]) -> [Double] {
        var totals = [Double](repeating: 0, count: problem.groupCount)
        for demand in problem.demands {
            for share in demand.groups {
                totals[share.group] += share.weight * protection(demand, states)
            }
        }
        return totals
    }

    private func meetsFloors(_ now: [Double], _ today: [Double], _ phase: Int) -> Bool {
        problem.floors.allSatisfy { floor in
            guard floor.phases?.contains(phase) ?? true else { return true }
            let least: Double
            switch floor.least {
            case .shareOfToday(let share): least = share * today[floor.group]
            case .todayLess(let loss): least = today[floor.group] - loss
            case .amount(let amount): least = amount
            }
            return now[floor.group] >= least - PlanChecker.tolerance * max(1, today[floor.group])
        }
    }
}

/// Every combination of decisions, sensible or not.
func forEachPlan(of problem: ScheduleProblem, _ body: ([SchedulePlan.Decision]) -> Void) {
    var options = [SchedulePlan.Decision.keep]
    for phase in problem.phases.indices { options += [.close(phase), .handOver(phase)] }
    var plan = problem.bases.map { _ in SchedulePlan.Decision.keep }
    func visit(_ base: Int) {
        guard base < plan.count else { return body(plan) }
        for option in options {
            plan[base] = option
            visit(base + 1)
        }
    }
    visit(0)
}

/// 24 bases and 3 phases in a random plane, with sectors as groups.
func largeProblem(seed: UInt64) -> ScheduleProblem {
    var random = SeededGenerator(seed: seed)
    func place() -> (Double, Double) {
        (Double.random(in: 0...100, using: &random), Double.random(in: 0...100, using: &random))
    }
    let sites = (0..<24).map { _ in place() }
    let demands = (0..<150).map { _ in
        let (x, y) = place()
        let weight = Double(Int.random(in: 10...500, using: &random))
        return ScheduleProblem.Demand(
            reach: sites.indices.filter { base in
                let (dx, dy) = (sites[base].0 - x, sites[base].1 - y)
                return dx * dx + dy * dy <= 400
            },
            weight: weight, groups: [.init(group: Int(x / 25.01), weight: weight)])
    }
    return ScheduleProblem(
        bases: sites.indices.map { base in
            .init(
                effectiveness: Double(Int.random(in: 30...90, using: &random)) / 100,
                readyPhase: base % 4 == 0 ? nil : Int.random(in: 0..<3, using: &random),
                contingent: base % 3)
        },
        demands: demands, groupCount: 4,
        phases: (0..<3).map { _ in .init(mostLeaving: 5, hostUnits: 3) },
        floors: (0..<4).map { .init(group: $0, least: .shareOfToday(0.6)) }, mostHeldAtEnd: 12,
        dependences: [.init(base: 1, on: 2)], neighbours: [.init(3, 4), .init(5, 6)])
}
