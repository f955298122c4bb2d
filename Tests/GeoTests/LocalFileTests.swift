import Diagnostics
import Foundation
import Geo
import Testing
import TestSupport

@Suite struct LocalFileTests {
    @Test(arguments: [
        "/vsicurl/http://example.org/a.tif", "/vsizip/a.zip/a.tif", "/vsimem/a.tif",
        "https://example.org/a.tif", "file:///etc/hosts", "a\nb.tif", "a\0b.tif",
    ])
    func virtualPathsAndAddressesAreRefused(path: String) {
        let error = #expect(throws: GeoError.self) {
            try LocalFile(path, writtenAs: "input.tif")
        }
        #expect(error?.kind == .pathRefused)
        #expect(error?.place.file == "input.tif")
    }

    @Test func aMissingFileIsToldFromADirectoryAndFromAnEmptyOne() throws {
        let scratch = try Scratch()
        let missing = #expect(throws: GeoError.self) {
            try LocalFile(scratch.path("none.tif"), writtenAs: "none.tif")
        }
        #expect(missing?.kind == .missingFile)
        #expect(missing?.exit == .inputMissing)
        let directory = #expect(throws: GeoError.self) {
            try LocalFile(scratch.folder.path, writtenAs: "folder")
        }
        #expect(directory?.kind == .unreadableFile)
        let path = try scratch.write("empty.tif", "")
        let empty = #expect(throws: GeoError.self) {
            try LocalFile(path, writtenAs: "empty.tif")
        }
        #expect(empty?.kind == .emptyFile)
        #expect(empty?.exit == .dataRefused)
    }

    @Test func anOrdinaryFileKeepsItsPathAndLength() throws {
        let scratch = try Scratch()
        let path = try scratch.write("with space, é.txt", "12345")
        let file = try LocalFile(path, writtenAs: "x")
        #expect(file.text == path)
        #expect(file.byteCount == 5)
    }

    @Test func aWebPageSavedAsARasterIsCalledAWebPage() throws {
        let error = #expect(throws: GeoError.self) {
            try RasterSource(
                RasterReference(
                    name: "html.tif", path: TestPaths.fixture("bad/html.tif").path))
        }
        #expect(error?.kind == .wrongContent)
        #expect(error?.description.contains("HTML") == true)
    }

    @Test func aVirtualRasterIsNotRead() throws {
        let scratch = try Scratch()
        try scratch.copy(fixture: "bad/other_size.tif", as: "real.tif")
        for head in ["", "<?xml version=\"1.0\"?>\n"] {
            let path = try scratch.write(
                "layers.tif",
                head + """
                    <VRTDataset rasterXSize="12" rasterYSize="9"><VRTRasterBand dataType="Int16" \
                    band="1"><SimpleSource><SourceFilename relativeToVRT="1">real.tif\
                    </SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>\
                    </VRTDataset>
                    """)
            let error = #expect(throws: GeoError.self) {
                try RasterSource(RasterReference(name: "layers.tif", path: path))
            }
            #expect(error?.kind == .unknownFormat)
            #expect(error?.description.contains("VRT") == true)
        }
    }

    @Test(arguments: ["some words", "PK\u{03}\u{04} zip", "%PDF-1.4"])
    func bytesOfAnotherKindAreRefusedWithTheReadableFormats(content: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write("x.tif", content)
        let error = #expect(throws: GeoError.self) {
            try RasterSource(RasterReference(name: "x.tif", path: path))
        }
        #expect(error?.kind == .unknownFormat)
        #expect(error?.mend.contains("GeoTIFF") == true)
        #expect(error?.cause.contains("raster (GDAL: ") == true)
    }

    @Test(arguments: [
        "CDF\u{01}", "II*\0", "MM\0*", "\u{0E}\u{03}\u{13}\u{01}", "SQLite format 3\0",
    ])
    func aFileCutBehindItsFirstBytesIsCalledTruncated(head: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write("x.dat", head)
        let error = #expect(throws: GeoError.self) {
            if head.hasPrefix("SQLite") {
                _ = try VectorSource(path: path, writtenAs: "x.dat")
            } else {
                _ = try RasterSource(RasterReference(name: "x.dat", path: path))
            }
        }
        #expect(error?.kind == .truncated)
        #expect(error?.place.file == "x.dat")
    }
}
