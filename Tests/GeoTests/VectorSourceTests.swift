import Diagnostics
import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@Suite struct VectorSourceTests {
    /// A centimetre in degrees: the projected file holds millimetres.
    static let degreeTolerance = 1e-7

    @Test func geoJSONGivesAttributesInOrderAndGeometries() throws {
        let layer = try temporaryLayer(
            """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature",
               "properties": {"code": "A1", "people": 1200, "share": 0.25, "note": null},
               "geometry": {"type": "Polygon", "coordinates":
                 [[[44,2],[44,3],[45,3],[45,2],[44,2]],
                  [[44.4,2.4],[44.6,2.4],[44.6,2.6],[44.4,2.6],[44.4,2.4]]]}},
              {"type": "Feature", "properties": {"code": "A2"},
               "geometry": {"type": "Point", "coordinates": [45.5, 2.5, 350]}},
              {"type": "Feature", "properties": {"code": "A3"},
               "geometry": {"type": "LineString", "coordinates": [[45, 2], [46, 3]]}},
              {"type": "Feature", "properties": {"code": "A4"}, "geometry": null}
            ]}
            """
        ).readFeatures()
        #expect(layer.problems.isEmpty)
        #expect(layer.info.crs == .wgs84)
        #expect(layer.info.fields.map(\.name) == ["code", "people", "share", "note"])
        let first = try #require(layer.features.first)
        #expect(first.id == "0")
        #expect(first.attributes == ["A1", "1200", "0.25", nil])
        #expect(first.text("people") == "1200")
        #expect(first.text("nothing") == nil)
        #expect(
            layer.features.dropFirst().map(\.geometry) == [
                .point(Coordinate(x: 45.5, y: 2.5)),
                .lines([[Coordinate(x: 45, y: 2), Coordinate(x: 46, y: 3)]]), .none,
            ])
    }

    @Test func exteriorsRunCounterClockwiseAndHolesClockwise() throws {
        // The file has them the other way round.
        let layer = try temporaryLayer(
            feature(
                "ring",
                polygon(
                    "[[44,2],[44,3],[45,3],[45,2],[44,2]]",
                    "[[44.4,2.4],[44.6,2.4],[44.6,2.6],[44.4,2.6],[44.4,2.4]]"))
        ).readFeatures()
        guard case .polygons(let area)? = layer.features.first?.geometry else {
            Issue.record("no polygon")
            return
        }
        let shape = try #require(area.polygons.first)
        #expect(shape.exterior.signedArea > 0)
        #expect(shape.holes.map { $0.signedArea < 0 } == [true])
    }

    @Test func aProjectedShapefileIsBroughtIntoDegrees() throws {
        let layer = try fixture("zones_utm38n.shp").readFeatures()
        #expect(layer.problems.isEmpty)
        #expect(layer.info.crs == CRSIdentifier("EPSG:32638"))
        #expect(layer.features.map { $0.text("code") } == ["A1", "A2"])
        #expect(layer.features.map { $0.text("label") } == ["Añil", "Bîr"])
        let bounds = try bounds(of: layer)
        for (found, expected) in [
            (bounds.minX, 44.0), (bounds.minY, 2.0), (bounds.maxX, 45.0), (bounds.maxY, 3.0),
        ] {
            #expect(abs(found - expected) < Self.degreeTolerance)
        }
    }

    @Test func aFileWithSeveralLayersNeedsTheNameOfOne() throws {
        let source = try fixture("two_layers.gpkg")
        #expect(source.layers.map(\.name) == ["zones", "wells"])
        let error = #expect(throws: GeoError.self) { try source.readFeatures() }
        #expect(error?.kind == .noSuchLayer)
        #expect(error?.cause == "the file has 2 layers: zones, wells")
        let wells = try source.readFeatures(layer: "wells")
        #expect(wells.features.map(\.geometry) == [.point(Coordinate(x: 44.5, y: 2.1))])
    }

    @Test func anUnknownLayerIsAnErrorThatListsThoseFound() throws {
        let source = try fixture("two_layers.gpkg")
        let error = #expect(throws: GeoError.self) { try source.readFeatures(layer: "roads") }
        #expect(error?.kind == .noSuchLayer)
        #expect(error?.cause.contains("(found: zones, wells)") == true)
    }

    @Test func aShapefileWithoutAPrjNeedsACRS() throws {
        let folder = try shapefileCopy(endings: ["shp", "shx", "dbf", "cpg"])
        let source = try openShapefile(in: folder)
        let error = #expect(throws: GeoError.self) { try source.readFeatures() }
        #expect(error?.kind == .noCRS)
        let layer = try source.readFeatures(crs: CRSIdentifier("EPSG:32638"))
        #expect(abs(try bounds(of: layer).minX - 44) < Self.degreeTolerance)
    }

    @Test(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
    func realDistrictsAreReadWithoutLoss() throws {
        let layer = try real("somalia_pkg_cc0/Som_Admbnda_Adm2_UNDP.shp")
        #expect(layer.features.count == 74)
        #expect(layer.problems.isEmpty)
        let area = layer.features.reduce(0) { sum, feature in
            guard case .polygons(let area) = feature.geometry else { return sum }
            return sum + Geodesic.areaInSquareMeters(of: area)
        }
        // Somalia has about 637,700 square kilometres.
        #expect(abs(area / 1e6 / 637_700 - 1) < 0.02)
    }

    @Test(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
    func realSectorsHaveTheAreaThatTheirFileStates() throws {
        let layer = try real("amisom_sectors_derived/sectors.geojson")
        #expect(layer.features.count == 6)
        for feature in layer.features {
            let stated = try #require(feature.text("area_km2_wgs84").flatMap(Double.init))
            guard case .polygons(let area) = feature.geometry else {
                Issue.record("sector \(feature.id) is not a polygon")
                continue
            }
            let found = Geodesic.areaInSquareMeters(of: area) / 1e6
            // Coordinates in the file are rounded after its area was computed.
            #expect(abs(found / stated - 1) < 1e-5, "sector \(feature.id)")
        }
    }

    @Test(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
    func theRealLivelihoodZoneThatCrossesItselfIsNamed() throws {
        let layer = try real("somalia_pkg_cc0/SO_LHZ_2015.shp")
        #expect(layer.problems.map(\.place.feature) == ["7"])
        #expect(layer.problems.first?.cause.contains("Ring Self-intersection") == true)
    }

    private func bounds(of layer: VectorLayer) throws -> BoundingBox {
        guard case .polygons(let area)? = layer.features.first?.geometry else {
            throw CocoaError(.featureUnsupported)
        }
        return try #require(area.boundingBox)
    }

    private func fixture(_ name: String) throws -> VectorSource {
        try VectorSource(path: TestPaths.fixture("vector/\(name)").path, writtenAs: name)
    }

    private func real(_ path: String) throws -> VectorLayer {
        let url = try #require(TestPaths.data).appendingPathComponent(path)
        return try VectorSource(path: url.path, writtenAs: path).readFeatures()
    }
}
