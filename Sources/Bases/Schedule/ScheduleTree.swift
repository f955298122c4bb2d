/// Exact branch and bound over the decisions of few bases, with the prices of
/// the Lagrangian bound kept as they are: a node's bound is a sum of known
/// numbers (Beasley 1993).
///
/// Bases whose decision matters most come first. Undecided bases count as
/// kept for cover, which no other decision exceeds, and with their smallest
/// share for every rule.
struct ScheduleTree {
    /// Nodes after which the search ends unproven; some tenths of a second.
    private static let mostNodes = 60_000

    private(set) var best: PlanState?
    private(set) var nodes = 0
    /// Whether all plans were looked at or ruled out.
    var isComplete: Bool { nodes < Self.mostNodes }

    private var state: PlanState
    private let network: CoverNetwork
    private let bound: ScheduleBound
    private let order: [Int]
    private let tried: [[Int]]
    /// For each depth the least that bases from there on add to each row.
    private let leastRest: [[Double]]
    /// For each depth the most that bases from there on add to the bound.
    private let mostProfit: [Double]
    private var rowSums: [Double]

    /// Options that are not open must be known not to lead to anything better
    /// than `incumbent`.
    init(
        _ model: ScheduleModel, _ network: CoverNetwork, _ bound: ScheduleBound,
        incumbent: PlanState?, isOpen: [[Bool]]
    ) {
        self.network = network
        self.bound = bound
        best = incumbent
        state = PlanState(model, network, choice: model.options.map { _ in 0 })
        let open = isOpen.map { flags in flags.indices.filter { flags[$0] } }
        tried = open.enumerated().map { base, options in
            options.sorted {
                let a = bound.profits[base][$0]
                let b = bound.profits[base][$1]
                return a != b ? a > b : $0 < $1
            }
        }
        func spread(_ base: Int) -> Double {
            guard open[base].count > 1 else { return .infinity }
            return bound.profits[base][tried0(base)] - bound.profits[base][tried1(base)]
        }
        let sorted = tried
        func tried0(_ base: Int) -> Int { sorted[base][0] }
        func tried1(_ base: Int) -> Int { sorted[base][1] }
        let spreads = model.options.indices.map(spread)
        order = model.options.indices.sorted {
            spreads[$0] != spreads[$1] ? spreads[$0] > spreads[$1] : $0 < $1
        }
        var leastRest = [[Double](repeating: 0, count: model.sideRows.count)]
        var mostProfit = [0.0]
        for base in order.reversed() {
            var least = [Double](repeating: .infinity, count: model.sideRows.count)
            for option in open[base] {
                var sums = [Double](repeating: 0, count: model.sideRows.count)
                for (row, factor) in network.rowFactors[base][option] { sums[row] = factor }
                for row in sums.indices { least[row] = min(least[row], sums[row]) }
            }
            let rest = leastRest[leastRest.count - 1]
            leastRest.append(zip(rest, least).map { $0 + $1 })
            let most = open[base].map { bound.profits[base][$0] }.max() ?? -.infinity
            mostProfit.append(mostProfit[mostProfit.count - 1] + most)
        }
        self.leastRest = leastRest.reversed()
        self.mostProfit = mostProfit.reversed()
        rowSums = [Double](repeating: 0, count: model.sideRows.count)
    }

    mutating func run() { visit(depth: 0, profit: bound.rest) }

    private mutating func visit(depth: Int, profit: Double) {
        guard isComplete else { return }
        nodes += 1
        if let best {
            let most = min(profit + mostProfit[depth], state.value)
            guard most > best.value + PlanState.tolerance * max(1, abs(best.value)) else { return }
        }
        for row in rowSums.indices {
            let upper = state.model.sideRows[row].upper
            if rowSums[row] + leastRest[depth][row] > upper + PlanState.tolerance { return }
        }
        for floor in state.floorSums.indices
        where state.shortfall(floor) > PlanState.tolerance { return }
        guard depth < order.count else {
            var leaf = state
            leaf.refresh()
            if leaf.isFeasible { best = leaf }
            return
        }
        let base = order[depth]
        let old = state.choice[base]
        for option in tried[base] {
            for (row, factor) in network.rowFactors[base][option] { rowSums[row] += factor }
            state.set(base, option)
            visit(depth: depth + 1, profit: profit + bound.profits[base][option])
            for (row, factor) in network.rowFactors[base][option] { rowSums[row] -= factor }
        }
        state.set(base, old)
    }
}
