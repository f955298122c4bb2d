import GridCore
import TestSupport
import Testing

@testable import Report

private func spec(_ rows: Int, _ columns: Int) -> GridSpec {
    GridSpec(
        shape: Shape(rows: rows, columns: columns),
        geotransform: Geotransform(originX: 0, cellWidth: 1, originY: 0, cellHeight: -1),
        crs: .wgs84)
}

private let nan = Float.nan

@Suite struct RasterResamplingTests {
    @Test func fourCellsAreReducedToTheMeanOfTheValidOnes() {
        let grid = Grid<Float>(
            spec(4, 4),
            cells: [
                1, 3, nan, nan,
                5, 7, nan, 8,
                2, nan, 10, 10,
                nan, 4, 10, .infinity,
            ])
        let resampling = RasterResampling(
            of: Shape(rows: 4, columns: 4), to: Shape(rows: 2, columns: 2))
        let means = resampling.means(of: grid)
        #expect(means[0] == 4)
        #expect(means[1].isNaN, "one valid cell of four is not half")
        #expect(means[2] == 3, "two of four are enough")
        #expect(means[3] == 10, "infinity is not a value")
    }

    @Test func enlargingRepeatsTheNearestCell() {
        let grid = Grid<Float>(spec(2, 2), cells: [1, 2, 3, nan])
        let resampling = RasterResampling(
            of: Shape(rows: 2, columns: 2), to: Shape(rows: 4, columns: 4))
        let means = resampling.means(of: grid)
        #expect(Array(means[0..<4]) == [1, 1, 2, 2])
        #expect(Array(means[8..<10]) == [3, 3])
        #expect(means[10].isNaN && means[15].isNaN)
    }

    @Test func classesAreReducedToTheMajorityAndTiesToTheHigherCode() {
        let table = ClassTable.drought(
            title: "", codes: [4, 3, 1], labels: ["extreme", "severe", "none"])
        let grid = Grid<UInt8>(
            spec(2, 8),
            cells: [
                1, 1, 1, 3, 255, 255, 9, 9,
                1, 4, 3, 1, 3, 3, 255, 255,
            ])
        let raster = ClassRaster(grid, table: table, nodata: 255)
        let resampling = RasterResampling(
            of: Shape(rows: 2, columns: 8), to: Shape(rows: 1, columns: 4))
        // Positions in the table: 0 = code 4, 1 = code 3, 2 = code 1.
        #expect(
            resampling.majorities(of: raster) == [2, 1, 1, ClassRaster.unlisted])
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func majoritiesAndMeansEqualAPlainCount(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let shape = Shape(
            rows: Int.random(in: 1...23, using: &random),
            columns: Int.random(in: 1...23, using: &random))
        let pixels = Shape(
            rows: Int.random(in: 1...9, using: &random),
            columns: Int.random(in: 1...9, using: &random))
        let codes = (0..<shape.count).map { _ in UInt8.random(in: 0...3, using: &random) }
        let table = ClassTable(
            title: "",
            entries: (0..<3).map { .init(code: $0, label: "", color: Color(0)) })
        let raster = ClassRaster(
            Grid(spec(shape.rows, shape.columns), cells: codes), table: table, nodata: 3)
        let floats = Grid<Float>(
            spec(shape.rows, shape.columns), cells: codes.map { $0 == 3 ? nan : Float($0) })
        let resampling = RasterResampling(of: shape, to: pixels)
        let majorities = resampling.majorities(of: raster)
        let means = resampling.means(of: floats)
        for pixel in 0..<pixels.count {
            let cells = resampling.rows(of: pixel / pixels.columns).flatMap { row in
                resampling.columns(of: pixel % pixels.columns).map { column in
                    codes[row * shape.columns + column]
                }
            }
            var best: (code: UInt8, count: Int) = (3, cells.count { $0 == 3 })
            for code in [0, 1, 2] as [UInt8] {
                let count = cells.count { $0 == code }
                if count > 0, count >= best.count { best = (code, count) }
            }
            #expect(
                majorities[pixel] == (best.code == 3 ? ClassRaster.nodata : best.code),
                "seed \(seed)")
            let valid = cells.filter { $0 != 3 }.map(Double.init)
            if 2 * valid.count >= cells.count, !valid.isEmpty {
                #expect(means[pixel] == Float(valid.reduce(0, +) / Double(valid.count)))
            } else {
                #expect(means[pixel].isNaN)
            }
        }
    }

    @Test func reducingUsesEveryCellOnce() {
        for cells in [7, 10, 4000] {
            for pixels in [1, 3, 7] {
                let resampling = RasterResampling(
                    of: Shape(rows: cells, columns: cells),
                    to: Shape(rows: pixels, columns: pixels))
                #expect((0..<pixels).flatMap { resampling.rows(of: $0) } == Array(0..<cells))
            }
        }
    }
}
