import Bases
import Geo
import GridCore
import Testing

/// Three bases on the equator at 0, 1 and 3 degrees; one degree is
/// 111,319.49 m, the reach 120 km.
private struct Layout {
    static let reach = ReachMeasure.straightLine(meters: 120_000)

    static let bases = [
        BaseSite(coordinate: at(0), zone: 0), BaseSite(coordinate: at(1), zone: 1),
        BaseSite(coordinate: at(3), zone: nil),
    ]

    static let settlements = [
        CoveredPlace(name: "West", coordinate: at(-0.5), population: 100, zone: 0),
        CoveredPlace(name: "Middle", coordinate: at(0.5), population: 200, zone: 0),
        CoveredPlace(name: "Gap", coordinate: at(2), population: 400, zone: 1),
        CoveredPlace(name: "Beta", coordinate: at(3.5), population: nil, zone: 1),
        CoveredPlace(name: "Alpha", coordinate: at(3.6), population: 800, zone: nil),
        CoveredPlace(name: "Gamma", coordinate: at(3.7), population: 800, zone: nil),
        CoveredPlace(name: "Far", coordinate: at(9), population: 1600, zone: nil),
    ]

    static let incidents = [
        CoveredIncident(coordinate: at(0.2), deaths: 3, civilianDeaths: 2, zone: 1),
        CoveredIncident(coordinate: at(9), deaths: 5, civilianDeaths: 0, zone: 1),
    ]

    static let cells = [
        CoveredCell(coordinate: at(-1), squareMeters: 10, zone: 0),
        CoveredCell(coordinate: at(5), squareMeters: 30, zone: 0),
    ]

    static func at(_ longitude: Double) -> Coordinate {
        Coordinate(longitude: longitude, latitude: 0)
    }

    static func coverage(bases: [BaseSite] = bases) -> BaseCoverage {
        BaseCoverage(
            bases: bases, settlements: settlements, incidents: incidents, hotspotCells: cells,
            zoneCount: 2, reach: reach, threads: 1)
    }
}

@Suite struct BaseCoverageTests {
    /// Semi-major axis of WGS 84 times pi / 180.
    static let metersPerDegreeAtEquator = 111_319.490_793_273_57
    /// Geodesic distances are good to some nanometres.
    static let meterTolerance = 1e-6

    @Test func aBaseCountsAllThatItReachesAndWhatNoOtherReaches() {
        let figures = Layout.coverage().bases
        #expect(
            figures[0].withinReach
                == BaseTotals(
                    settlements: 2, population: 300, incidents: 1, deaths: 3, civilianDeaths: 2,
                    hotspotSquareMeters: 10))
        #expect(
            figures[0].onlyThisBase
                == BaseTotals(settlements: 1, population: 100, hotspotSquareMeters: 10))
        #expect(
            figures[1].withinReach
                == BaseTotals(
                    settlements: 2, population: 600, incidents: 1, deaths: 3, civilianDeaths: 2))
        #expect(figures[1].onlyThisBase == .zero)
        #expect(figures[2].withinReach == BaseTotals(settlements: 4, population: 2000))
        #expect(figures[2].onlyThisBase == BaseTotals(settlements: 3, population: 1600))
    }

    @Test func lastCoverIsSortedByPopulationThenNameWithUnknownLast() {
        let figures = Layout.coverage().bases
        #expect(figures[0].lastCover == [0])
        #expect(figures[1].lastCover.isEmpty)
        #expect(figures[2].lastCover == [4, 5, 3])
    }

    @Test func settlementsAlikeInPopulationAndNameKeepTheirOrder() {
        let place = CoveredPlace(
            name: "Same", coordinate: Layout.at(0), population: 5, zone: nil)
        let coverage = BaseCoverage(
            bases: [Layout.bases[0]], settlements: [place, place, place], incidents: [],
            hotspotCells: [], zoneCount: 1, reach: Layout.reach, threads: 1)
        #expect(coverage.bases[0].lastCover == [0, 1, 2])
    }

    @Test func aZoneCountsItsBasesAndSplitsWhatLiesInIt() {
        let coverage = Layout.coverage()
        #expect(
            coverage.zones[0]
                == ZoneFigures(
                    bases: 1,
                    total: BaseTotals(settlements: 2, population: 300, hotspotSquareMeters: 40),
                    covered: BaseTotals(settlements: 2, population: 300, hotspotSquareMeters: 10),
                    coveredByOwnBases: BaseTotals(
                        settlements: 2, population: 300, hotspotSquareMeters: 10),
                    uncovered: BaseTotals(hotspotSquareMeters: 30)))
        #expect(
            coverage.zones[1]
                == ZoneFigures(
                    bases: 1,
                    total: BaseTotals(
                        settlements: 2, population: 400, incidents: 2, deaths: 8,
                        civilianDeaths: 2),
                    covered: BaseTotals(
                        settlements: 2, population: 400, incidents: 1, deaths: 3,
                        civilianDeaths: 2),
                    coveredByOwnBases: BaseTotals(
                        settlements: 1, population: 400, incidents: 1, deaths: 3,
                        civilianDeaths: 2),
                    uncovered: BaseTotals(incidents: 1, deaths: 5)))
    }

    @Test func aBaseWithoutZoneIsNobodysOwn() {
        #expect(
            Layout.coverage().outsideZones
                == ZoneFigures(
                    bases: 1, total: BaseTotals(settlements: 3, population: 3200),
                    covered: BaseTotals(settlements: 2, population: 1600),
                    uncovered: BaseTotals(settlements: 1, population: 1600)))
    }

    @Test func theNearestBaseIsTheLowerOneOfEquals() throws {
        let sites = [1.0, 0, 2, 9].map { BaseSite(coordinate: Layout.at($0), zone: nil) }
        let figures = Layout.coverage(bases: sites).bases
        #expect(figures.map(\.nearestBase) == [1, 0, 0, 2])
        let nearest = try #require(figures[3].nearestMeters)
        #expect(abs(nearest - 7 * Self.metersPerDegreeAtEquator) < Self.meterTolerance)
    }

    @Test func twoBasesAtOnePlaceAreZeroApartAndNeitherIsTheOnlyCover() {
        let site = Layout.bases[0]
        let figures = Layout.coverage(bases: [site, site]).bases
        #expect(figures.map(\.nearestMeters) == [0, 0])
        #expect(figures.allSatisfy { $0.onlyThisBase == .zero && $0.lastCover.isEmpty })
        #expect(figures[0].withinReach.settlements == 2)
    }

    @Test func aBaseAloneIsTheOnlyCoverOfAllItReachesAndHasNoNearest() {
        let figures = Layout.coverage(bases: [Layout.bases[1]]).bases
        #expect(figures.count == 1)
        #expect(figures[0].onlyThisBase == figures[0].withinReach)
        #expect(figures[0].withinReach.settlements == 2)
        #expect(figures[0].nearestBase == nil)
        #expect(figures[0].nearestMeters == nil)
    }

    @Test func withoutBasesAllIsUncovered() {
        let coverage = Layout.coverage(bases: [])
        #expect(coverage.bases.isEmpty)
        for zone in coverage.zones + [coverage.outsideZones] {
            #expect(zone.covered == .zero)
            #expect(zone.uncovered == zone.total)
        }
        #expect(coverage.outsideZones.total.settlements == 3)
    }

    @Test func absurdPopulationsDoNotStopTheRun() {
        let coverage = BaseCoverage(
            bases: [],
            settlements: (0..<2).map {
                CoveredPlace(
                    name: "\($0)", coordinate: Layout.at(0), population: .max, zone: nil)
            }, incidents: [], hotspotCells: [], zoneCount: 0, reach: Layout.reach, threads: 1)
        #expect(coverage.outsideZones.total.population == .max)
    }

    @Test(arguments: [(0.0, 1.0), (0.0, -0.4), (89.0, 89.7)])
    func theReachIncludesItsBoundary(_ latitudes: (Double, Double)) {
        let base = Coordinate(longitude: 44, latitude: latitudes.0)
        let place = Coordinate(longitude: 44.25, latitude: latitudes.1)
        let meters = Geodesic.distanceInMeters(from: base, to: place)
        func reached(_ reach: Double) -> Int {
            BaseCoverage(
                bases: [BaseSite(coordinate: base, zone: nil)],
                settlements: [
                    CoveredPlace(name: "Edge", coordinate: place, population: nil, zone: nil)
                ], incidents: [], hotspotCells: [], zoneCount: 0,
                reach: .straightLine(meters: reach), threads: 1
            ).bases[0].withinReach.settlements
        }
        #expect(reached(meters) == 1)
        #expect(reached(meters.nextDown) == 0)
        #expect(reached(-1) == 0)
        #expect(reached(.nan) == 0)
    }
}
