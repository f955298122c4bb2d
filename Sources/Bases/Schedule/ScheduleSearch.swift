/// A good plan without a solver: greedy changes of single bases from "keep
/// all", then exchanges of two bases' decisions, as long as fewer rules are
/// broken or, among equals, more is protected.
struct ScheduleSearch {
    private(set) var state: PlanState
    /// Options that are not tried, because no plan with them can be better.
    private let isOpen: [[Bool]]

    /// Rounds of exchanges; each ends with an improvement or the search.
    private static let rounds = 40

    init(_ state: PlanState, isOpen: [[Bool]]) {
        self.state = state
        self.isOpen = isOpen
    }

    private var score: (violation: Double, value: Double) { (state.violation, state.value) }

    mutating func run() {
        for _ in 0..<Self.rounds {
            state.refresh()
            while improveSingle() {}
            guard improvePairs() else { break }
        }
        state.refresh()
    }

    /// The best change of one base, if it is better.
    private mutating func improveSingle() -> Bool {
        var best = score
        var found: (base: Int, option: Int)?
        for base in isOpen.indices {
            let old = state.choice[base]
            for option in isOpen[base].indices where isOpen[base][option] && option != old {
                state.set(base, option)
                if state.isBetter(than: best) {
                    best = score
                    found = (base, option)
                }
            }
            state.set(base, old)
        }
        guard let found else { return false }
        state.set(found.base, found.option)
        return true
    }

    /// Two bases take each other's phases, by handover or closure, wherever
    /// that is better; whether there was any.
    private mutating func improvePairs() -> Bool {
        var any = false
        for first in isOpen.indices {
            for second in isOpen.indices.dropFirst(first + 1) {
                if exchange(first, second) { any = true }
            }
        }
        return any
    }

    private mutating func exchange(_ first: Int, _ second: Int) -> Bool {
        let old = (state.choice[first], state.choice[second])
        let firstPhase = state.model.options[first][old.0].decision.phase
        let secondPhase = state.model.options[second][old.1].decision.phase
        guard firstPhase != secondPhase else { return false }
        var best = score
        var found: (Int, Int)?
        for a in openOptions(first, secondPhase) {
            state.set(first, a)
            for b in openOptions(second, firstPhase) {
                state.set(second, b)
                if state.isBetter(than: best) {
                    best = score
                    found = (a, b)
                }
            }
            state.set(second, old.1)
        }
        state.set(first, found?.0 ?? old.0)
        state.set(second, found?.1 ?? old.1)
        return found != nil
    }

    private func openOptions(_ base: Int, _ phase: Int?) -> [Int] {
        let options = state.model.options[base]
        return options.indices.filter {
            isOpen[base][$0] && options[$0].decision.phase == phase
        }
    }
}
