import Drought
import GridCore

/// Droughts as runs of low VCI: that which holds the as-of composite, and the
/// worst of the window.
final class RunMethod: IndicatorMethod {
    private let rule: DroughtRunRule
    private let found: DroughtRunOutput
    /// VCI of the window.
    private let window: SeriesBlock
    private let reasons: UnsafeMutablePointer<UInt8>
    /// Onset of each step, as a decimal year.
    private let times: [Float]
    let outputs: [IndicatorOutput]
    let reasonNames = ["runs"]

    /// nil when the parameters contradict each other.
    init?(_ plan: IndicatorPlan, capacity: Int) {
        guard let rule = plan.runRule else { return nil }
        self.rule = rule
        found = DroughtRunOutput(cells: capacity)
        window = SeriesBlock(cells: capacity, steps: plan.runSteps.count)
        reasons = .allocate(capacity: capacity)
        reasons.initialize(repeating: 0, count: capacity)
        times = plan.vegetation.decimalYears[plan.runSteps].map { Float($0) }
        let of = "VCI below \(Decimal.text(rule.threshold)), composites since "
            + "\(plan.vegetation.dates[plan.runSteps.lowerBound])"
        outputs = [
            IndicatorOutput(
                name: "run_onset", title: "Onset of the present drought (\(of)), decimal year",
                quantity: "Year", unit: "", content: .values(.plain)),
            IndicatorOutput(
                name: "run_duration", title: "Composites of the present drought (\(of)); 0: none",
                quantity: "Duration", unit: "composites", content: .values(.plain)),
            IndicatorOutput(
                name: "run_severity",
                title: "Severity of the present drought: sum of what VCI lacks (\(of))",
                quantity: "Severity", unit: "% composites", content: .values(.plain)),
            IndicatorOutput(
                name: "run_worst_severity", title: "Severity of the worst drought (\(of))",
                quantity: "Severity", unit: "% composites", content: .values(.plain)),
        ]
    }

    deinit { reasons.deallocate() }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        let steps = cells.plan.runSteps
        window.prepare(cells: cells.cells, steps: steps.count)
        for (place, step) in steps.enumerated() {
            window.plane(place).update(from: cells.vci(step), count: cells.cells)
        }
        cells.kernels.runs(window, rule: rule, into: found, reasons: reasons)
        let onsets = target.values(0)
        let durations = target.values(1)
        for i in 0..<target.count {
            let onset = Int(found.current.onset[i])
            onsets[i] = times.indices.contains(onset) ? times[onset] : .nan
            let duration = found.current.duration[i]
            durations[i] = duration >= 0 ? Float(duration) : .nan
        }
        target.take(found.current.severity, 2)
        target.take(found.worst.severity, 3)
        target.take(reasons: reasons)
    }

    func account(_ cells: IndicatorCells) -> [String] {
        let plan = cells.plan
        let series = plan.runSteps.map { Double(cells.vci($0)[0]) }
        let runs = DroughtRunSeries(of: series, rule: rule).runs
        guard !runs.isEmpty else { return ["no drought in the window"] }
        return runs.map { run in
            let first = plan.vegetation.dates[plan.runSteps.lowerBound + run.onset]
            let last = plan.vegetation.end(of: plan.runSteps.lowerBound + run.end)
            return "\(first) to \(run.isOngoing ? "now" : "\(last)"): \(run.duration) composites, "
                + "severity \(NumberText.short(run.severity)), lowest VCI \(NumberText.short(run.peak))"
        }
    }
}
