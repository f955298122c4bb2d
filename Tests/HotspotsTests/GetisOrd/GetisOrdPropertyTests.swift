import Diagnostics
import GridCore
import Testing
import TestSupport

@testable import Hotspots

/// Masses and a mask with gaps, made from a seed.
private func randomField(
    rows: Int, columns: Int, seed: UInt64, cell: Double = 1000
) -> (units: Grid<Int64>, valid: Grid<UInt8>) {
    var random = SeededGenerator(seed: seed)
    let spec = Vectors.spec(rows: rows, columns: columns, cell: cell)
    let units = (0..<spec.shape.count).map { _ in
        Int.random(in: 0..<4, using: &random) == 0
            ? Int64.random(in: 0...(40 * MassUnits.unitsPerEvent), using: &random) : 0
    }
    let valid = (0..<spec.shape.count).map { _ -> UInt8 in
        Int.random(in: 0..<6, using: &random) == 0 ? 0 : 1
    }
    return (Grid(spec, cells: units), Grid(spec, cells: valid))
}

/// Sums and counts by looking at every pair of cells.
private func pairwiseSums(
    _ units: Grid<Int64>, _ valid: Grid<UInt8>, radius: Double
) -> (lags: [Int64], counts: [Int32]) {
    let cells = (0..<units.count).map {
        CellIndex(row: $0 / units.shape.columns, column: $0 % units.shape.columns)
    }
    let centers = cells.map { units.spec.center(of: $0) }
    var lags = [Int64](repeating: 0, count: cells.count)
    var counts = [Int32](repeating: 0, count: cells.count)
    for i in cells.indices {
        for j in cells.indices where valid[cells[j]] != 0 {
            let dx = centers[i].x - centers[j].x
            let dy = centers[i].y - centers[j].y
            guard dx * dx + dy * dy <= radius * radius else { continue }
            lags[i] += units[cells[j]]
            counts[i] += 1
        }
    }
    return (lags, counts)
}

private func bits(_ grid: Grid<Double>) -> [UInt64] { grid.cells.map(\.bitPattern) }

@Suite("Gi* on a grid: rules that hold for every input")
struct GetisOrdPropertyTests {
    static let cases: [(rows: Int, columns: Int, radius: Double)] = [
        (1, 1, 1000), (1, 17, 3000), (17, 1, 2500), (13, 22, 1000), (13, 22, 999),
        (13, 22, 4200), (9, 30, 12_000), (16, 16, 1414.3), (8, 8, 100_000),
    ]

    @Test("sums and counts equal those over all pairs of cells, bit for bit", arguments: cases)
    func scalarTwin(_ size: (rows: Int, columns: Int, radius: Double)) throws {
        for seed in UInt64(0)..<4 {
            let (units, valid) = randomField(rows: size.rows, columns: size.columns, seed: seed)
            let expected = pairwiseSums(units, valid, radius: size.radius)
            let sums = ExactNeighbourSums(
                .distanceBand(radiusInMeters: size.radius),
                of: try GetisOrdInput(units: units, valid: valid, threads: 2))
            let lags = sums.lags.cells
            let counts = sums.counts.cells
            #expect(lags == expected.lags, "seed \(seed)")
            #expect(counts == expected.counts, "seed \(seed)")
        }
    }

    @Test("scores on a grid equal those with a list of weights", arguments: UInt64(0)..<6)
    func listedWeights(seed: UInt64) throws {
        let (units, valid) = randomField(rows: 11, columns: 14, seed: seed)
        let map = try getisOrdGiStar(
            values: units, valid: valid, radiusInMeters: 2900, threads: 2)
        let values = zip(units.cells, valid.cells).map {
            $1 == 0 ? .nan : MassUnits(units: $0).events
        }
        let centers = (0..<units.count).map {
            units.spec.center(of: CellIndex(row: $0 / 14, column: $0 % 14))
        }
        let listed = try localG(
            .giStar, of: values, weights: .distanceBand(centers, radius: 2900))
        #expect(largestDifference(map.z.cells, listed.map(\.z)) <= goldenTolerance)
    }

    @Test("1, 2 and 5 threads give the same bits", arguments: UInt64(0)..<3)
    func threads(seed: UInt64) throws {
        let (units, valid) = randomField(rows: 61, columns: 47, seed: seed)
        let maps = try [1, 2, 5].map {
            try getisOrdGiStar(values: units, valid: valid, radiusInMeters: 5000, threads: $0)
        }
        #expect(bits(maps[0].z) == bits(maps[1].z))
        #expect(bits(maps[0].z) == bits(maps[2].z))
        #expect(maps[0].status.cells == maps[2].status.cells)
        #expect(bits(maps[0].twoSidedP(threads: 1)) == bits(maps[0].twoSidedP(threads: 5)))
    }

    @Test("z keeps its bits when values are doubled and its digits when tripled")
    func scale() throws {
        let (units, valid) = randomField(rows: 20, columns: 20, seed: 5)
        func z(times factor: Int64) throws -> Grid<Double> {
            try getisOrdGiStar(
                values: Grid(units.spec, cells: units.cells.map { $0 * factor }), valid: valid,
                radiusInMeters: 3000, threads: 1
            ).z
        }
        let once = try z(times: 1)
        #expect(bits(try z(times: 1 << 10)) == bits(once))
        #expect(largestDifference(try z(times: 3).cells, once.cells) <= goldenTolerance)
    }

    @Test("z keeps its digits when a large number is added to all values")
    func offset() throws {
        let (units, valid) = randomField(rows: 20, columns: 20, seed: 6)
        let small = Grid(units.spec, cells: units.cells.map { $0 >> 20 })
        let raised = Grid(units.spec, cells: small.cells.map { $0 + (1 << 40) })
        let a = try getisOrdGiStar(values: small, valid: valid, radiusInMeters: 3000, threads: 1)
        let b = try getisOrdGiStar(
            values: raised, valid: valid, radiusInMeters: 3000, threads: 1)
        // The mean of 2^40 is held to 2^-12, the spread is of the order of 10
        // and a band has 29 cells: 29 * 2^-13 / 10 is below a thousandth.
        #expect(largestDifference(a.z.cells, b.z.cells) < 1e-3)
        #expect(abs(a.standardDeviation / b.standardDeviation - 1) <= goldenTolerance)
    }

    @Test("turning the grid upside down or left to right turns the scores alike")
    func flips() throws {
        let (units, valid) = randomField(rows: 12, columns: 19, seed: 7)
        func flipped<T>(_ grid: Grid<T>) -> Grid<T> {
            Grid(grid.spec, cells: Array(grid.cells.reversed()))
        }
        let map = try getisOrdGiStar(
            values: units, valid: valid, radiusInMeters: 3300, threads: 2)
        let turned = try getisOrdGiStar(
            values: flipped(units), valid: flipped(valid), radiusInMeters: 3300, threads: 2)
        #expect(bits(flipped(turned.z)) == bits(map.z))
    }

    @Test("a grid moved by whole cells has the same scores")
    func shift() throws {
        let (units, valid) = randomField(rows: 12, columns: 19, seed: 8)
        var spec = units.spec
        spec.geotransform.originX += 7000
        spec.geotransform.originY -= 31_000
        let moved = try getisOrdGiStar(
            values: Grid(spec, cells: units.cells), valid: Grid(spec, cells: valid.cells),
            radiusInMeters: 3300, threads: 2)
        let map = try getisOrdGiStar(
            values: units, valid: valid, radiusInMeters: 3300, threads: 2)
        #expect(bits(moved.z) == bits(map.z))
    }

    @Test("the radius belongs to the band, also where metres do not come out exact")
    func inclusiveRadius() {
        let thousand = Vectors.spec(rows: 50, columns: 50)
        #expect(DistanceBand(radiusInMeters: 3000, on: thousand).halfWidths == [3, 2, 2, 0])
        #expect(DistanceBand(radiusInMeters: 2999.9, on: thousand).halfWidths == [2, 2, 2])
        #expect(DistanceBand(radiusInMeters: 10_000, on: thousand).cellCount == 317)
        // 3 * 0.1 is above 0.3 in binary.
        let tenth = Vectors.spec(rows: 50, columns: 50, cell: 0.1)
        #expect(DistanceBand(radiusInMeters: 0.3, on: tenth).halfWidths == [3, 2, 2, 0])
        var oblong = thousand
        oblong.geotransform.cellWidth = 500
        #expect(DistanceBand(radiusInMeters: 1000, on: oblong).halfWidths == [2, 0])
    }

    @Test("equal values are constant: z 0 and p 1")
    func constant() throws {
        let spec = Vectors.spec(rows: 4, columns: 5)
        let map = try getisOrdGiStar(
            values: Grid(spec, filledWith: Int64(3) << 20),
            valid: Grid(spec, filledWith: UInt8(1)), radiusInMeters: 1000, threads: 1)
        #expect(map.z.cells.allSatisfy { $0 == 0 })
        #expect(map.twoSidedP(threads: 1).cells.allSatisfy { $0 == 1 })
        #expect(map.status(of: CellIndex(row: 2, column: 2)) == .constant)
        #expect(map.mean == 3)
        #expect(map.standardDeviation == 0)
    }

    @Test("a band that holds all valid cells is saturated: NaN, not significant")
    func saturated() throws {
        let spec = Vectors.spec(rows: 3, columns: 3)
        let values = Grid<Double>(spec, cells: [0, 1, 2, 3, 4, 5, 6, 7, 8])
        let map = try getisOrdGiStar(values: values, radiusInMeters: 9000, threads: 1)
        #expect(map.z.cells.allSatisfy { $0.isNaN })
        #expect(map.status(of: CellIndex(row: 0, column: 0)) == .saturated)
        let bins = try ConfidenceBins(of: map, twoSidedP: map.twoSidedP(threads: 1))
        #expect(bins.bins.cells.allSatisfy { $0 == 0 })
        let listed = try localG(
            .giStar, of: values.cells,
            weights: SpatialWeights(
                rows: (0..<9).map { _ in (0..<9).map { .init(index: $0, weight: 0.1) } }))
        #expect(listed.allSatisfy { $0.z.isNaN && $0.status == .saturated })
    }

    @Test("masked cells are NaN and a grid without valid cells is masked throughout")
    func allMasked() throws {
        let spec = Vectors.spec(rows: 2, columns: 3)
        let map = try getisOrdGiStar(
            values: Grid(spec, filledWith: Int64(7)), valid: Grid(spec, filledWith: UInt8(0)),
            radiusInMeters: 1000, threads: 2)
        #expect(map.cellCount == 0)
        #expect(map.z.cells.allSatisfy { $0.isNaN })
        #expect(map.status(of: CellIndex(row: 1, column: 2)) == .masked)
        let bins = try ConfidenceBins(of: map, twoSidedP: map.twoSidedP(threads: 1))
        #expect(bins.bins.cells.allSatisfy { $0 == ConfidenceBin.nodata })
        #expect(bins.thresholds.allSatisfy { $0 == nil })
    }

    @Test("Gi of an observation without neighbours is isolated")
    func isolated() throws {
        let points = [0.0, 1, 2, 9].map { Coordinate(x: $0, y: 0) }
        let scores = try localG(
            .gi, of: [1, 2, 4, 8], weights: .distanceBand(points, radius: 1))
        #expect(scores[3].status == .isolated)
        #expect(scores[3].z.isNaN)
        #expect(scores[0].status == .ok)
    }

    @Test("Gi compares with the others only: equal others are constant")
    func constantOthers() throws {
        let scores = try localG(
            .gi, of: [5, 5, 5, 9],
            weights: .rook(Shape(rows: 1, columns: 4)))
        #expect(scores[3].status == .constant)
        #expect(scores[3].z == 0)
        #expect(scores[2].status == .ok)
    }

    @Test("an infinite value, a fraction finer than a unit or too much mass is refused")
    func refusals() {
        let spec = Vectors.spec(rows: 2, columns: 2)
        for value in [Double.infinity, -.infinity, 0.1, 1e300] {
            let error = #expect(throws: HotspotError.self) {
                try getisOrdGiStar(
                    values: Grid<Double>(spec, cells: [0, 1, value, 2]), radiusInMeters: 1000,
                    threads: 1)
            }
            #expect(error?.kind == .unsuitableValue)
            #expect(error?.cause.contains("row 1, column 0") == true)
        }
        let crowded = #expect(throws: HotspotError.self) {
            try getisOrdGiStar(
                values: Grid(spec, filledWith: Int64(1) << 49),
                valid: Grid(spec, filledWith: UInt8(1)), radiusInMeters: 1000, threads: 1)
        }
        #expect(crowded?.kind == .unsuitableValue)
        let infinite = #expect(throws: HotspotError.self) {
            try localG(
                .gi, of: [1, .infinity], weights: .rook(Shape(rows: 1, columns: 2)))
        }
        #expect(infinite?.kind == .unsuitableValue)
    }

    @Test("a mask of another shape, or weights for other values, are refused")
    func mismatches() {
        let spec = Vectors.spec(rows: 2, columns: 2)
        let mask = #expect(throws: HotspotError.self) {
            try getisOrdGiStar(
                values: Grid(spec, filledWith: Int64(1)),
                valid: Grid(Vectors.spec(rows: 2, columns: 3), filledWith: UInt8(1)),
                radiusInMeters: 1000, threads: 1)
        }
        #expect(mask?.kind == .mismatch)
        let weights = #expect(throws: HotspotError.self) {
            try localG(.gi, of: [1, 2, 3], weights: .rook(Shape(rows: 1, columns: 2)))
        }
        #expect(weights?.kind == .mismatch)
        let twice = #expect(throws: HotspotError.self) {
            try SpatialWeights(rows: [[.init(index: 0), .init(index: 0)]])
        }
        #expect(twice?.kind == .mismatch)
    }
}
