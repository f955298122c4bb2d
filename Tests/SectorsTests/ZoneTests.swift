import GridCore
import Sectors
import TestSupport
import Testing

@Suite struct ZoneIndexTests {
    static let relativeTolerance = 1e-12

    @Test(arguments: 0..<40 as Range<UInt64>)
    func zonesThatTileTheGridAddUpToTheWhole(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let spec = GridSpec(
            shape: Shape(rows: 30, columns: 37),
            geotransform: Geotransform(
                originX: 41, cellWidth: 0.05, originY: 11, cellHeight: -0.05),
            crs: .wgs84)
        let zones = quadrants(of: spec.boundingBox, using: &random)
        let areas = CellAreas(geographic: spec)
        let index = ZoneIndex(zones: zones, spec: spec, cellAreas: areas)
        let values = (0..<spec.shape.count).map { _ in
            Int.random(in: 0..<6, using: &random) == 0
                ? Float.nan : Float.random(in: -1...1, using: &random)
        }
        let classes = values.map { $0.isNaN ? 255 : UInt8(($0 + 1) * 2) }

        var sum = ZonalAccumulator()
        var classSum = ClassAreaAccumulator()
        for zone in 0..<index.zoneCount {
            for tile in tiles(of: spec.shape, rows: 8, columns: 9) {
                index.accumulate(
                    window: tile, zone: zone, values: cells(of: values, spec.shape, in: tile),
                    into: &sum)
                index.accumulate(
                    window: tile, zone: zone, values: cells(of: classes, spec.shape, in: tile),
                    into: &classSum)
            }
        }
        var whole = ZonalAccumulator()
        var classWhole = ClassAreaAccumulator()
        for row in 0..<spec.shape.rows {
            for column in 0..<spec.shape.columns {
                let cell = row * spec.shape.columns + column
                whole.add(values[cell], weight: areas[row])
                classWhole.add(classes[cell], weight: areas[row])
            }
        }
        let zoneAreas = (0..<index.zoneCount).reduce(0) {
            $0 + index.areaInSquareMeters(ofZone: $1)
        }
        // Values of both signs: the sum is compared with the weight it is of.
        let scale = Self.relativeTolerance * whole.coveredWeight
        #expect(abs(sum.coveredWeight - whole.coveredWeight) <= scale)
        #expect(abs(sum.validWeight - whole.validWeight) <= scale)
        #expect(abs(sum.weightedSum - whole.weightedSum) <= scale)
        #expect(abs(zoneAreas - whole.coveredWeight) <= scale)
        for code in UInt8.min...UInt8.max {
            #expect(abs(classSum[code: code] - classWhole[code: code]) <= scale)
        }
    }

    /// Four zones that meet in one point and reach beyond the box, divided
    /// by crooked lines.
    private func quadrants(
        of box: BoundingBox, using random: inout SeededGenerator
    ) -> [MultiPolygon] {
        let outer = box.expanded(by: 0.3)
        let (x, y) = (box.center.x, box.center.y)
        // Within 0.25 of the middle the lines are straight, beyond it they
        // wander by at most 0.2, so that no two of them cross.
        func arm(to end: Double) -> [(along: Double, across: Double)] {
            let start = end < 0 ? -0.25 : 0.25
            return [(0, 0), (start, 0)]
                + (1...9).map { i in
                    (
                        start + Double(i) / 9 * (end - start),
                        Double.random(in: -0.2...0.2, using: &random)
                    )
                }
        }
        let west = arm(to: outer.minX - x).map { (x + $0.along, y + $0.across) }
        let east = arm(to: outer.maxX - x).map { (x + $0.along, y + $0.across) }
        let south = arm(to: outer.minY - y).map { (x + $0.across, y + $0.along) }
        let north = arm(to: outer.maxY - y).map { (x + $0.across, y + $0.along) }
        let corners = (
            southWest: (outer.minX, outer.minY), southEast: (outer.maxX, outer.minY),
            northWest: (outer.minX, outer.maxY), northEast: (outer.maxX, outer.maxY)
        )
        // From the corner inwards along one arm and outwards along the next.
        func zone(
            _ corner: (Double, Double), _ inwards: [(Double, Double)],
            _ outwards: [(Double, Double)]
        ) -> MultiPolygon {
            single(ring([corner] + inwards.reversed() + outwards.dropFirst()))
        }
        return [
            zone(corners.southWest, south, west), zone(corners.southEast, east, south),
            zone(corners.northEast, north, east), zone(corners.northWest, west, north),
        ]
    }

    @Test func zonesTouchingAWindowComeInZoneOrder() {
        let spec = unitGrid(rows: 10, columns: 10)
        let index = ZoneIndex(
            zones: [box(0, 0, 2, 2), box(8, 8, 10, 10), box(-9, -9, -1, -1), box(1, 1, 9, 9)]
                .map { single($0) },
            spec: spec, cellAreas: CellAreas(projected: spec))
        #expect(index.zones(touching: CellWindow(spec.shape)) == [0, 1, 3])
        let southWest = CellWindow(row: 8, column: 0, rows: 2, columns: 2)
        let northEast = CellWindow(row: 0, column: 9, rows: 1, columns: 1)
        let northWest = CellWindow(row: 0, column: 0, rows: 1, columns: 1)
        #expect(index.zones(touching: southWest) == [0, 3])
        #expect(index.zones(touching: northEast) == [1])
        #expect(index.zones(touching: northWest) == [])
    }
}

@Suite struct ZoneLocatorTests {
    private let locator = ZoneLocator(zones: [
        single(box(0, 0, 4, 4), holes: [box(1, 1, 2, 2)]),
        single(box(4, 0, 8, 4)),
        single(box(0, 0, 8, 4)),
        MultiPolygon(),
    ])

    @Test func theFirstZoneThatContainsThePointIsTaken() {
        #expect(locator.zone(containing: Coordinate(x: 3, y: 3)) == 0)
        #expect(locator.zone(containing: Coordinate(x: 5, y: 3)) == 1)
    }

    @Test func aPointInAHoleBelongsToAZoneBehind() {
        #expect(locator.zone(containing: Coordinate(x: 1.5, y: 1.5)) == 2)
    }

    @Test func aPointOnABorderBelongsToTheEasternZone() {
        #expect(locator.zone(containing: Coordinate(x: 4, y: 2)) == 1)
    }

    @Test func aPointInNoZoneHasNone() {
        #expect(locator.zone(containing: Coordinate(x: 9, y: 2)) == nil)
        #expect(locator.zone(containing: Coordinate(x: 3, y: -1)) == nil)
    }
}

@Suite struct SectorTallyTests {
    @Test func incidentsAndDeathsAreCountedPerZoneAndWindow() {
        let tallies = SectorTallies(
            [
                TalliedPoint(zone: 1, window: .current, deaths: 4, civilianDeaths: 3),
                TalliedPoint(zone: 1, window: .previous, deaths: 2, civilianDeaths: 0),
                TalliedPoint(zone: 0, window: .current, deaths: 1, civilianDeaths: 1),
                TalliedPoint(zone: 1, window: .current, deaths: 0, civilianDeaths: 0),
                TalliedPoint(zone: nil, window: .previous, deaths: 7, civilianDeaths: 5),
            ], zoneCount: 3)
        #expect(tallies.perZone.count == 3)
        #expect(
            tallies.perZone[1].current
                == IncidentCount(incidents: 2, deaths: 4, civilianDeaths: 3))
        #expect(
            tallies.perZone[1].previous
                == IncidentCount(incidents: 1, deaths: 2, civilianDeaths: 0))
        #expect(tallies.perZone[1].incidents.absolute == 1)
        #expect(tallies.perZone[1].deaths.percent == 100)
        #expect(tallies.perZone[2] == SectorTally())
        #expect(
            tallies.outside.previous
                == IncidentCount(incidents: 1, deaths: 7, civilianDeaths: 5))
    }

    @Test func aChangeFromNothingHasNoPercentage() {
        #expect(CountChange(current: 5, previous: 0).percent == nil)
        #expect(CountChange(current: 0, previous: 0).percent == nil)
        #expect(CountChange(current: 5, previous: 0).absolute == 5)
        #expect(CountChange(current: 0, previous: 4).percent == -100)
        #expect(CountChange(current: 3, previous: 4).percent == -25)
    }
}
