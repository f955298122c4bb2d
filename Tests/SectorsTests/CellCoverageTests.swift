import GridCore
import Sectors
import TestSupport
import Testing

@Suite struct CellCoverageTests {
    /// Fractions are sums of a few products of numbers up to 10.
    static let fractionTolerance = 1e-12

    @Test func aBoxOnCellEdgesCoversItsCellsInOneFullRunPerRow() {
        let spec = unitGrid(rows: 3, columns: 4)
        let coverage = CellCoverage(of: single(box(1, 0, 3, 2)), on: spec)
        #expect(
            picture(coverage, spec) == [
                [0, 0, 0, 0],
                [0, 1, 1, 0],
                [0, 1, 1, 0],
            ])
        #expect(coverage.window == CellWindow(row: 1, column: 1, rows: 2, columns: 2))
        for row in 1...2 {
            let runs = coverage.runs(inRow: row)
            #expect(runs.map(\.firstColumn) == [1])
            #expect(runs.map(\.columns) == [2])
            #expect(runs.allSatisfy { $0.fractionOffset == nil })
        }
    }

    @Test func aBoxAcrossCellsCoversTheirShares() {
        let spec = unitGrid(rows: 3, columns: 4)
        let coverage = CellCoverage(of: single(box(0.5, 0.25, 3.5, 2.5)), on: spec)
        #expect(
            picture(coverage, spec) == [
                [0.25, 0.5, 0.5, 0.25],
                [0.5, 1, 1, 0.5],
                [0.375, 0.75, 0.75, 0.375],
            ])
    }

    @Test func aTriangleCutsCellsAlongItsDiagonal() {
        let spec = unitGrid(rows: 2, columns: 3)
        let coverage = CellCoverage(of: single(ring([(0, 0), (2, 0), (0, 2)])), on: spec)
        #expect(picture(coverage, spec) == [[0.5, 0, 0], [1, 0.5, 0]])
    }

    @Test func aHoleIsTakenOutWhateverWayTheRingsRun() {
        let spec = unitGrid(rows: 3, columns: 3)
        let shell = box(0, 0, 3, 3)
        let hole = box(1, 1, 2, 2.5)
        let expected: [[Double]] = [[1, 0.5, 1], [1, 0, 1], [1, 1, 1]]
        for exterior in [shell, shell.reversed()] {
            for inner in [hole, hole.reversed()] {
                let coverage = CellCoverage(of: single(exterior, holes: [inner]), on: spec)
                #expect(picture(coverage, spec) == expected)
            }
        }
    }

    @Test(
        arguments: [
            (box(-5, 0, 1.5, 2), [[1, 0.5, 0], [1, 0.5, 0]]),
            (box(1.5, 0, 9, 2), [[0, 0.5, 1], [0, 0.5, 1]]),
            (box(0, 0.5, 3, 9), [[1, 1, 1], [0.5, 0.5, 0.5]]),
            (box(0, -9, 3, 1.5), [[0.5, 0.5, 0.5], [1, 1, 1]]),
            (box(-9, -9, 9, 9), [[1, 1, 1], [1, 1, 1]]),
            (ring([(-2, 0), (2, 0), (2, 4)]), [[1, 1, 0], [1, 1, 0]]),
            (ring([(-2, -2), (2, 2), (-2, 2)]), [[1, 0.5, 0], [0.5, 0, 0]]),
        ] as [(Ring, [[Double]])])
    func whatLiesOutsideTheGridIsCutOff(exterior: Ring, expected: [[Double]]) {
        let spec = unitGrid(rows: 2, columns: 3)
        #expect(picture(CellCoverage(of: single(exterior), on: spec), spec) == expected)
    }

    @Test(arguments: [
        box(-5, 0, -1, 2), box(4, 0, 9, 2), box(0, 3, 3, 9), box(0, -9, 3, -1),
        box(-3, 0, 0, 2), box(3, 0, 4, 2), box(0, 2, 3, 3), ring([(1, 1), (2, 2), (1, 1)]),
    ])
    func polygonsBesideTheGridOrWithoutAreaCoverNothing(exterior: Ring) {
        let spec = unitGrid(rows: 2, columns: 3)
        let coverage = CellCoverage(of: single(exterior), on: spec)
        #expect(coverage.window.isEmpty)
        #expect(coverage.coveredCells == 0)
    }

    @Test func aTinyPolygonInsideOneCellKeepsItsArea() {
        let spec = unitGrid(rows: 5, columns: 5)
        let side = 1e-4
        let tiny = single(box(2.5, 2.5, 2.5 + side, 2.5 + side))
        let coverage = CellCoverage(of: tiny, on: spec)
        #expect(coverage.window == CellWindow(row: 2, column: 2, rows: 1, columns: 1))
        #expect(abs(coverage.coveredCells / tiny.planarArea - 1) < Self.areaTolerance)
    }

    @Test func edgesOnCellEdgesOfAGridInDegreesLeaveNoSlivers() {
        let width = 0.002_976_190_476_19
        let spec = GridSpec(
            shape: Shape(rows: 900, columns: 1200),
            geotransform: Geotransform(
                originX: 41.300_595_238_1, cellWidth: width, originY: 11.999_404_761_9,
                cellHeight: -width),
            crs: .wgs84)
        let transform = spec.geotransform
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let left = Int.random(in: 0..<600, using: &random)
            let top = Int.random(in: 0..<400, using: &random)
            let columns = Int.random(in: 1...599, using: &random)
            let rows = Int.random(in: 1...499, using: &random)
            let outline = box(
                transform.originX + Double(left) * width,
                transform.originY - Double(top + rows) * width,
                transform.originX + Double(left + columns) * width,
                transform.originY - Double(top) * width)
            let coverage = CellCoverage(of: single(outline), on: spec)
            #expect(
                coverage.window
                    == CellWindow(row: top, column: left, rows: rows, columns: columns))
            #expect(coverage.fractions.isEmpty)
        }
    }

    /// Relative to the area of the polygons inside the grid.
    static let areaTolerance = 1e-9

    @Test(arguments: 0..<300 as Range<UInt64>)
    func theCoverAddsUpToTheAreaInsideTheGrid(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let spec = GridSpec(
            shape: Shape(rows: 17, columns: 23),
            geotransform: Geotransform(
                originX: -1234.5, cellWidth: 30, originY: 987.25, cellHeight: -20),
            crs: CRSIdentifier("local"))
        let bounds = spec.boundingBox
        var polygons: [Polygon] = []
        var expected = 0.0
        // Two polygons with a hole each, west and east of the middle.
        for side in [-1.0, 1.0] {
            let center = Coordinate(
                x: bounds.center.x + side * 350,
                y: bounds.center.y + Double.random(in: -150...150, using: &random))
            let radius = Double.random(in: 5...345, using: &random)
            let vertices = Int.random(in: 8...90, using: &random)
            let shell = star(
                around: center, radius: radius, vertices: vertices, using: &random)
            // Neighbouring vertices of the shell are less than a quarter turn
            // apart and at least 0.3 of the radius away, so this hole, a
            // sixth of that, lies inside.
            let hole = star(around: center, radius: radius * 0.05, vertices: 8, using: &random)
            polygons.append(Polygon(exterior: shell, holes: [hole]))
            expected +=
                abs(clipped(shell, to: bounds).signedArea)
                - abs(clipped(hole, to: bounds).signedArea)
        }
        let coverage = CellCoverage(of: MultiPolygon(polygons), on: spec)
        let area = coverage.coveredCells * 30 * 20
        #expect(abs(area - expected) <= Self.areaTolerance * expected, "seed \(seed)")

        let turned = MultiPolygon(
            polygons.map { Polygon(exterior: $0.exterior.reversed(), holes: $0.holes) })
        let other = CellCoverage(of: turned, on: spec)
        for row in 0..<17 {
            for column in 0..<23 {
                let difference =
                    coverage.fraction(row: row, column: column)
                    - other.fraction(row: row, column: column)
                #expect(abs(difference) < Self.fractionTolerance, "seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func polygonsThatShareABorderFillEveryCellTogether(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let spec = unitGrid(rows: 12, columns: 15)
        // A wandering line from the south to the north edge, some of it on
        // cell edges, some of it far outside the grid.
        var line: [(Double, Double)] = [(7, -1)]
        var y = 0.0
        while y < 12 {
            let x = Double.random(in: -3...18, using: &random)
            line.append((Bool.random(using: &random) ? x : x.rounded(), y))
            y += Double.random(in: 0.05...1.5, using: &random)
        }
        line.append((7, 13))
        let west = CellCoverage(of: single(ring([(-5, 13), (-5, -1)] + line)), on: spec)
        let east = CellCoverage(
            of: single(ring([(20, 13), (20, -1)] + line)), on: spec)
        for row in 0..<12 {
            for column in 0..<15 {
                let sum =
                    west.fraction(row: row, column: column)
                    + east.fraction(row: row, column: column)
                #expect(abs(sum - 1) < Self.fractionTolerance, "seed \(seed)")
            }
        }
    }

    @Test func runsOfARowAreSortedAndDoNotOverlap() {
        var random = SeededGenerator(seed: 3)
        let spec = unitGrid(rows: 40, columns: 40)
        let outline = star(
            around: Coordinate(x: 20, y: 20), radius: 24, vertices: 60, using: &random)
        let coverage = CellCoverage(of: single(outline), on: spec)
        var fractionCount = 0
        for row in 0..<40 {
            var end = 0
            for run in coverage.runs(inRow: row) {
                #expect(run.firstColumn >= end)
                end = run.endColumn
                if run.fractionOffset != nil { fractionCount += run.columns }
            }
            #expect(end <= 40)
        }
        #expect(fractionCount == coverage.fractions.count)
        #expect(coverage.fractions.allSatisfy { $0 > 0 && $0 < 1 })
    }

    @Test func shiftingPolygonAndGridByWholeCellsChangesNothing() {
        var random = SeededGenerator(seed: 11)
        let outline = star(
            around: Coordinate(x: 8, y: 8), radius: 7, vertices: 30, using: &random
        ).map { Coordinate(x: ($0.x * 1024).rounded() / 1024, y: ($0.y * 1024).rounded() / 1024) }
        let spec = unitGrid(rows: 16, columns: 16)
        let wide = GridSpec(
            shape: Shape(rows: 22, columns: 24),
            geotransform: Geotransform(originX: -3, cellWidth: 1, originY: 18, cellHeight: -1),
            crs: spec.crs)
        let small = CellCoverage(of: single(outline), on: spec)
        let large = CellCoverage(of: single(outline), on: wide)
        for row in 0..<16 {
            for column in 0..<16 {
                let difference =
                    small.fraction(row: row, column: column)
                    - large.fraction(row: row + 2, column: column + 3)
                #expect(abs(difference) < Self.fractionTolerance)
            }
        }
    }
}
