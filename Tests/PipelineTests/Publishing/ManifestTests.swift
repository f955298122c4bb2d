import Calendar
import Diagnostics
import Foundation
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ManifestTests {
    private func output(_ path: String) -> Manifest.Output {
        Manifest.Output(
            path: path, digest: Digest(of: Array(path.utf8)), title: path, mediaType: "text/csv")
    }

    @Test func `The manifest lists inputs and outputs by name, whatever order they came in`() {
        let paths = ["b.csv", "a.csv", "B.csv", "a/z.csv"]
        let inputs = paths.map { Manifest.Input(path: $0, digest: Digest(of: [])) }
        let one = ManifestExample.manifest(outputs: paths.map(output), inputs: inputs)
        let other = ManifestExample.manifest(
            outputs: paths.reversed().map(output), inputs: inputs.reversed())
        #expect(one.json.utf8() == other.json.utf8())
        let sorted = ["B.csv", "a.csv", "a/z.csv", "b.csv"].map(JSONValue.string)
        #expect(one.json["outputs"]?.elements?.compactMap { $0["path"] } == sorted)
        #expect(one.json["inputs"]?.elements?.compactMap { $0["path"] } == sorted)
    }

    @Test func `The manifest has its facts and no times, threads or host`() throws {
        let text = ManifestExample.manifest().json.text()
        let data = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(
            Set(data?.keys.map(\.self) ?? []) == [
                "format", "version", "program", "libraries", "pipeline", "as_of", "synthetic",
                "notes", "parameters", "inputs", "outputs", "counts", "warnings", "night", "stages",
            ])
        #expect(data?["as_of"] as? String == "2010-12-19")
        #expect(
            text.contains(
                #""counts":{"incidents":{"read":10,"used":8,"rejected":2}}"#))
        #expect(
            text.contains(
                #"[{"code":"crs-overridden","place":"n.tif","message":"the CRS is replaced"}]"#))
        #expect(text.contains(#""libraries":{"GDAL":"3.6.2","PROJ":"9.1.1"}"#))
    }

    @Test func `The form of the kernels is told and does not belong to the night`() throws {
        var one = ManifestExample.manifest()
        let night = one.json["night"]
        var other = one
        one.kernels = "baseline"
        other.kernels = "x86-64-v3"
        #expect(one.json["kernels"] == "baseline")
        #expect(one.nightKey == other.nightKey)
        #expect(one.json["night"] == night)
        #expect(other.json["night"] == night)
        #expect(one.json.utf8() != other.json.utf8())
        let directory = try RunDirectory(root: try TestPaths.temporaryDirectory().path)
        let run = try directory.publish(manifest: one, record: ManifestExample.record)
        let read = try ManifestReader.manifest(of: RunFolder(path: run.path)).manifest
        #expect(read.kernels == "baseline")
    }

    @Test func `Two runs of the same night publish the same bytes but for the record`() throws {
        var published: [[String: String]] = []
        for threads in [1, 2] {
            let root = try TestPaths.temporaryDirectory().path
            let run = try RunDirectory(root: root)
            try run.write(Array("a,b\n".utf8), to: "sectors.csv")
            var record = ManifestExample.record
            record.threads = threads
            record.finished = .now
            let output = try Manifest.Output(
                of: "sectors.csv", in: run, title: "Sectors", mediaType: "text/csv")
            let result = try run.publish(
                manifest: ManifestExample.manifest(outputs: [output]), record: record)
            published.append(try snapshot(result.path))
        }
        #expect(published[0] != published[1])
        for i in published.indices { published[i][RunDirectory.recordName] = nil }
        #expect(published[0] == published[1])
        #expect(published[0].keys.sorted() == ["manifest.json", "sectors.csv"])
    }

    @Test func `The record has times in UTC and seconds of each stage`() {
        let expected =
            #"{"format":"jilaal-run","version":1,"timings":{"started":"2010-12-19T00:00:00Z","#
            + #""finished":"2010-12-19T00:02:05Z","seconds":{"drought":1.235}},"stages":{},"threads":2,"#
            + #""peak_memory_bytes":1000000,"host":"example","kernels":"baseline"}"#
        #expect(ManifestExample.record.json.text() == expected)
    }

    @Test(
        "Seconds of the clock are printed as ISO 8601",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"), (1_292_731_506, "2010-12-19T04:05:06Z"),
        ])
    func timesArePrinted(_ seconds: Int, _ text: String) {
        #expect(UTCTime(seconds: seconds).description == text)
    }

    @Test func `Peak memory is that of this program`() {
        let before = ProcessMemory.peakBytes
        #expect(before > 1_000_000)
        #expect(ProcessMemory.highWaterMark(in: "VmPeak: 9 kB\nVmHWM:\t  1234 kB\n") == 1_263_616)
        #expect(ProcessMemory.highWaterMark(in: "VmHWM: many kB\n") == nil)
        #expect(ProcessMemory.highWaterMark(in: "") == nil)
    }

    @Test(
        "Slugs are plain names",
        arguments: [
            ("Sector 4", "sector-4"), ("../../etc/passwd", "etc-passwd"), ("", "unnamed"),
            ("...", "unnamed"), ("A  b\n\u{0}c", "a-b-c"), ("CON.", "con"), ("é", "unnamed"),
            ("Galmudug/Mudug (N)", "galmudug-mudug-n"), ("-x-", "x"),
            (String(repeating: "a", count: 300), String(repeating: "a", count: 64)),
        ])
    func slugsArePlain(_ text: String, _ slug: String) {
        #expect(Slug.name(text) == slug)
        #expect(StagingFolder.isSafe(Slug.name(text)))
    }

    @Test func `Different texts get different slugs in the order of the texts`() {
        #expect(
            Slug.unique(["A b", "a-b", "A-B", "c", "a-b-2"]) == [
                "a-b", "a-b-2", "a-b-3", "c", "a-b-2-2",
            ])
    }
}
