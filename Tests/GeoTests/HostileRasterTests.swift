import Diagnostics
import Foundation
import Geo
import Glibc
import GridCore
import TestSupport
import Testing

/// Rasters that state what no honest program writes are refused before
/// memory is taken or another file is opened.
@Suite struct HostileRasterTests {
    private func failure(_ data: Data, layer: String? = nil) throws -> GeoError? {
        let scratch = try Scratch()
        let path = try scratch.write("a.tif", data)
        return #expect(throws: GeoError.self) {
            try RasterSource(RasterReference(name: "a.tif", path: path, layer: layer))
        }
    }

    @Test func theTIFFThatIsChangedInOneTagAtATimeIsReadAsItStands() throws {
        let scratch = try Scratch()
        let path = try scratch.write("a.tif", TIFFBytes(rows: 2, columns: 2).data)
        #expect(try cells(of: open(path)) == [1, 2, 3, 4])
    }

    /// 29 MB of them would be tables of zeros; here they are holes.
    @Test func aSparseFileThatDeclaresATerabyteIsRefusedAtOnce() throws {
        let scratch = try Scratch()
        let (head, byteCount) = sparseBigTIFF(side: 400_000)
        let path = try scratch.write("a.tif", head)
        #expect(truncate(path, off_t(byteCount)) == 0)
        let before = peakKilobytes()
        let error = #expect(throws: GeoError.self) { try open(path) }
        #expect(error?.kind == .implausibleSize)
        #expect(error?.cause.contains("400000 x 400000 cells") == true)
        // The tables of tiles may be read, the tiles not taken.
        #expect(peakKilobytes() - before < 256 << 10)
    }

    @Test func aSmallerSparseFileOfTheSameKindIsRead() throws {
        let scratch = try Scratch()
        let (head, byteCount) = sparseBigTIFF(side: 300)
        let path = try scratch.write("a.tif", head)
        #expect(truncate(path, off_t(byteCount)) == 0)
        #expect(try cells(of: open(path)).allSatisfy { $0 == 0 })
    }

    @Test func aBlockOfMoreThanAQuarterGigabyteIsRefused() throws {
        // One tile of 20,000 x 20,000 for a raster of four cells.
        var tiff = TIFFBytes(rows: 2, columns: 2)
        for strip: UInt16 in [273, 278, 279] { tiff.remove(strip) }
        tiff.set(322, .longs([20_000]))
        tiff.set(323, .longs([20_000]))
        tiff.set(324, .longs([8]))
        tiff.set(325, .longs([4]))
        let error = try failure(tiff.data)
        #expect(error?.kind == .implausibleSize)
        #expect(error?.cause.contains("blocks of 20000 x 20000 cells") == true)
    }

    @Test(arguments: [20_001, 65_535] as [UInt16])
    func aRasterOfTooManyBandsIsRefused(bands: UInt16) throws {
        var tiff = TIFFBytes(rows: 1, columns: 1, bands: bands)
        tiff.set(258, .shorts(Array(repeating: 8, count: Int(bands))))
        tiff.set(284, .shorts([2]))
        tiff.set(273, .longs(Array(repeating: 8, count: Int(bands))))
        tiff.set(279, .longs(Array(repeating: 1, count: Int(bands))))
        let error = try failure(tiff.data)
        #expect(error?.kind == .implausibleSize)
        #expect(error?.cause.contains("\(bands) bands") == true)
    }

    @Test(arguments: [
        "/vsicurl/http://127.0.0.1:9/a.tif", "http://127.0.0.1:9/a.tif", "/etc/passwd",
        "NETCDF:\"http://127.0.0.1:9/a.nc\":NDVI", "HDF5:\"/etc/passwd\"://NDVI",
        "GTIFF_DIR:1:/vsicurl/http://127.0.0.1:9/a.tif",
    ])
    func aLayerThatIsSaidToLieElsewhereIsNotOpened(name: String) throws {
        var tiff = TIFFBytes(rows: 2, columns: 2)
        let text = name.replacingOccurrences(of: "\"", with: "&quot;")
        tiff.set(
            42112,
            .text(
                """
                <GDALMetadata>\
                <Item name="SUBDATASET_1_NAME" domain="SUBDATASETS">\(text)</Item>\
                <Item name="SUBDATASET_1_DESC" domain="SUBDATASETS">NDVI</Item>\
                </GDALMetadata>
                """))
        let error = try failure(tiff.data, layer: name)
        #expect(error?.kind == .pathRefused)
    }

    @Test func aFileThatLiesAboutTheLengthOfItsStripIsTruncated() throws {
        var tiff = TIFFBytes(rows: 1000, columns: 1000)
        tiff.set(279, .longs([1_000_000]))
        let scratch = try Scratch()
        let path = try scratch.write("a.tif", tiff.data)
        let error = #expect(throws: GeoError.self) { try cells(of: open(path)) }
        #expect(error?.kind == .truncated)
    }

    /// A classic NetCDF with a grid of bytes and one of records, cut anywhere.
    @Test func aClassicNetCDFThatEndsEarlyIsTruncated() throws {
        let scratch = try Scratch()
        let whole = classicNetCDF(records: 3)
        let path = try scratch.write("a.nc", whole)
        #expect(throws: Never.self) { try RasterSource(RasterReference(name: "a.nc", path: path)) }
        for count in stride(from: 33, to: whole.count, by: 7) {
            try scratch.write("a.nc", whole.prefix(count))
            let error = #expect(throws: GeoError.self, "\(count) of \(whole.count) bytes") {
                try RasterSource(RasterReference(name: "a.nc", path: path))
            }
            #expect(error?.kind == .truncated)
        }
    }

    private func peakKilobytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss)
    }
}

/// A NetCDF of version 1 with dimensions time (records), y 2 and x 4, a
/// variable `mask(y, x)` of bytes and `ndvi(time, y, x)` of shorts.
private func classicNetCDF(records: UInt32) -> Data {
    func big(_ numbers: UInt32...) -> Data {
        numbers.reduce(into: Data()) { $0.append($1.byteSwapped) }
    }
    func name(_ text: String) -> Data {
        big(UInt32(text.utf8.count)) + Data(text.utf8)
            + Data(count: (4 - text.utf8.count % 4) % 4)
    }
    func header(_ maskAt: UInt32, _ recordsAt: UInt32) -> Data {
        var bytes = Data("CDF".utf8) + [1] + big(records)
        bytes += big(0x0A, 3) + name("time") + big(0) + name("y") + big(2) + name("x") + big(4)
        bytes += big(0, 0)
        bytes += big(0x0B, 2) + name("mask") + big(2, 1, 2, 0, 0, 1, 8, maskAt)
        return bytes + name("ndvi") + big(3, 0, 1, 2, 0, 0, 3, 16, recordsAt)
    }
    let length = UInt32(header(0, 0).count)
    return header(length, length + 8) + Data((0..<8 + 16 * records).map { UInt8($0) })
}
