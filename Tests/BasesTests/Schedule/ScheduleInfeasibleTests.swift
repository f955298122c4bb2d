import Bases
import Diagnostics
import Testing

@Suite struct ScheduleInfeasibleTests {
    /// Two bases, each alone with its place and group; one must leave.
    private func twoBases() -> ScheduleProblem {
        ScheduleProblem(
            bases: [.init(effectiveness: 0.6, readyPhase: 1), .init(effectiveness: 0.5)],
            demands: [
                .init(reach: [0], weight: 100, groups: [.init(group: 0, weight: 100)]),
                .init(reach: [1], weight: 80, groups: [.init(group: 1, weight: 80)]),
            ], groupCount: 2, phases: [.init(), .init()],
            floors: [
                .init(group: 0, least: .shareOfToday(0.9)),
                .init(group: 1, least: .shareOfToday(0.9)),
            ], mostHeldAtEnd: 1)
    }

    @Test(arguments: ScheduleMethod.allCases)
    func `A floor that breaks is named with phase and people`(method: ScheduleMethod) throws {
        let result = try SchedulePlanner(method: method).plan(twoBases())
        #expect(result.status == .floorsMissed)
        // Handing over base 0 in the last phase loses 30 of its floor of 90.
        #expect(result.plan.decisions == [.handOver(1), .keep])
        #expect(
            result.violations == [.floor(group: 0, phase: 1, found: 60, least: 90)])
        #expect(result.missedFloors.map(\.amount) == [30])
        #expect(
            result.violations[0].text(groups: ["North"])
                == "Phase 2: North keeps 60 covered, its floor is 90: 30 short.")
        #expect(result.gap == nil && result.bound == nil)
    }

    @Test(arguments: ScheduleMethod.allCases)
    func `Caps that contradict the ceiling are named`(method: ScheduleMethod) throws {
        var problem = twoBases()
        problem.floors = []
        problem.phases = [.init(mostLeaving: 0), .init(mostLeaving: 0)]
        let result = try SchedulePlanner(method: method).plan(problem)
        #expect(result.status == .rulesContradict)
        #expect(result.violations.map(\.amount) == [1])
        switch result.violations[0] {
        case .leaving, .heldAtEnd: break
        default: Issue.record("another rule is named: \(result.violations)")
        }
    }

    @Test func `The shortfall is the least that any plan has`() throws {
        var compared = 0
        for seed in 0..<120 {
            var random = RandomSchedule(seed: seed)
            var problem = random.problem()
            problem.floors = (0..<2).map { .init(group: $0, least: .shareOfToday(0.95)) }
            let result = try SchedulePlanner().plan(problem)
            guard result.status == .floorsMissed else { continue }
            compared += 1
            let today = (0..<2).map { problem.coverageToday(ofGroup: $0) }
            func shortfall(_ plan: SchedulePlan, _ checker: PlanChecker) -> Double {
                var total = 0.0
                for phase in problem.phases.indices {
                    for (group, found) in checker.groupCoverage(of: plan, inPhase: phase).enumerated() {
                        total += max(0, 0.95 * today[group] - found) / max(1, today[group])
                    }
                }
                return total
            }
            var free = problem
            free.floors = []
            let checker = PlanChecker(problem)
            let evaluation = PlainEvaluation(free)
            var least = Double.infinity
            forEachPlan(of: free) { decisions in
                guard evaluation.value(decisions) != nil else { return }
                least = min(least, shortfall(SchedulePlan(decisions: decisions, value: 0), checker))
            }
            // Half the checker's tolerance on each of at most six rows.
            #expect(shortfall(result.plan, checker) <= least + 1e-5, "seed \(seed)")
        }
        #expect(compared >= 20)
    }

    @Test func `No bases, no demands, nothing ready and no phases have defined results`() throws {
        for method in ScheduleMethod.allCases {
            let planner = SchedulePlanner(method: method)
            let nothing = try planner.plan(ScheduleProblem(bases: [], demands: [], phases: [.init()]))
            #expect(nothing.status == .optimal && nothing.value == 0)
            let noDemand = try planner.plan(
                ScheduleProblem(
                    bases: [.init(effectiveness: 1), .init(effectiveness: 1)], demands: [],
                    phases: [.init()], mostHeldAtEnd: 1, costPerMove: 1))
            #expect(noDemand.status == .optimal && noDemand.value == -1)
            let neverReady = try planner.plan(
                ScheduleProblem(
                    bases: [.init(effectiveness: 1), .init(effectiveness: 1)],
                    demands: [.init(reach: [0], weight: 5), .init(reach: [1], weight: 4)],
                    phases: [.init(), .init()], mostHeldAtEnd: 1))
            #expect(neverReady.plan.decisions == [.keep, .close(1)])
            #expect(neverReady.value == 14)
            let error = #expect(throws: ScheduleError.self) {
                try planner.plan(ScheduleProblem(bases: [], demands: [], phases: []))
            }
            #expect(error?.kind == .unsuitableValue)
        }
    }

    @Test func `Numbers and indices that cannot be used are refused with a hint`() throws {
        var problem = twoBases()
        problem.bases[0].effectiveness = 75
        let error = #expect(throws: ScheduleError.self) { try problem.check() }
        #expect(error?.mend == "Write 0.75 for 75.0 percent")
        let wrong: [(inout ScheduleProblem) -> Void] = [
            { $0.demands[0].reach = [2] }, { $0.demands[0].reach = [1, 0] },
            { $0.demands[0].weight = -.infinity }, { $0.demands[0].groups[0].group = 2 },
            { $0.floors[0].phases = [2] }, { $0.floors[0].least = .amount(.nan) },
            { $0.phases[0].discount = -1 }, { $0.phases[0].hostUnits = -1 },
            { $0.mostHeldAtEnd = -1 }, { $0.neighbours = [.init(1, 1)] },
            { $0.dependences = [.init(base: 0, on: 5)] }, { $0.bases[1].readyPhase = -1 },
            { $0.costPerMove = .nan },
        ]
        for change in wrong {
            var problem = twoBases()
            change(&problem)
            #expect(throws: ScheduleError.self) { try problem.check() }
        }
    }
}
