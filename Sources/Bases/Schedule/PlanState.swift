/// A choice of options whose value and broken rules are kept up to date while
/// single bases change.
struct PlanState {
    let model: ScheduleModel
    private let network: CoverNetwork
    private(set) var choice: [Int]
    /// The plan's objective.
    private(set) var value = 0.0
    /// By how much rows and floors are missed together: bases, and shares of
    /// today's cover.
    private(set) var violation = 0.0
    private var quality: [Double]
    private var best: [Double]
    private(set) var rowSums: [Double]
    private(set) var floorSums: [Double]

    /// Sums that differ by less are equal.
    static let tolerance = 1e-9

    init(_ model: ScheduleModel, _ network: CoverNetwork, choice: [Int]) {
        self.model = model
        self.network = network
        self.choice = choice
        quality = []
        best = []
        rowSums = []
        floorSums = []
        refresh()
    }

    /// Computes everything anew, so that differences do not pile up.
    mutating func refresh() {
        let phases = model.phaseCount
        quality = choice.indices.flatMap { model.options[$0][choice[$0]].quality }
        best = [Double](repeating: 0, count: model.patterns.count * phases)
        rowSums = [Double](repeating: 0, count: model.sideRows.count)
        floorSums = [Double](repeating: 0, count: model.floors.count)
        value = 0
        for (base, option) in choice.enumerated() { addRows(base, option, 1) }
        for base in choice.indices { value -= model.options[base][choice[base]].cost }
        for pattern in model.patterns.indices {
            for phase in 0..<phases {
                let found = protection(pattern, phase)
                best[pattern * phases + phase] = found
                add(found, pattern, phase)
            }
        }
        violation = 0
        for row in rowSums.indices { violation += excess(row) }
        for floor in floorSums.indices { violation += shortfall(floor) }
    }

    mutating func set(_ base: Int, _ option: Int) {
        let old = choice[base]
        guard option != old else { return }
        let options = model.options[base]
        let phases = model.phaseCount
        for row in network.rowsOfBase[base] { violation -= excess(row) }
        for floor in network.floorsOfBase[base] { violation -= shortfall(floor) }
        addRows(base, old, -1)
        addRows(base, option, 1)
        value += options[old].cost - options[option].cost
        choice[base] = option
        for phase in 0..<phases {
            let before = options[old].quality[phase]
            let after = options[option].quality[phase]
            guard before != after else { continue }
            quality[base * phases + phase] = after
            for pattern in network.patternsOfBase[base] {
                let index = pattern * phases + phase
                let known = best[index]
                // Only a change at the top changes what a place has.
                let found = after >= known ? after : before < known ? known : protection(pattern, phase)
                guard found != known else { continue }
                best[index] = found
                add(found - known, pattern, phase)
            }
        }
        for row in network.rowsOfBase[base] { violation += excess(row) }
        for floor in network.floorsOfBase[base] { violation += shortfall(floor) }
    }

    /// Whether this is better than another value and violation: fewer broken
    /// rules first.
    func isBetter(than other: (violation: Double, value: Double)) -> Bool {
        if abs(violation - other.violation) > Self.tolerance {
            return violation < other.violation
        }
        return value > other.value + Self.tolerance * max(1, abs(other.value))
    }

    var isFeasible: Bool { violation <= Self.tolerance }

    func shortfall(_ floor: Int) -> Double {
        max(0, model.floors[floor].least - floorSums[floor])
    }

    private func excess(_ row: Int) -> Double {
        max(0, rowSums[row] - model.sideRows[row].upper)
    }

    private mutating func addRows(_ base: Int, _ option: Int, _ sign: Double) {
        for (row, factor) in network.rowFactors[base][option] { rowSums[row] += sign * factor }
    }

    private mutating func add(_ change: Double, _ pattern: Int, _ phase: Int) {
        value += change * network.weight(pattern, phase)
        for (floor, share) in network.floorShares[pattern * model.phaseCount + phase] {
            floorSums[floor] += change * share
        }
    }

    private func protection(_ pattern: Int, _ phase: Int) -> Double {
        let phases = model.phaseCount
        var found = 0.0
        for base in network.bases(ofPattern: pattern) {
            found = max(found, quality[base * phases + phase])
            if found == 1 { break }
        }
        return found
    }
}

/// Who reaches whom and which rows a base is part of, in flat tables.
struct CoverNetwork {
    let patternsOfBase: [[Int]]
    /// For each base and option the rows that it adds to, and how much.
    let rowFactors: [[[(row: Int, factor: Double)]]]
    let rowsOfBase: [[Int]]
    let floorsOfBase: [[Int]]
    /// For each pattern and phase the floors it counts for, and its share.
    let floorShares: [[(floor: Int, share: Double)]]
    private let members: [Int]
    private let starts: [Int]
    private let weights: [Double]
    private let phases: Int

    init(_ model: ScheduleModel) {
        phases = model.phaseCount
        var patternsOfBase = [[Int]](repeating: [], count: model.baseCount)
        var members: [Int] = []
        var starts = [0]
        var weights: [Double] = []
        var floorShares: [[(floor: Int, share: Double)]] = []
        for (index, pattern) in model.patterns.enumerated() {
            for base in pattern.bases { patternsOfBase[base].append(index) }
            members += pattern.bases
            starts.append(members.count)
            for phase in 0..<model.phaseCount {
                weights.append(pattern.weight * model.discounts[phase])
                var shares: [(floor: Int, share: Double)] = []
                for (number, floor) in model.floors.enumerated() where floor.phase == phase {
                    for group in pattern.groups where group.group == floor.group {
                        shares.append((number, group.weight / floor.scale))
                    }
                }
                floorShares.append(shares)
            }
        }
        var rowsOfColumn = [[(row: Int, factor: Double)]](
            repeating: [], count: model.decisionCount)
        for (number, row) in model.sideRows.enumerated() {
            for term in row.terms { rowsOfColumn[term.column].append((number, term.factor)) }
        }
        rowFactors = model.options.map { options in
            options.map { option in
                var sums: [Int: Double] = [:]
                for column in option.columns {
                    for (row, factor) in rowsOfColumn[column] { sums[row, default: 0] += factor }
                }
                return sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
                    .map { ($0.key, $0.value) }
            }
        }
        rowsOfBase = rowFactors.map { options in
            Set(options.flatMap { $0.map(\.row) }).sorted()
        }
        floorsOfBase = patternsOfBase.map { patterns in
            Set(
                patterns.flatMap { pattern in
                    (0..<model.phaseCount).flatMap { phase in
                        floorShares[pattern * model.phaseCount + phase].map(\.floor)
                    }
                }
            ).sorted()
        }
        self.patternsOfBase = patternsOfBase
        self.members = members
        self.starts = starts
        self.weights = weights
        self.floorShares = floorShares
    }

    func bases(ofPattern pattern: Int) -> ArraySlice<Int> {
        members[starts[pattern]..<starts[pattern + 1]]
    }

    func weight(_ pattern: Int, _ phase: Int) -> Double { weights[pattern * phases + phase] }
}
