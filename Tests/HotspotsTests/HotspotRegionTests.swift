import Diagnostics
import GridCore
import Testing
import TestSupport

@testable import Hotspots

/// Bins from a picture: `#` hot, `o` cold, `.` neither, `x` nodata.
private func bins(_ picture: [String], cell: Double = 1000) -> Grid<Int8> {
    Grid(
        Vectors.spec(rows: picture.count, columns: picture[0].count, cell: cell),
        cells: picture.flatMap { row in
            row.map { ["#": 2, "o": -2, "x": ConfidenceBin.nodata][$0] ?? 0 }
        })
}

private func regions(
    _ picture: [String], _ kind: SpotKind = .hot
) throws -> HotspotRegions {
    let bins = bins(picture)
    return try hotspotRegions(
        kind, bins: bins, z: Grid(bins.spec, cells: bins.cells.map { Double($0) }))
}

/// Whether a ring is closed, axis-parallel, without repeated or collinear
/// corners, and never touches itself.
private func isSimple(_ ring: Ring) -> Bool {
    guard ring.count >= 5, ring.first == ring.last else { return false }
    let corners = Array(ring.dropLast())
    guard Set(corners).count == corners.count else { return false }
    var edgeCells: Set<Coordinate> = []
    for i in corners.indices {
        let a = corners[i]
        let b = corners[(i + 1) % corners.count]
        let c = corners[(i + 2) % corners.count]
        guard (a.x == b.x) != (a.y == b.y), (a.x == b.x) != (b.x == c.x) else { return false }
        // Every lattice point of the ring must be met once.
        let steps = Int((abs(b.x - a.x) + abs(b.y - a.y)) / 1000)
        for step in 0..<steps {
            let t = Double(step) / Double(steps)
            let point = Coordinate(x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y))
            guard edgeCells.insert(point).inserted else { return false }
        }
    }
    return true
}

@Suite("Hotspot regions and their outlines")
struct HotspotRegionTests {
    @Test("one cell is a square, counter-clockwise from its lower left corner")
    func oneCell() throws {
        let found = try regions(["...", ".#.", "..."])
        #expect(found.regions.count == 1)
        let polygon = try #require(found.regions[0].outline.polygons.first)
        #expect(
            polygon.exterior
                == [(1000, 1000), (2000, 1000), (2000, 2000), (1000, 2000), (1000, 1000)]
                .map { Coordinate(x: $0.0, y: $0.1) })
        #expect(polygon.holes.isEmpty)
        #expect(found.regions[0].areaInSquareMeters == 1e6)
        #expect(found.membership.cells == [0, 0, 0, 0, 1, 0, 0, 0, 0])
    }

    @Test("straight edges have corners at their ends only")
    func collinear() throws {
        let found = try regions(["###", "#.#", "###"])
        let polygon = try #require(found.regions.first?.outline.polygons.first)
        #expect(polygon.exterior.count == 5)
        #expect(polygon.holes.map(\.count) == [5])
        #expect(polygon.exterior.signedArea == 9e6)
        #expect(polygon.holes[0].signedArea == -1e6)
    }

    @Test("cells that touch at a corner are one region of two polygons")
    func corners() throws {
        let found = try regions(["#..", ".#.", "..."])
        #expect(found.regions.count == 1)
        #expect(found.regions[0].outline.polygons.count == 2)
        #expect(found.regions[0].cells.count == 2)
    }

    @Test("where a ring would touch itself the hole is a ring of its own")
    func pinch() throws {
        let found = try regions(["##.", "#.#", "###"])
        let polygon = try #require(found.regions.first?.outline.polygons.first)
        #expect(found.regions[0].outline.polygons.count == 1)
        #expect(isSimple(polygon.exterior))
        #expect(polygon.holes.count == 1)
        #expect(polygon.holes.allSatisfy(isSimple))
        #expect(found.regions[0].outline.planarArea == 7e6)
    }

    @Test("two holes that meet at a corner stay two")
    func holesAtACorner() throws {
        let found = try regions(["####", "#.##", "##.#", "####"])
        let polygon = try #require(found.regions.first?.outline.polygons.first)
        #expect(polygon.holes.count == 2)
        #expect(polygon.holes.allSatisfy(isSimple))
        #expect(found.regions[0].outline.planarArea == 14e6)
    }

    @Test("an island in a hole is a region of its own, or a part by its corner")
    func island() throws {
        let apart = try regions(["#####", "#...#", "#.#.#", "#...#", "#####"])
        #expect(apart.regions.map(\.cells.count) == [16, 1])
        let joined = try regions(["####", "#..#", "##.#", "#.##", "####"])
        #expect(joined.regions.count == 1)
        #expect(joined.regions[0].outline.planarArea == 16e6)
    }

    @Test("regions are numbered by their first cell, peaks by the highest score")
    func order() throws {
        let spec = Vectors.spec(rows: 3, columns: 4)
        let bins = Grid<Int8>(spec, cells: [0, 0, 0, 1, 3, 0, 0, 2, 3, 0, 0, 2])
        let z = Grid<Double>(spec, cells: [9, 0, 0, 2, 4, 0, 0, 3, 4, 0, 0, 3.5])
        let found = try hotspotRegions(bins: bins, z: z)
        #expect(found.regions.map(\.number) == [1, 2])
        #expect(found.regions[0].peak == CellIndex(row: 2, column: 3))
        #expect(found.regions[0].peakZ == 3.5)
        #expect(found.regions[0].strongestBin == 2)
        // Of equal scores the first cell is the peak.
        #expect(found.regions[1].peak == CellIndex(row: 1, column: 0))
        let strict = try hotspotRegions(bins: bins, z: z, minimumBin: 3)
        #expect(strict.regions.map(\.cells.count) == [2])
    }

    @Test("cold spots are found apart from hot spots, with the lowest score as peak")
    func cold() throws {
        let spec = Vectors.spec(rows: 1, columns: 4)
        let bins = Grid<Int8>(spec, cells: [-1, -3, 3, ConfidenceBin.nodata])
        let z = Grid<Double>(spec, cells: [-2, -4, 5, .nan])
        let cold = try hotspotRegions(.cold, bins: bins, z: z)
        #expect(cold.regions.map(\.cells.count) == [2])
        #expect(cold.regions[0].peakZ == -4)
        #expect(cold.regions[0].strongestBin == 3)
        #expect(try hotspotRegions(.hot, bins: bins, z: z).regions.map(\.cells.count) == [1])
    }

    @Test("a coordinate belongs to the region of its cell")
    func membership() throws {
        let found = try regions(["#.#", "...", "###"])
        #expect(found.region(containing: Coordinate(x: 500, y: 2500))?.number == 1)
        #expect(found.region(containing: Coordinate(x: 2000, y: 2000))?.number == 2)
        #expect(found.region(containing: Coordinate(x: 1500, y: 0))?.number == 3)
        #expect(found.region(containing: Coordinate(x: 1500, y: 1500)) == nil)
        #expect(found.region(containing: Coordinate(x: -1, y: 0)) == nil)
    }

    @Test("nothing significant gives no regions")
    func nothing() throws {
        let found = try regions(["..x", "x.."])
        #expect(found.regions.isEmpty)
        #expect(found.membership.cells.allSatisfy { $0 == 0 })
    }

    @Test("outlines are simple, cover exactly their cells and nothing else", arguments: 0..<60)
    func randomRegions(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let density = Int.random(in: 2...9, using: &random)
        let picture = (0..<11).map { _ in
            String(
                (0..<13).map { _ -> Character in
                    Int.random(in: 0..<10, using: &random) < density ? "#" : "."
                })
        }
        let found = try regions(picture)
        #expect(found.regions.reduce(0) { $0 + $1.cells.count }
            == picture.joined().filter { $0 == "#" }.count)
        for region in found.regions {
            #expect(region.outline.planarArea == Double(region.cells.count) * 1e6)
            #expect(region.outline.planarArea == region.areaInSquareMeters)
            for polygon in region.outline.polygons {
                #expect(isSimple(polygon.exterior))
                #expect(polygon.exterior.signedArea > 0)
                #expect(polygon.holes.allSatisfy { isSimple($0) && $0.signedArea < 0 })
            }
            let own = Set(region.cells)
            for row in 0..<11 {
                for column in 0..<13 {
                    let cell = CellIndex(row: row, column: column)
                    let center = found.membership.spec.center(of: cell)
                    #expect(region.outline.contains(center) == own.contains(cell))
                    #expect((Int(found.membership[cell]) == region.number) == own.contains(cell))
                }
            }
        }
    }

    @Test("another shape or an unknown bin is refused")
    func refusals() {
        let hot = bins(["#"])
        let shape = #expect(throws: HotspotError.self) {
            try hotspotRegions(
                bins: hot, z: Grid(Vectors.spec(rows: 1, columns: 2), filledWith: 0.0))
        }
        #expect(shape?.kind == .mismatch)
        for bin in [0, 4, -1] {
            let error = #expect(throws: HotspotError.self) {
                try hotspotRegions(
                    bins: hot, z: Grid(hot.spec, filledWith: 0.0), minimumBin: bin)
            }
            #expect(error?.kind == .unsuitableParameter)
        }
    }
}
