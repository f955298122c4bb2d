import Diagnostics
import Geo
import GridCore
import Testing

@Suite struct GeometryOperationsTests {
    @Test func overlapsArePairsInOrderWithTheirGeodesicArea() throws {
        //  0 0 1 1      0 and 1 share a border, 2 lies over both of them,
        //  0 2 2 1      3 is far away.
        let zones = [
            zone(44, 2, 45, 3), zone(45, 2, 46, 3), zone(44.5, 2, 45.25, 2.5),
            zone(10, 10, 11, 11),
        ]
        let overlaps = try GeometryOperations.overlaps(of: zones)
        #expect(overlaps.map(\.first) == [0, 1])
        #expect(overlaps.map(\.second) == [2, 2])
        let expected = [zone(44.5, 2, 45, 2.5), zone(45, 2, 45.25, 2.5)]
            .map { Geodesic.areaInSquareMeters(of: $0) }
        for (overlap, area) in zip(overlaps, expected) {
            #expect(abs(overlap.squareMeters / area - 1) < GeodesicTests.relativeTolerance)
        }
    }

    @Test func aHoleIsNotPartOfAnOverlap() throws {
        let ring = MultiPolygon([
            Polygon(exterior: box(44, 2, 47, 5), holes: [box(45, 3, 46, 4)])
        ])
        let overlap = try #require(
            GeometryOperations.overlaps(of: [ring, zone(45, 3, 47, 4)]).first)
        let expected = Geodesic.areaInSquareMeters(of: zone(46, 3, 47, 4))
        #expect(abs(overlap.squareMeters / expected - 1) < GeodesicTests.relativeTolerance)
    }

    @Test func zonesThatOnlyTouchDoNotOverlap() throws {
        let zones = [zone(0, 0, 1, 1), zone(1, 0, 2, 1), zone(1, 1, 2, 2), MultiPolygon()]
        #expect(try GeometryOperations.overlaps(of: zones).isEmpty)
        #expect(try GeometryOperations.overlaps(of: []).isEmpty)
    }

    @Test func aZoneThatCrossesItselfStopsTheOperation() {
        let bowTie: Ring = [(0.0, 0.0), (2, 2), (2, 0), (0, 2), (0, 0)]
            .map { Coordinate(x: $0.0, y: $0.1) }
        let error = #expect(throws: GeoError.self) {
            try GeometryOperations.overlaps(
                of: [MultiPolygon([Polygon(exterior: bowTie)]), zone(0, 0, 2, 2)])
        }
        #expect(error?.kind == .invalidGeometry)
    }

    @Test func overlapsBetweenTwoListsLeaveOverlapsWithinOneOut() throws {
        let first = [zone(0, 0, 2, 2), zone(1, 0, 3, 2), MultiPolygon()]
        let second = [zone(10, 10, 11, 11), zone(1, 1, 2, 2), zone(2.5, 0, 4, 1)]
        let overlaps = try GeometryOperations.overlaps(between: first, and: second)
        #expect(overlaps.map { [$0.first, $0.second] } == [[0, 1], [1, 1], [1, 2]])
        let expected = [zone(1, 1, 2, 2), zone(1, 1, 2, 2), zone(2.5, 0, 3, 1)]
            .map { Geodesic.areaInSquareMeters(of: $0) }
        for (overlap, area) in zip(overlaps, expected) {
            #expect(abs(overlap.squareMeters / area - 1) < GeodesicTests.relativeTolerance)
        }
        #expect(try GeometryOperations.overlaps(between: [], and: second).isEmpty)
    }

    @Test func anAreaThatCrossesItselfIsTakenAsWhatItEncloses() throws {
        let bowTie: Ring = [(0.0, 0.0), (2, 2), (2, 0), (0, 2), (0, 0)]
            .map { Coordinate(x: $0.0, y: $0.1) }
        let overlaps = try GeometryOperations.overlaps(
            between: [MultiPolygon([Polygon(exterior: bowTie)])], and: [zone(-1, -1, 0.5, 3)])
        #expect(overlaps.count == 1)
        let triangle = MultiPolygon([
            Polygon(
                exterior: [(0.0, 0.0), (0.5, 0.5), (0.5, 1.5), (0, 2), (0, 0)]
                    .map { Coordinate(x: $0.0, y: $0.1) })
        ])
        let expected = Geodesic.areaInSquareMeters(of: triangle)
        #expect(abs(overlaps[0].squareMeters / expected - 1) < GeodesicTests.relativeTolerance)
    }

    private func zone(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double)
        -> MultiPolygon
    {
        MultiPolygon([Polygon(exterior: box(minX, minY, maxX, maxY))])
    }
}
