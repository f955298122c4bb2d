import Bases
import Diagnostics
import Testing

@Suite struct ScheduleOptimumTests {
    @Test(arguments: 0..<3) func `Solver, tree and checker reach the optimum of all plans`(
        index: Int
    ) throws {
        let example = try ScheduleCase.all()[index]
        let problem = try example.problem()
        for method in ScheduleMethod.allCases {
            let result = try SchedulePlanner(method: method).plan(problem)
            #expect(result.status == .optimal)
            #expect(abs(result.value - example.optimum) < scheduleTolerance)
            #expect(result.violations.isEmpty && result.gap == 0)
        }
    }

    @Test func `All feasible plans of the known instances are counted`() throws {
        let examples = try ScheduleCase.all()
        for example in examples.prefix(2) {
            let found = PlanEnumeration(try example.problem())
            #expect(found.feasible == example.feasible_plans)
            #expect(abs((found.best ?? 0) - example.optimum) < scheduleTolerance)
        }
    }

    @Test(arguments: 0..<21) func `Random problems with all rules equal full enumeration`(
        block: Int
    ) throws {
        for seed in block * 10..<block * 10 + 10 {
            var random = RandomSchedule(seed: seed)
            let problem = random.problem()
            let truth = PlanEnumeration(problem)
            let solved = try SchedulePlanner(method: .optimal).plan(problem)
            let searched = try SchedulePlanner(method: .heuristic).plan(problem)
            guard let best = truth.best else {
                for result in [solved, searched] {
                    #expect(
                        result.status == .floorsMissed || result.status == .rulesContradict,
                        "seed \(seed): \(result.status)")
                    #expect(!result.violations.isEmpty && result.gap == nil, "seed \(seed)")
                }
                continue
            }
            for result in [solved, searched] {
                #expect(result.status == .optimal, "seed \(seed)")
                #expect(abs(result.value - best) < scheduleTolerance, "seed \(seed)")
                #expect(result.violations.isEmpty, "seed \(seed)")
            }
        }
    }

    @Test func `Random problems are of both kinds`() {
        let feasible = (0..<60).count { seed in
            var random = RandomSchedule(seed: seed)
            return PlanEnumeration(random.problem()).best != nil
        }
        #expect(feasible >= 15 && feasible <= 55)
    }

    @Test func `Without a solver the bound is above and the value below the optimum`() throws {
        for seed in 0..<4 {
            let problem = largeProblem(seed: UInt64(seed))
            let solved = try SchedulePlanner(method: .optimal).plan(problem)
            let searched = try SchedulePlanner(method: .heuristic).plan(problem)
            #expect(solved.status == .optimal)
            #expect(searched.violations.isEmpty)
            #expect(searched.value <= solved.value + scheduleTolerance)
            #expect(try #require(searched.bound) >= solved.value - scheduleTolerance)
            #expect(try #require(searched.gap) < 0.05)
        }
    }

    @Test func `The same problem gives the same plan again`() throws {
        let problem = largeProblem(seed: 9)
        for method in ScheduleMethod.allCases {
            let first = try SchedulePlanner(method: method).plan(problem)
            #expect(try SchedulePlanner(method: method).plan(problem) == first)
        }
    }

    @Test func `Places in another order change nothing that counts`() throws {
        var problem = largeProblem(seed: 4)
        let value = try SchedulePlanner().plan(problem).value
        problem.demands.reverse()
        #expect(abs(try SchedulePlanner().plan(problem).value - value) < scheduleTolerance * value)
    }

    @Test(arguments: ScheduleMethod.allCases)
    func `A base that may not be closed is kept or handed over`(method: ScheduleMethod) throws {
        var problem = ScheduleProblem(
            bases: [
                .init(effectiveness: 0.5, readyPhase: 1),
                .init(effectiveness: 0.5, readyPhase: nil, mayClose: false),
            ],
            demands: [.init(reach: [0], weight: 10), .init(reach: [1], weight: 1)],
            phases: [.init(), .init()], mostHeldAtEnd: 1)
        let neverReady = try SchedulePlanner(method: method).plan(problem)
        #expect(neverReady.status == .optimal)
        #expect(neverReady.plan.decisions == [.handOver(1), .keep] && neverReady.value == 17)
        problem.bases[1].readyPhase = 0
        let ready = try SchedulePlanner(method: method).plan(problem)
        #expect(ready.plan.decisions == [.keep, .handOver(1)] && ready.value == 21.5)
        problem.mostHeldAtEnd = 0
        problem.bases[0].mayClose = false
        problem.bases[1].readyPhase = nil
        let neither = try SchedulePlanner(method: method).plan(problem)
        #expect(neither.status == .rulesContradict)
        #expect(neither.violations == [.heldAtEnd(contingent: nil, found: 1, most: 0)])
    }

    @Test func `Blocked phases stop handovers and not closures`() throws {
        let problem = ScheduleProblem(
            bases: [.init(effectiveness: 0.5, readyPhase: 0, blockedPhases: [0, 1])],
            demands: [.init(reach: [0], weight: 10)], phases: [.init(), .init()],
            mostHeldAtEnd: 0)
        let result = try SchedulePlanner().plan(problem)
        #expect(result.plan.decisions == [.close(1)] && result.violations.isEmpty)
    }
}
