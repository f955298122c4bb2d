import Calendar
import Diagnostics
import Foundation
import Geo
import Glibc
import GridCore
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct BaselineUpdateTests {
    /// Seven years of two periods.
    private func folder(_ type: RasterDataType = .int16) throws -> BaselineFolder {
        let folder = try BaselineFolder(type)
        for year in 2000...2006 {
            for day in [1, 17] { try folder.write(year: year, day: day, seed: UInt64(year + day)) }
        }
        return folder
    }

    private func summaries(_ changes: [BaselineJob.Change]) -> [String] {
        changes.map { "\($0.period) \($0.kind.rawValue) \($0.composites): \($0.reason)" }
    }

    @Test func aNewNameOrTimeIsNoChangeAndNewBytesAre() throws {
        let folder = try folder()
        _ = try folder.job("c").build()
        let before = try folder.contents("c")
        let file = folder.url.appendingPathComponent("N_2003017.tif").path
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: file)
        #expect(
            summaries(try folder.job("c").update()) == ["1 kept 0: ", "2 kept 0: "])
        #expect(try folder.contents("c") == before)
        try folder.write(year: 2003, day: 17, seed: 99)
        #expect(
            summaries(try folder.job("c").update()) == [
                "1 kept 0: ", "2 rebuilt 7: is not current: N_2003017.tif was revised",
            ])
        try folder.remove(year: 2000, day: 1)
        #expect(
            summaries(try folder.job("c").update()) == [
                "1 rebuilt 6: is not current: N_2000001.tif was withdrawn", "2 kept 0: ",
            ])
    }

    @Test func aLaterDateIsAddedAndAnEarlierFloatIsNot() throws {
        for (type, early) in [
            (RasterDataType.int16, "1 extended 1: N_2000001.tif was added"),
            (.float32, "1 rebuilt 8: is not current: N_2000001.tif was added"),
        ] {
            let folder = try folder(type)
            try folder.remove(year: 2000, day: 1)
            _ = try folder.job("c").build()
            try folder.write(year: 2007, day: 1, seed: 1)
            #expect(
                summaries(try folder.job("c").update()) == [
                    "1 extended 1: N_2007001.tif was added", "2 kept 0: ",
                ])
            try folder.write(year: 2000, day: 1, seed: 2)
            #expect(summaries(try folder.job("c").update()) == [early, "2 kept 0: "])
        }
    }

    @Test(arguments: ["truncated", "flipped", "missing"])
    func aDamagedPeriodIsToldAndMadeAnew(fault: String) throws {
        let folder = try folder()
        _ = try folder.job("c").build()
        let before = try folder.contents("c")
        let file = try folder.slot("01", in: "c").appendingPathComponent("mean.tif")
        var data = try Data(contentsOf: file)
        let bytes = data.count
        let shown = "c/\(file.deletingLastPathComponent().lastPathComponent)/mean.tif"
        let cause: String
        switch fault {
        case "truncated":
            data = data.prefix(bytes / 2)
            cause = "\(shown) has \(bytes / 2) bytes (expected \(bytes))"
        case "flipped":
            data[bytes - 9] ^= 1
            cause = "\(shown) is not what the manifest says"
        default: cause = "\(shown) is missing"
        }
        try FileManager.default.removeItem(at: file)
        if fault != "missing" { try data.write(to: file) }
        let report = try folder.job("c").show()
        #expect(!report.isCurrent)
        #expect(report.lines.contains { $0.contains("is damaged: " + cause) })
        let changes = try folder.job("c").update()
        #expect(changes.map(\.kind) == [.rebuilt, .kept])
        #expect(changes[0].reason.hasPrefix("is damaged: " + cause))
        #expect(try folder.contents("c") == before)
    }

    @Test func aManifestThatIsNoneIsToldAndReplaced() throws {
        let folder = try folder()
        _ = try folder.job("c").build()
        let before = try folder.contents("c")
        for text in ["", "{}", "{\"format\": \"other\", \"version\": 1}"] {
            try Data(text.utf8).write(to: folder.product("c").appendingPathComponent("manifest.json"))
            let error = #expect(throws: PipelineError.self) { try folder.job("c").show() }
            #expect(error?.kind == .climatologyDamaged)
            #expect(
                error?.description == "c/manifest.json: is not the manifest of a climatology (found "
                    + "\(text.utf8.count) bytes that do not read as jilaal-climatology version 1). "
                    + "Run jilaal baseline build.")
            #expect(try folder.job("c").update().map(\.kind) == [.rebuilt, .rebuilt])
            #expect(try folder.contents("c") == before)
        }
    }

    @Test func aProductOfAnotherGridOrRuleIsNotWrittenOver() throws {
        let folder = try folder()
        _ = try folder.job("c").build()
        let before = try folder.contents("c")
        func refusal(_ job: BaselineJob) -> String {
            let error = #expect(throws: PipelineError.self) { try job.update() }
            #expect(error?.kind == .climatologyMismatch)
            return error?.description ?? ""
        }
        let mend =
            " Run jilaal baseline build to replace it, or name another folder in "
            + "drought.climatology."
        #expect(
            refusal(try folder.job("c", rule: "scale: 0.0001\n    valid_range: [0, 9000]"))
                == "c: the climatology there has another valid_range (found "
                + "[-3.4028234663852886e+38, 3.4028234663852886e+38], expected [0.0, 9000.0])."
                + mend)
        #expect(
            refusal(try folder.job("c", rule: "scale: 0.001"))
                == "c: the climatology there has another scale (found 0.0001, expected 0.001)."
                + mend)
        for year in 2000...2006 {
            for day in [1, 17] {
                try folder.write(year: year, day: day, seed: UInt64(year + day), originX: 41)
            }
        }
        #expect(
            refusal(try folder.job("c"))
                == "c: the climatology there has another grid (found 5 x 7 cells of 0.0625 from "
                + "(40.0, 2.0), EPSG:4326, expected 5 x 7 cells of 0.0625 from (41.0, 2.0), "
                + "EPSG:4326)." + mend)
        #expect(try folder.contents("c") == before)
        #expect(try folder.job("c").build().allSatisfy { $0.kind == .rebuilt })
        #expect(try folder.job("c").show().isCurrent)
    }

    @Test func whatAKilledUpdateLeftIsRemovedAndTheNewIsTheSame() throws {
        let folder = try folder()
        _ = try folder.job("c").build()
        try folder.write(year: 2007, day: 1, seed: 1)
        // A period renamed into place that no manifest names yet, one that
        // was being written, and a manifest that was.
        let old = try folder.slot("01", in: "c")
        let product = folder.product("c")
        for name in ["slot-01-0123456789ab", ".slot-1-00"] {
            try FileManager.default.copyItem(at: old, to: product.appendingPathComponent(name))
        }
        try Data("{".utf8).write(to: product.appendingPathComponent(".manifest-1-00"))
        #expect(try folder.job("c").update().map(\.kind) == [.extended, .kept])
        _ = try folder.job("fresh").build()
        #expect(try folder.contents("c") == (try folder.contents("fresh")))
        let names = try FileManager.default.contentsOfDirectory(atPath: product.path).sorted()
        #expect(names.count == 4)
        #expect(names.prefix(2) == [".lock", "manifest.json"])
    }

    @Test func anUpdateThatFailsHalfwayLeavesEachPeriodOldOrNew() throws {
        // Several blocks, so that a damaged one in the middle is found only
        // when it is computed.
        let folder = try BaselineFolder(.int16, shape: Shape(rows: 520, columns: 520))
        for day in [1, 17] { try folder.write(year: 2000, day: day, seed: UInt64(day)) }
        _ = try folder.job("c").build()
        for day in [1, 17] { try folder.write(year: 2001, day: day, seed: UInt64(day + 50)) }
        let file = folder.url.appendingPathComponent("N_2001017.tif")
        let whole = try Data(contentsOf: file)
        var broken = whole
        // Over the head of a block: zlib does not look at its checksums here.
        let middle = whole.count / 4..<whole.count / 2
        broken.replaceSubrange(middle, with: Data(repeating: 0xFF, count: middle.count))
        try broken.write(to: file)
        let error = #expect(throws: GeoError.self) { try folder.job("c").update() }
        #expect(error?.kind == .truncated)
        #expect(error?.place.file == "N_2001017.tif")
        let report = try folder.job("c").show()
        #expect(report.lines[1].hasSuffix("; is current"))
        #expect(report.lines[2].hasSuffix("; is not current: N_2001017.tif was added"))
        try whole.write(to: file)
        #expect(try folder.job("c").update().map(\.kind) == [.kept, .extended])
        _ = try folder.job("fresh").build()
        #expect(try folder.contents("c") == (try folder.contents("fresh")))
    }

    @Test func whileItIsReadItIsNotUpdated() throws {
        let folder = try folder()
        _ = try folder.job("c").build()
        let product = ConfiguredPath(written: "c", path: folder.product("c").path)
        let directory = try Descriptor(
            opening: product.path, flags: O_RDONLY | O_DIRECTORY, kind: .unreadable, shownAs: "c")
        do {
            let first = try BaselineLock(.reading, in: directory, shownAs: "c")
            let second = try BaselineLock(.reading, in: directory, shownAs: "c")
            let error = #expect(throws: PublishError.self) { try folder.job("c").update() }
            #expect(error?.kind == .locked)
            #expect(error?.exit == .temporary)
            withExtendedLifetime((first, second)) {}
        }
        #expect(try folder.job("c").update().allSatisfy { $0.kind == .kept })
    }

    @Test func whatIsShownSaysYearsCountsAndCurrency() throws {
        let folder = try folder()
        #expect(
            try folder.job("c").show().lines.last == "There is none; run jilaal baseline build.")
        _ = try folder.job("c").build()
        try folder.write(year: 2007, day: 17, seed: 3)
        let report = try folder.job("c").show()
        #expect(report.lines.count == 4)
        #expect(report.lines[0] == "climatology c, baseline 2000-2009")
        #expect(report.lines[1].hasPrefix("  16-day period 1 (from day 1): 7 composites, "))
        #expect(report.lines[1].hasSuffix("; is current"))
        #expect(report.lines[2].hasSuffix("; is not current: N_2007017.tif was added"))
        #expect(report.lines[3] == "It is not current; run jilaal baseline update.")
        let data = Data(report.json.utf8())
        let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(json["is_current"] as? Bool == false)
        let periods = try #require(json["periods"] as? [[String: Any]])
        #expect(periods.map { $0["is_current"] as? Bool } == [true, false])
        #expect((periods[0]["composites"] as? [Any])?.count == 7)
    }
}
