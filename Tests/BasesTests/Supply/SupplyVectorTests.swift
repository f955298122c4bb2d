import Bases
import Foundation
import Geo
import GridCore
import Testing
import TestSupport

/// Tests/Fixtures/supply/routes.json, made with pyproj.
struct SupplyVectors: Decodable {
    struct Segment: Decodable {
        var start: [Double]
        var end: [Double]
        var place: [Double]
        var meters: Double
        var along: Double
    }
    struct Incident: Decodable {
        var place: [Double]
        var age: Double
        var precision: Double
    }
    var segments: [Segment]
    var route: [[Double]]
    var incidents: [Incident]
    var kilometers: Double
    var exposure: Double
    var near: Int
    var imprecise: Int

    static func read() throws -> SupplyVectors {
        let data = try Data(contentsOf: TestPaths.fixture("supply/routes.json"))
        return try JSONDecoder().decode(SupplyVectors.self, from: data)
    }

    static func coordinate(_ pair: [Double]) -> Coordinate {
        Coordinate(longitude: pair[0], latitude: pair[1])
    }
}

@Suite("Supply routes against pyproj")
struct SupplyVectorTests {
    /// Geodesics of two libraries agree to some nanometres.
    static let distanceTolerance = 1e-6
    /// Near its minimum a distance hardly changes: at 300 km, 1e-8 m of it
    /// are 0.1 m along the segment.
    static let positionTolerance = 0.1
    /// Sums of 42 terms of one.
    static let exposureTolerance = 1e-9

    @Test("The nearest point of a geodesic segment is the one found by minimising")
    func segments() throws {
        for (index, vector) in try SupplyVectors.read().segments.enumerated() {
            let found = Geodesic.nearest(
                to: SupplyVectors.coordinate(vector.place),
                onSegmentFrom: SupplyVectors.coordinate(vector.start),
                to: SupplyVectors.coordinate(vector.end))
            #expect(
                abs(found.distanceInMeters - vector.meters) <= Self.distanceTolerance,
                "segment \(index)")
            #expect(
                abs(found.alongInMeters - vector.along) <= Self.positionTolerance,
                "segment \(index)")
        }
    }

    @Test("Length, exposure and imprecise share of a route are those added up one by one")
    func route() throws {
        let vectors = try SupplyVectors.read()
        let route = SupplyRoute(
            path: SupplyPath(
                hub: 0, coordinates: vectors.route.map(SupplyVectors.coordinate),
                minutes: SeasonalMinutes(dry: 100, wet: 150, flood: .infinity)),
            incidents: vectors.incidents.map {
                SupplyIncident(
                    coordinate: SupplyVectors.coordinate($0.place), ageInDays: $0.age,
                    precisionInMeters: $0.precision)
            })
        let kilometers = try #require(route.kilometers)
        #expect(abs(kilometers - vectors.kilometers) <= 1e-6)
        #expect(abs((route.exposure ?? -1) - vectors.exposure) <= Self.exposureTolerance)
        #expect(route.incidentsNear == vectors.near)
        #expect(route.impreciseShare == Double(vectors.imprecise) / Double(vectors.near))
        #expect(route.exposurePerKilometer == (route.exposure ?? 0) / kilometers)
    }
}
