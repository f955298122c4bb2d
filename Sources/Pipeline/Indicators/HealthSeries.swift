import Drought
import GridCore

/// Temperature condition and vegetation health of the composites that are
/// asked for: that of the as-of date, or the season up to it.
///
/// A composite's temperature condition is the mean over the temperature
/// composites that begin in its period, of those with a value.
///
/// Not Sendable: one per worker.
final class HealthSeries {
    /// Steps of the vegetation, the last that of the as-of date.
    let steps: ClosedRange<Int>
    /// Percent, not clamped, a plane a step.
    let temperature: SeriesBlock
    /// Percent, a plane a step.
    let health: SeriesBlock
    private let axis: SeriesAxis
    /// Of temperature, all that the steps need.
    private let sources: Range<Int>
    /// Of each step, in `single`.
    private let windows: [Range<Int>]
    private let single: SeriesBlock
    private let condition: TemperatureConditionRule
    private let rule: VegetationHealthRule
    private let stride: Int
    /// Reasons of TCI and VHI of each step.
    private let reasons: UnsafeMutablePointer<UInt8>
    private let passing: UnsafeMutablePointer<UInt8>

    /// nil when the plan has no temperatures.
    init?(_ plan: IndicatorPlan, capacity: Int) {
        guard let axis = plan.temperature,
            let rule = VegetationHealthRule(vciWeight: plan.settings.stress.vciWeight)
        else { return nil }
        self.axis = axis
        self.rule = rule
        let steps = plan.healthSteps
        self.steps = steps
        let found = steps.map { axis.steps(within: $0, of: plan.vegetation) }
        let all = found.flatMap(\.self)
        let sources = (all.min() ?? 0)..<((all.max() ?? -1) + 1)
        self.sources = sources
        windows = found.map { positions in
            guard let first = positions.first, let last = positions.last else { return 0..<0 }
            return first - sources.lowerBound..<last - sources.lowerBound + 1
        }
        condition = TemperatureConditionRule(
            scale: abs(axis.stack.scale), minimumYears: Int(plan.rule.minimumYears),
            minimumRangeInKelvin: plan.settings.stress.minimumRange)
        single = SeriesBlock(cells: capacity, steps: max(1, sources.count))
        temperature = SeriesBlock(cells: capacity, steps: steps.count)
        health = SeriesBlock(cells: capacity, steps: steps.count)
        stride = temperature.stride
        reasons = .allocate(capacity: stride * steps.count * 2)
        reasons.initialize(repeating: 0, count: stride * steps.count * 2)
        passing = .allocate(capacity: stride)
        passing.initialize(repeating: 0, count: stride)
    }

    deinit {
        reasons.deallocate()
        passing.deallocate()
    }

    /// Why a cell has no TCI at a step.
    func temperatureReasons(_ step: Int) -> UnsafeMutablePointer<UInt8> {
        reasons + (step - steps.lowerBound) * 2 * stride
    }

    /// Why a cell has no VHI at a step.
    func healthReasons(_ step: Int) -> UnsafeMutablePointer<UInt8> {
        temperatureReasons(step) + stride
    }

    func compute(_ cells: IndicatorCells) {
        guard let block = cells.temperature else { return }
        single.prepare(cells: cells.cells, steps: sources.count)
        temperature.prepare(cells: cells.cells, steps: steps.count)
        health.prepare(cells: cells.cells, steps: steps.count)
        for slot in axis.baseline.indices {
            let wanted = sources.filter { axis.slots[$0] == slot }
            guard !wanted.isEmpty else { continue }
            cells.climatology(of: block, axis, slot: slot, isExact: axis.stack.fitsInt16)
            for source in wanted {
                cells.kernels.tci(
                    current: block.plane(source), minimum: cells.chunk.minimum,
                    maximum: cells.chunk.maximum, count: cells.chunk.count, cells: cells.cells,
                    rule: condition, into: single.plane(source - sources.lowerBound),
                    reasons: passing)
                explain(source, cells.cells)
            }
        }
        for (place, step) in steps.enumerated() { mix(place, step, cells) }
    }

    /// The reasons of a step are those of its first temperature composite,
    /// unless its mean has a value.
    private func explain(_ source: Int, _ count: Int) {
        let position = source - sources.lowerBound
        for (place, window) in windows.enumerated() where window.lowerBound == position {
            temperatureReasons(steps.lowerBound + place).update(from: passing, count: count)
        }
    }

    private func mix(_ place: Int, _ step: Int, _ cells: IndicatorCells) {
        let mean = temperature.plane(place)
        let own = temperatureReasons(step)
        if windows[place].isEmpty {
            for i in 0..<cells.cells {
                mean[i] = .nan
                own[i] = IndicatorReason.inputNodata.rawValue
            }
        } else {
            cells.kernels.meanOfWindow(
                single, steps: windows[place], rule: WindowMeanRule(minimumCount: 1), into: mean,
                reasons: passing)
            for i in 0..<cells.cells where !mean[i].isNaN {
                own[i] = IndicatorReason.ok.rawValue
            }
        }
        cells.kernels.vhi(
            vci: cells.vci(step), tci: mean, vciReasons: nil, tciReasons: own,
            cells: cells.cells, rule: rule, into: health.plane(place), reasons: healthReasons(step))
    }
}
