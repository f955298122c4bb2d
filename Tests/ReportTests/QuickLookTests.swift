import Diagnostics
import GridCore
import TestSupport
import Testing

@testable import Report

private func spec(
    _ rows: Int, _ columns: Int, cell: Double = 0.1, x: Double = 40, y: Double = 5
) -> GridSpec {
    GridSpec(
        shape: Shape(rows: rows, columns: columns),
        geotransform: Geotransform(originX: x, cellWidth: cell, originY: y, cellHeight: -cell),
        crs: .wgs84)
}

private func values(
    _ grid: Grid<Float>, stretch: ValueStretch = .fixed(minimum: -3, maximum: 3)
) -> QuickLook {
    QuickLook(
        title: "z-score", subtitle: ["19 December 2010"], source: "test",
        content: .values(
            grid, quantity: "z-score", unit: "", palette: .anomaly, stretch: stretch),
        axisUnit: .degrees)
}

private let nan = Float.nan

/// A 5 x 5 raster whose middle is nodata and whose corners are known.
private let small = Grid<Float>(
    spec(5, 5),
    cells: [
        -3, 0, 0, 0, 3,
        0, 0, 0, 0, 0,
        0, 0, nan, 0, 0,
        0, 0, 0, 0, 0,
        1.5, 0, 0, 0, -9,
    ])

@Suite struct QuickLookTests {
    @Test func thePictureIsAPNGOfTheLayoutsSize() throws {
        let look = values(small)
        let drawing = try QuickLookDrawing(look)
        let bytes = try look.pngBytes()
        #expect(pngHeaderSize(bytes) == [drawing.width, drawing.height])
        #expect(drawing.frame.width == 480)
        #expect(drawing.frame.height == 480)
    }

    @Test func cellsHaveTheColoursOfThePalette() throws {
        let look = values(small)
        let frame = try QuickLookDrawing(look).frame
        let picture = try #require(DecodedPNG(try look.pngBytes()))
        func cell(_ row: Int, _ column: Int) -> UInt32 {
            picture[Int(frame.x) + column * 96 + 48, Int(frame.y) + row * 96 + 48]
        }
        #expect(cell(0, 0) == 0x543005)
        #expect(cell(0, 4) == 0x003C30)
        #expect(cell(1, 1) == 0xF5F5F5)
        #expect(cell(4, 4) == 0x543005, "beyond the range: the end colour")
        // 1.5 is three quarters up: stop 7.5 of 10.
        #expect(cell(4, 0) == Color(0x80CDC1).mixed(with: Color(0x35978F), share: 0.5).pixel)
    }

    @Test func nodataIsHatchedInTwoGreysAndNothingElse() throws {
        let look = values(small)
        let frame = try QuickLookDrawing(look).frame
        let picture = try #require(DecodedPNG(try look.pngBytes()))
        let colors = picture.colors(
            aroundX: Int(frame.x) + 2 * 96 + 48, y: Int(frame.y) + 2 * 96 + 48, radius: 40)
        #expect(colors == [Ink.nodata.pixel, Ink.nodataLine.pixel])
    }

    @Test func theLegendShowsEveryClassInTheTablesOrderThenNodata() throws {
        let grid = Grid<UInt8>(spec(100, 120), filledWith: 2)
        let table = ClassTable.kogan(codes: [1, 2, 3, 4, 5])
        let look = QuickLook(
            title: "Drought", content: .classes(ClassRaster(grid, table: table, nodata: 255)),
            axisUnit: .degrees)
        let drawing = try QuickLookDrawing(look)
        let picture = try #require(DecodedPNG(try look.pngBytes()))
        // Inside the patches, right of the frame's gap.
        let x = Int(drawing.frame.maxX) + 28 + 14
        let colors = picture.colors(downColumn: x, from: Int(drawing.frame.y) + 24)
        let expected = table.entries.map(\.color.pixel)
        #expect(colors.filter(expected.contains) == expected)
        #expect(colors.contains(Ink.nodata.pixel))
        #expect(
            picture[Int(drawing.frame.center.x), Int(drawing.frame.center.y)] == expected[1])
    }

    @Test func aCodeMissingFromTheTableHasItsOwnColourAndIsNotNodata() throws {
        let grid = Grid<Int8>(spec(4, 4), filledWith: 77)
        let raster = ClassRaster(grid, table: .confidenceBins, nodata: -128)
        #expect(raster.counts().unlisted == 16)
        let look = QuickLook(title: "Bins", content: .classes(raster), axisUnit: .meters)
        let frame = try QuickLookDrawing(look).frame
        let picture = try #require(DecodedPNG(try look.pngBytes()))
        #expect(picture[Int(frame.center.x), Int(frame.center.y)] == Ink.unlisted.pixel)
    }

    @Test func twoRendersAndManyThreadsGiveTheSameBytes() throws {
        let look = values(small, stretch: .symmetric(percentile: 98))
        let first = try look.pngBytes()
        let others = try mapInParallel(count: 8, threads: 4) { _, _ in try look.pngBytes() }
        #expect(others.allSatisfy { $0 == first })
    }

    @Test func outlinesAreDrawnOverTheRaster() throws {
        var look = values(Grid<Float>(spec(10, 10), filledWith: 3))
        look.outlines = [
            MultiPolygon([
                Polygon(exterior: [
                    Coordinate(x: 40.2, y: 4.2), Coordinate(x: 40.8, y: 4.2),
                    Coordinate(x: 40.8, y: 4.8), Coordinate(x: 40.2, y: 4.8),
                    Coordinate(x: 40.2, y: 4.2),
                ])
            ])
        ]
        let frame = try QuickLookDrawing(look).frame
        let picture = try #require(DecodedPNG(try look.pngBytes()))
        let onLine = picture.colors(
            aroundX: Int(frame.x + 0.2 * frame.width), y: Int(frame.center.y), radius: 4)
        #expect(onLine.contains { Color($0).lightness > 60 }, "white rim of the line")
        #expect(picture[Int(frame.center.x), Int(frame.center.y)] == 0x003C30)
    }

    @Test func theBannerRunsAcrossTheTop() throws {
        var look = values(small)
        look.banner = "SYNTHETIC DATA"
        let picture = try #require(DecodedPNG(try look.pngBytes()))
        #expect(picture[3, 3] == Ink.banner.pixel)
        #expect(picture[picture.width - 4, 26] == Ink.banner.pixel)
    }

    @Test func allNodataSaysSoAndDoesNotTrap() throws {
        let grid = Grid<Float>(spec(40, 60), filledWith: .nan)
        for stretch in [
            ValueStretch.percentiles(lower: 2, upper: 98), .symmetric(percentile: 98),
            .fixed(minimum: 0, maximum: 0), .fixed(minimum: .nan, maximum: 1),
        ] {
            #expect(pngHeaderSize(try values(grid, stretch: stretch).pngBytes()) != nil)
        }
        #expect(RasterStatistics(grid).text(unit: "%") == "No valid cell among 2,400")
    }

    @Test func oddShapesAndValuesDoNotTrap() throws {
        let shapes = [(1, 1), (1, 2000), (2000, 1), (3, 901), (901, 2)]
        for (rows, columns) in shapes {
            let grid = Grid<Float>(spec(rows, columns, cell: 0.01), filledWith: 1)
            #expect(pngHeaderSize(try values(grid).pngBytes()) != nil)
        }
        let extreme = Grid<Float>(
            spec(2, 3),
            cells: [
                .infinity, -.infinity, .nan, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
                .leastNonzeroMagnitude,
            ])
        let stretch = ValueStretch.percentiles(lower: 0, upper: 100)
        #expect(pngHeaderSize(try values(extreme, stretch: stretch).pngBytes()) != nil)
        for cell in [Double.leastNonzeroMagnitude, 1e-12, 1e12, 1e300] {
            let grid = Grid<Float>(spec(4, 4, cell: cell, x: 0, y: 0), filledWith: 1)
            var look = values(grid)
            look.axisUnit = .meters
            #expect(pngHeaderSize(try look.pngBytes()) != nil)
        }
    }

    @Test func rastersThatCannotBeDrawnAreRefusedWithTheirReason() throws {
        let empty = Grid<Float>(spec(0, 7), filledWith: 0)
        #expect { try values(empty).pngBytes() } throws: {
            ($0 as? ReportError)?.kind == .emptyRaster
        }
        var bad: [Geotransform] = []
        bad.append(Geotransform(originX: .nan, cellWidth: 1, originY: 0, cellHeight: -1))
        bad.append(Geotransform(originX: 0, cellWidth: 1, originY: 0, cellHeight: 1))
        bad.append(
            Geotransform(
                originX: 0, cellWidth: 1, rowRotation: 0.5, originY: 0, cellHeight: -1))
        bad.append(Geotransform(originX: 0, cellWidth: .infinity, originY: 0, cellHeight: -1))
        for transform in bad {
            let spec = GridSpec(
                shape: Shape(rows: 2, columns: 2), geotransform: transform, crs: .wgs84)
            #expect { try values(Grid<Float>(spec, filledWith: 0)).pngBytes() } throws: {
                ($0 as? ReportError)?.kind == .unsupportedRaster
            }
        }
    }

    @Test func statisticsAreOfAllCellsInOneLine() {
        let grid = Grid<Float>(spec(2, 2), cells: [1, 2, 6, .nan])
        #expect(
            RasterStatistics(grid).text(unit: "%")
                == "Minimum 1.00 · mean 3.00 · maximum 6.00 % · valid 75.0 % of 4 cells")
    }
}

@Suite struct ValueStretchTests {
    @Test func rangesFollowTheirRule() {
        let pixels = (0...100).map { Float($0) } + [.nan, .infinity]
        #expect(ValueStretch.fixed(minimum: -3, maximum: 3).range(of: pixels) == -3...3)
        #expect(ValueStretch.percentiles(lower: 2, upper: 98).range(of: pixels) == 2...98)
        #expect(ValueStretch.symmetric(percentile: 90).range(of: [-10, 4]) == -10...10)
    }

    @Test func aRangeIsNeverEmpty() {
        let constant = ValueStretch.percentiles(lower: 0, upper: 100).range(of: [5, 5])
        #expect(constant.lowerBound < 5 && constant.upperBound > 5)
        let none = ValueStretch.percentiles(lower: 0, upper: 100).range(of: [])
        #expect(none.lowerBound < none.upperBound)
        #expect(ValueStretch.fixed(minimum: 3, maximum: 1).range(of: []) == 1...3)
    }
}
