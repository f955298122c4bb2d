import Bases
import Calendar
import GridCore
import Report

/// The map and the sheet of a transfer; restricted only.
struct TransferPictures {
    let transfer: TransferStudy
    let schedule: TransferSchedule?
    let pictures: TravelPictures
    let dry: CoverageAnalysis
    let wet: CoverageAnalysis

    private var model: TravelModel { transfer.model }

    func map() throws -> [UInt8] {
        var map = TransferMap(
            caption: pictures.mapCaption(
                "Transfer of bases",
                [
                    "People: losses within \(model.coverage.limit) of travel, in the season that loses more; settlements: in either.",
                    "Unknown evidence never passes a gate. Phases follow conditions, not dates.",
                ]), ground: pictures.ground())
        map.bases = transfer.rows.enumerated().map { index, row in
            TransferMap.Base(
                id: row.identity.id, name: row.identity.name,
                position: model.bases[index].coordinate, verdict: row.verdict.mapped,
                phase: schedule?.phase(of: index).map { "phase \($0 + 1)" },
                peopleLosingCover: row.losses.population)
        }
        map.routes = zip(transfer.supply.paths, transfer.rows).compactMap { path, row in
            guard path.coordinates.count > 1 else { return nil }
            return TransferMap.Route(
                line: path.coordinates, exposurePerKilometer: row.supply.exposurePerKilometer,
                isCutInFloodSeason: row.supply.minutes.isCutInFlood,
                isSingleRoute: row.supply.isSingleRoute ?? false)
        }
        map.hubs = model.movement.hubs.map { .init(name: $0.name, position: $0.coordinate) }
        let limit = model.mainLimit
        let losing = Set(
            [dry, wet].flatMap(\.ledger.bases)
                .flatMap { $0.limits[limit].settlementsLosingCover })
        map.losingSettlements = losing.sorted().map { index in
            let place = model.inputs.settlements[index]
            return MapGround.Settlement(
                name: place.name, position: place.coordinate,
                people: place.population.map { Double($0) })
        }
        map.seamGaps = try pictures.gaps(wet)
        return try map.pngBytes()
    }

    /// nil without a schedule.
    func sheet() throws -> [UInt8]? {
        guard let schedule else { return nil }
        let section = schedule.section
        let result = schedule.result
        let today = ScheduleSheet.Phase(label: "Today", dates: "\(model.asOf)")
        let phases = section.phases.enumerated().map { index, phase in
            ScheduleSheet.Phase(
                label: "Phase \(index + 1)", dates: "from \(phase.starts)",
                season: "\(phase.season.rawValue) season")
        }
        let checker = PlanChecker(schedule.problem)
        let before = checker.groupCoverage(of: result.plan, inPhase: nil)
        let sectors = model.inputs.sectors.zones.enumerated().map { number, zone in
            ScheduleSheet.Sector(
                name: zone.name,
                bases: model.bases.indices.filter { model.bases[$0].sector == number }
                    .map { base(schedule, $0) },
                coverage: coverage(schedule, number, before: before[number]))
        }
        let others = model.bases.indices.filter { model.bases[$0].sector == nil }
        let outside =
            others.isEmpty
            ? []
            : [
                ScheduleSheet.Sector(
                    name: "In no sector", bases: others.map { base(schedule, $0) }, coverage: [])
            ]
        var certificate: ScheduleSheet.Certificate?
        if let bound = result.bound, let gap = result.gap, bound.isFinite {
            certificate = ScheduleSheet.Certificate(
                measure: "people protected, summed over the phases", value: result.value,
                bound: bound, gap: gap)
        }
        var notes = [
            "Cover within \(model.coverage.limit) in the wet season; that of a host unit counts by its readiness.",
            "Dates come out of conditions: a base leaves only when its gates are passed on the day.",
        ]
        notes += schedule.brokenRules
        return try ScheduleSheet(
            caption: pictures.mapCaption("Phased schedule", notes), phases: [today] + phases,
            sectors: sectors + outside, certificate: certificate
        ).pngBytes()
    }

    private func base(_ schedule: TransferSchedule, _ index: Int) -> ScheduleSheet.Base {
        let decision = schedule.result.plan.decisions[index]
        let states = (-1..<schedule.section.phases.count).map { phase -> ScheduleSheet.State in
            guard let leaves = decision.phase, phase >= leaves else { return .mission }
            return decision.action == .handOver ? .host : .closed
        }
        return ScheduleSheet.Base(
            id: model.bases[index].id, name: model.bases[index].name, states: states,
            routeCutPhases: Set(schedule.problem.bases[index].blockedPhases.map { $0 + 1 }))
    }

    private func coverage(
        _ schedule: TransferSchedule, _ sector: Int, before: Double
    ) -> [ScheduleSheet.Coverage] {
        let people = wet.report.sectors[sector].all.people
        guard people > 0 else { return [] }
        let floor = before * (1 - schedule.section.floor.fraction) / people
        let missed = schedule.result.missedFloors.compactMap { violation -> (Int, Double)? in
            guard case .floor(sector, let phase, _, _) = violation else { return nil }
            return (phase, violation.amount)
        }
        let today = ScheduleSheet.Coverage(share: before / people, floor: floor)
        return [today]
            + schedule.result.outcomes.map { outcome in
                ScheduleSheet.Coverage(
                    share: outcome.groupCoverage[sector] / people, floor: floor,
                    shortfallInPeople: missed.first { $0.0 == outcome.phase }?.1)
            }
    }
}

extension Verdict {
    fileprivate var mapped: TransferMap.Verdict {
        switch self {
        case .keep: .keep
        case .transferReady: .transferReady
        case .transferConditional: .transferConditional
        case .closeCandidate: .closeCandidate
        case .holdData: .holdData
        case .keepNoSubstitute: .keepNoSubstitute
        }
    }
}
