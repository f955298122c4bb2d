import Foundation
import Geo
import GridCore
import TestSupport
import Testing

/// A kept climatology changes how long a night takes, never what it says.
@Suite struct BaselineTests {
    private func baseline(_ arguments: [String]) throws -> JilaalProcess {
        let process = try JilaalProcess.run(["baseline"] + arguments)
        if process.exitCode != 0 {
            throw PublishedRun.Refused(description: process.standardError)
        }
        return process
    }

    private func notes(_ run: PublishedRun) -> [String] {
        run.process.standardError.split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("note: ") }
    }

    @Test("The invented country has the same bytes with a kept climatology")
    func korsavel() throws {
        let root = try Scratch.folder()
        let built = try baseline(["build", "sample-data/pipeline.yaml", "--output", root.path])
        #expect(built.standardOutput.hasSuffix("23 periods changed, 0 kept\n"))
        let run = try PublishedRun("sample-data/pipeline.yaml", into: root, ["--threads", "2"])
        #expect(notes(run) == [])
        #expect(
            try run.reproducibleHashes() == (try SharedRuns.korsavel.get().reproducibleHashes()))
        let shown = try baseline(["show", "sample-data/pipeline.yaml", "--output", root.path])
        #expect(shown.standardOutput.hasSuffix("\nIt is current.\n"))
    }

    /// A copy of the small working set with nothing but the drought section,
    /// its rasters as Float32 when asked.
    private func copy(asFloats: Bool) throws -> URL {
        let folder = try Scratch.folder().appendingPathComponent("set")
        try FileManager.default.copyItem(at: SharedRuns.goodFolder, to: folder)
        let pipeline = folder.appendingPathComponent("pipeline.yaml")
        let text = try String(contentsOf: pipeline, encoding: .utf8)
        let end = try #require(text.range(of: "incidents:"))
        try (text[..<end.lowerBound] + "  series: 0 months\n")
            .write(to: pipeline, atomically: true, encoding: .utf8)
        guard asFloats else { return folder }
        let rasters = folder.appendingPathComponent("ndvi")
        for name in try FileManager.default.contentsOfDirectory(atPath: rasters.path) {
            try rewrite(rasters.appendingPathComponent(name), type: .float32)
        }
        return folder
    }

    /// Writes the cells of a raster again, all changed a little that are not
    /// whole numbers of the file's type afterwards.
    private func rewrite(_ url: URL, type: RasterDataType, add: Float = 0) throws {
        let source = try RasterSource(RasterReference(name: url.path, path: url.path))
        let spec = try source.gridSpec()
        let window = CellWindow(spec.shape)
        var cells = [Float](repeating: 0, count: spec.shape.count)
        try cells.withUnsafeMutableBufferPointer {
            try source.read(band: 1, window: window, into: try #require($0.baseAddress))
        }
        for cell in cells.indices where cells[cell] != -3000 {
            cells[cell] += add + (type == .float32 ? Float(cell % 97) / 7 : 0)
        }
        try FileManager.default.removeItem(at: url)
        let writer = try RasterWriter(
            path: url.path,
            description: RasterDescription(
                spec: spec, type: type, nodata: -3000, bands: [.init(description: "", unit: "")]))
        try cells.withUnsafeBufferPointer {
            try writer.write(band: 1, window: window, cells: try #require($0.baseAddress))
        }
        try writer.close()
    }

    @Test(
        "A current, outdated, damaged or mismatched climatology of Float32 gives the bytes of none")
    func everyState() throws {
        let set = try copy(asFloats: true)
        let pipeline = set.appendingPathComponent("pipeline.yaml").path
        let root = try Scratch.folder()
        _ = try baseline(["build", pipeline, "--output", root.path])
        let current = try PublishedRun(pipeline, into: root)
        #expect(notes(current) == [])
        let before = try current.nightHashes()
        #expect(
            before == (try PublishedRun(pipeline, into: try Scratch.folder()).nightHashes()))

        let raster = set.appendingPathComponent("ndvi/NDVI_2016337.tif")
        try rewrite(raster, type: .float32, add: 7)
        let plain = try PublishedRun(pipeline, into: try Scratch.folder()).nightHashes()
        let outdated = try PublishedRun(pipeline, into: root)
        #expect(
            notes(outdated) == [
                "note: climatology of 16-day period 22 (from day 337) is not current: "
                    + "ndvi/NDVI_2016337.tif was revised; run jilaal baseline update"
            ])
        #expect(try outdated.nightHashes() == plain)
        #expect(plain != before)

        let updated = try baseline(["update", pipeline, "--output", root.path])
        #expect(updated.standardOutput.contains("period 22 (from day 337): rebuilt, 8 composites"))
        let again = try PublishedRun(pipeline, into: root, ["--force"])
        #expect(notes(again) == [])
        #expect(try again.nightHashes() == plain)

        let product = root.appendingPathComponent("baseline")
        let slot = try #require(
            try FileManager.default.contentsOfDirectory(atPath: product.path)
                .first { $0.hasPrefix("slot-22-") })
        let file = product.appendingPathComponent("\(slot)/mean.tif")
        try Data(contentsOf: file).dropLast(100).write(to: file)
        let damaged = try PublishedRun(pipeline, into: root, ["--force"])
        #expect(notes(damaged).count == 1)
        #expect(notes(damaged).first?.contains("\(slot)/mean.tif has ") == true)
        #expect(try damaged.nightHashes() == plain)

        let text = try String(contentsOfFile: pipeline, encoding: .utf8)
        try text.replacingOccurrences(of: "[-2000, 10000]", with: "[-1000, 10000]")
            .write(toFile: pipeline, atomically: true, encoding: .utf8)
        let mismatched = try PublishedRun(pipeline, into: root)
        #expect(
            notes(mismatched).first?.hasSuffix(
                "baseline is not used: it has another valid_range (found [-2000.0, 10000.0], "
                    + "expected [-1000.0, 10000.0]); run jilaal baseline build") == true)
        // -1000 leaves no cell out, so that only the manifest tells of it.
        let different = try mismatched.nightHashes().filter { plain[$0.key] != $0.value }
        #expect(different.keys.sorted() == ["manifest.json"])
    }

    @Test("A pipeline without a drought section or a place has no climatology")
    func refusals() throws {
        let set = try copy(asFloats: false)
        let pipeline = set.appendingPathComponent("pipeline.yaml")
        let text = try String(contentsOf: pipeline, encoding: .utf8)
        try text.replacingOccurrences(of: "output: out\n", with: "")
            .write(to: pipeline, atomically: true, encoding: .utf8)
        let nowhere = try JilaalProcess.run(["baseline", "show", pipeline.path])
        #expect(nowhere.exitCode == 2)
        #expect(
            nowhere.errors == [
                "error: \(pipeline.path): nothing says where the climatology is. Give --output DIR, "
                    + "or write output: or drought.climatology: in the file."
            ])
        let absent = try JilaalProcess.run(
            ["baseline", "show", pipeline.path, "--output", try Scratch.folder().path])
        #expect(absent.exitCode == 0)
        #expect(absent.standardOutput.hasSuffix("There is none; run jilaal baseline build.\n"))
    }
}
