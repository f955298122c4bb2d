import ArgumentParser
import Calendar
import Drought
import Foundation
import Pipeline

struct SeriesCommand: ParsableCommand {
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case breaks, vci, zscore
    }

    static let configuration = CommandConfiguration(
        commandName: "series",
        abstract: "Breaks, VCI or z-score of a table's series or of a small raster.",
        discussion: """
            Prints comma-separated values. `vci` and `zscore` print both.

            EXAMPLES
              jilaal series som.csv --date-column Time --value-column NDVI.b --start 2010
              jilaal series stack.tif --dates "X{yyyy}.{mm}.{dd}" --scale 0.0001 \
            --method vci --baseline 2000-2009 --start 2010.75
            """)

    @Argument(help: "A CSV, or a raster whose bands are named by dates.", completion: .file())
    var file: String
    @Option(help: "Column of decimal years or dates.") var dateColumn = "date"
    @Option(help: "Column of values; may be given several times.") var valueColumn: [String] = []
    @Option(help: "Pattern of the names of a raster's bands.") var dates: String?
    @Option(help: "What a stored number is multiplied by.") var scale = 1.0
    @Option(help: "Steps in a year.") var frequency = 23
    @Option(help: "breaks, vci or zscore.") var method = Method.breaks
    @Option(help: "Decimal year from which on is monitored or printed.") var start: Double
    @Option(help: "Years of the climatology.") var baseline = "2000-2009"
    @Option(help: "Harmonics of the season.") var order = 3
    @Flag(inversion: .prefixedNo, help: "A linear trend in the model.") var trend = true
    @Flag(inversion: .prefixedNo, help: "Select the stable history.") var select = true
    @Option(help: "Window of the moving sums: 0.25, 0.5 or 1.") var window = 0.25
    @Option(help: "Level of significance: 0.01 or 0.05.") var level = 0.05
    @Flag(help: "Add the mean of all series.") var mean = false
    @Option(help: "Write a plot of the last series (SVG).", completion: .file()) var plot: String?

    func validate() throws {
        guard frequency >= 2, frequency <= 366 else {
            throw ValidationError("--frequency: \(frequency) is outside 2...366.")
        }
        guard YearRange(baseline) != nil else {
            throw ValidationError("--baseline: \"\(baseline)\" is no range such as 2000-2009.")
        }
        guard start.isFinite else { throw ValidationError("--start is no decimal year.") }
        if dates == nil, valueColumn.isEmpty {
            throw ValidationError("Name a --value-column, or the --dates of a raster's bands.")
        }
    }

    func run() throws {
        var analysis = SeriesAnalysis(try read())
        if mean { analysis = analysis.withMean() }
        let picture: String
        switch method {
        case .breaks:
            guard let step = analysis.series.step(from: start) else {
                throw ValidationError("--start: the series end before \(start).")
            }
            let found = try analysis.breaks(
                BreakRule(
                    order: order, hasTrend: trend, frequency: Double(frequency), h: window,
                    level: level, history: select ? .reverseOrderedCUSUM : .all,
                    monitoringStart: step))
            print(analysis.table(found), terminator: "")
            picture = analysis.plot(found)
        case .vci, .zscore:
            guard let years = YearRange(baseline) else { return }
            let indices = try analysis.indices(baseline: years.first...years.last)
            print(analysis.table(indices, from: start), terminator: "")
            picture = analysis.plot(indices)
        }
        if let plot { try Data(picture.utf8).write(to: URL(fileURLWithPath: plot)) }
    }

    private func read() throws -> RegularSeries {
        guard let dates else {
            return try RegularSeries(
                csv: file, dateColumn: dateColumn, valueColumns: valueColumn,
                frequency: frequency)
        }
        let pattern: DatePattern
        do {
            pattern = try DatePattern(dates)
        } catch {
            throw ValidationError("--dates: \"\(dates)\" is no pattern (\(error)).")
        }
        return try RegularSeries(
            raster: file, pattern: pattern, scale: scale, frequency: frequency)
    }
}
