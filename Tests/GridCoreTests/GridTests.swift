import TestSupport
import Testing

@testable import GridCore

private let spec = GridSpec(
    shape: Shape(rows: 3, columns: 4),
    geotransform: Geotransform(originX: 10, cellWidth: 2, originY: 6, cellHeight: -2),
    crs: .wgs84)

@Suite struct GridTests {
    @Test func aCopyIsNotChangedWhenTheOriginalIs() {
        var grid = Grid<Int32>(spec, filledWith: 7)
        let copy = grid
        grid[1, 2] = 9
        #expect(copy[1, 2] == 7)
        #expect(grid[1, 2] == 9)
        #expect(grid.cells.count { $0 == 7 } == 11)
    }

    @Test func cellsAreRowAfterRow() {
        let grid = Grid<Int32>(spec, cells: Array(0..<12))
        #expect(grid[0, 3] == 3)
        #expect(grid[2, 0] == 8)
    }

    @Test func memoryIsAlignedToACacheLine() {
        let grid = Grid<UInt8>(spec, filledWith: 0)
        grid.withCells { cells in
            #expect(UInt(bitPattern: cells.baseAddress) % 64 == 0)
        }
    }

    @Test func centresFindTheirCells() {
        for row in 0..<3 {
            for column in 0..<4 {
                let cell = CellIndex(row: row, column: column)
                #expect(spec.cell(containing: spec.center(of: cell)) == cell)
            }
        }
    }

    @Test func edgesBelongToTheCellNorthAndEastOfThem() {
        #expect(spec.cell(containing: Coordinate(x: 12, y: 4)) == CellIndex(row: 0, column: 1))
        #expect(spec.cell(containing: Coordinate(x: 10, y: 0)) == CellIndex(row: 2, column: 0))
        // The last row and column are closed.
        #expect(spec.cell(containing: Coordinate(x: 18, y: 6)) == CellIndex(row: 0, column: 3))
        #expect(spec.cell(containing: Coordinate(x: 18.1, y: 3)) == nil)
        #expect(spec.cell(containing: Coordinate(x: 12, y: -0.1)) == nil)
    }
}

@Suite struct PolygonTests {
    let square: Ring = [
        Coordinate(x: 0, y: 0), Coordinate(x: 4, y: 0), Coordinate(x: 4, y: 4),
        Coordinate(x: 0, y: 4), Coordinate(x: 0, y: 0),
    ]

    @Test func areaDoesNotDependOnWhereTheRingIs() {
        let far = square.map { Coordinate(x: $0.x + 1e9, y: $0.y - 1e9) }
        #expect(square.signedArea == 16)
        #expect(far.signedArea == 16)
        #expect(Ring(square.reversed()).signedArea == -16)
    }

    @Test func everyPointOfAPartitionIsInExactlyOnePart() {
        let left = MultiPolygon([Polygon(exterior: square)])
        let right = MultiPolygon([
            Polygon(exterior: square.map { Coordinate(x: $0.x + 4, y: $0.y) })
        ])
        for y in [0.0, 1, 2, 3.5] {
            let onSeam = Coordinate(x: 4, y: y)
            #expect([left, right].count { $0.contains(onSeam) } == 1)
        }
    }

    @Test func aHoleIsOutside() {
        let hole: Ring = square.map { Coordinate(x: 1 + $0.x / 4, y: 1 + $0.y / 4) }
        let polygon = MultiPolygon([Polygon(exterior: square, holes: [hole])])
        #expect(!polygon.contains(Coordinate(x: 1.5, y: 1.5)))
        #expect(polygon.contains(Coordinate(x: 3, y: 3)))
        #expect(polygon.planarArea == 15)
    }

    @Test func densifiedEdgesAreShortAndKeepTheArea() {
        let dense = MultiPolygon([Polygon(exterior: square)]).densified(step: 0.3)
        #expect(abs(dense.planarArea - 16) < 1e-12)
        let ring = dense.polygons[0].exterior
        for (a, b) in zip(ring, ring.dropFirst()) {
            #expect(((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot() <= 0.3)
        }
    }
}

@Suite struct ParallelTests {
    @Test(arguments: [1, 2, 5])
    func resultsComeInIndexOrder(threads: Int) throws {
        let squares = try mapInParallel(count: 1000, threads: threads) { _, index in
            index * index
        }
        #expect(squares == (0..<1000).map { $0 * $0 })
    }

    @Test(arguments: [1, 3])
    func theErrorOfTheLowestIndexIsThrown(threads: Int) {
        struct Broken: Error, Equatable { let index: Int }
        #expect(throws: Broken(index: 40)) {
            _ = try mapInParallel(count: 200, threads: threads) { _, index in
                if index >= 40 && index % 20 == 0 { throw Broken(index: index) }
                return index
            }
        }
    }

    @Test func aWorkerKeepsItsOwnValue() throws {
        let made = PerWorker<[Int]>(workers: 2) { [1, 2] }
        #expect(try made.value(of: 0) == [1, 2])
        #expect(try made.value(of: 1) == [1, 2])
    }
}
