import Bases
import Geo
import GridCore
import Testing
import TestSupport

@Suite("Supply routes")
struct SupplyRouteTests {
    static let minutes = SeasonalMinutes(dry: 60, wet: 90, flood: .infinity)
    /// Sums of weights of at most one.
    static let tolerance = 1e-9

    /// Along the equator from 44 degrees east, in steps of 0.01 degrees
    /// (1,113 m); base at the eastern end.
    static func path(steps: Int) -> SupplyPath {
        SupplyPath(
            hub: 0,
            coordinates: (0...steps).map {
                Coordinate(longitude: 44 + Double($0) * 0.01, latitude: 0)
            }, minutes: minutes)
    }

    static func incident(
        _ longitude: Double, _ latitude: Double = 0, age: Double = 0, precision: Double = 0
    ) -> SupplyIncident {
        SupplyIncident(
            coordinate: Coordinate(longitude: longitude, latitude: latitude), ageInDays: age,
            precisionInMeters: precision)
    }

    @Test("An incident halves with every 90 days and with precision beyond the buffer")
    func weights() {
        func exposure(_ incident: SupplyIncident) -> Double? {
            SupplyRoute(path: Self.path(steps: 10), incidents: [incident]).exposure
        }
        #expect(exposure(Self.incident(44.05)) == 1)
        #expect(exposure(Self.incident(44.05, age: 90)) == 0.5)
        #expect(exposure(Self.incident(44.05, age: 180)) == 0.25)
        #expect(exposure(Self.incident(44.05, precision: 5000)) == 1)
        #expect(exposure(Self.incident(44.05, precision: 10_000)) == 0.5)
        #expect(exposure(Self.incident(44.05, precision: .infinity)) == 0)
    }

    @Test("An incident on the very edge of the buffer counts, one just beyond does not")
    func boundary() throws {
        let place = Coordinate(longitude: 44.055, latitude: 0.04)
        let meters = Geodesic.distanceInMeters(
            from: place, to: Coordinate(longitude: 44.055, latitude: 0))
        let incident = Self.incident(44.055, 0.04)
        // A micrometre either way: the foot is found, not given.
        let within = try SupplyRules(bufferInMeters: meters + 1e-6)
        let beyond = try SupplyRules(bufferInMeters: meters - 1e-6)
        let path = Self.path(steps: 10)
        #expect(SupplyRoute(path: path, incidents: [incident], rules: within).incidentsNear == 1)
        #expect(SupplyRoute(path: path, incidents: [incident], rules: beyond).incidentsNear == 0)
    }

    @Test("Incidents behind the hub or the base are measured to its end")
    func ends() {
        let path = Self.path(steps: 10)
        // 4,898 m and 5,121 m from the ends, along the equator.
        let near = [Self.incident(43.956), Self.incident(44.144)]
        let far = [Self.incident(43.954), Self.incident(44.146)]
        #expect(SupplyRoute(path: path, incidents: near).incidentsNear == 2)
        #expect(SupplyRoute(path: path, incidents: far).incidentsNear == 0)
    }

    @Test("A route without incidents has an exposure of zero; without a hub it has none")
    func degenerate() {
        let quiet = SupplyRoute(path: Self.path(steps: 10), incidents: [])
        #expect(quiet.exposure == 0 && quiet.exposurePerKilometer == 0)
        #expect(quiet.impreciseShare == nil && quiet.mostExposedStretch == nil)
        let none = SupplyRoute(path: .none, incidents: [Self.incident(44)])
        #expect(none.exposure == nil && none.kilometers == nil && none.hub == nil)
        #expect(none.isSingleRoute == nil && none.detourRatio == nil)
        let atHub = SupplyRoute(
            path: SupplyPath(
                hub: 1, coordinates: [Coordinate(longitude: 44, latitude: 0)],
                minutes: SeasonalMinutes(dry: 0, wet: 0, flood: 0)),
            incidents: [Self.incident(44.01), Self.incident(45)])
        #expect(atHub.kilometers == 0 && atHub.exposure == 1)
        #expect(atHub.exposurePerKilometer == nil)
        #expect(atHub.mostExposedStretch?.interiorPoints.isEmpty == true)
        let unusable = SupplyRoute(
            path: Self.path(steps: 10),
            incidents: [
                Self.incident(44.05, age: -1), Self.incident(44.05, age: .nan),
                Self.incident(44.05, precision: -5), Self.incident(.nan), Self.incident(44.05),
            ])
        #expect(unusable.unusableIncidents == 4 && unusable.exposure == 1)
    }

    @Test("Many incidents at one place and on one day make a stretch around it")
    func onePlace() throws {
        let route = SupplyRoute(
            path: Self.path(steps: 40),
            incidents: Array(repeating: Self.incident(44.2, age: 90), count: 8))
        let stretch = try #require(route.mostExposedStretch)
        #expect(stretch.exposure == 4)
        let middle = (stretch.startInMeters + stretch.endInMeters) / 2
        #expect(abs(middle - 0.2 * 111_319.49) < 1)
        #expect(abs(stretch.endInMeters - stretch.startInMeters - 10_000) < 1e-6)
        #expect(stretch.interiorPoints == 16..<25)
        #expect(stretch.coordinates.count == 11)
    }

    @Test("No part of the route of that length holds more than the most exposed stretch")
    func mostExposed() throws {
        for seed in UInt64(1)...30 {
            var random = SeededGenerator(seed: seed)
            let path = Self.path(steps: 50)
            let incidents = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                Self.incident(
                    Double.random(in: 44...44.5, using: &random),
                    age: Double(Int.random(in: 0...300, using: &random)))
            }
            let route = SupplyRoute(path: path, incidents: incidents)
            let stretch = try #require(route.mostExposedStretch)
            let positions = incidents.map { incident in
                Geodesic.distanceInMeters(
                    from: path.coordinates[0], to: incident.coordinate)
            }
            let weights = incidents.map {
                SupplyRoute(path: path, incidents: [$0]).exposure ?? 0
            }
            func sum(from start: Double, to end: Double) -> Double {
                zip(positions, weights).reduce(0) {
                    // A centimetre for positions that are found, not given.
                    $1.0 >= start - 0.01 && $1.0 <= end + 0.01 ? $0 + $1.1 : $0
                }
            }
            let own = sum(from: stretch.startInMeters, to: stretch.endInMeters)
            #expect(abs(own - stretch.exposure) <= Self.tolerance, "seed \(seed)")
            for start in stride(from: 0.0, through: 46_000, by: 50) {
                #expect(
                    sum(from: start + 0.02, to: start + 9999.98) <= stretch.exposure
                        + Self.tolerance, "seed \(seed), \(start) m")
            }
        }
    }

    @Test("The order of incidents, the direction of threads and a shift east change nothing")
    func invariance() {
        for seed in UInt64(1)...10 {
            var random = SeededGenerator(seed: seed)
            let incidents = (0..<200).map { _ in
                Self.incident(
                    Double.random(in: 43.9...44.6, using: &random),
                    Double.random(in: -0.08...0.08, using: &random),
                    age: Double(Int.random(in: 0...300, using: &random)),
                    precision: Double(Int.random(in: 0...3, using: &random)) * 4000)
            }
            let paths = [Self.path(steps: 50), .none, Self.path(steps: 5), Self.path(steps: 0)]
            let one = SupplyRoute.routes(of: paths, incidents: incidents, threads: 1)
            #expect(one == SupplyRoute.routes(of: paths, incidents: incidents, threads: 4))
            let shuffled = SupplyRoute.routes(
                of: paths, incidents: incidents.shuffled(using: &random), threads: 1)
            for (a, b) in zip(one, shuffled) {
                #expect(abs((a.exposure ?? 0) - (b.exposure ?? 0)) <= Self.tolerance)
                #expect(a.incidentsNear == b.incidentsNear)
                #expect(a.mostExposedStretch?.interiorPoints == b.mostExposedStretch?.interiorPoints)
            }
            let east = SupplyRoute(
                path: SupplyPath(
                    hub: 0,
                    coordinates: paths[0].coordinates.map { Coordinate(x: $0.x + 16, y: $0.y) },
                    minutes: Self.minutes),
                incidents: incidents.map {
                    Self.incident(
                        $0.coordinate.x + 16, $0.coordinate.y, age: $0.ageInDays,
                        precision: $0.precisionInMeters)
                })
            #expect(east.incidentsNear == one[0].incidentsNear, "seed \(seed)")
        }
    }

    @Test("A way around gives a ratio, none makes it a single route")
    func detour() {
        var route = SupplyRoute(path: Self.path(steps: 10), incidents: [])
        #expect(route.isSingleRoute == nil)
        route.detourMinutes = 90
        #expect(route.detourRatio == 1.5 && route.isSingleRoute == false)
        route.detourMinutes = .infinity
        #expect(route.detourRatio == .infinity && route.isSingleRoute == true)
    }

    @Test("A route is cut in the months of the seasons without a way; floods go first")
    func months() {
        #expect(Self.minutes.isCutInFlood)
        #expect(
            Self.minutes.cutOffMonths(wetMonths: [4, 5, 10], floodMonths: [11, 5]) == [5, 11])
        let never = SeasonalMinutes(dry: .infinity, wet: .infinity, flood: .infinity)
        #expect(!never.isCutInFlood)
        #expect(never.cutOffMonths(wetMonths: [], floodMonths: []) == Array(1...12))
    }

    @Test("Lengths and times of the rules are positive numbers")
    func rules() {
        #expect(throws: AssessmentError.self) { try SupplyRules(bufferInMeters: 0) }
        #expect(throws: AssessmentError.self) { try SupplyRules(halfLifeInDays: -.infinity) }
        #expect(throws: AssessmentError.self) { try SupplyRules(stretchInMeters: .nan) }
    }
}

@Suite("Corridors")
struct CorridorTests {
    private static func path(to longitude: Double, minutes: Double) -> SupplyPath {
        SupplyPath(
            hub: 0,
            coordinates: [
                Coordinate(longitude: 44, latitude: 0),
                Coordinate(longitude: longitude, latitude: 0),
            ], minutes: SeasonalMinutes(dry: minutes, wet: minutes, flood: minutes))
    }

    @Test("A base depends on those whose corridor it is supplied through")
    func dependence() {
        // Base 0 halfway, base 1 at the end, base 2 off the road, base 3 cut.
        let paths = [
            Self.path(to: 44.5, minutes: 60), Self.path(to: 45, minutes: 120),
            Self.path(to: 44.2, minutes: 30), .none,
        ]
        let sites = [
            Coordinate(longitude: 44.5, latitude: 0.04), Coordinate(longitude: 45, latitude: 0),
            Coordinate(longitude: 44.2, latitude: 0.1), Coordinate(longitude: 44.7, latitude: 0),
        ]
        let pairs = CorridorPair.pairs(of: paths, sites: sites, threads: 2)
        #expect(pairs.map { [$0.keeper, $0.dependant] } == [[0, 1], [3, 1]])
        #expect(pairs.map(\.isPrecedence) == [true, false])
        #expect(CorridorPair.dependants(in: pairs, baseCount: 4) == [1, 0, 0, 0])
    }

    @Test("Of two bases that stand together the nearer to the hub keeps; of equals the lower")
    func order() {
        let paths = [Self.path(to: 44.5, minutes: 60), Self.path(to: 44.5, minutes: 60)]
        let site = Coordinate(longitude: 44.5, latitude: 0)
        let pairs = CorridorPair.pairs(of: paths, sites: [site, site], threads: 1)
        #expect(pairs.count == 2)
        #expect(pairs.filter(\.isPrecedence).map(\.keeper) == [0])
    }

    @Test("One base depends on nobody")
    func single() {
        let path = Self.path(to: 44.5, minutes: 60)
        #expect(
            CorridorPair.pairs(
                of: [path], sites: [Coordinate(longitude: 44.5, latitude: 0)], threads: 1
            ).isEmpty)
    }
}
