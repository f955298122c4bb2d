import Foundation
import TestSupport
import Testing

/// Nothing is lost quietly: what was read is used or counted by reason.
@Suite struct AccountTests {
    private struct Manifest: Decodable {
        var counts: [String: [String: Int]]
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
}
