import Foundation
import Sectors
import TestSupport
import Testing

@testable import Pipeline

@Suite struct TileJournalTests {
    private static let cells = 300

    /// Layers filled with a pattern.
    private func layers(_ seed: UInt8) -> TileLayers {
        let layers = TileLayers(cells: Self.cells)
        for (number, plane) in layers.planes(cells: Self.cells).enumerated() {
            for i in plane.indices { plane[i] = seed &+ UInt8(truncatingIfNeeded: i &* (number + 3)) }
        }
        return layers
    }

    private func bytes(_ layers: TileLayers) -> [[UInt8]] {
        layers.planes(cells: Self.cells).map { Array($0) }
    }

    @Test func `A finished tile comes back with its cells and sums, whatever the archive became`()
        throws
    {
        let root = try TestPaths.temporaryDirectory().path
        var statistics = ZoneComposite()
        statistics.vci.add(41.5, weight: 2)
        var contribution = TileContribution()
        contribution.entries = [.init(composite: 12, zone: 3, statistics: statistics)]
        contribution.account.valid = 290
        contribution.reasons = [290, 10, 0, 0, 0]
        let written = try TileJournal(root: root, key: "k", series: [11, 12], wanted: [11, 12])
        let saved = layers(7)
        try written.save(contribution, 4, cells: Self.cells, layers: saved)

        // Two composites more before those of the series.
        let read = try TileJournal(root: root, key: "k", series: [13, 14], wanted: [13, 14])
        let found = layers(0)
        let kept = try #require(read.load(4, cells: Self.cells, into: found))
        #expect(bytes(found) == bytes(saved))
        #expect(kept.entries.map(\.composite) == [14])
        #expect(kept.entries.map(\.zone) == [3])
        #expect(kept.entries.first?.statistics.vci == statistics.vci)
        #expect(kept.account == contribution.account)
        #expect(kept.reasons == contribution.reasons)
        #expect(read.load(5, cells: Self.cells, into: found) == nil)
        #expect(
            try TileJournal(root: root, key: "other", series: [1], wanted: [1]).load(
                4, cells: Self.cells, into: found) == nil)

        let path = root + "/cache/tiles/k/tile-4"
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        data[data.count - 100] ^= 1
        try data.write(to: URL(fileURLWithPath: path))
        #expect(read.load(4, cells: Self.cells, into: found) == nil, "damaged")

        try TileJournal.clear(root: root)
        #expect(!FileManager.default.fileExists(atPath: root + "/cache/tiles"))
    }

    @Test func `A tile serves a run that wants fewer composites of it, and none that wants more`()
        throws
    {
        let root = try TestPaths.temporaryDirectory().path
        var contribution = TileContribution()
        contribution.entries = [5, 6, 7].map {
            .init(composite: $0, zone: 0, statistics: ZoneComposite())
        }
        let layers = layers(1)
        try TileJournal(root: root, key: "k", series: [4, 5, 6, 7], wanted: [5, 6, 7])
            .save(contribution, 0, cells: Self.cells, layers: layers)
        func load(_ wanted: [Int]) throws -> [Int]? {
            try TileJournal(root: root, key: "k", series: [4, 5, 6, 7], wanted: wanted)
                .load(0, cells: Self.cells, into: layers)?.entries.map(\.composite)
        }
        #expect(try load([7]) == [7])
        #expect(try load([5, 6, 7]) == [5, 6, 7])
        #expect(try load([4, 7]) == nil)
    }
}
