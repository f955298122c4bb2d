import Foundation
import GridCore
import TestSupport
import Testing

/// Nothing is lost quietly: what was read is used or counted by reason.
@Suite struct AccountTests {
    private struct Manifest: Decodable {
        struct Warning: Decodable {
            var code: String
            var message: String
        }
        var counts: [String: [String: Int]]
        var warnings: [Warning]
    }

    @Test("Rows and cells add up in every manifest")
    func balance() throws {
        for run in [
            try SharedRuns.korsavel.get(), try SharedRuns.korsavelBefore.get(),
            try SharedRuns.small.get(),
        ] {
            let counts = try run.json("manifest.json", as: Manifest.self).counts
            let rows = try #require(counts["incidents"])
            let read = try #require(rows["rows_read"])
            let rejected = try #require(rows["rows_rejected"])
            #expect(read == (try #require(rows["rows_used"])) + rejected)
            #expect(
                rows.filter { $0.key.hasPrefix("rejected_") }.values.reduce(0, +) == rejected)
            #expect(read > 0)

            let drought = try #require(counts["drought"])
            let cells = try #require(drought["cells"])
            let parts = ["cells_valid", "cells_nodata", "cells_out_of_range", "cells_masked"]
            #expect(drought["cells_read"] == cells)
            #expect(try parts.reduce(0) { try $0 + #require(drought[$1]) } == cells)
            #expect(
                drought.filter { $0.key.hasPrefix("cells_reason_") }.values.reduce(0, +) == cells)
            #expect(drought["cells_valid"] == drought["cells_with_ndvi"])
            #expect(drought["cells_reason_no_value"] == drought["cells_without_ndvi"])
        }
    }

    @Test("The invented country has rows and cells of every kind, so that the sums can fail")
    func kinds() throws {
        let counts = try SharedRuns.korsavel.get().json("manifest.json", as: Manifest.self).counts
        for name in ["rejected_duplicate", "rejected_unparsable-date", "rejected_swapped-coordinates"] {
            #expect((counts["incidents"]?[name] ?? 0) > 0, "\(name)")
        }
        for name in ["cells_valid", "cells_nodata", "cells_masked"] {
            #expect((counts["drought"]?[name] ?? 0) > 0, "\(name)")
        }
    }

    @Test("Cells of tiles that are cut short are counted once each, by what they hold")
    func tiles() throws {
        let stack = try TiledStack(across: 2, down: 2, isRagged: true)
        let run = try PublishedRun(stack.pipeline, ["--threads", "2"])
        let manifest = try run.json("manifest.json", as: Manifest.self)
        let drought = try #require(manifest.counts["drought"])
        var rows = (valid: 0, outOfRange: 0, nodata: 0)
        for row in 0..<stack.shape.rows {
            switch TiledStack.oddValue(ofRow: row) {
            case nil: rows.valid += 1
            case 20_000: rows.outOfRange += 1
            default: rows.nodata += 1
            }
        }
        let columns = stack.shape.columns
        #expect(drought["cells_read"] == stack.shape.count)
        #expect(drought["cells_valid"] == rows.valid * columns)
        #expect(drought["cells_out_of_range"] == rows.outOfRange * columns)
        #expect(drought["cells_nodata"] == rows.nodata * columns)
        #expect(drought["cells_masked"] == 0)
        let told = manifest.warnings.filter { $0.code == "cells-out-of-range" }
        #expect(told.count == 1)
        #expect(
            told.first?.message.hasPrefix("\(rows.outOfRange * columns) of \(stack.shape.count) cells")
                == true)
    }
}
