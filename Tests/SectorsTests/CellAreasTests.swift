import Foundation
import GridCore
import Sectors
import Testing

@Suite struct CellAreasTests {
    /// Closed form against constants and sums in Float64.
    static let relativeTolerance = 1e-12
    /// Simpson's rule over rows this thin is good to far more than this.
    static let integrationTolerance = 1e-11

    @Test func theWholeEarthHasItsSurface() {
        let spec = GridSpec(
            shape: Shape(rows: 180, columns: 360),
            geotransform: Geotransform(originX: -180, cellWidth: 1, originY: 90, cellHeight: -1),
            crs: .wgs84)
        let sum = CellAreas(geographic: spec).squareMetersPerRow.reduce(0, +) * 360
        // Surface of the WGS 84 ellipsoid in square metres.
        let surface = 510_065_621_724_088.4
        #expect(abs(sum / surface - 1) < Self.relativeTolerance)
    }

    @Test func aCellHasTheAreaThatIntegrationGives() {
        let size = 0.002_5
        let spec = GridSpec(
            shape: Shape(rows: 6000, columns: 1),
            geotransform: Geotransform(
                originX: 41, cellWidth: size, originY: 12, cellHeight: -size),
            crs: .wgs84)
        let areas = CellAreas(geographic: spec)
        for row in [0, 1, 2399, 4799, 4800, 5999] {
            let north = (12 - Double(row) * size) * Double.pi / 180
            let expected = integratedArea(
                from: north - size * Double.pi / 180, to: north, width: size * Double.pi / 180)
            #expect(abs(areas[row] / expected - 1) < Self.integrationTolerance)
        }
    }

    /// Area of a strip by Simpson's rule over the radii of curvature.
    private func integratedArea(from south: Double, to north: Double, width: Double) -> Double {
        let flattening = 1 / 298.257223563
        let e2 = flattening * (2 - flattening)
        let a = 6_378_137.0
        func density(_ latitude: Double) -> Double {
            let w2 = 1 - e2 * sin(latitude) * sin(latitude)
            return a * a * (1 - e2) * cos(latitude) / (w2 * w2)
        }
        return (density(south) + 4 * density((south + north) / 2) + density(north)) / 6
            * (north - south) * width
    }

    @Test func rowsBeyondThePoleAddNothing() {
        let spec = GridSpec(
            shape: Shape(rows: 2, columns: 1),
            geotransform: Geotransform(originX: 0, cellWidth: 1, originY: 91, cellHeight: -1),
            crs: .wgs84)
        let areas = CellAreas(geographic: spec)
        #expect(areas[0] == 0)
        #expect(areas[1] > 0)
    }

    @Test func projectedCellsAreWidthTimesHeightInMetres() {
        let spec = GridSpec(
            shape: Shape(rows: 3, columns: 5),
            geotransform: Geotransform(originX: 0, cellWidth: 2, originY: 0, cellHeight: -3),
            crs: CRSIdentifier("local"))
        #expect(CellAreas(projected: spec).squareMetersPerRow == [6, 6, 6])
        #expect(
            CellAreas(projected: spec, metersPerUnit: 1000).squareMetersPerRow
                == [6e6, 6e6, 6e6])
    }
}
