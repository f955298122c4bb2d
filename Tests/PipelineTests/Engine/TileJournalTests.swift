import Foundation
import GridCore
import Sectors
import TestSupport
import Testing

@testable import Drought
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

    /// A part of tile 4 that computes composites of one period.
    private func part(_ wanted: [Int], tile: Int = 4) -> TileWork.Part {
        TileWork.Part(
            tile: CellWindow(row: 0, column: 0, rows: 1, columns: Self.cells),
            slots: [SlotPlan.Slot(index: 2, baseline: [], wanted: wanted)], hasCurrent: true,
            name: "tile-\(tile)-period-2")
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
        let written = try TileJournal(root: root, key: "k", series: [11, 12])
        let saved = layers(7)
        try written.save(contribution, part([11, 12]), planes: saved.planes(cells: Self.cells))

        // Two composites more before those of the series.
        let read = try TileJournal(root: root, key: "k", series: [13, 14])
        let found = layers(0)
        defer { withExtendedLifetime(found) {} }
        let planes = found.planes(cells: Self.cells)
        let wanted = part([13, 14])
        let kept = try #require(read.load(wanted, into: planes))
        #expect(bytes(found) == bytes(saved))
        #expect(kept.entries.map(\.composite) == [14])
        #expect(kept.entries.map(\.zone) == [3])
        #expect(kept.entries.first?.statistics.vci == statistics.vci)
        #expect(kept.account == contribution.account)
        #expect(kept.reasons == contribution.reasons)
        #expect(read.load(part([13, 14], tile: 5), into: planes) == nil)
        #expect(
            try TileJournal(root: root, key: "other", series: [1]).load(part([1]), into: planes)
                == nil)

        let path = root + "/cache/tiles/k/tile-4-period-2"
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        data[data.count - 100] ^= 1
        try data.write(to: URL(fileURLWithPath: path))
        #expect(read.load(wanted, into: planes) == nil, "damaged")

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
        defer { withExtendedLifetime(layers) {} }
        let planes = layers.planes(cells: Self.cells)
        let journal = try TileJournal(root: root, key: "k", series: [4, 5, 6, 7])
        try journal.save(contribution, part([5, 6, 7]), planes: planes)
        func load(_ wanted: [Int]) throws -> [Int]? {
            journal.load(part(wanted), into: planes)?.entries.map(\.composite)
        }
        #expect(try load([7]) == [7])
        #expect(try load([5, 6, 7]) == [5, 6, 7])
        #expect(try load([4, 7]) == nil)
    }
}
