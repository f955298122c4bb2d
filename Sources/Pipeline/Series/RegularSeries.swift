import Calendar
import Diagnostics
import Drought
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
    /// Values of each series; NaN = gap.
    public var values: [[Double]]
    /// Steps in a year.
    public let frequency: Int

    /// Cells of a raster beyond this are for a pipeline file.
    public static let mostCells = 10_000

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

    /// Puts samples on their steps; steps without one are gaps.
    init(
        names: [String], samples: [(time: Double, values: [Double])], frequency: Int,
        file: String
    ) throws(DroughtError) {
        let positions = samples.map { Int(($0.time * Double(frequency)).rounded()) }
        guard let first = positions.min(), let last = positions.max(), last - first < 100_000
        else {
            throw DroughtError(
                .unsuitableSeries, at: Place(file: file),
                "no steps, or too many of them (expected 1 to 100000)",
                mend: "Name the column of the times and the steps in a year")
        }
        var values = Array(
            repeating: Array(repeating: Double.nan, count: last - first + 1), count: names.count)
        var isTaken = Array(repeating: false, count: last - first + 1)
        for (position, sample) in zip(positions, samples) {
            let step = position - first
            guard !isTaken[step] else {
                throw DroughtError(
                    .unsuitableSeries, at: Place(file: file),
                    "two values at \(sample.time), with \(frequency) steps in a year",
                    mend: "Give the number of steps in a year with --frequency")
            }
            isTaken[step] = true
            for (index, value) in sample.values.enumerated() { values[index][step] = value }
        }
        self.names = names
        self.values = values
        self.frequency = frequency
        times = (first...last).map { Double($0) / Double(frequency) }
    }

    /// Reads columns of a CSV; an empty field, `NA` and `NaN` are gaps.
    ///
    /// - Throws: `PublishError`, `FailureList` or `DroughtError` when it cannot be read.
    public init(
        csv path: String, dateColumn: String, valueColumns: [String], frequency: Int
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
        var samples: [(time: Double, values: [Double])] = []
        for record in table {
            let text = record.field(date) ?? ""
            let scheme = CalendarDate(iso: text).map {
                Double($0.year) + Self.fraction($0, frequency)
            }
            guard let time = scheme ?? Double(text), time.isFinite, time.magnitude < 10_000 else {
                throw DroughtError(
                    .unsuitableSeries, at: table.place(at: record.position, field: dateColumn),
                    "\"\(text)\" is neither a decimal year nor a date",
                    mend: "Write 2010.75 or 2010-10-01")
            }
            let values = try zip(columns, valueColumns).map { index, name -> Double in
                let field = record.field(index) ?? ""
                if field.isEmpty || field == "NA" || field == "NaN" { return .nan }
                guard let value = Double(field) else {
                    throw DroughtError(
                        .unsuitableSeries, at: table.place(at: record.position, field: name),
                        "\"\(field)\" is no number", mend: "Write a number, or leave it empty")
                }
                return value
            }
            samples.append((time, values))
        }
        try self.init(
            names: valueColumns, samples: samples, frequency: frequency, file: path)
    }

    /// Reads every cell of a raster whose bands are named by dates.
    ///
    /// - Parameters:
    ///   - pattern: of the bands' descriptions, such as `X{yyyy}.{mm}.{dd}`.
    ///   - scale: what a stored number is multiplied by.
    public init(
        raster path: String, pattern: DatePattern, scale: Double, frequency: Int
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
        var samples: [(time: Double, values: [Double])] = []
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
                (
                    Double(date.year) + Self.fraction(date, frequency),
                    values.map { $0 == band.nodata || !$0.isFinite ? .nan : $0 * scale }
                ))
        }
        let names = (0..<cells).map { "\($0 / shape.columns),\($0 % shape.columns)" }
        try self.init(names: names, samples: samples, frequency: frequency, file: path)
    }

    /// Part of the year that has passed at a date, in whole steps: composites
    /// start anew every 1 January.
    private static func fraction(_ date: CalendarDate, _ frequency: Int) -> Double {
        let length = 366 / Double(frequency)
        let step = (Double(date.dayOfYear - 1) / length + 0.05).rounded(.down)
        return min(step, Double(frequency - 1)) / Double(frequency)
    }
}
