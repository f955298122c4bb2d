import Diagnostics
import Foundation
import Geo
import Glibc
import GridCore
import TestSupport
import Testing

/// Layers that would take all memory, ask an address or run a function.
@Suite struct HostileVectorTests {
    @Test func aFeatureOfTooManyPositionsIsRefusedBeforeItIsChecked() throws {
        let folder = try shapefileCopy()
        for (ending, bytes) in multipoint(positions: 5_000_001) {
            try bytes.write(to: folder.appendingPathComponent("zones.\(ending)"))
        }
        // The positions are a hole of the file: all of them (0, 0).
        let path = folder.appendingPathComponent("zones.shp").path
        #expect(truncate(path, off_t(148 + 5_000_001 * 16)) == 0)
        let error = #expect(throws: GeoError.self) { try openShapefile(in: folder).readFeatures() }
        #expect(error?.kind == .implausibleSize)
        #expect(error?.place.feature == "0")
        #expect(error?.cause.contains("5000001 positions (at most 5000000)") == true)
    }

    @Test func aGeoJSONFeatureThatIsTooLargeIsRefused() throws {
        let positions = String(repeating: "[0,0],", count: 2_000_000) + "[0,0]"
        let error = #expect(throws: GeoError.self) {
            try temporaryLayer(
                collection(feature("", #"{"type": "MultiPoint", "coordinates": [\#(positions)]}"#)))
        }
        #expect(error?.kind == .implausibleSize)
    }

    @Test(arguments: [100, 100_000], ["[", "{\"a\":"])
    func nestingWithoutEndIsRefused(depth: Int, opening: String) throws {
        let bomb = String(repeating: opening, count: depth)
        for text in [
            bomb, collection(#"{"type": "Feature", "properties": {"a": \#(bomb)"#),
            collection(
                #"{"type": "Feature", "properties": null, "geometry": {"type": "Point", "coordinates": \#(bomb)"#),
        ] {
            let error = #expect(throws: GeoError.self) { try temporaryLayer(text).readFeatures() }
            #expect(error?.exit == .dataRefused)
        }
    }

    @Test func aViewThatWouldAskAGeocoderIsNotOpened() throws {
        let path = TestPaths.fixture("bad/sectors_geocoding_view.gpkg").path
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: path, writtenAs: "a.gpkg").readFeatures(layer: "sectors")
        }
        #expect(error?.exit == .dataRefused)
        #expect(error?.cause.contains("SQL function") == true)
    }

    @Test func filesBesideALayerChangeNothing() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "a.geojson", geoJSON(["{\"type\": \"Point\", \"coordinates\": [45, 2]}"]))
        let before = try VectorSource(path: path, writtenAs: "a").readFeatures()
        try scratch.write("a.prj", "PROJCS[\"other\"]")
        try scratch.write("a.geojson.aux.xml", "<PAMDataset><SRS>EPSG:32638</SRS></PAMDataset>")
        try scratch.write("a.qpj", "http://127.0.0.1:9/crs")
        try scratch.write("a.gfs", "<GMLFeatureClassList/>")
        let after = try VectorSource(path: path, writtenAs: "a").readFeatures()
        #expect(after.features == before.features)
        #expect(after.info == before.info)
    }

    @Test func anAddressInTheProjectionOfAShapefileIsNoCRS() throws {
        let folder = try shapefileCopy()
        try Data("http://127.0.0.1:9/crs.wkt".utf8)
            .write(to: folder.appendingPathComponent("zones.prj"))
        let error = #expect(throws: GeoError.self) { try openShapefile(in: folder).readFeatures() }
        #expect(error?.exit == .dataRefused)
    }

    @Test(arguments: [
        "http://127.0.0.1:9/crs", "/etc/passwd", "IGNF:LAMB93", "urn:ogc:def:crs:http://127.0.0.1:9",
        "+init=http://127.0.0.1:9/x:1", "",
    ])
    func aCRSByAddressFileOrRegisterIsRefused(text: String) throws {
        let error = #expect(throws: GeoError.self) { try SpatialReference(CRSIdentifier(text)) }
        #expect(error?.kind == .wrongCRS)
    }
}

/// The parts of a shapefile of one multi-point, up to its positions.
/// Source: ESRI Shapefile Technical Description (1998).
private func multipoint(positions: Int) -> [(ending: String, bytes: Data)] {
    let content = 40 + positions * 16
    func header(byteCount: Int) -> Data {
        var bytes = Data()
        for number in [9994, 0, 0, 0, 0, 0, byteCount / 2] { bytes.append(Int32(number).byteSwapped) }
        for number: Int32 in [1000, 8] { bytes.append(number) }
        return bytes + Data(count: 64)
    }
    var shapes = header(byteCount: 108 + content)
    for number in [1, content / 2] { shapes.append(Int32(number).byteSwapped) }
    shapes.append(Int32(8))
    shapes += Data(count: 32)
    shapes.append(Int32(positions))
    var index = header(byteCount: 108)
    for number in [50, content / 2] { index.append(Int32(number).byteSwapped) }
    // One row of one field of one letter.
    var table = Data([3, 126, 1, 1, 1, 0, 0, 0, 65, 0, 2, 0]) + Data(count: 20)
    table += Data("code".utf8) + Data(count: 7) + Data("C".utf8) + Data(count: 4) + Data([1, 0])
    table += Data(count: 14) + Data([0x0D]) + Data(" A".utf8)
    return [("shp", shapes), ("shx", index), ("dbf", table)]
}
