import Diagnostics
import Foundation
import Geo
import Glibc
import GridCore
import Synchronization
import Testing
import TestSupport

@Suite struct GDALRuntimeTests {
    @Test func theVersionsOfTheLibrariesAreKnown() {
        let versions = GDALRuntime.versions
        #expect(versions.map(\.name) == ["GDAL", "PROJ", "GEOS"])
        for (_, version) in versions {
            #expect(version.split(separator: ".").compactMap { Int($0) }.count >= 2)
        }
    }

    @Test func messagesOfSeveralThreadsAreNotMixed() throws {
        let scratch = try Scratch()
        let count = 80
        let paths = try (0..<count).map { index in
            try scratch.write("file-\(index)-.tif", "words \(index)")
        }
        let texts = try mapInParallel(count: count, threads: 8) { _, index in
            let error = #expect(throws: GeoError.self) {
                try RasterSource(RasterReference(name: "x", path: paths[index]))
            }
            return error?.cause ?? ""
        }
        for (index, text) in texts.enumerated() {
            #expect(text.contains("file-\(index)-.tif"))
            #expect(text.split(separator: "file-").count == 2)
        }
    }

    @Test func manyThreadsReadOneFileAlike() throws {
        let scratch = try Scratch()
        let values = randomCells(count: 10_000, seed: 14)
        try write([values], as: valueRaster(rows: 100, columns: 100), to: scratch.path("a.tif"))
        let path = scratch.path("a.tif")
        let same = try mapInParallel(count: 40, threads: 8) { _, _ in
            bits(try cells(of: open(path))) == bits(values)
        }
        #expect(same.allSatisfy { $0 })
    }

    /// Damaged inputs, refused geometries, copies that fail: what makes C
    /// libraries talk.
    @Test func nothingIsPrinted() async throws {
        let result = try await #require(
            processExitsWith: .success,
            observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let scratch = try Scratch()
            for name in ["truncated.tif", "truncated_directory.tif", "html.tif", "huge_claim.tif"] {
                let path = TestPaths.fixture("bad/" + name).path
                if let source = try? open(path) { _ = try? cells(of: source) }
            }
            let bowtie = [(44.0, 2.0), (45, 3), (45, 2), (44, 3), (44, 2)]
            let zones = [MultiPolygon(square(44, 2)), MultiPolygon(bowtie)]
            _ = try? GeometryOperations.overlaps(of: zones)
            let text = geoJSON([polygonJSON([bowtie]), polygonJSON([[(1, 2)]])])
            for count in [text.count, text.count / 2] {
                let path = try scratch.write("a.geojson", String(text.prefix(count)))
                _ = try? VectorSource(path: path, writtenAs: "a").readFeatures()
            }
            _ = try? SpatialReference(CRSIdentifier("EPSG:1"))
            let laea = SpatialReference.equalArea(around: Coordinate(x: 45, y: 5))
            let back = try CoordinateTransform(from: laea, to: .wgs84)
            _ = try? back(Coordinate(x: 1e9, y: 1e9))
            // A disk that is full: the file may not grow beyond a megabyte.
            var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
            signal(SIGXFSZ, SIG_IGN)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let description = valueRaster(rows: 1000, columns: 1000)
            let values = [Float](repeating: 1, count: 1_000_000)
            let error = #expect(throws: GeoError.self) {
                try write([values], as: description, to: scratch.path("full.tif"))
            }
            #expect(error?.kind == .writeFailed)
            #expect(error?.exit == .inputOutput)
            // Given up without being closed: its cells go out, and fail, when
            // it goes.
            let abandoned = try RasterWriter(
                path: scratch.path("abandoned.tif"), description: description)
            try abandoned.write(band: 1, window: CellWindow(description.spec.shape), cells: values)
        }
        #expect(String(decoding: result.standardOutputContent, as: UTF8.self) == "")
        #expect(String(decoding: result.standardErrorContent, as: UTF8.self) == "")
    }

    /// An old GeoJSON may name an address that explains its CRS.
    @Test func noAddressInAFileIsEverAsked() throws {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        try #require(server >= 0)
        defer { close(server) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw -> UInt16? in
                guard bind(server, raw, length) == 0, listen(server, 4) == 0,
                    getsockname(server, raw, &length) == 0
                else { return nil }
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
        }
        let number = try #require(port)
        let scratch = try Scratch()
        let path = try scratch.write(
            "a.geojson",
            geoJSON(
                ["{\"type\": \"Point\", \"coordinates\": [45, 2]}"],
                crs: """
                    {"type": "link", "properties": {"href": "http://127.0.0.1:\(number)/crs"}}
                    """))
        _ = try? VectorSource(path: path, writtenAs: "a").readFeatures()
        #expect(accept(server, nil, nil) == -1)
        #expect(errno == EAGAIN)
    }
}
