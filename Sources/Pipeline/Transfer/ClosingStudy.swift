import Bases
import GridCore

/// What the closing of each base would lose, in both seasons at one limit.
struct ClosingStudy {
    let model: TravelModel
    let dry: CoverageAnalysis
    let wet: CoverageAnalysis
    /// Index in the limits of both.
    let limit: Int
    /// Bases that must not lose each before they leave themselves.
    let dependants: [Int]

    private func lost(_ analysis: CoverageAnalysis, _ base: Int) -> LimitLoss {
        analysis.ledger.bases[base].limits[limit]
    }

    /// Hotspot area that the gaps of all seams grow by, m2.
    private func seamGrowth(_ analysis: CoverageAnalysis, _ base: Int) -> Double {
        analysis.seams.seams.reduce(0) { sum, seam in
            sum + seam.limits[limit].growth.filter { $0.base == base }
                .reduce(0) { $0 + $1.added.hotspotSquareMeters }
        }
    }

    func closingLoss(_ base: Int) -> ClosingLoss {
        let total = dry.report.total.all.people
        func share(_ analysis: CoverageAnalysis) -> Double {
            total > 0 ? lost(analysis, base).lost.people / total : 0
        }
        let largest = [dry, wet].flatMap { lost($0, base).settlementsLosingCover }
            .compactMap { model.inputs.settlements[$0].population }.max()
        return ClosingLoss(
            populationShareDry: share(dry), populationShareWet: share(wet),
            seamGrowthDry: seamGrowth(dry, base) / 1e6, seamGrowthWet: seamGrowth(wet, base) / 1e6,
            dependants: dependants[base], largestSettlement: Double(largest ?? 0))
    }

    /// Shares of totals that do not depend on the bases; of each measure the
    /// season that loses more.
    func shares(_ base: Int) -> ImportanceShares {
        let all = dry.report.total.all
        let (a, b) = (lost(dry, base).lost, lost(wet, base).lost)
        let seams = dry.seams.seams.reduce(0) { $0 + $1.zone.hotspotSquareMeters }
        return ImportanceShares(
            amounts: [
                max(a.people, b.people), max(a.hotspotSquareMeters, b.hotspotSquareMeters),
                max(a.incidentWeight, b.incidentWeight), max(a.stressedPeople, b.stressedPeople),
                max(seamGrowth(dry, base), seamGrowth(wet, base)), Double(dependants[base]),
            ],
            totals: [
                all.people, all.hotspotSquareMeters, all.incidentWeight, all.stressedPeople, seams,
                Double(max(1, model.bases.count - 1)),
            ])
    }

    /// The figures of the season that loses more people.
    func losses(_ base: Int) -> BaseLosses {
        let worse =
            lost(wet, base).lost.people >= lost(dry, base).lost.people ? wet : dry
        let loss = lost(worse, base)
        let settlements = loss.settlementsLosingCover.map { model.inputs.settlements[$0] }
        let times = worse.scene.times
        let largest = loss.settlementsLosingCover.first
            .flatMap { worse.scene.demand.settlements[$0].cell }
        var nearest: (base: Int, minutes: Double)?
        if let largest {
            let other = times.secondBase.withCells { $0[largest] }
            if other != TravelTimes.noBase {
                nearest = (Int(other), times.secondMinutes.withCells { $0[largest] })
            }
        }
        return BaseLosses(
            limitInMinutes: loss.limitInMinutes, season: worse.scene.season.rawValue,
            population: loss.lost.people,
            settlements: settlements.map {
                LostSettlement(name: $0.name, population: $0.population.map { Double($0) })
            },
            delayPersonMinutes: worse.ledger.bases[base].delayPersonMinutes,
            backupPopulation: loss.backupLost.people,
            hotspotKm2: loss.lost.hotspotSquareMeters / 1e6,
            seamGrowthKm2: seamGrowth(worse, base) / 1e6,
            nearestRemaining: nearest.map { model.bases[$0.base].id },
            nearestRemainingMinutes: nearest?.minutes)
    }
}
