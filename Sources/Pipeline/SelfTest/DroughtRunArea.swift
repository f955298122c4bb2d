import Drought
import GridCore

/// Droughts as runs of low values: onset, end, severity.
struct DroughtRunArea: SelfTestArea {
    static let smallCases = "runs_rolling_percentile.json"

    private let runs: VectorNode
    private let masks: [VectorNode]

    init(_ vectors: SelfTestVectors) throws {
        runs = try vectors.document(StressArea.file)("runs")
        masks = try vectors.document(Self.smallCases)("runs").elements()
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        guard profile == .jilaal, let rule = try rule() else { return [] }
        return [try events(rule), try kernel(rule, kernels), try longest(), try isolatedSteps()]
    }

    /// The reference neither pools droughts nor leaves out short ones.
    private func rule() throws -> DroughtRunRule? {
        DroughtRunRule(
            threshold: try runs("threshold").number(), minimumLength: 1, poolingGap: 0)
    }

    private func events(_ rule: DroughtRunRule) throws -> SelfTestCheck {
        let found = DroughtRunSeries(of: try runs("x").numbers(), rule: rule)
        let events = try runs("events").elements()
        let longest = try runs("longest").number()
        let current = try runs("current_run_at_end").number()
        return try SelfTestCheck(
            "drought runs, series", of: StressArea.file, tolerance: SelfTestTolerance.arithmetic
        ) { deviation in
            deviation.match(found.runs.count == events.count, at: "number of runs")
            for (index, (run, event)) in zip(found.runs, events).enumerated() {
                for (value, member) in [
                    (Double(run.onset), "start"), (Double(run.end), "end"),
                    (Double(run.duration), "duration"), (run.severity, "deficit_sum"),
                    (run.peak, "min"),
                ] {
                    deviation.compare(
                        value, try event(member).number(), at: "run \(index) \(member)")
                }
            }
            deviation.compare(Double(found.longest), longest, at: "longest")
            deviation.compare(Double(found.current?.duration ?? 0), current, at: "last step")
        }
    }

    private func kernel(_ rule: DroughtRunRule, _ kernels: Kernels) throws -> SelfTestCheck {
        let events = try runs("events").elements()
        let severities = try events.map { try $0("deficit_sum").number() }
        let expected = [
            Double(events.count), try runs("longest").number(),
            try runs("current_run_at_end").number(), severities.max() ?? .nan,
        ]
        let output = DroughtRunOutput(cells: 1)
        let reasons = ResultPlane<UInt8>(1, 0)
        kernels.runs(
            .holding([try runs("x").numbers()]), rule: rule, into: output,
            reasons: reasons.pointer)
        let found = [
            Double(output.count[0]), Double(output.longest[0]),
            Double(output.current.duration[0]), Double(output.worst.severity[0]),
        ]
        return SelfTestCheck(
            "drought runs, kernel", of: StressArea.file, tolerance: SelfTestTolerance.float,
            isRelative: true
        ) { deviation in
            for (index, name) in ["count", "longest", "current", "worst"].enumerated() {
                deviation.compare(found[index], expected[index], at: name)
            }
        }
    }

    /// Longest runs of the masks, whose ones are drought.
    private func ownLongest(_ mask: VectorNode) throws -> Double {
        let series = try mask("mask").text().map { $0 == "1" ? 0.0 : 100 }
        guard let rule = DroughtRunRule(minimumLength: 1, poolingGap: 0) else { return .nan }
        return Double(DroughtRunSeries(of: series, rule: rule).longest)
    }

    private func longest() throws -> SelfTestCheck {
        try SelfTestCheck(
            "longest runs", of: Self.smallCases, tolerance: SelfTestTolerance.exact
        ) { found in
            for mask in masks {
                found.compare(
                    try ownLongest(mask), try mask("longest_run").number(), at: mask.path)
            }
        }
    }

    private func isolatedSteps() throws -> SelfTestCheck {
        try SelfTestCheck(
            "longest runs: hdc-algo has 0 for a single step", of: Self.smallCases, tolerance: nil
        ) { found in
            for mask in masks {
                found.compare(
                    try ownLongest(mask),
                    try mask("hdc_lroo(bug: a single 1 gives 0)").number(),
                    at: mask.path)
            }
        }
    }
}
