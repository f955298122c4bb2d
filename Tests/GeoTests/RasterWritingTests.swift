import Diagnostics
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite struct RasterWritingTests {
    @Test func whatIsWrittenIsReadBackBitForBit() throws {
        let scratch = try Scratch()
        var description = valueRaster(rows: 70, columns: 90)
        description.bands.append(RasterDescription.Band(description: "SPI", unit: ""))
        description.metadata = [
            RasterInfo.MetadataEntry(key: "JILAAL_METHOD", value: "a = b; ü")
        ]
        let bands = [
            randomCells(count: 6300, seed: 1),
            randomCells(count: 6300, seed: 2).map { $0 / 1e6 },
        ]
        try write(bands, as: description, to: scratch.path("plain.tif"))
        try CloudOptimizedGeoTIFF.write(
            from: scratch.path("plain.tif"), to: scratch.path("cog.tif"),
            description: description)
        for name in ["plain.tif", "cog.tif"] {
            let source = try open(scratch.path(name))
            #expect(try source.gridSpec() == description.spec)
            #expect(bits(try cells(of: source, band: 1)) == bits(bands[0]))
            #expect(bits(try cells(of: source, band: 2)) == bits(bands[1]))
            #expect(source.info.driver == "GTiff")
            #expect(source.info.bands.map(\.description) == ["VCI", "SPI"])
            #expect(source.info.bands.map(\.unit) == ["%", ""])
            #expect(source.info.bands.allSatisfy { $0.nodata?.isNaN == true })
            #expect(source.info.bands.allSatisfy { $0.type == .float32 })
            #expect(source.info.metadata.contains(description.metadata[0]))
        }
    }

    @Test func theCopyIsLaidOutForReadingByParts() throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: 1200, columns: 1200)
        try write(
            [randomCells(count: 1_440_000, seed: 3)], as: description,
            to: scratch.path("plain.tif"))
        try CloudOptimizedGeoTIFF.write(
            from: scratch.path("plain.tif"), to: scratch.path("cog.tif"),
            description: description)
        let band = try #require(try open(scratch.path("cog.tif")).info.bands.first)
        #expect(band.overviews == 2)
        #expect(band.block == Shape(rows: 512, columns: 512))
        let head = String(decoding: try scratch.bytes(of: "cog.tif").prefix(400), as: UTF8.self)
        #expect(head.contains("LAYOUT=IFDS_BEFORE_DATA"))
        #expect(try open(scratch.path("plain.tif")).info.bands.first?.overviews == 2)
    }

    @Test func overviewsOfValuesAreMeansOfTheCellsThatHaveOne() throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: 1024, columns: 1024)
        let shape = description.spec.shape
        // Each square of four holds 1, 2, 6 and a missing one: mean 3. The
        // first has none at all.
        var cells = squares([1, 2, 6, .nan] as [Float], shape)
        for cell in [0, 1, 1024, 1025] { cells[cell] = .nan }
        try write([cells], as: description, to: scratch.path("plain.tif"))
        try CloudOptimizedGeoTIFF.write(
            from: scratch.path("plain.tif"), to: scratch.path("cog.tif"),
            description: description)
        let source = try open(scratch.path("cog.tif"))
        #expect(source.info.bands.first?.overviews == 1)
        // Without resampling the overview itself is what is read.
        let picture = try source.readPicture(band: 1, longestSide: 512, decimation: .majority)
        #expect(picture.shape == Shape(rows: 512, columns: 512))
        #expect(picture[0, 0].isNaN)
        #expect(bits(picture.cells.dropFirst()) == bits(Array(repeating: 3, count: 512 * 512 - 1)))
        #expect(picture.spec.boundingBox == description.spec.boundingBox)
    }

    @Test func overviewsOfClassesHoldTheMostFrequentCode() throws {
        let scratch = try Scratch()
        let description = classRaster(rows: 1024, columns: 1024)
        #expect(description.isCategorical)
        let shape = description.spec.shape
        // Each square of four holds 0, 2, 2 and no value: 2, though the mean
        // is 1. The first has none at all.
        var cells = squares([0, 2, 2, 255] as [UInt8], shape)
        for cell in [0, 1, 1024, 1025] { cells[cell] = 255 }
        let writer = try RasterWriter(path: scratch.path("plain.tif"), description: description)
        try writer.write(band: 1, window: CellWindow(shape), cells: cells)
        try writer.close()
        try CloudOptimizedGeoTIFF.write(
            from: scratch.path("plain.tif"), to: scratch.path("cog.tif"),
            description: description)
        let source = try open(scratch.path("cog.tif"))
        #expect(source.info.bands.first?.nodata == 255)
        #expect(source.info.bands.first?.type == .uint8)
        let picture = try source.readPicture(band: 1, longestSide: 512, decimation: .average)
        #expect(picture[0, 0].isNaN)
        #expect(bits(picture.cells.dropFirst()) == bits(Array(repeating: 2, count: 512 * 512 - 1)))
    }

    @Test(arguments: [1024, 1025])
    func everyCellOfAnOverviewIsTheMeanOfItsOwn(side: Int) throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: side, columns: side)
        let cells = randomCells(count: side * side, seed: 41)
        try write([cells], as: description, to: scratch.path("plain.tif"))
        let half = (side + 1) / 2
        let picture = try open(scratch.path("plain.tif"))
            .readPicture(band: 1, longestSide: half, decimation: .majority)
        #expect(picture.shape == Shape(rows: half, columns: half))
        var expected: [Float] = []
        for row in 0..<half {
            for column in 0..<half {
                let rows = [2 * row, 2 * row + 1].filter { $0 < side }
                let columns = [2 * column, 2 * column + 1].filter { $0 < side }
                let values = rows.flatMap { r in columns.map { Double(cells[r * side + $0]) } }
                    .filter { !$0.isNaN }
                expected.append(
                    values.isEmpty ? .nan : Float(values.reduce(0, +) / Double(values.count)))
            }
        }
        #expect(zip(picture.cells, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
        #expect(expected.contains { $0.isNaN == false })
    }

    /// Cells of a grid in which every square of four holds the same four.
    private func squares<Element>(_ four: [Element], _ shape: Shape) -> [Element] {
        func row(_ a: Element, _ b: Element) -> [Element] {
            var cells = Array(repeating: a, count: shape.columns)
            for column in stride(from: 1, to: shape.columns, by: 2) { cells[column] = b }
            return cells
        }
        let pair = row(four[0], four[1]) + row(four[2], four[3])
        return Array(repeatElement(pair, count: shape.rows / 2).joined())
    }

    @Test func statisticsUnitsAndClassNamesAreInTheFile() throws {
        let scratch = try Scratch()
        let statistics = BandStatistics(
            minimum: 0.5, maximum: 97.25, mean: 41.125, standardDeviation: 7.0625,
            validPercent: 62.5)
        let values = valueRaster(rows: 20, columns: 20)
        try write(
            [randomCells(count: 400, seed: 4)], as: values, to: scratch.path("values.tif"),
            statistics: [statistics])
        try CloudOptimizedGeoTIFF.write(
            from: scratch.path("values.tif"), to: scratch.path("values_cog.tif"),
            description: values)
        let text = String(decoding: try scratch.bytes(of: "values_cog.tif"), as: UTF8.self)
        for (name, number) in [
            ("MINIMUM", "0.5"), ("MAXIMUM", "97.25"), ("MEAN", "41.125"),
            ("STDDEV", "7.0625"), ("VALID_PERCENT", "62.5"),
        ] {
            #expect(
                text.contains("<Item name=\"STATISTICS_\(name)\" sample=\"0\">\(number)</Item>"))
        }
        #expect(text.contains("role=\"unittype\">%</Item>"))
        let classes = classRaster(rows: 20, columns: 20)
        let writer = try RasterWriter(path: scratch.path("classes.tif"), description: classes)
        try writer.write(
            band: 1, window: CellWindow(classes.spec.shape),
            cells: [UInt8](repeating: 1, count: 400))
        try writer.close()
        try CloudOptimizedGeoTIFF.write(
            from: scratch.path("classes.tif"), to: scratch.path("classes_cog.tif"),
            description: classes)
        let classText = String(decoding: try scratch.bytes(of: "classes_cog.tif"), as: UTF8.self)
        for (code, name) in ["none", "mild", "severe"].enumerated() {
            #expect(
                classText.contains("<Item name=\"CLASS_\(code)\" sample=\"0\">\(name)</Item>"))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        #expect(names.allSatisfy { $0.hasSuffix(".tif") })
    }

    @Test func tilesMakeTheSameFileAsTheWhole() throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: 600, columns: 700)
        let all = randomCells(count: 420_000, seed: 5)
        try write([all], as: description, to: scratch.path("whole.tif"))
        let writer = try RasterWriter(path: scratch.path("tiles.tif"), description: description)
        try all.withUnsafeBufferPointer { cells in
            guard let base = cells.baseAddress else { return }
            for row in stride(from: 0, to: 600, by: 512) {
                for column in stride(from: 0, to: 700, by: 512) {
                    let window = CellWindow(row: row, column: column, rows: 512, columns: 512)
                        .intersection(CellWindow(description.spec.shape))
                    try writer.write(
                        band: 1, window: window, cells: base + row * 700 + column, rowStride: 700)
                }
            }
        }
        try writer.close()
        for name in ["whole", "tiles"] {
            try CloudOptimizedGeoTIFF.write(
                from: scratch.path(name + ".tif"), to: scratch.path(name + "_cog.tif"),
                description: description)
        }
        #expect(try scratch.bytes(of: "whole_cog.tif") == scratch.bytes(of: "tiles_cog.tif"))
    }

    @Test func aProjectedGridKeepsItsCRS() throws {
        let scratch = try Scratch()
        let crs = SpatialReference.equalArea(around: Coordinate(x: 45.5, y: 5.25))
        var description = valueRaster(rows: 8, columns: 8)
        description.spec = GridSpec(
            shape: description.spec.shape,
            geotransform: Geotransform(
                originX: -500_000, cellWidth: 5000, originY: 700_000, cellHeight: -5000),
            crs: crs)
        try write([randomCells(count: 64, seed: 6)], as: description, to: scratch.path("a.tif"))
        let read = try #require(try open(scratch.path("a.tif")).info.crs)
        #expect(try SpatialReference(read).isSame(as: SpatialReference(crs)))
    }

    @Test func aFileThatCannotBeCreatedIsTold() throws {
        let scratch = try Scratch()
        let error = #expect(throws: GeoError.self) {
            try RasterWriter(
                path: scratch.path("no/such/folder/a.tif"),
                description: valueRaster(rows: 4, columns: 4))
        }
        #expect(error?.kind == .cannotCreate)
        let path = scratch.path("plain.tif")
        let description = valueRaster(rows: 4, columns: 4)
        try write([randomCells(count: 16, seed: 8)], as: description, to: path)
        let copy = #expect(throws: GeoError.self) {
            try CloudOptimizedGeoTIFF.write(
                from: path, to: scratch.path("no/such/folder/b.tif"), description: description)
        }
        #expect(copy?.kind == .writeFailed)
    }

    @Test func copiesMadeOnManyThreadsHaveTheBytesOfThoseMadeOneByOne() throws {
        let scratch = try Scratch()
        let count = 6
        let description = valueRaster(rows: 700, columns: 600)
        for index in 0..<count {
            try write(
                [randomCells(count: 420_000, seed: UInt64(30 + index))], as: description,
                to: scratch.path("plain\(index).tif"))
        }
        let folder = scratch.folder.path + "/"
        for threads in [1, 4] {
            _ = try mapInParallel(count: count, threads: threads) { _, index in
                try CloudOptimizedGeoTIFF.write(
                    from: folder + "plain\(index).tif",
                    to: folder + "cog\(index)-\(threads).tif", description: description)
            }
        }
        for index in 0..<count {
            #expect(
                try scratch.bytes(of: "cog\(index)-1.tif") == scratch.bytes(of: "cog\(index)-4.tif"))
        }
    }
}
