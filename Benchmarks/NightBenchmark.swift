import ArgumentParser
import Foundation
import Geo
import GridCore
import Tables

/// What one new composite costs with a kept climatology and without it, for
/// archives of several lengths.
struct NightBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "night",
        abstract: "One new composite with and without a kept climatology, by length of archive.",
        discussion: """
            Makes synthetic archives in a temporary folder (about 100 MB a year at 1,500 x 1,500)
            and takes all years but the last as baseline. Then night after night one more \
            composite comes in, into an output folder that saw the nights before. With the \
            climatology the time should not depend on the years.
            """)

    @Option(parsing: .upToNextOption, help: "Years of the archives.") var years = [5, 10, 20]
    @Option(help: "Rows and columns.") var side = 1500
    @Option(help: "The optimised jilaal.") var program = ".build/release/jilaal"
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 5

    func validate() throws {
        guard years.allSatisfy({ (3...100).contains($0) }), (16...20_000).contains(side) else {
            throw ValidationError("expected --years of 3 to 100 and a --side of 16 to 20000")
        }
    }

    func run() throws {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-night-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        var archives: [JSONValue] = []
        for count in years {
            let folder = root.appendingPathComponent("\(count)")
            archives.append(try measure(count, in: folder))
            try FileManager.default.removeItem(at: folder)
        }
        report(
            "night",
            [
                .init("rows", .integer(side)), .init("columns", .integer(side)),
                .init("threads", .integer(threads)), .init("archives", .array(archives)),
            ])
    }

    private func measure(_ years: Int, in folder: URL) throws -> JSONValue {
        try MakeStack.parse([
            folder.path, "--side", "\(side)", "--years", "\(years)", "--distinct", "2",
            "--threads", "\(threads)",
        ]).run()
        let pipeline = folder.appendingPathComponent("pipeline.yaml")
        try String(contentsOf: pipeline, encoding: .utf8)
            .replacingOccurrences(of: "series: 12 months", with: "series: 12 months\n  minimum_years: 2")
            .replacingOccurrences(of: "as_of: \"\(2000 + years - 1)-12-31\"", with: "as_of: latest")
            .write(to: pipeline, atomically: true, encoding: .utf8)
        let kept = folder.appendingPathComponent("kept").path
        let build = try MeasuredProcess.run(
            program, ["baseline", "build", pipeline.path, "--output", kept, "--quiet"] + threadOption)
        var with: [Night] = []
        var without: [Night] = []
        let plain = folder.appendingPathComponent("plain").path
        let files = folder.appendingPathComponent("ndvi")
        let aside = folder.appendingPathComponent("aside")
        let manager = FileManager.default
        try manager.createDirectory(at: aside, withIntermediateDirectories: false)
        let coming = try manager.contentsOfDirectory(atPath: files.path).sorted()
            .suffix(max(1, runs))
        for name in coming {
            try manager.moveItem(
                at: files.appendingPathComponent(name), to: aside.appendingPathComponent(name))
        }
        // The nights before.
        _ = try night(pipeline, output: plain)
        _ = try night(pipeline, output: kept)
        for name in coming {
            try manager.moveItem(
                at: aside.appendingPathComponent(name), to: files.appendingPathComponent(name))
            // In turn, so that both see the same machine.
            without.append(try night(pipeline, output: plain))
            with.append(try night(pipeline, output: kept))
        }
        return [
            "years": .integer(years), "composites": .integer(years * 23),
            "build_s": .rounded(build.seconds, decimals: 2),
            "with_climatology": summary(with), "without_climatology": summary(without),
        ]
    }

    private var threadOption: [String] { ["--threads", "\(threads)"] }

    private struct Night {
        var process: MeasuredProcess
        var stages: [String: Double]
    }

    private func night(_ pipeline: URL, output: String) throws -> Night {
        let process = try MeasuredProcess.run(
            program, ["run", pipeline.path, "--output", output, "--quiet"] + threadOption)
        let data = try Data(contentsOf: URL(fileURLWithPath: output + "/latest/run.json"))
        let record = try JSONDecoder().decode(RunFile.self, from: data)
        return Night(process: process, stages: record.timings.seconds)
    }

    private struct RunFile: Decodable {
        struct Timings: Decodable { var seconds: [String: Double] }
        var timings: Timings
    }

    private func summary(_ nights: [Night]) -> JSONValue {
        func stage(_ name: String) -> JSONValue {
            Measurement(seconds: nights.map { $0.stages[name] ?? .nan }).json
        }
        return [
            "inputs": stage("inputs"), "climatology_check": stage("climatology"),
            "drought_compute": stage("drought"), "publish": stage("publish"),
            "whole_run": Measurement(seconds: nights.map(\.process.seconds)).json,
            "read_MB": .rounded(
                Double(nights.map(\.process.bytesRead).max() ?? 0) / 1e6, decimals: 1),
            "peak_memory_MB": .rounded(
                Double(nights.map(\.process.peakBytes).max() ?? 0) / 1e6, decimals: 1),
        ]
    }
}
