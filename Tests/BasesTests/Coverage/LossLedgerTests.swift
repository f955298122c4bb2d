import Bases
import GridCore
import TestSupport
import Testing

@Suite("Losses of closures")
struct LossLedgerTests {
    @Test("a base's loss is what a full recount without it finds less covered", arguments: 1...3)
    func equalsRecount(seed: UInt64) {
        let country = CoverageCountry(seed: seed)
        let before = country.report()
        let ledger = country.ledger()
        for base in country.minutes.indices {
            let after = country.report(without: [base])
            for k in CoverageCountry.limits.indices {
                let loss = ledger.bases[base].limits[k]
                let lost = before.total.limits[k].covered - after.total.limits[k].covered
                #expect(difference(loss.lost, lost, of: before.total.all) < sumTolerance)
                for sector in country.sectors.indices {
                    let part =
                        before.sectors[sector].limits[k].covered
                        - after.sectors[sector].limits[k].covered
                    #expect(
                        difference(loss.lostBySector[sector], part, of: before.total.all)
                            < sumTolerance)
                }
            }
        }
    }

    @Test("delay is people times the minutes that a recount adds, up to the cap", arguments: 1...3)
    func delay(seed: UInt64) {
        let country = CoverageCountry(seed: seed)
        let ledger = country.ledger()
        let people = country.demand.people.cells
        #expect(ledger.capInMinutes == 240)
        func waiting(_ bases: [Int]) -> Double {
            let minutes = country.travel(bases).firstMinutes.cells
            return zip(people, minutes).reduce(0) { $0 + Double($1.0) * min($1.1, 240) }
        }
        let all = Array(country.minutes.indices)
        for base in all {
            let added = waiting(all.filter { $0 != base }) - waiting(all)
            #expect(
                abs(ledger.bases[base].delayPersonMinutes - added) <= sumTolerance * waiting(all))
        }
    }

    @Test("settlements that lose their last cover are named, the largest first", arguments: 1...4)
    func settlements(seed: UInt64) {
        let country = CoverageCountry(seed: seed, baseCount: 3)
        let ledger = country.ledger()
        let places = country.demand.settlements
        for (k, limit) in CoverageCountry.limits.enumerated() {
            for base in country.minutes.indices {
                let lost = places.indices.filter { index in
                    guard let cell = places[index].cell else { return false }
                    return country.minutes.indices.filter { country.minutes[$0][cell] <= limit }
                        == [base]
                }
                let named = ledger.bases[base].limits[k].settlementsLosingCover
                #expect(named.sorted() == lost)
                let people = named.map { places[$0].population ?? -1 }
                #expect(zip(people, people.dropFirst()).allSatisfy { $0 >= $1 })
                #expect(ledger.bases[base].limits[k].lost.settlements == lost.count)
            }
        }
    }

    @Test("backup is lost where the base is one of the two nearest and both are in time")
    func backup() {
        let country = CoverageCountry(seed: 5)
        let ledger = country.ledger()
        let travel = country.travel()
        for base in country.minutes.indices {
            var expected = 0.0
            for (i, people) in country.demand.people.cells.enumerated()
            where travel.secondMinutes.cells[i] <= 60
                && [travel.firstBase.cells[i], travel.secondBase.cells[i]].contains(UInt16(base))
            {
                expected += Double(people)
            }
            let lost = ledger.bases[base].limits[1].backupLost.people
            #expect(abs(lost - expected) <= sumTolerance * max(1, expected))
        }
    }

    @Test("numbering the bases otherwise numbers the losses otherwise, and no more")
    func permutation() {
        let country = CoverageCountry(seed: 8)
        let order = Array(country.minutes.indices.reversed())
        let other = LossLedger(
            demand: country.demand, sectors: country.zones.sectors, travel: country.travel(order),
            baseCount: order.count, limitsInMinutes: CoverageCountry.limits)
        let ledger = country.ledger()
        for (new, old) in order.enumerated() {
            for k in CoverageCountry.limits.indices {
                #expect(other.bases[new].limits[k].lost == ledger.bases[old].limits[k].lost)
            }
        }
    }

    @Test("what two bases lose together is what a recount without both finds", arguments: 1...3)
    func pairs(seed: UInt64) {
        let country = CoverageCountry(seed: seed, baseCount: 6)
        let before = country.report()
        let ledger = country.ledger()
        let losses = CoverageCountry.limits.map { limit in
            ClosureLosses(
                demand: country.demand,
                reach: ReachSets(
                    country.reached(within: 120), limitInMinutes: limit,
                    cellCount: country.spec.shape.count))
        }
        for first in country.minutes.indices {
            for k in losses.indices {
                let lost = ledger.bases[first].limits[k].lost
                #expect(difference(losses[k].alone[first], lost) < sumTolerance)
            }
            for second in country.minutes.indices.dropFirst(first + 1) {
                let after = country.report(without: [first, second])
                for k in losses.indices {
                    let lost = before.total.limits[k].covered - after.total.limits[k].covered
                    let together = losses[k].together(first, second)
                    #expect(difference(together, lost, of: before.total.all) < sumTolerance)
                }
            }
        }
        for pair in losses.flatMap(\.pairs) {
            #expect(DemandMeasure.allCases.allSatisfy { pair.domino[$0] >= 0 })
            #expect(pair.settlements.count == pair.domino.settlements)
        }
        #expect(losses.contains { !$0.pairs.isEmpty })
    }

    @Test("two bases that share all they reach are harmless alone and open a hole together")
    func hole() {
        let spec = CoverageCountry.grid(rows: 1, columns: 4)
        let demand = Demand(people: Grid(spec, cells: [100, 200, 400, 800]))
        let reached = [[0, 1], [0, 1], [2, 3]].map {
            ReachedCells(cells: $0.map(Int32.init), minutes: [5, 60])
        }
        let reach = ReachSets(reached, limitInMinutes: 60, cellCount: 4)
        let losses = ClosureLosses(demand: demand, reach: reach)
        #expect(losses.alone.map(\.people) == [0, 0, 1200])
        let holes = losses.harmlessAloneHoleTogether(by: .people, harmless: 10, hole: 300)
        #expect(holes.map { [$0.first, $0.second] } == [[0, 1]])
        #expect(holes.first?.domino.people == 300)
        #expect(losses.harmlessAloneHoleTogether(by: .people, harmless: 10, hole: 301).isEmpty)
        #expect(reach.bases(reaching: 1) == [0, 1])
        let nearer = ReachSets(reached, limitInMinutes: 59, cellCount: 4)
        #expect(nearer.bases(reaching: 1).isEmpty)
    }

    @Test("no base and no demand give losses of nothing")
    func nothing() {
        let spec = CoverageCountry.grid(rows: 1, columns: 2)
        let travel = CoverageCountry.travel(spec, minutes: [])
        let demand = Demand(people: Grid(spec, cells: [3, 4]))
        #expect(LossLedger(demand: demand, travel: travel, baseCount: 0).bases.isEmpty)
        let single = LossLedger(
            demand: Demand(people: Grid(spec, filledWith: 0)), travel: travel, baseCount: 1)
        #expect(single.bases[0].limits.allSatisfy { $0.lost == .zero })
        let reach = ReachSets([], limitInMinutes: 60, cellCount: 2)
        #expect(ClosureLosses(demand: demand, reach: reach).pairs.isEmpty)
    }

    @Test("merged demand is covered by any choice of bases as its cells are", arguments: 1...2)
    func patterns(seed: UInt64) {
        let country = CoverageCountry(seed: seed)
        let reach = ReachSets(
            country.reached(within: 60), limitInMinutes: 60, cellCount: country.spec.shape.count)
        var random = SeededGenerator(seed: seed)
        let choices = (0..<5).map { _ in
            Set(country.minutes.indices.filter { _ in Bool.random(using: &random) })
        }
        let reports = choices.map {
            country.report(without: Set(country.minutes.indices).subtracting($0))
        }
        for measure in DemandMeasure.allCases {
            let patterns = reach.patterns(
                of: measure, in: country.demand, sectors: country.zones.sectors)
            #expect(Set(patterns.map { "\($0.reach) \($0.group ?? -1)" }).count == patterns.count)
            for (open, report) in zip(choices, reports) {
                let covered = patterns.filter { !open.isDisjoint(with: $0.reach) }
                let sum = covered.reduce(0) { $0 + $1.weight }
                let expected = report.total.limits[1].covered[measure]
                #expect(abs(sum - expected) <= sumTolerance * max(1, expected))
                let own = covered.filter { $0.group == 1 }.reduce(0) { $0 + $1.weight }
                let sector = report.sectors[1].limits[1].covered[measure]
                #expect(abs(own - sector) <= sumTolerance * max(1, sector))
            }
        }
    }
}
