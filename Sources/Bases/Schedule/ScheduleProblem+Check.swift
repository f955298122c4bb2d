import Diagnostics

extension ScheduleProblem {
    /// - Throws: `unsuitableValue` without phases and for weights, shares and
    ///   caps that are not usable numbers; `unknownIndex` for bases, groups
    ///   and phases that do not exist, and for a reach that is not ascending.
    public func check() throws(ScheduleError) {
        guard !phases.isEmpty else {
            throw .value("phases", "there are none", mend: "Plan at least one phase")
        }
        for (index, base) in bases.enumerated() { try check(base, index) }
        for (index, demand) in demands.enumerated() { try check(demand, index) }
        for (index, floor) in floors.enumerated() { try check(floor, index) }
        for (index, phase) in phases.enumerated() {
            try checkAmount(phase.discount, "discount of phase \(index)")
            try checkCaps(
                [phase.mostLeaving, phase.hostUnits] + phase.mostLeavingByContingent,
                "caps of phase \(index)")
        }
        try checkCaps([mostHeldAtEnd] + mostHeldAtEndByContingent, "bases held at the end")
        for pair in dependences { try checkPair(pair.base, pair.other, "dependence") }
        for pair in neighbours { try checkPair(pair.first, pair.second, "neighbours") }
        try checkAmount(costPerMove, "cost per move")
    }

    private func check(_ base: Base, _ index: Int) throws(ScheduleError) {
        guard base.effectiveness >= 0, base.effectiveness <= 1 else {
            throw .value(
                "effectiveness of base \(index)",
                "it is \(base.effectiveness), expected a share 0 ... 1",
                mend: base.effectiveness > 1 && base.effectiveness <= 100
                    ? "Write \(base.effectiveness / 100) for \(base.effectiveness) percent"
                    : "Write a share such as 0.6")
        }
        for phase in [base.readyPhase].compactMap({ $0 }) where phase < 0 {
            throw .index(
                "ready phase of base \(index)", "it is \(phase), and the first phase is 0",
                mend: "Write 0 for a base that is ready now")
        }
        if let contingent = base.contingent, contingent < 0 {
            throw .index(
                "contingent of base \(index)", "it is \(contingent), and the first is 0",
                mend: "Number the contingents from 0")
        }
    }

    private func check(_ demand: Demand, _ index: Int) throws(ScheduleError) {
        try checkAmount(demand.weight, "weight of demand \(index)")
        var last = -1
        for base in demand.reach {
            guard base > last, base < bases.count else {
                throw .index(
                    "reach of demand \(index)",
                    "it names base \(base) after \(last), of \(bases.count) bases",
                    mend: "Name bases that exist, ascending and each once")
            }
            last = base
        }
        for share in demand.groups {
            try checkAmount(share.weight, "group weight of demand \(index)")
            try checkGroup(share.group, "groups of demand \(index)")
        }
    }

    private func check(_ floor: Floor, _ index: Int) throws(ScheduleError) {
        try checkGroup(floor.group, "floor \(index)")
        switch floor.least {
        case .shareOfToday(let amount), .todayLess(let amount), .amount(let amount):
            try checkAmount(amount, "floor \(index)")
        }
        try checkAmount(floor.shortfallWeight, "shortfall weight of floor \(index)")
        for phase in floor.phases ?? [] where !phases.indices.contains(phase) {
            throw .index(
                "floor \(index)", "it holds in phase \(phase) of \(phases.count)",
                mend: "Name phases from 0 that exist")
        }
    }

    private func checkGroup(_ group: Int, _ field: String) throws(ScheduleError) {
        guard (0..<groupCount).contains(group) else {
            throw .index(
                field, "group \(group) of \(groupCount) is named",
                mend: "Name groups from 0 that exist")
        }
    }

    private func checkPair(_ a: Int, _ b: Int, _ field: String) throws(ScheduleError) {
        guard bases.indices.contains(a), bases.indices.contains(b), a != b else {
            throw .index(
                field, "bases \(a) and \(b) of \(bases.count) are paired",
                mend: "Pair two different bases that exist")
        }
    }

    private func checkAmount(_ amount: Double, _ field: String) throws(ScheduleError) {
        guard amount >= 0, amount < .infinity else {
            throw .value(field, "it is \(amount), expected a number from 0", mend: "Correct it")
        }
    }

    private func checkCaps(_ caps: [Int?], _ field: String) throws(ScheduleError) {
        for cap in caps {
            if let cap, cap < 0 {
                throw .value(
                    field, "one is \(cap), expected 0 or more",
                    mend: "Leave it out where there is no limit")
            }
        }
    }
}
