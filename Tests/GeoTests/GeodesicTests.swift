import Foundation
import Geo
import GridCore
import Testing
import TestSupport

@Suite struct GeodesicTests {
    /// What the reference states for its own areas.
    static let areaTolerance = 1e-9
    /// Metres; the method is good to some nanometres.
    static let meterTolerance = 1e-6

    struct Reference: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var wkt: String
        var geodesic_area_km2: Double
        var testDescription: String { name }

        var rings: [Ring] {
            wkt.split(separator: "(").dropFirst().map { part in
                part.prefix { $0 != ")" }.split(separator: ",").map { pair in
                    let numbers = pair.split(separator: " ").compactMap { Double($0) }
                    return Coordinate(x: numbers[0], y: numbers[1])
                }
            }
        }
    }

    struct References: Decodable { var areas: [Reference] }

    static func references() throws -> [Reference] {
        let data = try Data(contentsOf: TestPaths.fixture("geo/areas_seams.json"))
        return try JSONDecoder().decode(References.self, from: data).areas
    }

    @Test func areasEqualTheReferenceWhicheverWayTheRingsRun() throws {
        let references = try Self.references()
        #expect(references.count == 4)
        #expect(references.contains { $0.rings.count == 2 })
        for reference in references {
            let rings = reference.rings
            for turned in [0b00, 0b01, 0b10, 0b11] {
                let exterior = turned & 1 == 0 ? rings[0] : rings[0].reversed()
                let holes = rings.dropFirst().map { turned & 2 == 0 ? $0 : $0.reversed() }
                let area = Geodesic.areaInSquareMeters(
                    of: MultiPolygon([Polygon(exterior: exterior, holes: holes)]))
                let expected = reference.geodesic_area_km2 * 1e6
                #expect(
                    abs(area - expected) <= Self.areaTolerance * expected,
                    "\(reference.name), turned \(turned)")
            }
        }
    }

    @Test func theAreaOfPartsIsTheSumOfTheirAreas() {
        let one = MultiPolygon(square(44, 2))
        let other = MultiPolygon(square(46, 2))
        let both = MultiPolygon(one.polygons + other.polygons)
        #expect(
            Geodesic.areaInSquareMeters(of: both)
                == Geodesic.areaInSquareMeters(of: one) + Geodesic.areaInSquareMeters(of: other))
        #expect(Geodesic.areaInSquareMeters(of: MultiPolygon()) == 0)
    }

    /// A degree of longitude on the equator is a pi / 180; the quarter
    /// meridian of WGS 84 is 10,001,965.7293 m (Karney 2013).
    @Test func distancesEqualTheKnownLengthsOfTheEllipsoid() {
        let origin = Coordinate(longitude: 0, latitude: 0)
        let oneDegree = Geodesic.distanceInMeters(
            from: origin, to: Coordinate(longitude: 1, latitude: 0))
        #expect(abs(oneDegree - 6_378_137 * Double.pi / 180) < Self.meterTolerance)
        let quarter = Geodesic.distanceInMeters(
            from: origin, to: Coordinate(longitude: 0, latitude: 90))
        #expect(abs(quarter - 10_001_965.7293) < 1e-4)
        #expect(Geodesic.distanceInMeters(from: origin, to: origin) == 0)
    }

    @Test func distancesDoNotSeeTheAntimeridian() {
        let west = Coordinate(longitude: 179.5, latitude: 0)
        let east = Coordinate(longitude: -179.5, latitude: 0)
        let distance = Geodesic.distanceInMeters(from: west, to: east)
        #expect(abs(distance - 6_378_137 * Double.pi / 180) < Self.meterTolerance)
    }
}
