import Calendar
import Drought
import Foundation
import Geo
import GridCore
import Sectors
import TestSupport
import Testing

@testable import Pipeline

/// Twelve years of monthly NDVI, temperature and rain over 6 x 5 cells, from
/// a seeded generator, with gaps.
struct IndicatorFolder {
    static let shape = Shape(rows: 6, columns: 5)
    static let years = 2000...2011
    static let spec = GridSpec(
        shape: shape,
        geotransform: Geotransform(
            originX: 40, cellWidth: 0.25, originY: 3, cellHeight: -0.25), crs: .wgs84)
    static let fill: Float = -9999

    let url: URL
    /// Of the file names, behind the letter.
    private var dates = "{yyyy}{mm}"
    /// Whether NDVI is graded: 0 best, 1 accepted, 2 not.
    let isGraded: Bool

    /// - Parameter missing: month of 2005 without a raster of rain.
    init(missing: Int? = nil, isGraded: Bool = false) throws {
        self.isGraded = isGraded
        url = try TestPaths.temporaryDirectory()
        var random = Random(seed: 4)
        for year in Self.years {
            for month in 1...12 {
                let season = Float(sin(Double(month) / 12 * 2 * .pi))
                let name = "\(year)\(month < 10 ? "0" : "")\(month).tif"
                try write(
                    cells(&random) { 4000 + 2000 * season + 1500 * ($0 - 0.5) }, "N_" + name)
                try write(cells(&random) { 300 - 5 * season + 12 * ($0 - 0.5) }, "T_" + name)
                let rain = cells(&random) { $0 < 0.2 ? 0 : 40 * $0 * (1 + season) + 1 }
                if year != 2005 || month != missing { try write(rain, "R_" + name) }
                guard isGraded else { continue }
                try write((0..<Self.shape.count).map { _ in Float(random.next() % 3) }, "Q_" + name)
            }
        }
    }

    private func cells(_ random: inout Random, _ value: (Float) -> Float) -> [Float] {
        (0..<Self.shape.count).map { _ in
            let isMissing = random.next() % 16 == 0
            let draw = Float(random.next() % 10_000) / 10_000
            return isMissing ? Self.fill : value(draw).rounded()
        }
    }

    private func write(_ cells: [Float], _ name: String) throws {
        // A strip for each row, so that a tile can be a row.
        let writer = try RasterWriter(
            path: url.appendingPathComponent(name).path,
            description: RasterDescription(
                spec: Self.spec, type: .float32, nodata: Double(Self.fill),
                bands: [.init(description: "", unit: "")]),
            layout: .deflated(block: Shape(rows: 1, columns: Self.shape.columns)))
        try cells.withUnsafeBufferPointer { buffer in
            let base = try #require(buffer.baseAddress)
            try writer.write(band: 1, window: CellWindow(Self.shape), cells: base)
        }
        try writer.close()
    }

    /// The same rasters under names whose order is not that of their dates,
    /// written in that order: folders list them otherwise too.
    func renamed() throws -> IndicatorFolder {
        let other = try TestPaths.temporaryDirectory()
        var moves: [(from: String, to: String)] = []
        for letter in ["N", "T", "R"] {
            for year in Self.years {
                for month in 1...12 {
                    let digits = month < 10 ? "0\(month)" : "\(month)"
                    let name = "\(letter)_\(year)\(digits).tif"
                    guard FileManager.default.fileExists(
                        atPath: url.appendingPathComponent(name).path)
                    else { continue }
                    moves.append((name, "\(letter)_\(digits)of\(year).tif"))
                }
            }
        }
        for move in moves.sorted(by: { $0.to > $1.to }) {
            try FileManager.default.copyItem(
                at: url.appendingPathComponent(move.from), to: other.appendingPathComponent(move.to))
        }
        return IndicatorFolder(url: other, dates: "{mm}of{yyyy}")
    }

    private init(url: URL, dates: String) {
        self.url = url
        self.dates = dates
        isGraded = false
    }

    func configuration(_ indicators: String) throws -> DroughtConfiguration {
        func stack(_ letter: String, _ scale: String) -> String {
            let quality =
                isGraded && letter == "N"
                ? #", qa: { files: "Q_*.tif", dates: "Q_{yyyy}{mm}.tif", accept: [0, 1], best: [0] }"#
                : ""
            return """
                { product: custom, files: "\(letter)_*.tif", dates: "\(letter)_\(dates).tif", \
                fill: [-9999], scale: \(scale)\(quality) }
                """
        }
        let yaml = """
            version: 1
            name: test
            drought:
              ndvi: \(stack("N", "0.0001"))
              lst: \(stack("T", "1"))
              rain: \(stack("R", "1"))
              periods: month
              baseline: 2000-2010
              indicators:
            \(indicators)
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: url.path, environment: [:])
        return try #require(file.configuration.drought)
    }

    static let everything = """
            compute: [vci, anomaly, percent, zscore, percentile, vci1m, vci3m, tci, vhi, asi, spi, \
        trend, breaks, runs, combined]
            spi: { accumulation: [1, 3], minimum_years: 8 }
            runs: { minimum_length: 1 }
            stress: { calendar: somalia }
        """

    /// The stage's rasters by name, the reasons last, and its result.
    func run(
        _ indicators: String = everything, threads: Int = 1,
        tileCells: Int = TilePlan.cellsWanted, asOf: CalendarDate? = nil
    ) throws -> Outcome {
        let (prepared, plan) = try prepare(indicators, asOf: asOf)
        let folder = url.appendingPathComponent("work-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var stage = IndicatorStage(
            plan: plan, prepared: prepared,
            zones: zones, threads: threads)
        stage.tileCells = tileCells
        let result = try RasterGate.pass { [stage] in
            try stage.run(folder: folder, metadata: []) { _ in }
        }
        var rasters: [String: [Float]] = [:]
        let methods = try plan.makeMethods()
        for name in methods.flatMap(\.outputs).map(\.name) {
            rasters[name] = try read(folder, name, band: 1)
        }
        for (index, name) in methods.flatMap(\.reasonNames).enumerated() {
            rasters["reason " + name] = try read(folder, IndicatorReasons.name, band: index + 1)
        }
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
        return Outcome(rasters: rasters, files: files, result: result, plan: plan)
    }

    struct Outcome {
        var rasters: [String: [Float]]
        /// The bytes of the written rasters.
        var files: [String: Data]
        var result: IndicatorResult
        var plan: IndicatorPlan
    }

    /// One triangle: half of the grid.
    var zones: ZoneIndex {
        let box = Self.spec.boundingBox
        let zone = MultiPolygon([
            Polygon(exterior: [
                Coordinate(x: box.minX, y: box.minY), Coordinate(x: box.maxX, y: box.minY),
                Coordinate(x: box.maxX, y: box.maxY), Coordinate(x: box.minX, y: box.minY),
            ])
        ])
        return ZoneIndex(
            zones: [zone], spec: Self.spec, cellAreas: CellAreas(geographic: Self.spec))
    }

    func prepare(_ indicators: String = everything, asOf: CalendarDate? = nil) throws -> (PreparedDrought, IndicatorPlan) {
        let configuration = try configuration(indicators)
        var log = ProblemLog()
        let stacks = try #require(
            DroughtStacks(loading: configuration, &log), "\(log.failures.map { "\($0)" })")
        let newest = CalendarDate(year: 2011, month: 12, day: 31)
        let date = try #require(asOf ?? newest)
        let prepared = try #require(
            PreparedDrought.prepare(configuration, stacks, asOf: date, &log))
        let settings = try #require(configuration.indicators)
        return (prepared, try #require(IndicatorPlan(prepared, settings, asOf: date)))
    }

    private func read(_ folder: URL, _ name: String, band: Int) throws -> [Float] {
        let path = folder.appendingPathComponent(IndicatorWriters.plainName(name)).path
        let source = try RasterSource(RasterReference(name: name, path: path))
        return try [Float](unsafeUninitializedCapacity: Self.shape.count) { buffer, count in
            let base = try #require(buffer.baseAddress)
            try source.read(band: band, window: CellWindow(Self.shape), into: base)
            count = Self.shape.count
        }
    }

    /// The series of a cell as the rasters hold it.
    func series(_ letter: String, _ cell: Int) throws -> [Double] {
        try Self.years.flatMap { year in
            try (1...12).map { month in
                let name = "\(letter)_\(year)\(month < 10 ? "0" : "")\(month).tif"
                let path = url.appendingPathComponent(name).path
                guard FileManager.default.fileExists(atPath: path) else { return .nan }
                let source = try RasterSource(RasterReference(name: name, path: path))
                var value: Float = 0
                let window = CellWindow(
                    row: cell / Self.shape.columns, column: cell % Self.shape.columns, rows: 1,
                    columns: 1)
                try source.read(band: 1, window: window, into: &value)
                return value == Self.fill ? .nan : Double(value)
            }
        }
    }
}

/// xorshift64.
struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 16
    }
}
