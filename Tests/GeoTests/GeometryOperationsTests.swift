import Diagnostics
import Geo
import GridCore
import Testing

@Suite struct GeometryOperationsTests {
    /// Corners of the shared square are computed by intersection.
    static let areaTolerance = 1e-9

    @Test func twoUnitSquaresShareTheQuarterInWhichTheyOverlap() throws {
        let zones = [
            MultiPolygon(square(44, 2)), MultiPolygon(square(50, 2)),
            MultiPolygon(square(44.5, 2.5)),
        ]
        let overlaps = try GeometryOperations.overlaps(of: zones)
        #expect(overlaps.count == 1)
        let overlap = try #require(overlaps.first)
        #expect(overlap.first == 0)
        #expect(overlap.second == 2)
        let expected = Geodesic.areaInSquareMeters(of: MultiPolygon(square(44.5, 2.5, side: 0.5)))
        #expect(abs(overlap.squareMeters - expected) <= Self.areaTolerance * expected)
    }

    @Test func zonesThatOnlyTouchShareNoArea() throws {
        let zones = [
            MultiPolygon(square(44, 2)), MultiPolygon(square(45, 2)),
            MultiPolygon(square(45, 3)),
        ]
        #expect(try GeometryOperations.overlaps(of: zones).isEmpty)
        #expect(try GeometryOperations.overlaps(of: [MultiPolygon()]).isEmpty)
        #expect(try GeometryOperations.overlaps(of: []).isEmpty)
    }

    @Test func aZoneInTheHoleOfAnotherSharesNothingWithIt() throws {
        let holed = MultiPolygon(square(44, 2), square(44.25, 2.25, side: 0.5).reversed())
        let inside = MultiPolygon(square(44.25, 2.25, side: 0.5))
        #expect(try GeometryOperations.overlaps(of: [holed, inside]).isEmpty)
        let wider = MultiPolygon(square(44.125, 2.125, side: 0.75))
        let shared = try #require(try GeometryOperations.overlaps(of: [holed, wider]).first)
        let expected =
            Geodesic.areaInSquareMeters(of: wider) - Geodesic.areaInSquareMeters(of: inside)
        #expect(abs(shared.squareMeters - expected) <= Self.areaTolerance * expected)
    }

    @Test func pairsComeInTheOrderOfTheirIndices() throws {
        let zones = (0..<4).map { MultiPolygon(square(44 + Double($0) * 0.3, 2)) }
        let pairs = try GeometryOperations.overlaps(of: zones).map { [$0.first, $0.second] }
        #expect(pairs == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
    }

    @Test func aZoneThatCrossesItselfIsNamed() throws {
        let bowtie = MultiPolygon([(44, 2), (45, 3), (45, 2), (44, 3), (44, 2)])
        let zones = [MultiPolygon(square(44, 2)), bowtie]
        let error = #expect(throws: GeoError.self) {
            try GeometryOperations.overlaps(of: zones)
        }
        #expect(error?.kind == .invalidGeometry)
        #expect(error?.description.contains("2") == true)
    }
}
