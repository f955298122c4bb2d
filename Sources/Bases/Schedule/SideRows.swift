/// The rules of a problem that are not about cover, as rows over decisions.
struct SideRows {
    private(set) var rows: [ScheduleModel.SideRow] = []
    private let problem: ScheduleProblem
    private let phases: Int

    init(_ problem: ScheduleProblem) {
        self.problem = problem
        phases = problem.phases.count
        for phase in 0..<phases { addPhase(phase) }
        addEnd()
        for (index, pair) in problem.dependences.enumerated() {
            for phase in 0..<phases {
                rows.append(
                    .init(
                        name: "dependence\(index)_\(phase)",
                        terms: [
                            (held(pair.base, phase), 1), (held(pair.other, phase), -1),
                            (held(pair.other, phase) + 1, -1),
                        ], upper: 0))
            }
        }
        for (index, pair) in problem.neighbours.enumerated() {
            for phase in 0..<phases {
                addMoves(
                    of: [pair.first, pair.second], in: phase, most: 1,
                    name: "neighbours\(index)_\(phase)")
            }
        }
    }

    private func held(_ base: Int, _ phase: Int) -> Int { (base * phases + phase) * 2 }

    private mutating func addPhase(_ phase: Int) {
        let rules = problem.phases[phase]
        let all = Array(problem.bases.indices)
        if let most = rules.mostLeaving {
            addMoves(of: all, in: phase, most: most, name: "leaving_\(phase)")
        }
        for (contingent, most) in rules.mostLeavingByContingent.enumerated() {
            guard let most else { continue }
            let own = all.filter { problem.bases[$0].contingent == contingent }
            addMoves(of: own, in: phase, most: most, name: "leaving\(contingent)_\(phase)")
        }
        if let units = rules.hostUnits {
            var terms: [(column: Int, factor: Double)] = []
            for base in all {
                terms.append((held(base, phase) + 1, 1))
                if phase > 0 { terms.append((held(base, phase - 1) + 1, -1)) }
            }
            rows.append(.init(name: "hosts_\(phase)", terms: terms, upper: Double(units)))
        }
    }

    /// A base leaves in a phase when it was held before it and is not in it;
    /// before the first phase all are held.
    private mutating func addMoves(of bases: [Int], in phase: Int, most: Int, name: String) {
        var terms: [(column: Int, factor: Double)] = []
        for base in bases {
            if phase > 0 { terms.append((held(base, phase - 1), 1)) }
            terms.append((held(base, phase), -1))
        }
        let already = phase == 0 ? bases.count : 0
        rows.append(.init(name: name, terms: terms, upper: Double(most - already)))
    }

    private mutating func addEnd() {
        func end(_ bases: [Int], _ most: Int, _ name: String) -> ScheduleModel.SideRow {
            .init(name: name, terms: bases.map { (held($0, phases - 1), 1) }, upper: Double(most))
        }
        let all = Array(problem.bases.indices)
        if let most = problem.mostHeldAtEnd { rows.append(end(all, most, "end")) }
        for (contingent, most) in problem.mostHeldAtEndByContingent.enumerated() {
            guard let most else { continue }
            let own = all.filter { problem.bases[$0].contingent == contingent }
            rows.append(end(own, most, "end\(contingent)"))
        }
    }
}
