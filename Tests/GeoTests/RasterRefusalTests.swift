import Diagnostics
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite struct RasterRefusalTests {
    private func fixture(_ name: String) throws -> RasterSource {
        try RasterSource(
            RasterReference(name: name, path: TestPaths.fixture("bad/" + name).path))
    }

    @Test func cellsMissingAtTheEndAreToldWhenTheyAreRead() throws {
        let scratch = try Scratch()
        // Without overviews, which would be what lies at the end.
        var description = valueRaster(rows: 250, columns: 200)
        description.bands.append(description.bands[0])
        let bands = [9, 10].map { randomCells(count: 50_000, seed: $0) }
        try write(bands, as: description, to: scratch.path("a.tif"))
        let whole = try scratch.bytes(of: "a.tif")
        try scratch.write("a.tif", whole.prefix(whole.count - 1000))
        let source = try open(scratch.path("a.tif"))
        let window = CellWindow(row: 0, column: 0, rows: 100, columns: 100)
        var cells = [Float](repeating: 0, count: 10_000)
        try source.read(band: 1, window: window, into: &cells)
        #expect(bits(Array(cells[0..<100])) == bits(Array(bands[0][0..<100])))
        let last = CellWindow(row: 150, column: 100, rows: 100, columns: 100)
        let error = #expect(throws: GeoError.self) {
            try source.read(band: 2, window: last, into: &cells)
        }
        #expect(error?.kind == .truncated)
        #expect(error?.place.band == 2)
        #expect(error?.place.file == "raster.tif")
        let copy = #expect(throws: GeoError.self) {
            try CloudOptimizedGeoTIFF.write(
                from: scratch.path("a.tif"), to: scratch.path("b.tif"), description: description)
        }
        #expect(copy?.kind == .writeFailed)
    }

    @Test func aFileThatEndsInItsOwnDirectoryIsTruncated() throws {
        let error = #expect(throws: GeoError.self) { try fixture("truncated_directory.tif") }
        #expect(error?.kind == .truncated)
    }

    @Test func aSizeThatTheFileCannotHoldIsRefused() throws {
        let error = #expect(throws: GeoError.self) { try fixture("huge_claim.tif") }
        #expect(error?.kind == .implausibleSize)
        #expect(error?.cause.contains("1000000 x 1000000") == true)
    }

    @Test func aSparseFileOfPlausibleSizeIsRead() throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: 3000, columns: 3000)
        try RasterWriter(path: scratch.path("a.tif"), description: description).close()
        let source = try open(scratch.path("a.tif"))
        #expect(source.info.shape == description.spec.shape)
    }

    @Test(arguments: [
        ("no_crs.tif", GeoFailureKind.noCRS), ("rotated.tif", .notNorthUp),
        ("south_up.tif", .notNorthUp),
    ])
    func aGridThatCannotBePlacedIsRefused(file: String, kind: GeoFailureKind) throws {
        let source = try fixture(file)
        let error = #expect(throws: GeoError.self) { try source.gridSpec() }
        #expect(error?.kind == kind)
        #expect(error?.place.file == file)
        #expect(error?.mend.isEmpty == false)
    }

    @Test func theCRSGivenReplacesTheOneInTheFile() throws {
        let path = TestPaths.fixture("bad/no_crs.tif").path
        let utm = CRSIdentifier("EPSG:32638")
        let source = try RasterSource(
            RasterReference(name: "a", path: path, crsOverride: utm))
        #expect(try source.gridSpec().crs == utm)
        #expect(source.info.statedCRS == nil)
    }

    @Test func aBandThatIsNotThereIsNamed() throws {
        let scratch = try Scratch()
        try write(
            [randomCells(count: 16, seed: 11)], as: valueRaster(rows: 4, columns: 4),
            to: scratch.path("a.tif"))
        let source = try open(scratch.path("a.tif"))
        for band in [0, 2, -1] {
            let error = #expect(throws: GeoError.self) { try cells(of: source, band: band) }
            #expect(error?.kind == .noSuchBand)
            #expect(error?.place.band == band)
        }
    }

    @Test func aPlainRasterHasNoNamedLayer() throws {
        let path = TestPaths.fixture("bad/other_size.tif").path
        let error = #expect(throws: GeoError.self) {
            try RasterSource(RasterReference(name: "a.tif", path: path, layer: "NDVI"))
        }
        #expect(error?.kind == .noSuchLayer)
        #expect(error?.cause.contains("found: none") == true)
    }

    @Test func filesBesideARasterChangeNothing() throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: 600, columns: 600)
        let values = randomCells(count: 360_000, seed: 12)
        try write([values], as: description, to: scratch.path("a.tif"))
        let before = try open(scratch.path("a.tif"))
        let picture = try before.readPicture(band: 1, longestSide: 300, decimation: .average)
        try scratch.write(
            "a.tif.aux.xml",
            """
            <PAMDataset><SRS>EPSG:32638</SRS><GeoTransform>0, 1, 0, 0, 0, -1</GeoTransform>\
            <PAMRasterBand band="1"><NoDataValue>7</NoDataValue><UnitType>m</UnitType>\
            <Scale>3</Scale></PAMRasterBand></PAMDataset>
            """)
        try scratch.write("a.tfw", "1\n0\n0\n-1\n0\n0\n")
        try scratch.write("a.prj", "GEOGCS[\"other\"]")
        // Overviews of another raster.
        let other = valueRaster(rows: 300, columns: 300)
        try write(
            [[Float](repeating: 9, count: 90_000)], as: other, to: scratch.path("a.tif.ovr"))
        try scratch.copy(path: "a.tif.ovr", as: "a.tif.msk")
        let after = try open(scratch.path("a.tif"))
        #expect(after.info.bands.first?.nodata?.isNaN == true)
        #expect(after.info.bands.first?.unit == "%")
        #expect(after.info.bands.first?.scale == nil)
        // Its own, not those of the other raster.
        #expect(after.info.bands.first?.overviews == before.info.bands.first?.overviews)
        #expect(try after.gridSpec() == description.spec)
        let again = try after.readPicture(band: 1, longestSide: 300, decimation: .average)
        #expect(bits(again.cells) == bits(picture.cells))
    }

    @Test func readingLeavesNoFileBesideTheRaster() throws {
        let scratch = try Scratch()
        try write(
            [randomCells(count: 16, seed: 13)], as: valueRaster(rows: 4, columns: 4),
            to: scratch.path("a.tif"))
        _ = try cells(of: open(scratch.path("a.tif")))
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        #expect(names == ["a.tif"])
    }

    @Test func aPoolKeepsTheRastersUsedLast() throws {
        let scratch = try Scratch()
        let references = try (0..<3).map { index in
            let path = scratch.path("\(index).tif")
            try write(
                [[Float](repeating: Float(index), count: 16)],
                as: valueRaster(rows: 4, columns: 4), to: path)
            return RasterReference(name: "\(index)", path: path)
        }
        let pool = RasterPool(capacity: 2)
        let first = try pool.source(references[0])
        _ = try pool.source(references[1])
        #expect(try pool.source(references[0]) === first)
        let third = try pool.source(references[2])
        #expect(try pool.source(references[0]) === first)
        #expect(try pool.source(references[2]) === third)
        #expect(try cells(of: pool.source(references[1])).allSatisfy { $0 == 1 })
    }

    @Test func aRasterThatWasReplacedMeanwhileIsNotTakenForTheOneThatWasChecked() throws {
        let scratch = try Scratch()
        let path = scratch.path("a.tif")
        let reference = RasterReference(name: "a.tif", path: path)
        try write(
            [randomCells(count: 16, seed: 17)], as: valueRaster(rows: 4, columns: 4), to: path)
        let pool = RasterPool(capacity: 1)
        let first = try cells(of: pool.source(reference))
        let other = scratch.path("b.tif")
        try write(
            [randomCells(count: 16, seed: 18)], as: valueRaster(rows: 4, columns: 4), to: other)
        _ = try pool.source(RasterReference(name: "b.tif", path: other))
        #expect(bits(try cells(of: pool.source(reference))) == bits(first))
        _ = try pool.source(RasterReference(name: "b.tif", path: other))

        try FileManager.default.removeItem(atPath: path)
        try write(
            [randomCells(count: 20, seed: 17)], as: valueRaster(rows: 5, columns: 4), to: path)
        let error = #expect(throws: GeoError.self) { try pool.source(reference) }
        #expect(error?.kind == .truncated)
        #expect(error?.description.contains("expected 4 x 4 cells in 1 bands") == true)
    }
}
