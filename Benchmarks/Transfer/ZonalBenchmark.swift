import ArgumentParser
import Foundation
import Geo
import GridCore
import Sectors
import Tables

/// Exact statistics of a raster file in zones: 10,000 x 10,000 cells and 120
/// polygons of the peers' script.
struct ZonalBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zonal", abstract: "Exact zonal statistics against a peer's time.")

    @Argument(help: "Folder with big.tif and zones.gpkg, made by the peers' script.")
    var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 5
    @Option(help: "Quantiles, with commas between.") var quantiles = ""
    @Flag(help: "Variance too.") var spread = false
    @Option(help: "fraction or area.") var unit = "fraction"
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?
    @Option(help: "The peer's table of the same statistics (CSV) to compare with.")
    var expected: String?

    func run() throws {
        let reference = RasterReference(name: "big.tif", path: folder + "/big.tif")
        let engine = try ZonalEngine(values: reference)
        let layer = try VectorSource(path: folder + "/zones.gpkg", writtenAs: "zones.gpkg")
            .readFeatures()
        let zones = layer.features.map { feature in
            if case .polygons(let area) = feature.geometry { area } else { MultiPolygon([]) }
        }
        var request = ZonalRequest()
        request.spread = spread
        request.unit = ZonalRequest.Unit(rawValue: unit) ?? .fraction
        request.quantiles = quantiles.split(separator: ",").compactMap { Double($0) }
            .map { ZonalRequest.Quantile($0) }
        let cover = try Measurement(runs: runs) {
            _ = try engine.coverages(of: zones, threads: threads)
        }
        let read = try Measurement(runs: runs) { try Self.readWhole(reference, threads) }
        var results: [ZonalStatistics] = []
        let measured = try Measurement(runs: runs) {
            results = try engine.statistics(of: zones, request, threads: threads)
        }
        report(
            "zonal",
            [
                .init("zones", .integer(zones.count)),
                .init("cells", .integer(engine.spec.shape.count)),
                .init("quantiles", .integer(request.quantiles.count)),
                .init("threads", .integer(threads)), .init("cover", cover.json),
                .init("read", read.json), .init("time", measured.json),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer) + (try comparison(results)))
    }

    /// The least that any method must do: bring every cell into memory.
    private static func readWhole(_ reference: RasterReference, _ threads: Int) throws {
        let closed = try RasterSource(reference).closed
        let shape = try RasterSource(reference).info.shape
        let rows = 512
        let sources = PerWorker(workers: threads) { try RasterSource(closed) }
        let buffers = PerWorker(workers: threads) {
            [Float](repeating: 0, count: rows * shape.columns)
        }
        _ = try mapInParallel(
            count: (shape.rows + rows - 1) / rows, threads: threads
        ) { worker, index in
            var buffer = try buffers.value(of: worker)
            let window = CellWindow(row: index * rows, column: 0, rows: rows, columns: shape.columns)
            try sources.value(of: worker).read(
                band: 1, window: window.intersection(CellWindow(shape)), into: &buffer)
        }
    }

    /// Largest deviations from a table with the columns mean, min, max and the
    /// quantiles after them.
    private func comparison(_ results: [ZonalStatistics]) throws -> [JSONMember] {
        guard let expected else { return [] }
        let text = try String(contentsOfFile: expected, encoding: .utf8)
        let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        }
        var mean = 0.0
        var extremes = 0.0
        var quantile = 0.0
        for (row, result) in zip(rows, results) {
            guard row.count >= 3 + result.quantiles.count, let theirs = row[0] else { continue }
            mean = max(mean, abs((result.mean ?? .nan) - theirs) / abs(theirs))
            extremes = max(extremes, abs((result.minimum ?? .nan) - (row[1] ?? .nan)))
            extremes = max(extremes, abs((result.maximum ?? .nan) - (row[2] ?? .nan)))
            for (ours, theirs) in zip(result.quantiles, row.dropFirst(3)) {
                quantile = max(quantile, abs((ours ?? .nan) - (theirs ?? .nan)))
            }
        }
        return [
            .init("compared_zones", .integer(min(rows.count, results.count))),
            .init("mean_relative_deviation", .number(mean)),
            .init("extremes_deviation", .number(extremes)),
            .init("quantile_deviation", .number(quantile)),
        ]
    }
}
