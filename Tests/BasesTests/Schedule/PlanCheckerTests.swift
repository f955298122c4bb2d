import Bases
import Foundation
import TestSupport
import Testing

@Suite struct PlanCheckerTests {
    @Test func `Of a thousand mutated plans every wrong one is rejected, every right one accepted`()
        throws
    {
        var random = SeededGenerator(seed: 77)
        var rejected = 0
        var accepted = 0
        var seed = 0
        while rejected < 1000 {
            var schedules = RandomSchedule(seed: seed)
            seed += 1
            let problem = schedules.problem()
            let result = try SchedulePlanner(method: .heuristic).plan(problem)
            guard result.violations.isEmpty else { continue }
            let checker = PlanChecker(problem)
            let evaluation = PlainEvaluation(problem)
            for _ in 0..<12 {
                var plan = result.plan
                mutate(&plan, problem, &random)
                let truth = evaluation.value(plan.decisions)
                // A claim that is right, as far as there is one.
                plan.value = truth ?? plan.value
                let found = checker.violations(in: plan)
                #expect(found.isEmpty == (truth != nil), "seed \(seed): \(plan) \(found)")
                if truth == nil { rejected += 1 } else { accepted += 1 }
                plan.value += Double.random(in: 0.01...10, using: &random) * max(1, abs(plan.value))
                #expect(!checker.violations(in: plan).isEmpty)
            }
        }
        #expect(accepted >= 100)
    }

    private func mutate(
        _ plan: inout SchedulePlan, _ problem: ScheduleProblem, _ random: inout SeededGenerator
    ) {
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let base = Int.random(in: 0..<problem.bases.count, using: &random)
            let phase = Int.random(in: 0..<problem.phases.count, using: &random)
            plan.decisions[base] =
                [.keep, .close(phase), .handOver(phase)][Int.random(in: 0..<3, using: &random)]
        }
    }

    @Test func `Every kind of broken rule is named`() {
        let problem = ScheduleProblem(
            bases: [
                .init(effectiveness: 0.5, readyPhase: 1, contingent: 0),
                .init(effectiveness: 0.5, readyPhase: 0, blockedPhases: [0], contingent: 0),
                .init(effectiveness: 0.5, mustStay: true, mayClose: false),
                .init(effectiveness: 1),
            ],
            demands: [
                .init(reach: [0, 1], weight: 10, groups: [.init(group: 0, weight: 4)])
            ], groupCount: 1,
            phases: [.init(mostLeaving: 2, mostLeavingByContingent: [1], hostUnits: 1), .init()],
            floors: [.init(group: 0, least: .todayLess(1))], mostHeldAtEnd: 0,
            mostHeldAtEndByContingent: [nil, 0], dependences: [.init(base: 3, on: 2)],
            neighbours: [.init(0, 1)])
        let plan = SchedulePlan(
            decisions: [.handOver(0), .handOver(0), .close(0), .keep], value: 12)
        let expected: [PlanViolation] = [
            .notReady(base: 0, phase: 0, readyPhase: 1), .blocked(base: 1, phase: 0),
            .mustStay(base: 2), .mayNotClose(base: 2), .leaving(phase: 0, contingent: nil, found: 3, most: 2),
            .leaving(phase: 0, contingent: 0, found: 2, most: 1),
            .hostUnits(phase: 0, found: 2, most: 1), .dependence(base: 3, other: 2, phase: 0),
            .neighbours(first: 0, second: 1, phase: 0),
            .floor(group: 0, phase: 0, found: 2, least: 3),
            .dependence(base: 3, other: 2, phase: 1),
            .floor(group: 0, phase: 1, found: 2, least: 3),
            .heldAtEnd(contingent: nil, found: 1, most: 0), .value(claimed: 12, found: 10),
        ]
        #expect(PlanChecker(problem).violations(in: plan) == expected)
        #expect(expected.allSatisfy { $0.text().hasSuffix(".") && $0.amount > 0 })
    }

    @Test func `Plans that make no sense are rejected, not computed`() {
        let problem = ScheduleProblem(
            bases: [.init(effectiveness: 1)], demands: [], phases: [.init()])
        let checker = PlanChecker(problem)
        for decision in [
            SchedulePlan.Decision(.keep, phase: 0), .init(.close), .close(1), .handOver(-1),
        ] {
            let plan = SchedulePlan(decisions: [decision], value: 0)
            #expect(checker.violations(in: plan) == [.phase(base: 0, found: decision.phase)])
        }
        #expect(
            checker.violations(in: SchedulePlan(decisions: [], value: 0))
                == [.decisionCount(found: 0, expected: 1)])
        #expect(
            !checker.violations(in: SchedulePlan(decisions: [.keep], value: .nan)).isEmpty)
    }

    @Test func `A plan survives being written as JSON and read again`() throws {
        let plan = SchedulePlan(decisions: [.keep, .handOver(2), .close(0)], value: 12.5)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(plan)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"decisions":[{"action":"keep"},{"action":"hand-over","phase":2},"#
                + #"{"action":"close","phase":0}],"value":12.5}"#)
        #expect(try JSONDecoder().decode(SchedulePlan.self, from: data) == plan)
    }

    @Test func `Outcomes go from phase to phase and name the worst group`() throws {
        let problem = ScheduleProblem(
            bases: [.init(effectiveness: 0.5, readyPhase: 0), .init(effectiveness: 0)],
            demands: [
                .init(reach: [0], weight: 10, groups: [.init(group: 0, weight: 10)]),
                .init(reach: [1], weight: 6, groups: [.init(group: 1, weight: 6)]),
                .init(reach: [], weight: 50, groups: [.init(group: 2, weight: 50)]),
            ], groupCount: 3, phases: [.init(), .init()])
        let plan = SchedulePlan(decisions: [.handOver(0), .close(1)], value: 0)
        let outcomes = PlanChecker(problem).outcomes(of: plan, phases: 2)
        #expect(outcomes.map(\.coverageBefore) == [16, 11])
        #expect(outcomes.map(\.coverageAfter) == [11, 5])
        #expect(outcomes.map(\.worstGroup) == [0, 1] && outcomes.map(\.worstShare) == [0.5, 0])
        #expect(outcomes.map(\.groupShares) == [[0.5, 1, 1], [0.5, 0, 1]])
        #expect(outcomes.map(\.handedOver) == [[0], []] && outcomes.map(\.closed) == [[], [1]])
    }
}
