import Diagnostics
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite struct SpatialReferenceTests {
    /// Degrees, two millimetres on the ground: PROJ 9.1 cuts the series of the
    /// authalic latitude behind its third term.
    static let degreeTolerance = 2e-8

    @Test func aCRSKnowsWhetherItIsGeographicAndItsUnit() throws {
        let wgs84 = try SpatialReference(.wgs84)
        #expect(wgs84.isGeographic)
        #expect(wgs84.metersPerUnit == nil)
        let utm = try SpatialReference(CRSIdentifier("EPSG:32638"))
        #expect(!utm.isGeographic)
        #expect(utm.metersPerUnit == 1)
        let feet = try SpatialReference(CRSIdentifier("+proj=utm +zone=38 +units=us-ft"))
        #expect(feet.metersPerUnit == 1200.0 / 3937)
        #expect(wgs84.name == "WGS 84")
    }

    @Test func theAreaOfUseIsThatOfTheRegister() throws {
        let utm = try SpatialReference(CRSIdentifier("EPSG:32638"))
        #expect(
            utm.areaOfUse == AreaOfUse(west: 42, south: 0, east: 48, north: 84))
        let equalArea = SpatialReference.equalArea(around: Coordinate(x: 45, y: 5))
        #expect(try SpatialReference(equalArea).areaOfUse == nil)
        // Fiji lies on both sides of the antimeridian.
        let fiji = try #require(SpatialReference(CRSIdentifier("EPSG:3460")).areaOfUse)
        #expect(fiji.west > fiji.east)
        #expect(fiji.contains(Coordinate(longitude: 178, latitude: -18)))
        #expect(fiji.contains(Coordinate(longitude: -179, latitude: -18)))
        #expect(!fiji.contains(Coordinate(longitude: 45, latitude: -18)))
    }

    @Test(arguments: [
        "EPSG:1", "EPSG:none", "", "nonsense", "/etc/hosts", "http://example.org/crs",
        "ESRI::/etc/hosts", "+proj=nonsense",
    ])
    func anUnknownCRSIsRefusedByName(text: String) {
        let error = #expect(throws: GeoError.self) { try SpatialReference(CRSIdentifier(text)) }
        #expect(error?.kind == .wrongCRS)
        #expect(error?.place.field == "CRS \"\(text)\"")
    }

    @Test func longitudeComesFirstWhateverTheRegisterSays() throws {
        let transform = try CoordinateTransform(
            from: .wgs84, to: CRSIdentifier("EPSG:32638"))
        let moved = try transform(Coordinate(longitude: 45, latitude: 0))
        // The central meridian of zone 38, on the equator.
        #expect(abs(moved.x - 500_000) < 1e-6)
        #expect(abs(moved.y) < 1e-6)
    }

    @Test func aTripToTheEqualAreaProjectionAndBackEndsWhereItBegan() throws {
        let center = Coordinate(longitude: 45.5, latitude: 5.25)
        let projected = SpatialReference.equalArea(around: center)
        let there = try CoordinateTransform(from: .wgs84, to: projected)
        let back = try CoordinateTransform(from: projected, to: .wgs84)
        let origin = try there(center)
        #expect(abs(origin.x) < 1e-6 && abs(origin.y) < 1e-6)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let place = Coordinate(
                longitude: Double.random(in: 36...55, using: &generator),
                latitude: Double.random(in: -5...15, using: &generator))
            let again = try back(try there(place))
            #expect(abs(again.longitude - place.longitude) < Self.degreeTolerance)
            #expect(abs(again.latitude - place.latitude) < Self.degreeTolerance)
        }
    }

    @Test func theEqualAreaProjectionKeepsAreas() throws {
        let cell = MultiPolygon(square(49, 10, side: 0.01))
        let projected = SpatialReference.equalArea(around: Coordinate(x: 45, y: 5))
        let planar = try CoordinateTransform(from: .wgs84, to: projected)(cell).planarArea
        let geodesic = Geodesic.areaInSquareMeters(of: cell)
        // Edges between the corners are straight in one and geodesic in the
        // other; over a kilometre that is a part in a million.
        #expect(abs(planar - geodesic) < 1e-6 * geodesic)
    }

    @Test func sameCRSInOtherWordsMovesNothing() throws {
        let wkt = """
            GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],\
            PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]
            """
        let transform = try CoordinateTransform(from: CRSIdentifier(wkt), to: .wgs84)
        let place = Coordinate(longitude: 45.123456789, latitude: 2.1)
        #expect(try transform(place) == place)
        #expect(try transform([]) == [])
    }

    @Test func aPositionWithoutPlaceInTheTargetIsRefused() throws {
        let projected = SpatialReference.equalArea(around: Coordinate(x: 45, y: 5))
        let back = try CoordinateTransform(from: projected, to: .wgs84)
        let error = #expect(throws: GeoError.self) { try back(Coordinate(x: 1e9, y: 0)) }
        #expect(error?.kind == .notTransformable)
        #expect(error?.cause.contains("1000000000.0") == true)
    }
}
