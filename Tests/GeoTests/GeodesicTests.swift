import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@Suite struct GeodesicTests {
    /// Both sides evaluate the same series in double precision.
    static let relativeTolerance = 1e-9

    struct Reference: Decodable {
        struct Area: Decodable {
            var name: String
            var wkt: String
            var squareKilometers: Double

            enum CodingKeys: String, CodingKey {
                case name
                case wkt
                case squareKilometers = "geodesic_area_km2"
            }
        }
        var areas: [Area]
    }

    @Test func areasEqualTheReference() throws {
        let data = try Data(contentsOf: TestPaths.fixture("geodesic/areas_seams.json"))
        let reference = try JSONDecoder().decode(Reference.self, from: data)
        #expect(reference.areas.count == 4)
        for expected in reference.areas {
            let polygon = MultiPolygon([try polygon(wkt: expected.wkt)])
            let area = Geodesic.areaInSquareMeters(of: polygon) / 1e6
            #expect(
                abs(area / expected.squareKilometers - 1) < Self.relativeTolerance,
                "area of \(expected.name)")
        }
    }

    @Test func aHoleIsSubtractedWhateverWayItsRingRuns() {
        let shell = box(44, 2, 45, 3)
        let hole = box(44.4, 2.4, 44.6, 2.6)
        let whole = Geodesic.areaInSquareMeters(of: MultiPolygon([Polygon(exterior: shell)]))
        let part = Geodesic.areaInSquareMeters(of: MultiPolygon([Polygon(exterior: hole)]))
        for exterior in [shell, shell.reversed()] {
            for inner in [hole, hole.reversed()] {
                let polygon = Polygon(exterior: exterior, holes: [inner])
                let area = Geodesic.areaInSquareMeters(of: MultiPolygon([polygon]))
                #expect(abs(area / (whole - part) - 1) < Self.relativeTolerance)
            }
        }
    }

    @Test func anEmptyPolygonHasNoArea() {
        #expect(Geodesic.areaInSquareMeters(of: MultiPolygon()) == 0)
    }

    @Test func distancesAlongTheEquatorAndAMeridianAreThoseOfTheEllipsoid() {
        let origin = Coordinate(longitude: 0, latitude: 0)
        let degree = Geodesic.distanceInMeters(
            from: origin, to: Coordinate(longitude: 1, latitude: 0))
        // One degree of the equatorial circle, 6378137 x pi / 180.
        #expect(abs(degree - 111_319.490793273) < 1e-6)
        let quarter = Geodesic.distanceInMeters(
            from: origin, to: Coordinate(longitude: 0, latitude: 90))
        // The quarter meridian of WGS 84.
        #expect(abs(quarter - 10_001_965.729) < 1e-3)
    }

    @Test func distanceIsSymmetricAndZeroToItself() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            let (a, b) = (position(&generator), position(&generator))
            let there = Geodesic.distanceInMeters(from: a, to: b)
            let back = Geodesic.distanceInMeters(from: b, to: a)
            #expect(abs(there - back) < 1e-6, "\(a) \(b)")
            #expect(Geodesic.distanceInMeters(from: a, to: a) == 0)
        }
    }

    @Test func aLatitudeBeyondThePoleHasNoDistance() {
        let distance = Geodesic.distanceInMeters(
            from: Coordinate(longitude: 0, latitude: 0),
            to: Coordinate(longitude: 0, latitude: 91))
        #expect(distance.isNaN)
    }

    private func position(_ generator: inout SeededGenerator) -> Coordinate {
        Coordinate(
            longitude: .random(in: -180...180, using: &generator),
            latitude: .random(in: -89...89, using: &generator))
    }

    private func polygon(wkt: String) throws -> Polygon {
        let body = wkt.drop { $0 != "(" }
        let rings = body.components(separatedBy: "), (").map { ring in
            ring.split(separator: ",").map { pair in
                let numbers = pair.split { "( )".contains($0) }.compactMap { Double($0) }
                return Coordinate(x: numbers[0], y: numbers[1])
            }
        }
        return Polygon(exterior: try #require(rings.first), holes: Array(rings.dropFirst()))
    }
}

/// A rectangle, counter-clockwise.
func box(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> Ring {
    [(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY), (minX, minY)]
        .map { Coordinate(x: $0.0, y: $0.1) }
}
