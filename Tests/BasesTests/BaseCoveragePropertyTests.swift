import Bases
import Geo
import GridCore
import Testing
import TestSupport

/// A country of random bases and places, larger than one worker's share.
private struct RandomCountry {
    var bases: [BaseSite] = []
    var settlements: [CoveredPlace] = []
    var incidents: [CoveredIncident] = []
    var cells: [CoveredCell] = []
    /// The bases within reach of every place, each distance measured.
    private var covering: [Coordinate: [Int]] = [:]
    static let zoneCount = 4
    static let reachInMeters = 90_000.0

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            bases.append(
                BaseSite(coordinate: Self.place(&generator), zone: Self.zone(&generator)))
        }
        for index in 0..<1100 {
            settlements.append(
                CoveredPlace(
                    name: "Place \(index % 7)", coordinate: Self.place(&generator),
                    population: Bool.random(using: &generator)
                        ? Int.random(in: 0...9, using: &generator) * 100 : nil,
                    zone: Self.zone(&generator)))
        }
        for _ in 0..<300 {
            let deaths = Int.random(in: 0...20, using: &generator)
            incidents.append(
                CoveredIncident(
                    coordinate: Self.place(&generator), deaths: deaths,
                    civilianDeaths: Int.random(in: 0...deaths, using: &generator),
                    zone: Self.zone(&generator)))
        }
        for _ in 0..<2500 {
            cells.append(
                CoveredCell(
                    coordinate: Self.place(&generator),
                    squareMeters: Double.random(in: 2e7...3e7, using: &generator),
                    zone: Self.zone(&generator)))
        }
        let places =
            settlements.map(\.coordinate) + incidents.map(\.coordinate) + cells.map(\.coordinate)
        for place in places {
            covering[place] = bases.indices.filter {
                Geodesic.distanceInMeters(from: bases[$0].coordinate, to: place)
                    <= Self.reachInMeters
            }
        }
    }

    private static func place(_ generator: inout SeededGenerator) -> Coordinate {
        Coordinate(
            longitude: Double.random(in: 41...51, using: &generator),
            latitude: Double.random(in: -2...12, using: &generator))
    }

    private static func zone(_ generator: inout SeededGenerator) -> Int? {
        let zone = Int.random(in: 0...zoneCount, using: &generator)
        return zone == zoneCount ? nil : zone
    }

    func coverage(threads: Int, without dropped: Int? = nil) -> BaseCoverage {
        var sites = bases
        if let dropped { sites.remove(at: dropped) }
        return BaseCoverage(
            bases: sites, settlements: settlements, incidents: incidents, hotspotCells: cells,
            zoneCount: Self.zoneCount, reach: .straightLine(meters: Self.reachInMeters),
            threads: threads)
    }

    /// Everything that passes `keep`, added up in the order of the lists.
    func total(_ keep: (Coordinate, Int?) -> Bool) -> BaseTotals {
        var sum = BaseTotals.zero
        for place in settlements where keep(place.coordinate, place.zone) {
            sum += BaseTotals(settlements: 1, population: place.population ?? 0)
        }
        for incident in incidents where keep(incident.coordinate, incident.zone) {
            sum += BaseTotals(
                incidents: 1, deaths: incident.deaths, civilianDeaths: incident.civilianDeaths)
        }
        for cell in cells where keep(cell.coordinate, cell.zone) {
            sum += BaseTotals(hotspotSquareMeters: cell.squareMeters)
        }
        return sum
    }

    func covering(_ place: Coordinate) -> [Int] { covering[place] ?? [] }
}

@Suite struct BaseCoveragePropertyTests {
    /// Areas are summed in another order than the parts they are compared
    /// with: some thousand terms, each rounded to 1e-16.
    static let areaTolerance = 1e-12

    private func agree(_ a: BaseTotals, _ b: BaseTotals) -> Bool {
        var rounded = a
        rounded.hotspotSquareMeters = b.hotspotSquareMeters
        return rounded == b
            && abs(a.hotspotSquareMeters - b.hotspotSquareMeters)
                <= Self.areaTolerance * max(1, abs(b.hotspotSquareMeters))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func theFiguresEqualThoseOfMeasuringEveryDistance(seed: UInt64) {
        let country = RandomCountry(seed: seed)
        let coverage = country.coverage(threads: 2)
        for base in country.bases.indices {
            let within = country.total { place, _ in country.covering(place).contains(base) }
            let only = country.total { place, _ in country.covering(place) == [base] }
            #expect(coverage.bases[base].withinReach == within)
            #expect(coverage.bases[base].onlyThisBase == only)
            let last = country.settlements.indices.filter {
                country.covering(country.settlements[$0].coordinate) == [base]
            }
            #expect(coverage.bases[base].lastCover.sorted() == last)
            #expect(coverage.bases[base].nearestBase == nearest(base, country))
        }
        let zones = coverage.zones + [coverage.outsideZones]
        for index in zones.indices {
            let zone = index == RandomCountry.zoneCount ? nil : index
            #expect(zones[index].bases == country.bases.count { $0.zone == zone })
            #expect(zones[index].total == country.total { $1 == zone })
            #expect(
                zones[index].covered
                    == country.total { $1 == zone && !country.covering($0).isEmpty })
            #expect(
                zones[index].coveredByOwnBases
                    == country.total { place, of in
                        zone != nil && of == zone
                            && country.covering(place).contains { country.bases[$0].zone == zone }
                    })
        }
    }

    private func nearest(_ base: Int, _ country: RandomCountry) -> Int? {
        country.bases.indices.filter { $0 != base }.min {
            Geodesic.distanceInMeters(
                from: country.bases[base].coordinate, to: country.bases[$0].coordinate)
                < Geodesic.distanceInMeters(
                    from: country.bases[base].coordinate, to: country.bases[$1].coordinate)
        }
    }

    @Test(arguments: [11, 12] as [UInt64])
    func coveredAndUncoveredMakeTheTotalAndZonesMakeTheCountry(seed: UInt64) {
        let country = RandomCountry(seed: seed)
        let coverage = country.coverage(threads: 1)
        var grand = BaseTotals.zero
        for zone in coverage.zones + [coverage.outsideZones] {
            var parts = zone.covered
            parts += zone.uncovered
            #expect(agree(parts, zone.total))
            #expect(zone.coveredByOwnBases.settlements <= zone.covered.settlements)
            grand += zone.total
        }
        #expect(agree(grand, country.total { _, _ in true }))
        for base in coverage.bases {
            #expect(base.onlyThisBase.settlements <= base.withinReach.settlements)
            #expect(base.onlyThisBase.population <= base.withinReach.population)
            #expect(base.onlyThisBase.deaths <= base.withinReach.deaths)
            #expect(
                base.onlyThisBase.hotspotSquareMeters <= base.withinReach.hotspotSquareMeters)
            #expect(base.lastCover.count == base.onlyThisBase.settlements)
        }
    }

    @Test(arguments: [21] as [UInt64])
    func closingABaseUncoversWhatOnlyItReached(seed: UInt64) {
        let country = RandomCountry(seed: seed)
        let all = country.coverage(threads: 1)
        for base in stride(from: 0, to: country.bases.count, by: 4) {
            let fewer = country.coverage(threads: 1, without: base)
            var before = BaseTotals.zero
            for zone in all.zones + [all.outsideZones] { before += zone.uncovered }
            before += all.bases[base].onlyThisBase
            var after = BaseTotals.zero
            for zone in fewer.zones + [fewer.outsideZones] { after += zone.uncovered }
            #expect(agree(before, after))
        }
    }

    @Test(arguments: [31, 32] as [UInt64])
    func anyNumberOfThreadsGivesTheSameBits(seed: UInt64) {
        let country = RandomCountry(seed: seed)
        let one = country.coverage(threads: 1)
        #expect(country.coverage(threads: 3) == one)
        #expect(country.coverage(threads: 8) == one)
    }
}
