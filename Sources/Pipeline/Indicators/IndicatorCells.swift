import Drought
import GridCore

/// The series of the cells of one chunk, and what several methods need of
/// them: the smoothed series, the VCI of every step asked for.
///
/// Not Sendable: one per worker.
final class IndicatorCells {
    let plan: IndicatorPlan
    let kernels = Kernels.best
    /// Stored units, as observed; NaN also at steps that are not read.
    let observed: SeriesBlock
    /// What indicators are computed from: `observed`, or smoothed.
    let series: SeriesBlock
    let temperature: SeriesBlock?
    let rain: SeriesBlock?
    /// Composites of the last three months that are of the best quality; nil
    /// when nobody grades them.
    let best: UnsafeMutablePointer<UInt8>?
    /// log10 of the lambda that each cell was smoothed with, and why it was
    /// not.
    let lambda: UnsafeMutablePointer<Float>
    let smoothingReasons: UnsafeMutablePointer<UInt8>
    private let smoother: WhittakerScratch?
    private let smoothing: WhittakerRule
    /// VCI, percent, of `plan.conditionSteps`.
    let condition: SeriesBlock
    /// Baseline minimum, mean and maximum of each step of the series of
    /// zones, stored units; empty when there is none.
    let band: [SeriesBlock]
    /// Working memory for one period of the year.
    let chunk: CellChunk
    /// Indices of the step of the as-of date.
    let current = ChunkIndices()
    private let passing = ChunkIndices()
    /// TCI and VHI; nil when there are no temperatures.
    let health: HealthSeries?
    private(set) var cells = 0

    /// Cells of a chunk: its series stay in the second-level cache.
    static func capacity(steps: Int) -> Int {
        let wanted = (768 << 10) / (4 * max(1, steps))
        return min(CellChunk.capacity, max(64, wanted / SeriesBlock.lanes * SeriesBlock.lanes))
    }

    init(_ plan: IndicatorPlan, capacity: Int) {
        self.plan = plan
        observed = SeriesBlock(cells: capacity, steps: plan.vegetation.count)
        series =
            plan.isSmoothed
            ? SeriesBlock(cells: capacity, steps: plan.vegetation.count) : observed
        smoother = plan.isSmoothed ? WhittakerScratch(steps: plan.vegetation.count) : nil
        smoothing = plan.settings.smoothing.rule
        lambda = .allocate(capacity: series.stride)
        lambda.initialize(repeating: .nan, count: series.stride)
        smoothingReasons = .allocate(capacity: series.stride)
        smoothingReasons.initialize(repeating: 0, count: series.stride)
        temperature = plan.temperature.map { SeriesBlock(cells: capacity, steps: $0.count) }
        rain = plan.rain.map { SeriesBlock(cells: capacity, steps: $0.count) }
        condition = SeriesBlock(cells: capacity, steps: plan.conditionSteps.count)
        let bandSteps = plan.seriesSteps?.count ?? 0
        best = plan.gradesQuality ? .allocate(capacity: observed.stride) : nil
        best?.initialize(repeating: 0, count: observed.stride)
        band = bandSteps > 0
            ? (0..<3).map { _ in SeriesBlock(cells: capacity, steps: bandSteps) } : []
        chunk = CellChunk(
            planeCapacity: max(
                plan.vegetation.mostBaseline, plan.temperature?.mostBaseline ?? 0) + 1)
        health = HealthSeries(plan, capacity: capacity)
    }

    deinit {
        lambda.deallocate()
        smoothingReasons.deallocate()
        best?.deallocate()
    }

    /// Makes room for the series of `count` cells; the caller then fills
    /// `observed`, `temperature` and `rain`.
    func prepare(_ count: Int) {
        cells = count
        observed.prepare(cells: count, steps: plan.vegetation.count)
        if let axis = plan.temperature { temperature?.prepare(cells: count, steps: axis.count) }
        if let axis = plan.rain { rain?.prepare(cells: count, steps: axis.count) }
        condition.prepare(cells: count, steps: plan.conditionSteps.count)
    }

    /// Computes what methods share, once the series are there.
    func derive() {
        if let smoother {
            kernels.smooth(
                observed, rule: smoothing, weights: nil, scratch: smoother, into: series,
                lambda: lambda, reasons: smoothingReasons)
        }
        let axis = plan.vegetation
        let isExact = axis.stack.fitsInt16 && !plan.isSmoothed
        for slot in axis.baseline.indices {
            let wanted = plan.conditionSteps.filter { axis.slots[$0] == slot }
            guard !wanted.isEmpty else { continue }
            climatology(of: series, axis, slot: slot, isExact: isExact)
            for step in wanted {
                let indices = step == axis.last ? current : passing
                indices.compute(
                    current: series.plane(step), chunk: chunk, cells: cells, rule: plan.rule,
                    table: plan.table, kernels: kernels)
                condition.plane(step - plan.firstCondition).update(
                    from: indices.vci, count: cells)
                if step == axis.last {
                    indices.explain(
                        current: series.plane(step), chunk: chunk, cells: cells, rule: plan.rule)
                }
                takeBand(step)
            }
        }
        health?.compute(self)
    }

    /// Keeps the climatology in `chunk` as that of a step of the series.
    private func takeBand(_ step: Int) {
        guard let steps = plan.seriesSteps, steps.contains(step) else { return }
        let place = step - steps.lowerBound
        let planes = band.map { $0.plane(place) }
        for i in 0..<cells {
            let isKnown = chunk.count[i] > 0
            planes[0][i] = isKnown ? chunk.minimum[i] : .nan
            planes[1][i] = Float(chunk.mean[i])
            planes[2][i] = isKnown ? chunk.maximum[i] : .nan
        }
    }

    /// Statistics of a period of the year, in `chunk`, whose planes hold the
    /// baseline.
    func climatology(of block: SeriesBlock, _ axis: SeriesAxis, slot: Int, isExact: Bool) {
        for (plane, step) in axis.baseline[slot].enumerated() {
            chunk.plane(plane).update(from: block.plane(step), count: block.paddedCells)
        }
        kernels.climatology(chunk, axis.baseline[slot].count, cells, isExact)
    }

    /// Gives the series up to the as-of date: what came later is there for
    /// the climatology alone.
    func upToDate(_ body: (SeriesBlock) -> Void) {
        series.prepare(cells: cells, steps: plan.vegetation.last + 1)
        body(series)
        series.prepare(cells: cells, steps: plan.vegetation.count)
    }

    /// The VCI of a step.
    func vci(_ step: Int) -> UnsafeMutablePointer<Float> {
        condition.plane(step - plan.firstCondition)
    }
}
