import Diagnostics
import Drought
import Foundation
import GridCore
import TestSupport
import Testing

@testable import Pipeline

@Suite struct SmoothedSeriesTests {
    /// Monthly values with a gap of two months and one of thirteen.
    private func example() throws -> RegularSeries {
        var lines = ["date,a,b"]
        for month in 0..<60 {
            let season = 0.2 * sin(Double(month) * .pi / 6)
            let value = 0.4 + season + (month % 7 == 3 ? -0.1 : 0)
            let isGap = (10...11).contains(month) || (30...42).contains(month)
            let date = String(format: "%d-%02d-01", 2000 + month / 12, month % 12 + 1)
            lines.append("\(date),\(isGap ? "" : "\(value)"),\(month == 5 ? "0.5" : "")")
        }
        let url = try TestPaths.temporaryDirectory().appendingPathComponent("s.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
        return try RegularSeries(
            csv: url.path, dateColumn: "date", valueColumns: ["a", "b"], frequency: 12)
    }

    @Test(
        "Each way of smoothing is the smoother's own",
        arguments: [
            WhittakerRule(lambda: .fixed(10), maximumGap: 12),
            WhittakerRule(lambda: .vCurve(log10: SmoothingConfiguration.curve), maximumGap: 12),
            WhittakerRule(
                lambda: .vCurve(log10: SmoothingConfiguration.curve), asymmetry: 0.9, maximumGap: 12),
        ])
    func curves(_ rule: WhittakerRule) throws {
        let series = try example()
        let smoothed = try SmoothedSeries(series, rule: rule)
        let fit = try #require(Whittaker.smooth(series.values[0], rule: rule))
        #expect(smoothed.curves.values[0].description == fit.values.description)
        // The short gap is filled, the long one is not.
        #expect(smoothed.curves.values[0][10].isFinite)
        #expect(smoothed.curves.values[0][30...42].allSatisfy { $0.isNaN })
        // One value makes no curve.
        #expect(smoothed.curves.values[1].allSatisfy { $0.isNaN })
        #expect(smoothed.fits[1] == nil)
    }

    @Test func `The table tells values, curve, what is filled and lambda`() throws {
        let smoothed = try SmoothedSeries(
            example(), rule: WhittakerRule(lambda: .fixed(100), maximumGap: 12))
        let lines = smoothed.table(from: 2000.75, to: 2001).split(separator: "\n")
        #expect(lines[0] == "series,time,value,smoothed,filled,log10_lambda")
        #expect(lines.count == 1 + 2 * 4)
        let filled = lines[2].split(separator: ",", omittingEmptySubsequences: false)
        #expect(filled[1] == "2000.8333")
        #expect(filled[2].isEmpty && !filled[3].isEmpty)
        #expect(filled[4] == "1" && filled[5] == "2.00")
        #expect(lines[5] == "\"b\",2000.7500,,,,")
        #expect(smoothed.plot.contains("b: observed and smoothed (too few values)"))
    }

    @Test func `A rule that is none is refused`() throws {
        let series = try example()
        let error = #expect(throws: DroughtError.self) {
            try SmoothedSeries(series, rule: WhittakerRule(lambda: .fixed(0)))
        }
        #expect(error?.kind == .unsuitableParameter)
    }

    @Test func `A table has no map`() throws {
        let analysis = SeriesAnalysis(try example())
        let indices = try analysis.indices(baseline: 2000...2004)
        let error = #expect(throws: DroughtError.self) {
            try analysis.map(indices, from: 2000, to: 2001, baseline: 2000...2004)
        }
        #expect(error?.description.contains("a table has no places") == true)
    }
}
