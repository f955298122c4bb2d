import Diagnostics
import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@Suite struct BadVectorTests {
    @Test func anInvalidRingIsAProblemThatNamesTheFeatureAndTheReason() throws {
        let layer = try temporaryLayer(
            collection(
                feature("good", polygon("[[0,0],[1,0],[1,1],[0,1],[0,0]]")),
                feature("bow tie", polygon("[[0,0],[2,2],[2,0],[0,2],[0,0]]")),
                feature(
                    "hole outside",
                    polygon("[[0,0],[1,0],[1,1],[0,1],[0,0]]", "[[5,5],[6,5],[6,6],[5,5]]")))
        ).readFeatures()
        try #require(layer.problems.map(\.kind) == [.invalidGeometry, .invalidGeometry])
        #expect(layer.problems.map(\.place.feature) == ["1", "2"])
        #expect(layer.problems[0].cause.contains("Self-intersection"))
        #expect(layer.problems[1].cause.contains("Hole lies outside shell"))
        #expect(layer.problems[0].exit == .dataRefused)
    }

    @Test func aPositionThatIsNotOnEarthIsRefusedWithTheHint() throws {
        let source = try temporaryLayer(
            collection(feature("swapped", #"{"type": "Point", "coordinates": [2, 95]}"#)))
        let error = #expect(throws: GeoError.self) { try source.readFeatures() }
        #expect(error?.place.feature == "0")
        #expect(error?.cause.contains("(2.0, 95.0)") == true)
        #expect(error?.cause.contains("exchanged") == true)
    }

    @Test func aPositionThatIsNotANumberIsRefused() throws {
        let url = try TestPaths.temporaryDirectory().appendingPathComponent("wells.gpkg")
        var bytes = try Data(contentsOf: TestPaths.fixture("vector/two_layers.gpkg"))
        // The longitude of the only well, as it is stored.
        let longitude = withUnsafeBytes(of: 44.5.bitPattern.littleEndian) { Data($0) }
        let nan = withUnsafeBytes(of: Double.nan.bitPattern.littleEndian) { Data($0) }
        let places = bytes.ranges(of: longitude)
        try #require(!places.isEmpty)
        for place in places { bytes.replaceSubrange(place, with: nan) }
        try bytes.write(to: url)
        let source = try VectorSource(path: url.path, writtenAs: "wells.gpkg")
        let error = #expect(throws: GeoError.self) { try source.readFeatures(layer: "wells") }
        #expect(error?.place.feature == "1")
        #expect(error?.cause.contains("(nan, 2.1)") == true)
    }

    @Test func theEdgeOfTheEarthIsStillOnIt() throws {
        let layer = try temporaryLayer(
            collection(feature("edge", #"{"type": "Point", "coordinates": [180, -90]}"#))
        ).readFeatures()
        #expect(layer.features.map(\.geometry) == [.point(Coordinate(x: 180, y: -90))])
    }

    @Test func aCollectionOfGeometriesIsRefused() throws {
        let source = try temporaryLayer(
            collection(
                feature(
                    "mixed",
                    #"""
                    {"type": "GeometryCollection", "geometries": [
                      {"type": "Point", "coordinates": [1, 1]},
                      {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}]}
                    """#)))
        let error = #expect(throws: GeoError.self) { try source.readFeatures() }
        #expect(error?.cause.contains("GEOMETRYCOLLECTION") == true)
    }

    @Test(arguments: [
        polygon(), #"{"type": "MultiPolygon", "coordinates": []}"#,
        #"{"type": "LineString", "coordinates": []}"#,
        #"{"type": "MultiLineString", "coordinates": []}"#,
        #"{"type": "MultiPoint", "coordinates": []}"#,
    ])
    func anEmptyGeometryIsNone(_ geometry: String) throws {
        let layer = try temporaryLayer(collection(feature("empty", geometry))).readFeatures()
        #expect(layer.problems.isEmpty)
        #expect(layer.features.map(\.geometry) == [.none])
    }

    @Test func textThatIsNotUTF8IsAProblemThatNamesTheField() throws {
        let path = TestPaths.fixture("vector/wrong_encoding.shp").path
        let layer = try VectorSource(path: path, writtenAs: "wells.shp").readFeatures()
        #expect(layer.problems.map(\.kind) == [.invalidText])
        #expect(layer.problems.first?.place.feature == "0")
        #expect(layer.problems.first?.cause == "the text of \"name\" is not UTF-8")
    }

    struct BadFile: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var kind: GeoFailureKind
        var words: String
        var testDescription: String { name }
    }

    static let badFiles = [
        BadFile(
            name: "page.geojson", text: "<!DOCTYPE html><html><body>Log in</body></html>",
            kind: .wrongContent, words: "is a web page (HTML)"),
        BadFile(
            name: "prose.geojson", text: "See the attachment.", kind: .unknownFormat,
            words: "cannot be opened as a vector layer"),
        BadFile(
            name: "cut.geojson",
            text: #"{"type": "FeatureCollection", "features": [{"type": "Feature", "prop"#,
            kind: .truncated, words: "cannot be opened"),
        BadFile(
            name: "layer.gpkg",
            text: #"<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>"#,
            kind: .unknownFormat, words: "is a VRT"),
        BadFile(name: "nothing.geojson", text: "", kind: .emptyFile, words: "is empty"),
        BadFile(
            name: "none.geojson", text: collection(), kind: .emptyLayer, words: "has no feature"),
    ]

    @Test(arguments: badFiles)
    func aFileThatIsNoLayerIsRefusedInPlainWords(_ file: BadFile) throws {
        let error = #expect(throws: GeoError.self) {
            try temporaryLayer(file.text, name: file.name).readFeatures()
        }
        #expect(error?.kind == file.kind)
        #expect(error?.place.file == file.name)
        #expect(error?.cause.contains(file.words) == true)
        #expect(error?.mend.isEmpty == false)
    }

    @Test(arguments: ["/vsicurl/http://localhost/x.geojson", "http://localhost/x.geojson"])
    func aVirtualPathOrURLIsRefused(_ path: String) {
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: path, writtenAs: path)
        }
        #expect(error?.kind == .pathRefused)
    }

    @Test func aMissingFileHasItsOwnExitCode() {
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: "/nowhere/zones.shp", writtenAs: "zones.shp")
        }
        #expect(error?.kind == .missingFile)
        #expect(error?.exit == .inputMissing)
    }

    @Test(arguments: ["shx", "dbf"])
    func aShapefileWithoutItsOtherFilesIsRefusedAndLeftAlone(_ ending: String) throws {
        let folder = try shapefileCopy()
        try FileManager.default.removeItem(at: folder.appendingPathComponent("zones.\(ending)"))
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let error = #expect(throws: GeoError.self) { try openShapefile(in: folder) }
        #expect(error?.kind == .missingFile)
        #expect(error?.cause.contains(".\(ending)") == true)
        let after = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(after == before)
    }

    @Test func aTruncatedShapefileLosesNoFeatureSilently() throws {
        let folder = try shapefileCopy()
        let url = folder.appendingPathComponent("zones.shp")
        let whole = try Data(contentsOf: url)
        // The second record is cut in two.
        try whole.prefix(whole.count - 40).write(to: url)
        let error = #expect(throws: GeoError.self) {
            try openShapefile(in: folder).readFeatures()
        }
        #expect(error?.kind == .truncated)
    }

    @Test func aTableOfAShapefileThatEndsEarlyLosesNoRowSilently() throws {
        let folder = try shapefileCopy()
        let url = folder.appendingPathComponent("zones.dbf")
        let whole = try Data(contentsOf: url)
        // Less than the last row.
        for missing in [2, 100] {
            try whole.prefix(whole.count - missing).write(to: url)
            let error = #expect(throws: GeoError.self) { try openShapefile(in: folder) }
            #expect(error?.kind == .truncated)
            #expect(error?.cause.contains(".dbf") == true)
        }
    }

    @Test func partsOfTwoShapefilesAreNotReadTogether() throws {
        let folder = try shapefileCopy()
        let url = folder.appendingPathComponent("zones.dbf")
        try FileManager.default.removeItem(at: url)
        try FileManager.default.copyItem(
            at: TestPaths.fixture("vector/wrong_encoding.dbf"), to: url)
        let error = #expect(throws: GeoError.self) { try openShapefile(in: folder) }
        #expect(error?.kind == .truncated)
        #expect(error?.cause == "its .shx lists 2 shapes and its .dbf 1 rows")
    }

    @Test func aTruncatedGeoPackageIsRefused() throws {
        let whole = try Data(contentsOf: TestPaths.fixture("vector/two_layers.gpkg"))
        let folder = try TestPaths.temporaryDirectory()
        // Pages of 4096 bytes: from the head alone to all but the last.
        for pages in [1, 2, 5, 10, 20, whole.count / 4096 - 1] {
            let url = folder.appendingPathComponent("cut\(pages).gpkg")
            try whole.prefix(pages * 4096).write(to: url)
            let error = #expect(throws: GeoError.self, "\(pages) pages") {
                try VectorSource(path: url.path, writtenAs: "cut.gpkg")
                    .readFeatures(layer: "zones")
            }
            #expect(error?.exit == .dataRefused)
        }
    }
}
