/// An upper bound on the value of every plan, by Lagrangian relaxation.
///
/// Prices on "covered only when held" and on all rules take the problem apart
/// into patterns, each with its best protection at these prices, and bases,
/// each with its best option. The sum is an upper bound whatever the prices
/// (Geoffrion 1974); they follow the subgradient with the step of Held, Wolfe
/// and Crowder (1974). At the best prices the bound equals that of the linear
/// relaxation, and usually stays some tenths of a percent above it.
struct ScheduleBound {
    /// Steps of the subgradient.
    static let steps = 300
    /// Steps without a better bound after which the step is halved.
    private static let patience = 12

    /// No plan has a larger value.
    private(set) var bound = Double.infinity
    /// At the best prices: what each option of each base adds to `rest`.
    private(set) var profits: [[Double]] = []
    private(set) var rest = 0.0
    /// The best options at the best prices: often nearly a plan.
    private(set) var choice: [Int] = []

    private let model: ScheduleModel
    private var cover: [Cover] = []
    private var certain: [Cover] = []
    private var single: [Cover] = []

    /// A pattern in a phase.
    private struct Cover {
        var weight: Double
        var floors: [(floor: Int, share: Double)]
        /// Decision columns of its bases held by the mission.
        var held: [Int]
        /// Decision columns of its bases held by the host, and their prices.
        var hosts: [(column: Int, quality: Double)]
        var price = 0.0
        var hostPrices: [Double]
        var missionSlope = 0.0
        var hostSlopes: [Double]
    }

    /// `reached` is the value of some plan; it sets the length of the steps.
    init(_ model: ScheduleModel, _ network: CoverNetwork, reached: Double) {
        self.model = model
        addCovers(network)
        run(reached)
    }

    /// By how much the bound falls when a base takes an option.
    func regret(_ base: Int, _ option: Int) -> Double {
        (profits[base].max() ?? 0) - profits[base][option]
    }

    private mutating func addCovers(_ network: CoverNetwork) {
        var isPossible = [Bool](repeating: false, count: model.decisionCount)
        for options in model.options {
            for option in options { for column in option.columns { isPossible[column] = true } }
        }
        for (index, pattern) in model.patterns.enumerated() {
            for phase in 0..<model.phaseCount {
                let weight = network.weight(index, phase)
                let floors = network.floorShares[index * model.phaseCount + phase]
                guard weight > 0 || !floors.isEmpty else { continue }
                let hosts = pattern.bases.filter {
                    isPossible[model.host($0, phase)] && model.effectiveness[$0] > 0
                }
                var cover = Cover(
                    weight: weight, floors: floors,
                    held: pattern.bases.map { model.held($0, phase) },
                    hosts: hosts.map { (model.host($0, phase), model.effectiveness[$0]) },
                    hostPrices: [], hostSlopes: [])
                let share = weight / Double(pattern.bases.count)
                cover.price = share
                cover.hostPrices = cover.hosts.map { share * $0.quality }
                cover.hostSlopes = cover.hosts.map { _ in 0 }
                if pattern.bases.contains(where: { model.options[$0].count == 1 }) {
                    certain.append(cover)
                } else if pattern.bases.count == 1 {
                    single.append(cover)
                } else {
                    self.cover.append(cover)
                }
            }
        }
    }

    private mutating func run(_ reached: Double) {
        var rowPrices = [Double](repeating: 0, count: model.sideRows.count)
        var floorPrices = [Double](repeating: 0, count: model.floors.count)
        var isSet = [Bool](repeating: false, count: model.decisionCount)
        var scale = 1.5
        var idle = 0
        for _ in 0..<Self.steps {
            var floorSlopes = model.floors.map { -$0.least }
            var rest = 0.0
            var columns = ruleProfits(rowPrices, floorPrices, &rest)
            addCertain(floorPrices, &floorSlopes, &columns, &rest)
            addPatterns(floorPrices, &floorSlopes, &columns, &rest)
            let profits = optionProfits(columns)
            let choice = profits.map { options in
                options.indices.max { options[$0] < options[$1] } ?? 0
            }
            let value = zip(profits, choice).reduce(rest) { $0 + $1.0[$1.1] }
            if value < bound {
                bound = value
                self.rest = rest
                self.profits = profits
                self.choice = choice
                idle = 0
            } else {
                idle += 1
                if idle == Self.patience {
                    scale /= 2
                    idle = 0
                }
            }
            for column in isSet.indices { isSet[column] = false }
            for (base, option) in choice.enumerated() {
                for column in model.options[base][option].columns { isSet[column] = true }
            }
            let rowSlopes = model.sideRows.map { row in
                row.terms.reduce(row.upper) { $0 - (isSet[$1.column] ? $1.factor : 0) }
            }
            var length = finishSlopes(isSet, &floorSlopes)
            for slope in rowSlopes { length += slope * slope }
            for slope in floorSlopes { length += slope * slope }
            guard length > 0, value > reached else { break }
            let step = scale * (value - reached) / length
            for row in rowPrices.indices {
                rowPrices[row] = max(0, rowPrices[row] - step * rowSlopes[row])
            }
            for floor in floorPrices.indices {
                floorPrices[floor] = max(0, floorPrices[floor] - step * floorSlopes[floor])
            }
            movePrices(step)
        }
    }

    /// Profits of the decision columns from the prices of rules.
    private func ruleProfits(
        _ rowPrices: [Double], _ floorPrices: [Double], _ rest: inout Double
    ) -> [Double] {
        var columns = [Double](repeating: 0, count: model.decisionCount)
        for (row, price) in zip(model.sideRows, rowPrices) where price > 0 {
            rest += price * row.upper
            for term in row.terms { columns[term.column] -= price * term.factor }
        }
        for (floor, price) in zip(model.floors, floorPrices) { rest -= price * floor.least }
        return columns
    }

    /// Patterns that are always covered, or by one base alone.
    private func addCertain(
        _ floorPrices: [Double], _ floorSlopes: inout [Double], _ columns: inout [Double],
        _ rest: inout Double
    ) {
        for cover in certain {
            rest += cover.weight
            for (floor, share) in cover.floors {
                rest += floorPrices[floor] * share
                floorSlopes[floor] += share
            }
        }
        for cover in single {
            var weight = cover.weight
            for (floor, share) in cover.floors { weight += floorPrices[floor] * share }
            for column in cover.held { columns[column] += weight }
            for host in cover.hosts { columns[host.column] += weight * host.quality }
        }
    }

    /// Patterns with several bases: each takes its best protection.
    private mutating func addPatterns(
        _ floorPrices: [Double], _ floorSlopes: inout [Double], _ columns: inout [Double],
        _ rest: inout Double
    ) {
        for index in cover.indices {
            var weight = cover[index].weight
            for (floor, share) in cover[index].floors { weight += floorPrices[floor] * share }
            let price = cover[index].price
            var best = max(0, weight - price)
            var chosen = weight > price ? -1 : -2
            for column in cover[index].held { columns[column] += price }
            for host in cover[index].hosts.indices {
                let (column, quality) = cover[index].hosts[host]
                let hostPrice = cover[index].hostPrices[host]
                columns[column] += hostPrice
                if weight * quality - hostPrice > best {
                    best = weight * quality - hostPrice
                    chosen = host
                }
            }
            rest += best
            cover[index].missionSlope = chosen == -1 ? -1 : 0
            for host in cover[index].hosts.indices {
                cover[index].hostSlopes[host] = chosen == host ? -1 : 0
            }
            guard chosen != -2 else { continue }
            let quality = chosen == -1 ? 1 : cover[index].hosts[chosen].quality
            for (floor, share) in cover[index].floors { floorSlopes[floor] += share * quality }
        }
    }

    private func optionProfits(_ columns: [Double]) -> [[Double]] {
        model.options.map { options in
            options.map { option in option.columns.reduce(-option.cost) { $0 + columns[$1] } }
        }
    }

    /// Adds the chosen options to the slopes; the squared length of those of
    /// the patterns.
    private mutating func finishSlopes(
        _ isSet: [Bool], _ floorSlopes: inout [Double]
    ) -> Double {
        for cover in single {
            var quality = isSet[cover.held[0]] ? 1.0 : 0
            for host in cover.hosts where isSet[host.column] { quality = host.quality }
            for (floor, share) in cover.floors { floorSlopes[floor] += share * quality }
        }
        var length = 0.0
        for index in cover.indices {
            for column in cover[index].held where isSet[column] { cover[index].missionSlope += 1 }
            length += cover[index].missionSlope * cover[index].missionSlope
            for host in cover[index].hosts.indices {
                if isSet[cover[index].hosts[host].column] { cover[index].hostSlopes[host] += 1 }
                length += cover[index].hostSlopes[host] * cover[index].hostSlopes[host]
            }
        }
        return length
    }

    private mutating func movePrices(_ step: Double) {
        for index in cover.indices {
            cover[index].price = max(0, cover[index].price - step * cover[index].missionSlope)
            for host in cover[index].hosts.indices {
                cover[index].hostPrices[host] = max(
                    0, cover[index].hostPrices[host] - step * cover[index].hostSlopes[host])
            }
        }
    }
}
