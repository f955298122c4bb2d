import ArgumentParser
import Calendar
import Drought
import Foundation
import Pipeline

struct SeriesCommand: ParsableCommand {
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case breaks, vci, zscore, smooth
    }

    static let configuration = CommandConfiguration(
        commandName: "series",
        abstract: "Breaks, VCI, z-score or smooth curves of a table or a small raster.",
        discussion: """
            Prints comma-separated values. `vci` and `zscore` print both. With --smooth they and \
            `breaks` are computed from the smooth curves, and so printed; the mean of --mean is \
            smoothed by itself. Breaks of smooth curves are found too easily, because their \
            residuals hang together.

            EXAMPLES
              jilaal series som.csv --date-column Time --value-column NDVI.b --start 2010
              jilaal series stack.tif --dates "X{yyyy}.{mm}.{dd}" --scale 0.0001 \
            --method vci --baseline 2000-2009 --start 2010.75 --map vci.svg
              jilaal series som.csv --date-column Time --value-column NDVI.b --method smooth \
            --asymmetry 0.9 --start 2000 --plot curve.svg
              jilaal series rain.csv --where PCODE=SO11 --value-column rfh --frequency 36 \
            --method zscore --baseline 2021-2024 --minimum-years 4 --start 2025
            """)

    @Argument(help: "A CSV, or a raster whose bands are named by dates.", completion: .file())
    var file: String
    @Option(help: "Column of decimal years or dates.") var dateColumn = "date"
    @Option(help: "Column of values; may be given several times.") var valueColumn: [String] = []
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only lines with this text in this column; may be given several times.",
            valueName: "column=text"))
    var conditions: [String] = []
    @Option(help: "Pattern of the names of a raster's bands.") var dates: String?
    @Option(help: "What a stored number is multiplied by.") var scale = 1.0
    @Option(
        parsing: .unconditionalSingleValue,
        help: "Stored value that means nodata; may be given several times.")
    var fill: [Double] = []
    @Option(help: "Steps in a year.") var frequency = 23
    @Option(help: "breaks, vci, zscore or smooth.") var method = Method.breaks
    @Option(help: "Decimal year from which on is monitored or printed.") var start: Double
    @Option(help: "Decimal year up to which is printed; default: the end.") var end: Double?
    @Option(help: "Years of the climatology.") var baseline = "2000-2009"
    @Option(help: "Steps with fewer years of the baseline get no index.") var minimumYears = 5
    @Option(help: "Harmonics of the season.") var order = 3
    @Flag(inversion: .prefixedNo, help: "A linear trend in the model.") var trend = true
    @Flag(inversion: .prefixedNo, help: "Select the stable history.") var select = true
    @Option(help: "Window of the moving sums: 0.25, 0.5 or 1.") var window = 0.25
    @Option(help: "Level of significance: 0.01 or 0.05.") var level = 0.05
    @Flag(help: "Add the mean of all series.") var mean = false
    @OptionGroup(title: "Smoothing") var smoothing: SmoothingOptions
    @Option(help: "Write a plot of the last series (SVG).", completion: .file()) var plot: String?
    @Option(help: "Write maps of a raster's cells (SVG).", completion: .file()) var map: String?

    func validate() throws {
        guard frequency >= 2, frequency <= 366 else {
            throw ValidationError("--frequency: \(frequency) is outside 2...366.")
        }
        guard let years = YearRange(baseline) else {
            throw ValidationError("--baseline: \"\(baseline)\" is no range such as 2000-2009.")
        }
        guard minimumYears >= 2 else {
            throw ValidationError("--minimum-years: \(minimumYears) is below 2.")
        }
        if method == .vci || method == .zscore, years.count < minimumYears {
            throw ValidationError(
                "--baseline: \(baseline) has \(years.count) years, fewer than --minimum-years "
                    + "\(minimumYears), so that no step would have an index.")
        }
        guard start.isFinite else { throw ValidationError("--start is no decimal year.") }
        if let end, !(end >= start) {
            throw ValidationError("--end: \(end) is before --start \(start).")
        }
        if dates == nil, valueColumn.isEmpty {
            throw ValidationError("Name a --value-column, or the --dates of a raster's bands.")
        }
        if let bad = conditions.first(where: { !$0.dropFirst().contains("=") }) {
            throw ValidationError("--where: \"\(bad)\" is no condition such as PCODE=SO11.")
        }
        if map != nil, dates == nil {
            throw ValidationError("--map: a table has no places; give a raster and --dates.")
        }
        if map != nil, method == .smooth {
            throw ValidationError("--map shows breaks, vci and zscore; leave it away with smooth.")
        }
    }

    func run() throws {
        var analysis = SeriesAnalysis(try read())
        if mean { analysis = analysis.withMean() }
        guard analysis.series.step(from: start) != nil else {
            throw ValidationError("--start: the series end before \(start).")
        }
        guard method != .smooth else {
            let smoothed = try SmoothedSeries(analysis.series, rule: smoothing.rule)
            print(smoothed.table(from: start, to: end ?? .infinity), terminator: "")
            return try write(plot: smoothed.plot, map: nil)
        }
        if smoothing.isAsked {
            analysis = SeriesAnalysis(
                try SmoothedSeries(analysis.series, rule: smoothing.rule).curves)
        }
        if method == .breaks { try printBreaks(analysis) } else { try printIndices(analysis) }
    }

    private func printBreaks(_ analysis: SeriesAnalysis) throws {
        let found = try analysis.breaks(
            BreakRule(
                order: order, hasTrend: trend, frequency: Double(frequency), h: window,
                level: level, history: select ? .reverseOrderedCUSUM : .all,
                monitoringStart: analysis.series.step(from: start) ?? 0))
        print(analysis.table(found), terminator: "")
        try write(plot: analysis.plot(found), map: map.map { _ in try analysis.map(found) })
    }

    private func printIndices(_ analysis: SeriesAnalysis) throws {
        guard let range = YearRange(baseline) else { return }
        let years = range.first...range.last
        let last = end ?? .infinity
        let indices = try analysis.indices(baseline: years, minimumYears: minimumYears)
        print(analysis.table(indices, from: start, to: last), terminator: "")
        try write(
            plot: analysis.plot(indices),
            map: map.map { _ in try analysis.map(indices, from: start, to: last, baseline: years) })
    }

    private func write(plot picture: String, map maps: [UInt8]?) throws {
        if let plot { try WholeFile.write(Array(picture.utf8), to: plot) }
        if let map, let maps { try WholeFile.write(maps, to: map) }
    }

    private func read() throws -> RegularSeries {
        guard let dates else {
            return try RegularSeries(
                csv: file, dateColumn: dateColumn, valueColumns: valueColumn,
                where: conditions.map { condition in
                    let parts = condition.split(
                        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    return (String(parts[0]), String(parts[1]))
                },
                frequency: frequency)
        }
        let pattern: DatePattern
        do {
            pattern = try DatePattern(dates)
        } catch {
            throw ValidationError("--dates: \"\(dates)\" is no pattern (\(error)).")
        }
        return try RegularSeries(
            raster: file, pattern: pattern, scale: scale, fill: fill, frequency: frequency)
    }
}
