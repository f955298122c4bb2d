import Drought
import GridCore
import Tables

/// BFAST-monitor on eight series by five sets of parameters.
struct BreakArea: SelfTestArea {
    static let expectedFile = "bfastmonitor_expected.csv"
    static let processFile = "bfastmonitor_mosum_expected.csv"
    static let criticalFile = "mosum_critval_spot.csv"
    static let limitFile = "reccusum_lambda.csv"
    static let stabilityFile = "roc_c04_process.csv"
    /// Times are printed with ten decimals, results with twelve digits.
    private static let tolerance = 1e-6
    private static let constantTolerance = 1e-9
    /// Values and results of kernels are Float32.
    private static let kernelTolerance = 1e-5

    private struct Series {
        var frequency = 0.0
        var times: [Double] = []
        var values: [Double] = []
    }

    private struct Case {
        var id = ""
        var order = 0
        var h = 0.0
        var selectsHistory = false
        var hasTrend = false
        var start = 0.0
        /// Numbers by the column's name.
        var numbers: [String: Double] = [:]
        var coefficients: [Double] = []

        var key: String { "\(id) \(selectsHistory ? "ROC" : "all") \(hasTrend ? "th" : "h")" }
        var place: String { "\(key) order \(order) h \(h)" }
    }

    private static let numberColumns = [
        "hist_start", "n_hist", "sigma", "critval", "breakpoint", "magnitude", "stat",
    ]

    private let series: [String: Series]
    private let cases: [Case]
    private let process: VectorTable
    private let critical: VectorTable
    private let limits: VectorTable
    private let stability: VectorTable

    init(_ vectors: SelfTestVectors) throws {
        let input = try vectors.table("bfastmonitor_input.csv")
        var series: [String: Series] = [:]
        let columns = (
            try input.texts("id"), try input.numbers("freq"), try input.numbers("time"),
            try input.numbers("value")
        )
        for row in columns.0.indices {
            series[columns.0[row], default: Series()].frequency = columns.1[row]
            series[columns.0[row]]?.times.append(columns.2[row])
            series[columns.0[row]]?.values.append(columns.3[row])
        }
        self.series = series
        let expected = try vectors.table(Self.expectedFile)
        cases = try Self.cases(expected)
        for (row, item) in cases.enumerated() where series[item.id] == nil {
            throw SelfTestVectors.damaged(
                expected.records.place(at: expected.records[row].position, field: "column \"id\""),
                "there is no series \"\(item.id)\"")
        }
        process = try vectors.table(Self.processFile)
        critical = try vectors.table(Self.criticalFile)
        limits = try vectors.table(Self.limitFile)
        stability = try vectors.table(Self.stabilityFile)
    }

    private static func cases(_ table: VectorTable) throws -> [Case] {
        let orders = try table.integers("order")
        let widths = try table.numbers("h")
        let starts = try table.numbers("start")
        let histories = try table.texts("history")
        let formulas = try table.texts("formula")
        let coefficients = try table.texts("coef")
        let numbers = try numberColumns.map { ($0, try table.numbers($0)) }
        return try table.texts("id").enumerated().map { row, id in
            var item = Case(
                id: id, order: orders[row], h: widths[row],
                selectsHistory: histories[row] == "ROC", hasTrend: formulas[row] == "th",
                start: starts[row])
            for (name, values) in numbers { item.numbers[name] = values[row] }
            item.coefficients = coefficients[row].split(separator: " ").compactMap { Double($0) }
            return item
        }
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        switch profile {
        case .jilaal:
            try [findings(atFivePercent: false), kernel(kernels, atFivePercent: false)]
                + constants() + [cumulativeSums()]
        case .rBFAST:
            try [
                findings(atFivePercent: true), kernel(kernels, atFivePercent: true), processes(),
                crossing(), withoutTrend(),
            ]
        case .ndma, .faoASIS, .climateIndices: []
        }
    }

    private func rule(
        _ item: Case, atFivePercent: Bool, level: Double = 0.05, hasTrend: Bool? = nil
    ) throws -> (series: Series, rule: BreakRule) {
        let series = series[item.id] ?? Series()
        let start = series.times.firstIndex { $0 >= item.start - Self.tolerance }
        return (
            series,
            try BreakRule(
                order: item.order, hasTrend: hasTrend ?? item.hasTrend,
                frequency: series.frequency, h: item.h, level: level,
                history: item.selectsHistory ? .reverseOrderedCUSUM : .all,
                monitoringStart: start ?? series.times.count, locatesAtFivePercent: atFivePercent)
        )
    }

    private func monitor(_ item: Case, atFivePercent: Bool) throws -> (BreakMonitor, Series) {
        let (series, rule) = try rule(item, atFivePercent: atFivePercent)
        return (try BreakMonitor(values: series.values, times: series.times, rule: rule), series)
    }

    // MARK: Findings

    private func findings(atFivePercent: Bool) throws -> SelfTestCheck {
        try SelfTestCheck(
            "BFAST-monitor, series", of: Self.expectedFile, tolerance: Self.tolerance
        ) { deviation in
            for item in cases {
                let (found, series) = try monitor(item, atFivePercent: atFivePercent)
                let own = [
                    "hist_start": found.historyStart.map { series.times[$0] } ?? .nan,
                    "n_hist": Double(found.historyCount), "sigma": found.sigma,
                    "critval": found.rule.criticalValue,
                    "breakpoint": found.breakStep.map { series.times[$0] } ?? .nan,
                    "magnitude": found.magnitude, "stat": found.statistic,
                ]
                for name in Self.numberColumns {
                    deviation.compare(
                        own[name] ?? .nan, item.numbers[name] ?? .nan, at: "\(item.place) \(name)")
                }
                deviation.compare(
                    found.coefficients, item.coefficients, in: "\(item.place) coefficient")
            }
        }
    }

    private func kernel(_ kernels: Kernels, atFivePercent: Bool) throws -> SelfTestCheck {
        try SelfTestCheck(
            "BFAST-monitor, kernel", of: Self.expectedFile, tolerance: Self.kernelTolerance
        ) { deviation in
            for item in cases {
                let (series, rule) = try rule(item, atFivePercent: atFivePercent)
                let own = Self.breaks(series, rule, kernels)
                for (value, name) in zip(
                    own, ["hist_start", "n_hist", "sigma", "breakpoint", "magnitude"])
                {
                    deviation.compare(
                        value, item.numbers[name] ?? .nan, at: "\(item.place) \(name)")
                }
            }
        }
    }

    /// Start and size of the history, sigma, time of the break and magnitude
    /// by the kernel.
    private static func breaks(
        _ series: Series, _ rule: BreakRule, _ kernels: Kernels
    ) -> [Double] {
        let whole = (0..<3).map { _ in ResultPlane<Int32>(1, -1) }
        let floats = (0..<3).map { _ in ResultPlane<Float>(1, .nan) }
        let reason = ResultPlane<UInt8>(1, 0)
        kernels.breaks(
            .holding([series.values]), times: series.times, rule: rule,
            scratch: BreakScratch(steps: series.times.count, rule: rule),
            into: BreakOutput(
                breakStep: whole[0].pointer, magnitude: floats[0].pointer,
                historyStart: whole[1].pointer, historyCount: whole[2].pointer,
                sigma: floats[1].pointer, seasonResidual: floats[2].pointer),
            reasons: reason.pointer)
        func time(_ step: Int32) -> Double { step < 0 ? .nan : series.times[Int(step)] }
        return [
            time(whole[1].values[0]), Double(whole[2].values[0]), Double(floats[1].values[0]),
            time(whole[0].values[0]), Double(floats[0].values[0]),
        ]
    }

    private func processes() throws -> SelfTestCheck {
        let (ids, histories, formulas) = (
            try process.texts("id"), try process.texts("history"), try process.texts("formula")
        )
        let (sums, boundaries) = (try process.numbers("mosum"), try process.numbers("boundary"))
        var rows: [String: [Int]] = [:]
        for row in ids.indices {
            rows["\(ids[row]) \(histories[row]) \(formulas[row])", default: []].append(row)
        }
        return try SelfTestCheck(
            "moving sums and their boundary, series", of: Self.processFile,
            tolerance: Self.tolerance
        ) { deviation in
            for item in cases where item.order == 3 && item.h == 0.25 {
                guard let rows = rows[item.key] else { continue }
                let (found, _) = try monitor(item, atFivePercent: true)
                deviation.compare(
                    found.sums.map(\.process), rows.map { sums[$0] }, in: item.place)
                deviation.compare(
                    found.sums.map(\.boundary), rows.map { boundaries[$0] },
                    in: item.place + " boundary")
            }
        }
    }
}

// MARK: Constants and conventions

extension BreakArea {
    private func constants() throws -> [SelfTestCheck] {
        let (widths, periods, levels, values) = (
            try critical.numbers("h"), try critical.integers("period"),
            try critical.numbers("alpha"), try critical.numbers("critval")
        )
        let (alphas, limits) = (try limits.numbers("alpha"), try limits.numbers("lambda"))
        return [
            try SelfTestCheck(
                "critical values of moving sums", of: Self.criticalFile,
                tolerance: Self.constantTolerance
            ) { found in
                for row in widths.indices {
                    let rule = try BreakRule(
                        h: widths[row], level: levels[row], history: .all, monitoringStart: 1,
                        period: periods[row])
                    found.compare(
                        rule.criticalValue, values[row],
                        at: "h \(widths[row]) period \(periods[row]) level \(levels[row])")
                }
            },
            try SelfTestCheck(
                "boundaries of the recursive CUSUM", of: Self.limitFile,
                tolerance: Self.constantTolerance
            ) { found in
                // No critical value of the moving sums is published at 0.1,
                // so there is no rule of that level.
                for row in alphas.indices where levels.contains(alphas[row]) {
                    let rule = try BreakRule(level: alphas[row], monitoringStart: 1)
                    found.compare(
                        rule.instabilityLimit, limits[row], at: "level \(alphas[row])")
                }
            },
        ]
    }

    /// The CUSUM of the series with an unstable history.
    private func cumulativeSums() throws -> SelfTestCheck {
        let process = try stability.numbers("process")
        let boundary = try stability.numbers("boundary")
        var item = Case()
        item.id = "c04_unstable_hist"
        item.order = 3
        item.h = 0.25
        item.selectsHistory = true
        item.start = 2016
        let (found, _) = try monitor(item, atFivePercent: false)
        let own = found.stability?.process ?? []
        return SelfTestCheck(
            "reverse-ordered CUSUM, series", of: Self.stabilityFile, tolerance: Self.tolerance
        ) { deviation in
            deviation.compare(own, process, in: "process")
            deviation.compare(
                own.indices.map { found.stability?.boundary($0) ?? .nan }, boundary, in: "boundary")
        }
    }

    /// R's package takes the boundary of 5 % at any level.
    private func crossing() throws -> SelfTestCheck {
        try SelfTestCheck(
            "history start in years at level 0.01: its own boundary for that of 5 %",
            of: Self.expectedFile, tolerance: nil
        ) { deviation in
            for item in cases where item.selectsHistory {
                let starts = try [false, true].map { atFivePercent -> Double in
                    let (series, rule) = try rule(item, atFivePercent: atFivePercent, level: 0.01)
                    let found = try BreakMonitor(
                        values: series.values, times: series.times, rule: rule)
                    return found.historyStart.map { series.times[$0] } ?? .nan
                }
                deviation.compare(starts[0], starts[1], at: item.place)
            }
        }
    }

    private func withoutTrend() throws -> SelfTestCheck {
        try SelfTestCheck(
            "magnitude: model without trend (our default) for that with trend",
            of: Self.expectedFile, tolerance: nil
        ) { deviation in
            for item in cases where item.hasTrend && item.selectsHistory {
                let (series, rule) = try rule(item, atFivePercent: false, hasTrend: false)
                let found = try BreakMonitor(
                    values: series.values, times: series.times, rule: rule)
                deviation.compare(
                    found.magnitude, item.numbers["magnitude"] ?? .nan, at: item.place)
            }
        }
    }
}
