import ArgumentParser
import Foundation
import Geo
import GridCore
import Tables

/// A whole run over a stack against what GDAL alone takes to read its files
/// and to write the same rasters, with as many threads.
struct StackBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stack",
        abstract: "The drought stage on a stack against GDAL reading and writing the same.",
        discussion: "Make the stack first: jilaal-benchmarks make-stack DIR")

    @Argument(help: "Folder that make-stack wrote.") var folder: String
    @Option(help: "The optimised jilaal.") var program = ".build/release/jilaal"
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 3

    func run() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/ndvi")
            .filter { $0.hasSuffix(".tif") }.sorted().map { folder + "/ndvi/" + $0 }
        guard let first = files.first else { throw ValidationError("no raster in \(folder)/ndvi") }
        let shape = try RasterSource(RasterReference(name: first, path: first)).info.shape
        var decode: [Double] = []
        var stage: [Double] = []
        var rasters: [Double] = []
        var pictures: [Double] = []
        var whole: [Double] = []
        var write: [Double] = []
        var peak = 0
        let work = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-stack-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: work) }
        var writing: COGWriting?
        // One after the other, so that both see the same machine.
        for _ in 0..<max(1, runs) {
            decode.append(try self.decode(files))
            let output = work.appendingPathComponent("run")
            let record = try runPipeline(to: output)
            let writer = try writing ?? COGWriting(
                of: output.appendingPathComponent("latest/drought"),
                in: work.appendingPathComponent("gdal"))
            writing = writer
            try FileManager.default.removeItem(at: output)
            write.append(try writer.measure(threads: threads))
            stage.append(record.seconds("drought"))
            rasters.append(record.seconds("drought rasters"))
            pictures.append(record.seconds("drought pictures"))
            whole.append(record.wall)
            peak = max(peak, record.peakBytes)
        }
        let limit = Measurement(seconds: decode)
        let total = Measurement(seconds: zip(stage, rasters).map { $0 + $1 })
        let both = Measurement(seconds: zip(decode, write).map { $0 + $1 })
        let ratio = Measurement(seconds: zip(total.seconds, both.seconds).map { $0 / $1 })
        report(
            "stack",
            [
                .init("files", .integer(files.count)), .init("rows", .integer(shape.rows)),
                .init("columns", .integer(shape.columns)), .init("threads", .integer(threads)),
                .init("gdal_decode", limit.json),
                .init("gdal_write", Measurement(seconds: write).json),
                .init("gdal_decode_and_write", both.json),
                .init("drought_compute", Measurement(seconds: stage).json),
                .init("drought_rasters", Measurement(seconds: rasters).json),
                .init("drought_stage", total.json),
                .init("drought_pictures", Measurement(seconds: pictures).json),
                .init("whole_run", Measurement(seconds: whole).json),
                .init(
                    "compute_to_decode",
                    .rounded(Measurement(seconds: stage).median / limit.median, decimals: 3)),
                .init(
                    "stage_to_decode_and_write", .rounded(ratio.median, decimals: 3)),
                .init(
                    "stage_to_decode", .rounded(total.median / limit.median, decimals: 3)),
                .init("peak_memory_MB", .rounded(Double(peak) / 1e6, decimals: 1)),
            ])
    }

    /// Seconds that GDAL alone takes to read every cell of every file.
    private func decode(_ files: [String]) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        _ = try mapInParallel(count: files.count, threads: threads) { _, index in
            let source = try RasterSource(
                RasterReference(name: files[index], path: files[index]))
            let shape = source.info.shape
            let rows = source.info.bands[0].block.rows
            var cells = [Int16](repeating: 0, count: rows * shape.columns)
            for row in stride(from: 0, to: shape.rows, by: rows) {
                let window = CellWindow(
                    row: row, column: 0, rows: min(rows, shape.rows - row), columns: shape.columns)
                try cells.withUnsafeMutableBufferPointer { cells in
                    guard let base = cells.baseAddress else { return }
                    try source.read(band: 1, window: window, into: base)
                }
            }
        }
        return (clock.now - start).seconds
    }

    private struct Record {
        var wall: Double
        var peakBytes: Int
        var stages: [String: Double]

        func seconds(_ stage: String) -> Double { stages[stage] ?? .nan }
    }

    private func runPipeline(to output: URL) throws -> Record {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "run", folder + "/pipeline.yaml", "--output", output.path, "--threads", "\(threads)",
            "--quiet",
        ]
        process.standardOutput = FileHandle.nullDevice
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        process.waitUntilExit()
        let wall = (clock.now - start).seconds
        guard process.terminationStatus == 0 else {
            throw ValidationError("jilaal ended with \(process.terminationStatus)")
        }
        let data = try Data(contentsOf: output.appendingPathComponent("latest/run.json"))
        let record = try JSONDecoder().decode(RunFile.self, from: data)
        return Record(
            wall: wall, peakBytes: record.peak_memory_bytes, stages: record.timings.seconds)
    }

    private struct RunFile: Decodable {
        struct Timings: Decodable { var seconds: [String: Double] }
        var timings: Timings
        var peak_memory_bytes: Int
    }
}
