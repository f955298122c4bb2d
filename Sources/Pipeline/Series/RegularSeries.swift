import Calendar
import Diagnostics
import Drought
import Foundation
import Geo
import GridCore
import Tables

/// Series with the same number of steps in every year, from a table or from
/// the bands of a small raster.
public struct RegularSeries: Sendable {
    /// Column of the table, or `row,column` of the cell.
    public var names: [String]
    /// Decimal year of each step.
    public var times: [Double]
    /// First day of each step, where the file has dates; nil in gaps and for
    /// decimal years.
    public let dates: [CalendarDate?]
    /// Values of each series; NaN = gap.
    public var values: [[Double]]
    /// Steps in a year.
    public let frequency: Int
    /// Of the raster whose cells the first series are, row by row; nil for a
    /// table.
    public let shape: Shape?

    /// Cells of a raster beyond this are for a pipeline file.
    public static let mostCells = 10_000
    /// Far more than the days of any record.
    private static let mostSteps = 100_000

    /// Time of the year of a step, 0 ..< frequency.
    public func slot(_ step: Int) -> Int {
        let position = Int((times[step] * Double(frequency)).rounded())
        return ((position % frequency) + frequency) % frequency
    }

    /// The year of a step.
    public func year(_ step: Int) -> Int {
        Int((times[step] + 0.5 / Double(frequency)).rounded(.down))
    }

    /// First step at `time` or after; nil when the series ends before.
    public func step(from time: Double) -> Int? {
        times.firstIndex { $0 >= time - 0.5 / Double(frequency) }
    }

    /// The steps from `start` to `end`, both included; none when they end
    /// before.
    public func steps(from start: Double, to end: Double) -> Range<Int> {
        guard let first = step(from: start) else { return 0..<0 }
        let after = times.firstIndex { $0 > end + 0.5 / Double(frequency) } ?? times.count
        return first..<max(first, after)
    }

    /// The values of all series at one time.
    struct Sample {
        var time: Double
        var date: CalendarDate?
        var place: Place
        var values: [Double]
    }

    /// Puts samples on their steps, in whatever order they come; steps without
    /// one are gaps.
    init(
        names: [String], samples: [Sample], frequency: Int, file: String, shape: Shape? = nil
    ) throws(DroughtError) {
        let positions = samples.map { Int(($0.time * Double(frequency)).rounded()) }
        guard let first = positions.min(), let last = positions.max() else {
            throw DroughtError(
                .unsuitableSeries, at: Place(file: file),
                "has no values (expected a line for each time)",
                mend: "Give another table, or other conditions")
        }
        guard last - first < Self.mostSteps else {
            throw DroughtError(
                .unsuitableSeries, at: Place(file: file),
                "has \(last - first + 1) steps with \(frequency) a year (expected at most "
                    + "\(Self.mostSteps))",
                mend: "Correct the times, or the steps in a year")
        }
        var values = Array(
            repeating: Array(repeating: Double.nan, count: last - first + 1), count: names.count)
        var taken = [Sample?](repeating: nil, count: last - first + 1)
        for (position, sample) in zip(positions, samples) {
            let step = position - first
            if var other = taken[step] {
                other.place.file = nil
                throw DroughtError(
                    .unsuitableSeries, at: sample.place,
                    "is on the same step as \(other.place) (found \(sample.title) and "
                        + "\(other.title), \(frequency) steps a year)",
                    mend: "Choose the lines of one place with --where COLUMN=TEXT, give the steps in a "
                        + "year with --frequency, or remove one of the two")
            }
            taken[step] = sample
            for (index, value) in sample.values.enumerated() { values[index][step] = value }
        }
        self.names = names
        self.values = values
        self.frequency = frequency
        self.shape = shape
        dates = taken.map { $0?.date }
        times = (first...last).map { Double($0) / Double(frequency) }
    }

    /// Reads columns of a CSV; an empty field, `NA` and `NaN` are gaps. Lines
    /// may come in any order.
    ///
    /// - Parameter conditions: lines count that have these texts in these
    ///   columns, such as those of one district of many.
    /// - Throws: `PublishError`, `FailureList` or `DroughtError` when it cannot be read.
    public init(
        csv path: String, dateColumn: String, valueColumns: [String],
        where conditions: [(column: String, text: String)] = [], frequency: Int
    ) throws {
        let bytes = try Descriptor.readFile(at: path, limit: 64 << 20)
        let table = try CSVReader.read(bytes, file: path).requireTable()
        func column(_ name: String) throws(DroughtError) -> Int {
            if let found = table.column(named: name) { return found }
            throw DroughtError(
                .unsuitableSeries, at: Place(file: path),
                "there is no column \"\(name)\" (found \(table.columns.joined(separator: ", ")))",
                mend: "Name one of them")
        }
        let date = try column(dateColumn)
        let columns = try valueColumns.map { try column($0) }
        let wanted = try conditions.map { (index: try column($0.column), text: $0.text) }
        var samples: [Sample] = []
        for record in table
        where wanted.allSatisfy({ (record.field($0.index) ?? "") == $0.text }) {
            let text = record.field(date) ?? ""
            let day = CalendarDate(iso: text)
            let place = table.place(at: record.position, field: dateColumn)
            let decimal = day.map { Double($0.year) + Self.fraction($0, frequency) }
            guard let time = decimal ?? Double(text), time.isFinite, time.magnitude < 10_000 else {
                throw DroughtError(
                    .unsuitableSeries, at: place,
                    "\"\(text)\" is neither a decimal year nor a date",
                    mend: "Write 2010.75 or 2010-10-01")
            }
            let values = try zip(columns, valueColumns).map { index, name -> Double in
                let field = record.field(index) ?? ""
                if field.isEmpty || field == "NA" || field == "NaN" { return .nan }
                guard let value = Double(field), value.isFinite else {
                    throw DroughtError(
                        .unsuitableSeries, at: table.place(at: record.position, field: name),
                        "\"\(field)\" is no number",
                        mend: "Write a number, or leave the field of a gap empty")
                }
                return value
            }
            samples.append(Sample(time: time, date: day, place: place, values: values))
        }
        try self.init(
            names: valueColumns, samples: samples, frequency: frequency, file: path)
    }

    /// Reads every cell of a raster whose bands are named by dates.
    ///
    /// - Parameters:
    ///   - pattern: of the bands' descriptions, such as `X{yyyy}.{mm}.{dd}`.
    ///   - scale: what a stored number is multiplied by.
    ///   - fill: stored numbers that mean nodata, besides what the file says.
    /// - Throws: `GeoError` or `DroughtError` when it cannot be read.
    public init(
        raster path: String, pattern: DatePattern, scale: Double, fill: [Double] = [],
        frequency: Int
    ) throws {
        let source = try RasterSource(RasterReference(name: path, path: path))
        let shape = source.info.shape
        let cells = shape.rows * shape.columns
        guard cells <= Self.mostCells else {
            throw DroughtError(
                .unsuitableSeries, at: Place(file: path),
                "\(cells) cells (expected at most \(Self.mostCells))",
                mend: "Cut a part out, or use a pipeline file")
        }
        let window = CellWindow(shape)
        var samples: [Sample] = []
        for (index, band) in source.info.bands.enumerated() {
            guard let date = pattern.date(in: band.description) else {
                throw DroughtError(
                    .unsuitableSeries, at: Place(file: path, band: index + 1),
                    "\"\(band.description)\" does not fit \(pattern)",
                    mend: "Give the pattern of the bands' names with --dates")
            }
            var values = Array(repeating: 0.0, count: cells)
            try values.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                try source.read(band: index + 1, window: window, into: base)
            }
            samples.append(
                Sample(
                    time: Double(date.year) + Self.fraction(date, frequency), date: date,
                    place: Place(file: path, band: index + 1),
                    values: values.map {
                        $0 == band.nodata || !$0.isFinite || fill.contains($0) ? .nan : $0 * scale
                    }))
        }
        let names = (0..<cells).map { "\($0 / shape.columns),\($0 % shape.columns)" }
        try self.init(names: names, samples: samples, frequency: frequency, file: path, shape: shape)
    }

    /// Part of the year that has passed at a date, in whole steps: periods of
    /// the calendar where there are so many of them, else equal parts that
    /// begin anew every 1 January.
    private static func fraction(_ date: CalendarDate, _ frequency: Int) -> Double {
        let calendar: [PeriodScheme] = [.month, .halfMonth, .dekad, .week, .pentad]
        if let scheme = calendar.first(where: { $0.periodsPerYear == frequency }) {
            return Double(scheme.slot(of: date)) / Double(frequency)
        }
        let length = 366 / Double(frequency)
        // Composites may be named by the day before.
        let step = (Double(date.dayOfYear - 1) / length + 0.05).rounded(.down)
        return min(step, Double(frequency - 1)) / Double(frequency)
    }
}

extension RegularSeries.Sample {
    /// As the file has it: a date, else a decimal year.
    var title: String { date?.description ?? "\(time)" }
}

extension RegularSeries {
    /// A step for people: its first day where it is known, else a decimal
    /// year.
    func title(_ step: Int) -> String {
        dates[step]?.description ?? String(format: "%.2f", times[step])
    }
}
