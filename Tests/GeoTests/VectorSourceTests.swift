import Diagnostics
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite struct VectorSourceTests {
    private static let layers = TestPaths.fixture("geo/layers.gpkg").path

    @Test func aGeoJSONIsReadWithItsFieldsInFileOrder() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "zones.geojson",
            geoJSON([
                polygonJSON([square(44, 2)]), "null",
                "{\"type\": \"Point\", \"coordinates\": [45.5, 3.5, 120]}",
                "{\"type\": \"MultiPoint\", \"coordinates\": [[1, 2], [3, 4]]}",
                "{\"type\": \"LineString\", \"coordinates\": [[1, 2], [3, 4]]}",
            ]))
        let source = try VectorSource(path: path, writtenAs: "zones.geojson")
        let layer = try source.readFeatures()
        #expect(layer.info.name == "zones")
        #expect(layer.info.featureCount == 5)
        #expect(layer.info.crs == .wgs84)
        #expect(layer.info.fields.map(\.name) == ["name", "rank"])
        #expect(layer.info.hasField("rank") && !layer.info.hasField("Rank"))
        #expect(layer.problems.isEmpty)
        #expect(layer.features.map { $0.text("name") } == ["f0", "f1", "f2", "f3", "f4"])
        #expect(layer.features.map { $0.text("rank") } == ["0", "1", "2", "3", "4"])
        #expect(layer.features[0].text("none") == nil)
        #expect(
            layer.features.map(\.geometry) == [
                .polygons(MultiPolygon(square(44, 2))), .none,
                .point(Coordinate(x: 45.5, y: 3.5)),
                .points([Coordinate(x: 1, y: 2), Coordinate(x: 3, y: 4)]),
                .lines([[Coordinate(x: 1, y: 2), Coordinate(x: 3, y: 4)]]),
            ])
    }

    @Test func emptyAndNullAttributesAreNoValue() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "a.geojson",
            """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": \
            {"a": "", "b": null, "c": " x "}, "geometry": null}, {"type": "Feature", \
            "properties": {}, "geometry": null}]}
            """)
        let features = try VectorSource(path: path, writtenAs: "a").readFeatures().features
        #expect(features[0].attributes == [nil, nil, " x "])
        #expect(features[1].attributes == [nil, nil, nil])
    }

    @Test func exteriorsRunCounterClockwiseAndHolesClockwise() throws {
        let scratch = try Scratch()
        let hole = square(44.25, 2.25, side: 0.5)
        let path = try scratch.write(
            "a.geojson",
            geoJSON([polygonJSON([square(44, 2).reversed(), hole])]))
        let layer = try VectorSource(path: path, writtenAs: "a").readFeatures()
        guard case .polygons(let polygons) = try #require(layer.features.first).geometry else {
            Issue.record("no polygon was read")
            return
        }
        #expect(polygons.polygons.count == 1)
        #expect(polygons.polygons[0].exterior.signedArea == 1)
        #expect(polygons.polygons[0].holes.map(\.signedArea) == [-0.25])
    }

    @Test func aHoleNeverTakesThePlaceOfAnExteriorThatIsNoRing() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "a.geojson",
            geoJSON([polygonJSON([[(44, 2), (45, 2), (44, 2)], square(44.25, 2.25, side: 0.5)])]))
        let layer = try VectorSource(path: path, writtenAs: "a").readFeatures()
        #expect(layer.features.first?.geometry == .polygons(MultiPolygon()))
        #expect(layer.problems.count == 1)
    }

    @Test func oneOfSeveralLayersMustBeNamed() throws {
        let source = try VectorSource(path: Self.layers, writtenAs: "layers.gpkg")
        #expect(
            source.layers.map(\.name) == [
                "squares", "villages", "curves", "partly_empty", "nowhere", "nothing",
            ])
        let unnamed = #expect(throws: GeoError.self) { try source.readFeatures() }
        #expect(unnamed?.kind == .noSuchLayer)
        #expect(unnamed?.cause.contains("6 layers: squares, villages") == true)
        let wrong = #expect(throws: GeoError.self) { try source.readFeatures(layer: "square") }
        #expect(wrong?.kind == .noSuchLayer)
        #expect(wrong?.cause.contains("squares") == true)
        let squares = try source.readFeatures(layer: "squares")
        #expect(squares.features.map { $0.text("name") } == ["west", "east"])
        let villages = try source.readFeatures(layer: "villages")
        #expect(villages.features.map(\.id) == ["1", "2"])
    }

    @Test func anEmptyPointAmongOthersIsLeftOut() throws {
        let source = try VectorSource(path: Self.layers, writtenAs: "layers.gpkg")
        let layer = try source.readFeatures(layer: "partly_empty")
        #expect(
            layer.features.first?.geometry
                == .points([Coordinate(x: 44, y: 2), Coordinate(x: 45, y: 3)]))
    }

    @Test func aShapefileWithoutProjectionNeedsItsCRSGiven() throws {
        let scratch = try Scratch()
        for suffix in ["shp", "shx", "dbf"] { try scratch.copy(fixture: "geo/squares.\(suffix)") }
        let source = try VectorSource(path: scratch.path("squares.shp"), writtenAs: "squares.shp")
        let error = #expect(throws: GeoError.self) { try source.readFeatures() }
        #expect(error?.kind == .noCRS)
        #expect(error?.place.file == "squares.shp")
        #expect(error?.mend.contains("crs: \"EPSG:4326\"") == true)
        let layer = try source.readFeatures(crs: .wgs84)
        #expect(layer.features.count == 2)
        #expect(layer.features[0].geometry == .polygons(MultiPolygon(clockwiseTurned)))
    }

    /// A shapefile stores exteriors clockwise; read, they run the other way
    /// from the same first corner.
    private let clockwiseTurned = [(44.0, 2.0), (45, 2), (45, 3), (44, 3), (44, 2)]

    @Test(arguments: ["dbf", "shx"])
    func aShapefileWithoutOneOfItsFilesIsRefused(suffix: String) throws {
        let scratch = try Scratch()
        for other in ["shp", "shx", "dbf"] where other != suffix {
            try scratch.copy(fixture: "geo/squares.\(other)")
        }
        let error = #expect(throws: GeoError.self) {
            try VectorSource(path: scratch.path("squares.shp"), writtenAs: "squares.shp")
        }
        #expect(error?.kind == .missingFile)
        #expect(error?.cause.contains(".\(suffix)") == true)
    }

    @Test func upperCaseFilesOfAShapefileAreFound() throws {
        let scratch = try Scratch()
        for suffix in ["shp", "shx", "dbf"] {
            try scratch.copy(fixture: "geo/squares.\(suffix)", as: "A.\(suffix.uppercased())")
        }
        let source = try VectorSource(path: scratch.path("A.SHP"), writtenAs: "A.SHP")
        #expect(try source.readFeatures(crs: .wgs84).features.count == 2)
    }

    @Test func theCRSGivenReplacesTheOneInTheFile() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "a.geojson", geoJSON(["{\"type\": \"Point\", \"coordinates\": [500000, 0]}"]))
        let source = try VectorSource(path: path, writtenAs: "a")
        let layer = try source.readFeatures(crs: CRSIdentifier("EPSG:32638"))
        guard case .point(let place) = try #require(layer.features.first).geometry else {
            Issue.record("no point was read")
            return
        }
        #expect(abs(place.longitude - 45) < 1e-9 && abs(place.latitude) < 1e-9)
    }

    @Test func aProjectedGeoJSONIsMovedToLongitudeAndLatitude() throws {
        let scratch = try Scratch()
        let crs = """
            {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
            """
        let path = try scratch.write(
            "a.geojson",
            geoJSON(["{\"type\": \"Point\", \"coordinates\": [500000, 0]}"], crs: crs))
        let layer = try VectorSource(path: path, writtenAs: "a").readFeatures()
        #expect(layer.info.crs == CRSIdentifier("EPSG:32638"))
        guard case .point(let place) = try #require(layer.features.first).geometry else {
            Issue.record("no point was read")
            return
        }
        #expect(abs(place.longitude - 45) < 1e-9 && abs(place.latitude) < 1e-9)
    }
}
