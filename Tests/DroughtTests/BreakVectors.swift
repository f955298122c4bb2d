import Foundation
import TestSupport
import Testing

@testable import Drought

/// The series and results in `Tests/Fixtures/drought/README-breaks.md`.
struct BreakVectors {
    struct Series {
        var frequency = 0.0
        var times: [Double] = []
        var values: [Double] = []
    }

    struct Case: CustomStringConvertible {
        let fields: [String: String]
        var id: String { fields["id"] ?? "" }
        var description: String {
            "\(id) order \(fields["order"] ?? "") h \(fields["h"] ?? "") "
                + "\(fields["history"] ?? "") \(fields["formula"] ?? "")"
        }
        func number(_ name: String) -> Double? { fields[name].flatMap(Double.init) }
        var coefficients: [Double] {
            (fields["coef"] ?? "").split(separator: " ").compactMap { Double($0) }
        }
    }

    let series: [String: Series]
    let cases: [Case]

    init() throws {
        var series: [String: Series] = [:]
        for row in try Self.rows("bfastmonitor_input") {
            let id = row["id"] ?? ""
            series[id, default: Series()].frequency = Double(row["freq"] ?? "") ?? .nan
            series[id]?.times.append(Double(row["time"] ?? "") ?? .nan)
            series[id]?.values.append(Double(row["value"] ?? "") ?? .nan)
        }
        self.series = series
        cases = try Self.rows("bfastmonitor_expected").map(Case.init)
    }

    static func rows(_ name: String) throws -> [[String: String]] {
        let lines = try String(
            contentsOf: TestPaths.fixture("drought/\(name).csv"), encoding: .utf8
        ).split(separator: "\n").map {
            $0.replacingOccurrences(of: "\"", with: "")
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    /// Times are printed with ten decimals; steps are a hundredth of a year.
    static let timeTolerance = 1e-6

    func rule(_ expected: Case) throws -> BreakRule {
        let series = try #require(series[expected.id])
        let start = try #require(expected.number("start"))
        let step = try #require(series.times.firstIndex { $0 >= start - Self.timeTolerance })
        return try BreakRule(
            order: Int(try #require(expected.number("order"))),
            hasTrend: expected.fields["formula"] == "th", frequency: series.frequency,
            h: try #require(expected.number("h")),
            history: expected.fields["history"] == "ROC" ? .reverseOrderedCUSUM : .all,
            monitoringStart: step, locatesAtFivePercent: true)
    }
}
