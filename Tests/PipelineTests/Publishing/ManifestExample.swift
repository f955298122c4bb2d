import Calendar
import Diagnostics
import Foundation
import Tables
import TestSupport

@testable import Pipeline

/// A small run for the tests of publishing.
enum ManifestExample {
    static let asOf = CalendarDate(dayNumber: 14_962)  // 2010-12-19

    static func manifest(
        outputs: [Manifest.Output] = [], inputs: [Manifest.Input] = [], asOf: CalendarDate = asOf
    ) -> Manifest {
        Manifest(
            program: .init(name: "jilaal", version: "0.1.0"),
            libraries: [
                .init(name: "GDAL", version: "3.6.2"), .init(name: "PROJ", version: "9.1.1"),
            ],
            pipelineName: "Test",
            pipelineFile: .init(path: "p.yml", digest: Digest(of: Array("version: 1".utf8))),
            parameters: ["version": 1], asOf: asOf, isSynthetic: true, inputs: inputs,
            outputs: outputs,
            counts: [
                .init(
                    stage: "incidents",
                    counts: [.init("read", 10), .init("used", 8), .init("rejected", 2)])
            ],
            warnings: [Warning("crs-overridden", at: Place(file: "n.tif"), "the CRS is replaced")],
            notes: ["Sector lines are approximate."])
    }

    static let record = RunRecord(
        started: UTCTime(seconds: 1_292_716_800), finished: UTCTime(seconds: 1_292_716_925),
        stages: [StageTiming(stage: "drought", seconds: 1.23456)], threads: 2,
        peakMemoryBytes: 1_000_000, host: "example", kernels: "baseline")

    /// Stages one file and publishes.
    static func publish(
        _ text: String, in run: RunDirectory, asOf: CalendarDate = asOf
    ) throws -> PublishedRun {
        try run.write(Array(text.utf8), to: "tables/sectors.csv")
        let output = try Manifest.Output(
            of: "tables/sectors.csv", in: run, title: "Sectors", mediaType: "text/csv")
        return try run.publish(manifest: manifest(outputs: [output], asOf: asOf), record: record)
    }
}

/// Every file below a folder with its content; links as `-> target`.
func snapshot(_ folder: String) throws -> [String: String] {
    var contents: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
        let full = folder + "/" + path
        let type =
            try FileManager.default.attributesOfItem(atPath: full)[.type] as? FileAttributeType
        switch type {
        case .typeSymbolicLink:
            contents[path] =
                "-> " + (try FileManager.default.destinationOfSymbolicLink(atPath: full))
        case .typeRegular: contents[path] = try String(contentsOfFile: full, encoding: .utf8)
        default: contents[path] = "folder"
        }
    }
    return contents
}
