import Diagnostics
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite struct VectorRefusalTests {
    private static let layers = TestPaths.fixture("geo/layers.gpkg").path

    private func failure(_ text: String, crs: CRSIdentifier? = nil) throws -> GeoError? {
        let scratch = try Scratch()
        let path = try scratch.write("zones.geojson", text)
        return #expect(throws: GeoError.self) {
            try VectorSource(path: path, writtenAs: "zones.geojson").readFeatures(crs: crs)
        }
    }

    @Test(arguments: [0.3, 0.6, 0.9, 0.99])
    func aGeoJSONThatEndsTooEarlyIsTruncated(share: Double) throws {
        let whole = geoJSON((0..<20).map { polygonJSON([square(40 + Double($0) / 4, 2)]) })
        let error = try failure(String(whole.prefix(Int(Double(whole.count) * share))))
        #expect(error?.kind == .truncated)
        #expect(error?.place.file == "zones.geojson")
    }

    @Test(arguments: [
        "{\"type\": \"name\", \"properties\": {\"name\": \"urn:ogc:def:crs:EPSG::99999\"}}",
        "{\"type\": \"name\", \"properties\": {\"name\": \"/etc/hosts\"}}",
        "{\"type\": \"link\", \"properties\": {\"href\": \"http://example.org/crs\"}}",
    ])
    func aCRSThatCannotBeUnderstoodIsNeverTakenForAnother(crs: String) throws {
        let error = try failure(
            geoJSON(["{\"type\": \"Point\", \"coordinates\": [45, 2]}"], crs: crs))
        #expect(error?.kind == .truncated)
        #expect(error?.cause.contains("cannot be read whole (GDAL: ") == true)
    }

    @Test(arguments: ["[45, \"2\"]", "[45, 1e400]"])
    func aPositionThatIsNoPairOfNumbersIsRefused(position: String) throws {
        let error = try failure(
            geoJSON(["{\"type\": \"Point\", \"coordinates\": \(position)}"]))
        #expect(error != nil)
    }

    @Test func aCollectionOfGeometriesIsRefusedWithItsFeature() throws {
        let point = "{\"type\": \"Point\", \"coordinates\": [45, 2]}"
        let error = try failure(
            geoJSON(["null", "{\"type\": \"GeometryCollection\", \"geometries\": [\(point)]}"]))
        #expect(error?.kind == .invalidGeometry)
        #expect(error?.place.feature == "1")
        #expect(error?.cause.contains("GEOMETRYCOLLECTION") == true)
    }

    @Test(arguments: [60, 200, 300, 371])
    func aShapefileThatEndsTooEarlyIsTruncated(bytes: Int) throws {
        let scratch = try Scratch()
        for suffix in ["shp", "shx", "dbf"] { try scratch.copy(fixture: "geo/squares.\(suffix)") }
        try scratch.write("squares.shp", try scratch.bytes(of: "squares.shp").prefix(bytes))
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: scratch.path("squares.shp"), writtenAs: "squares.shp")
                .readFeatures(crs: .wgs84)
        }
        #expect(error?.kind == .truncated)
    }

    @Test(arguments: [0.2, 0.5, 0.9])
    func aGeoPackageThatEndsTooEarlyIsRefused(share: Double) throws {
        let scratch = try Scratch()
        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.layers))
        let path = try scratch.write(
            "layers.gpkg", whole.prefix(Int(Double(whole.count) * share)))
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: path, writtenAs: "layers.gpkg").readFeatures(layer: "squares")
        }
        #expect(error?.kind == .truncated)
    }

    @Test func aLayerWithoutFeatureIsRefused() throws {
        let error = try failure("{\"type\": \"FeatureCollection\", \"features\": []}")
        #expect(error?.kind == .emptyLayer)
        let table = #expect(throws: GeoError.self) {
            try VectorSource(path: Self.layers, writtenAs: "layers.gpkg")
                .readFeatures(layer: "nothing")
        }
        #expect(table?.kind == .emptyLayer)
        #expect(table?.cause.contains("\"nothing\"") == true)
    }

    @Test func aCurveIsRefusedWithItsFeature() throws {
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: Self.layers, writtenAs: "layers.gpkg")
                .readFeatures(layer: "curves")
        }
        #expect(error?.kind == .invalidGeometry)
        #expect(error?.place.feature == "1")
        #expect(error?.cause.contains("CURVEPOLYGON") == true)
    }

    @Test func aRingThatCrossesItselfIsReportedWithItsFeature() throws {
        let scratch = try Scratch()
        let bowtie = [(44.0, 2.0), (45, 3), (45, 2), (44, 3), (44, 2)]
        let path = try scratch.write(
            "a.geojson",
            geoJSON([polygonJSON([square(40, 2)]), polygonJSON([bowtie])]))
        let layer = try VectorSource(path: path, writtenAs: "a.geojson").readFeatures()
        #expect(layer.features.count == 2)
        #expect(layer.problems.map(\.kind) == [.invalidGeometry])
        let problem = try #require(layer.problems.first)
        #expect(problem.place.feature == "1")
        #expect(problem.cause.contains("Self-intersection"))
    }

    @Test func aRingThatIsNotClosedIsReportedAndClosed() throws {
        let scratch = try Scratch()
        let open = Array(square(44, 2).dropLast())
        let path = try scratch.write("a.geojson", geoJSON([polygonJSON([open])]))
        let layer = try VectorSource(path: path, writtenAs: "a.geojson").readFeatures()
        #expect(layer.problems.map(\.place.feature) == ["0"])
        #expect(layer.features.first?.geometry == .polygons(MultiPolygon(square(44, 2))))
    }

    @Test(arguments: ["[2.05, 145.3]", "[-500, 2]", "[214000, 226000]"])
    func positionsThatAreNoLongitudeAndLatitudeAreNamed(position: String) throws {
        let error = try failure(
            geoJSON(["{\"type\": \"Point\", \"coordinates\": \(position)}"]))
        #expect(error?.kind == .notTransformable)
        #expect(error?.place.feature == "0")
        #expect(error?.cause.contains("exchanged") == true)
        #expect(error?.cause.contains("projected") == true)
    }

    @Test func aPositionThatIsNotANumberIsRefused() throws {
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: Self.layers, writtenAs: "layers.gpkg")
                .readFeatures(layer: "nowhere")
        }
        #expect(error?.kind == .notTransformable)
        #expect(error?.place.feature == "1")
    }

    @Test func anUnknownCRSGivenIsRefused() throws {
        let error = try failure(
            geoJSON(["{\"type\": \"Point\", \"coordinates\": [45, 2]}"]),
            crs: CRSIdentifier("EPSG:1"))
        #expect(error?.kind == .wrongCRS)
    }

    @Test func formatsThatAreNotAllowedAreRefused() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "a.kml",
            """
            <?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>\
            <Point><coordinates>45,2</coordinates></Point></Placemark></kml>
            """)
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: path, writtenAs: "a.kml")
        }
        #expect(error?.kind == .unknownFormat)
        #expect(error?.mend.contains("GeoPackage") == true)
    }

    @Test func aRasterIsNoVectorLayer() throws {
        let error = #expect(throws: GeoError.self) {
            try VectorSource(
                path: TestPaths.fixture("bad/other_size.tif").path, writtenAs: "a.tif")
        }
        #expect(error?.cause.contains("vector layer") == true)
    }
}
