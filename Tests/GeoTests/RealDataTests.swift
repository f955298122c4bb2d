import Diagnostics
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct RealDataTests {
    private func path(_ name: String) throws -> String {
        try #require(TestPaths.data).appendingPathComponent(name).path
    }

    private func layer(_ name: String) throws -> VectorLayer {
        try VectorSource(path: path(name), writtenAs: name).readFeatures()
    }

    private func areas(_ layer: VectorLayer) -> [MultiPolygon] {
        layer.features.compactMap { feature in
            guard case .polygons(let area) = feature.geometry else { return nil }
            return area
        }
    }

    @Test func theMissionSectorsAreSixAndTheirAreasAreThoseStated() throws {
        let sectors = try layer("amisom_sectors_derived/sectors.geojson")
        #expect(sectors.features.count == 6)
        #expect(sectors.info.hasField("sector_id"))
        let measured = areas(sectors).map { Geodesic.areaInSquareMeters(of: $0) / 1e6 }
        let stated = sectors.features.map { $0.text("area_km2_wgs84").flatMap { Double($0) } }
        #expect(measured.count == 6)
        for (measured, stated) in zip(measured, stated) {
            let stated = try #require(stated)
            #expect(abs(measured - stated) < 0.001 * stated)
        }
    }

    @Test func theDistrictsAreSeventyFourAndHardlyOverlap() throws {
        let districts = try layer("somalia_pkg_cc0/Som_Admbnda_Adm2_UNDP.shp")
        #expect(districts.features.count == 74)
        #expect(areas(districts).count == 74)
        let total = areas(districts).reduce(0) { $0 + Geodesic.areaInSquareMeters(of: $1) }
        // Somalia has some 637,000 square kilometres.
        #expect(abs(total / 1e6 - 637_000) < 15_000)
    }

    @Test func aLayerWhoseCRSHasAHeightIsRead() throws {
        let zones = try layer("somalia_pkg_cc0/SO_LHZ_2015.shp")
        #expect(zones.features.count == 19)
        let box = try #require(areas(zones).compactMap(\.boundingBox).reduce(nil) { box, next in
            box?.union(next) ?? next
        })
        #expect(box.minX > 40 && box.maxX < 52 && box.minY > -2 && box.maxY < 13)
    }

    @Test func theVegetationIndexOfAnHDF4FileIsOpenedByItsName() throws {
        let file = "modis_h18v09/MOD13A2.A2025001.h18v09.061.2025022080611.hdf"
        let source = try RasterSource(
            RasterReference(name: file, path: path(file), layer: "1 km 16 days NDVI"))
        let spec = try source.gridSpec()
        #expect(spec.shape == Shape(rows: 1200, columns: 1200))
        #expect(abs(spec.geotransform.cellWidth - 926.625433) < 1e-6)
        #expect(abs(spec.geotransform.cellHeight + 926.625433) < 1e-6)
        #expect(source.info.bands.map(\.type) == [.int16])
        #expect(source.info.bands.first?.nodata == -3000)
        let reference = try SpatialReference(spec.crs)
        #expect(!reference.isGeographic && reference.metersPerUnit == 1)
        // The tile h18v09 hangs on the equator at longitude 0.
        let corner = try CoordinateTransform(from: spec.crs, to: .wgs84)(
            Coordinate(x: spec.boundingBox.minX, y: spec.boundingBox.maxY))
        #expect(abs(corner.longitude) < 1e-6 && abs(corner.latitude) < 1e-6)
        var cells = [Int16](repeating: 0, count: spec.shape.count)
        try source.read(band: 1, window: CellWindow(spec.shape), into: &cells)
        #expect(cells.allSatisfy { $0 == -3000 || (-2000...10_000).contains($0) })
        #expect(cells.contains { $0 > 2000 })
    }

    @Test func aLayerThatAnHDF4FileLacksIsToldWithThoseItHas() throws {
        let file = "modis_h18v09/MOD13A2.A2025001.h18v09.061.2025022080611.hdf"
        let container = try RasterSource(RasterReference(name: file, path: path(file)))
        #expect(container.info.subdatasets.count == 12)
        let error = #expect(throws: GeoError.self) {
            try RasterSource(RasterReference(name: file, path: path(file), layer: "NDVI"))
        }
        #expect(error?.kind == .noSuchLayer)
        #expect(error?.cause.contains("\"1 km 16 days NDVI\"") == true)
    }

    @Test(arguments: [
        "natural_earth/ne10m_places_horn.geojson", "natural_earth/ne10m_rivers_horn.geojson",
        "natural_earth/ne50m_admin0_horn_sahel.geojson", "mogadishu_roads_osm/roads.gpkg",
        "somalia_pkg_cc0/Som_Admbnda_Adm1_UNDP.shp",
    ])
    func everyFeatureThatALayerDeclaresIsRead(file: String) throws {
        let layer = try layer(file)
        #expect(layer.features.count == layer.info.featureCount)
        #expect(layer.features.contains { $0.geometry != .none })
    }
}
