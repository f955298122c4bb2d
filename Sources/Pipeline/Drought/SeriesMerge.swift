import Drought
import Synchronization

/// Merges the contributions of tiles in tile order, whatever order they come
/// in, so that sums do not depend on the number of threads.
final class SeriesMerge: Sendable {
    private struct State {
        var next = 0
        var waiting: [Int: TileContribution] = [:]
        var series: [[ZoneComposite]]
        var distributions: [ZoneDistribution]
        var statistics: [OutputStatistics]
        var account = CellAccount()
        var people: PeopleAccount?
        var reasons = [Int](repeating: 0, count: DroughtReason.allCases.count)
    }

    private let positions: [Int: Int]
    private let state: Mutex<State>

    init(composites: [Int], zones: Int) {
        positions = Dictionary(
            uniqueKeysWithValues: composites.enumerated().map { ($0.element, $0.offset) })
        state = Mutex(
            State(
                series: Array(
                    repeating: Array(repeating: ZoneComposite(), count: zones),
                    count: composites.count),
                distributions: Array(repeating: ZoneDistribution(), count: zones),
                statistics: DroughtOutput.allCases.map { _ in OutputStatistics() }))
    }

    func add(_ contribution: TileContribution, at index: Int) {
        state.withLock { state in
            state.waiting[index] = contribution
            while let ready = state.waiting.removeValue(forKey: state.next) {
                for entry in ready.entries {
                    guard let position = positions[entry.composite] else { continue }
                    state.series[position][entry.zone].merge(entry.statistics)
                }
                for part in ready.distributions {
                    state.distributions[part.zone].merge(part.values)
                }
                for (output, statistics) in ready.outputs.enumerated() {
                    state.statistics[output].merge(statistics)
                }
                state.account += ready.account
                if let people = ready.people {
                    var sum = state.people ?? PeopleAccount()
                    sum += people
                    state.people = sum
                }
                for (reason, count) in ready.reasons.enumerated()
                where state.reasons.indices.contains(reason) {
                    state.reasons[reason] += count
                }
                state.next += 1
            }
        }
    }

    func result() -> ([[ZoneComposite]], [OutputStatistics]) {
        state.withLock { ($0.series, $0.statistics) }
    }

    /// Of the as-of composite, by zone.
    func medians() -> [ZoneMedians] { state.withLock { $0.distributions.map(\.medians) } }

    func people() -> PeopleAccount? { state.withLock { $0.people } }

    /// Where the cells of the as-of composite went.
    func accounts() -> (CellAccount, reasons: [Int]) {
        state.withLock { ($0.account, $0.reasons) }
    }
}
