import Bases
import GridCore
import Sectors
import TestSupport
import Testing

@Suite("Coverage report")
struct CoverageReportTests {
    @Test("sectors and what lies outside them add up to the total", arguments: 1...6)
    func sectorsAddUp(seed: UInt64) {
        let report = CoverageCountry(seed: seed).report()
        func parts(_ value: (ZoneCoverage) -> DemandTotals) -> DemandTotals {
            report.sectors.map(value).reduce(value(report.outsideSectors), +)
        }
        #expect(difference(parts(\.all), report.total.all) < sumTolerance)
        #expect(difference(parts(\.unreachable), report.total.unreachable) < sumTolerance)
        #expect(report.total.all.people > 0)
        for k in CoverageCountry.limits.indices {
            #expect(
                difference(parts { $0.limits[k].covered }, report.total.limits[k].covered)
                    < sumTolerance)
            #expect(
                difference(parts { $0.limits[k].backup }, report.total.limits[k].backup)
                    < sumTolerance)
            #expect(
                difference(parts { $0.limits[k].own }, report.total.limits[k].own) < sumTolerance)
        }
    }

    @Test(
        "districts that tile the country add up to the total, their own part too", arguments: 1...4)
    func districtsAddUp(seed: UInt64) {
        let report = CoverageCountry(seed: seed).report()
        let all = report.districts.map(\.all).reduce(.zero, +)
        #expect(difference(all, report.total.all) < sumTolerance)
        for k in CoverageCountry.limits.indices {
            let own = report.districts.map { $0.limits[k].own }.reduce(.zero, +)
            #expect(difference(own, report.total.limits[k].own) < sumTolerance)
        }
        // A district that is a whole sector has the figures of the sector.
        #expect(difference(report.districts[2].all, report.sectors[1].all) < sumTolerance)
        #expect(
            difference(report.districts[2].limits[1].covered, report.sectors[1].limits[1].covered)
                < sumTolerance)
    }

    @Test("a zone has what a count over all bases and cells gives", arguments: 1...4)
    func equalsPlainCount(seed: UInt64) {
        let country = CoverageCountry(seed: seed)
        let report = country.report()
        let people = country.demand.people.cells
        for (k, limit) in CoverageCountry.limits.enumerated() {
            for (sector, cover) in country.zones.sectors.enumerated() {
                var (covered, own, backup) = (0.0, 0.0, 0.0)
                cover.forEachCell { cell, fraction in
                    let i = cell.row * CoverageCountry.columns + cell.column
                    let reaching = country.minutes.indices.filter {
                        country.minutes[$0][i] <= limit
                    }
                    let amount = fraction * Double(people[i])
                    if !reaching.isEmpty { covered += amount }
                    if reaching.contains(where: { country.sectorOfBase[$0] == sector }) {
                        own += amount
                    }
                    if reaching.count >= 2 { backup += amount }
                }
                let figures = report.sectors[sector].limits[k]
                #expect(abs(figures.covered.people - covered) <= sumTolerance * max(1, covered))
                #expect(abs(figures.own.people - own) <= sumTolerance * max(1, own))
                #expect(abs(figures.backup.people - backup) <= sumTolerance * max(1, backup))
            }
        }
    }

    @Test("quantiles of the response are those of the sorted times", arguments: 1...6)
    func quantiles(seed: UInt64) {
        let country = CoverageCountry(seed: seed, baseCount: 2)
        let report = country.report()
        let first = country.travel().firstMinutes
        for (zone, cover) in country.zones.sectors.enumerated() {
            var values: [WeightedValue] = []
            cover.forEachCell { cell, fraction in
                let weight = fraction * Double(country.demand.people[cell])
                values.append(WeightedValue(value: first[cell], weight: weight))
            }
            let sorted = WeightedDistribution(values)
            let response = report.sectors[zone].response
            #expect(response.p50 == sorted.lowerQuantile(0.5))
            #expect(response.p75 == sorted.lowerQuantile(0.75))
            #expect(response.p90 == sorted.lowerQuantile(0.9))
            #expect(response.p95 == sorted.lowerQuantile(0.95))
        }
    }

    @Test("the same bits for one and four threads")
    func threads() {
        let country = CoverageCountry(seed: 9)
        #expect(country.report() == country.report(threads: 4))
        #expect(country.ledger() == country.ledger(threads: 4))
    }

    @Test("twice the people are twice the people in every figure, and no other time")
    func scales() {
        let (one, two) = (
            CoverageCountry(seed: 3).report(), CoverageCountry(seed: 3, peopleFactor: 2).report()
        )
        #expect(two.total.all.people == 2 * one.total.all.people)
        #expect(two.sectors[0].limits[1].own.people == 2 * one.sectors[0].limits[1].own.people)
        #expect(two.total.response == one.total.response)
        #expect(two.total.share(1) == one.total.share(1))
    }

    /// One row of cells with one base, 10 minutes a cell.
    private func row(_ minutes: [Double], people: [Float]) -> CoverageReport {
        let spec = CoverageCountry.grid(rows: 1, columns: minutes.count)
        let demand = Demand(
            people: Grid(spec, cells: people),
            settlements: [
                DemandSettlement(
                    name: "Off", coordinate: Coordinate(x: 500, y: 500), cell: nil, population: 5)
            ])
        return CoverageTally(
            demand: demand, zones: DemandZones(sectors: []),
            travel: CoverageCountry.travel(spec, minutes: [minutes]), limitsInMinutes: [60, 120]
        ).report
    }

    @Test("a cell exactly at the limit is covered")
    func boundaryIsCovered() {
        let report = row([0, 60, 60.000_001, 120], people: [1, 2, 4, 8])
        #expect(report.total.limits[0].covered.people == 3)
        #expect(report.total.limits[1].covered.people == 15)
        #expect(report.total.limits[1].backup.people == 0)
        #expect(report.total.limits[0].own == .zero)
    }

    @Test("people whom no base reaches wait for ever and stay in every total")
    func unreachable() {
        let report = row([0, .infinity], people: [60, 40])
        #expect(report.total.all.people == 100)
        #expect(report.total.shareUnreachable == 0.4)
        #expect(report.total.response.p50 == 0)
        #expect(report.total.response.p75 == .infinity)
        #expect(report.total.all.settlements == 1)
        #expect(report.total.unreachable.settlementPeople == 5)
        #expect(report.outsideSectors.all == report.total.all)
    }

    @Test("without people shares and quantiles are unknown, not zero")
    func nobody() {
        let report = row([0, 5], people: [0, .nan])
        #expect(report.total.share(0) == nil)
        #expect(report.total.paperShare(0) == nil)
        #expect(report.total.response == ResponseTimes(p50: nil, p75: nil, p90: nil, p95: nil))
    }

    @Test("values that are negative, infinite or not a number count as 0 and are counted")
    func unusable() {
        let spec = CoverageCountry.grid(rows: 1, columns: 4)
        let demand = Demand(people: Grid(spec, cells: [-3, .nan, .infinity, 7]))
        #expect(demand.unusableCells.people == 3)
        #expect(demand.people.cells == [0, 0, 0, 7])
        #expect(demand.unusableCells.hotspotSquareMeters == 0)
    }

    @Test("an incident's weight halves in 180 days and ends after 365")
    func recency() {
        #expect(DemandIncident.recencyWeight(ageInDays: 0) == 1)
        #expect(DemandIncident.recencyWeight(ageInDays: 180) == 0.5)
        #expect(DemandIncident.recencyWeight(ageInDays: 365) != nil)
        #expect(DemandIncident.recencyWeight(ageInDays: 366) == nil)
        #expect(DemandIncident.recencyWeight(ageInDays: -1) == nil)
    }
}
