import Bases
import Calendar
import Diagnostics
import GridCore
import Sectors
import Solver

/// The phased schedule of a transfer: its problem, the plan, and names.
struct TransferSchedule {
    let transfer: TransferStudy
    let section: ScheduleConfiguration
    let problem: ScheduleProblem
    let result: ScheduleResult
    /// Sectors, then seams, in the order of the groups.
    let groupNames: [String]
    /// The model as text for any other solver.
    let program: String
    /// What its objective lacks: what no decision changes.
    let programConstant: Double

    private var model: TravelModel { transfer.model }

    /// - Throws: `ScheduleError` when the phases contradict themselves, and
    ///   `TravelError` of the sweeps.
    init(
        _ transfer: TransferStudy, _ section: ScheduleConfiguration,
        _ profile: TravelProfileChoice
    ) throws {
        self.transfer = transfer
        self.section = section
        let study = transfer.study
        let model = study.model
        // The season in which fewer are reached decides.
        let scene = try study.scene(.wet, profile)
        let limit = model.limits[model.mainLimit]
        let sets = ReachSets(
            try scene.reach(withinMinutes: limit), limitInMinutes: limit,
            cellCount: model.spec.shape.count)
        let people = sets.patterns(of: .people, in: scene.demand, sectors: model.zones.sectors)
        let seams = try Self.seamPatterns(sets, scene, study)
        let zones = model.inputs.sectors.zones
        groupNames = zones.map(\.name)
            + study.borders.seams.map { "seam \(zones[$0.first].id)-\(zones[$0.second].id)" }
        problem = Self.problem(
            transfer, section, people: people, seams: seams,
            seamCount: study.borders.seams.count)
        result = try SchedulePlanner(
            method: .optimal, limits: SolverLimits(seconds: Double(section.seconds))
        ).plan(problem)
        let built = try SchedulePlanner.program(of: problem)
        program = try LPFile.text(of: built.program)
        programConstant = built.constant
    }

    private static func seamPatterns(
        _ sets: ReachSets, _ scene: TravelScene, _ study: TravelStudy
    ) throws -> [DemandPattern] {
        guard study.model.hotspotSquareMeters != nil else { return [] }
        let seams = study.borders.seams.map { seam in
            (
                sectors: [seam.first, seam.second],
                zone: seam.parts.filter { !$0.isEmpty }
                    .map { CellCoverage(of: $0, on: study.model.spec) }
            )
        }
        return sets.seamPatterns(
            in: scene.demand, seams: seams, sectorOfBase: study.model.bases.map(\.sector))
    }

    private static func problem(
        _ transfer: TransferStudy, _ section: ScheduleConfiguration, people: [DemandPattern],
        seams: [DemandPattern], seamCount: Int
    ) -> ScheduleProblem {
        let model = transfer.model
        let sectors = model.sectorCount
        let demands =
            people.map { pattern in
                ScheduleProblem.Demand(
                    reach: pattern.reach, weight: pattern.weight,
                    groups: pattern.group.map { [.init(group: $0, weight: pattern.weight)] } ?? [])
            }
            + seams.map { pattern in
                // Counted in its seam alone: people are counted already.
                ScheduleProblem.Demand(
                    reach: pattern.reach, weight: 0,
                    groups: pattern.group.map {
                        [.init(group: sectors + $0, weight: pattern.weight / 1e6)]
                    } ?? [])
            }
        let floors =
            (0..<sectors).map {
                ScheduleProblem.Floor(group: $0, least: .shareOfToday(1 - section.floor.fraction))
            }
            + (0..<seamCount).map {
                ScheduleProblem.Floor(group: sectors + $0, least: .todayLess(section.seamGrowth))
            }
        let names = Dictionary(
            model.bases.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        return ScheduleProblem(
            bases: model.bases.indices.map { base(transfer, section, $0) }, demands: demands,
            groupCount: sectors + seamCount,
            phases: section.phases.map { phase in
                .init(
                    mostLeaving: phase.moves,
                    mostLeavingByContingent: contingents(model).map { _ in phase.contingentMoves },
                    hostUnits: phase.hostUnits)
            }, floors: floors, mostHeldAtEnd: max(0, model.bases.count - section.leave),
            dependences: transfer.rows.enumerated().flatMap { keeper, row in
                row.dependants.compactMap { names[$0] }.map {
                    ScheduleProblem.Dependence(base: $0, on: keeper)
                }
            },
            neighbours: neighbours(model, section.apart.meters),
            // One person's protection in one phase: among equals fewer move.
            costPerMove: 1)
    }

    private static func base(
        _ transfer: TransferStudy, _ section: ScheduleConfiguration, _ index: Int
    ) -> ScheduleProblem.Base {
        let minutes = transfer.supply.paths[index].minutes
        let blocked = section.phases.indices.filter { phase in
            switch section.phases[phase].season {
            case .dry: !(minutes.dry < .infinity)
            case .wet: !(minutes.wet < .infinity)
            case .flood: !(minutes.flood < .infinity)
            }
        }
        let row = transfer.rows[index]
        let ready = readyPhase(row, section)
        let mayClose = row.verdict == .closeCandidate
        let model = transfer.model
        return ScheduleProblem.Base(
            effectiveness: transfer.effectiveness[index], readyPhase: ready,
            // Without a hub nothing is known of the route; that is warned of.
            blockedPhases: transfer.supply.paths[index].hub == nil ? [] : blocked,
            contingent: model.bases[index].details.contingent.flatMap {
                contingents(model).firstIndex(of: $0)
            },
            mustStay: ready == nil && !mayClose, mayClose: mayClose)
    }

    /// All contingents that hold bases, in the order of their names.
    private static func contingents(_ model: TravelModel) -> [String] {
        Set(model.bases.compactMap(\.details.contingent)).sorted()
    }

    /// The first phase in which all gates are passed: at once, or when a
    /// co-location that goes on, the one thing missing, has lasted long
    /// enough.
    private static func readyPhase(_ row: BaseRow, _ section: ScheduleConfiguration) -> Int? {
        if row.verdict == .transferReady { return 0 }
        guard row.failingGates.count == 1, row.unknownGates.isEmpty, let flip = row.flip,
            flip.verdict == .transferReady, flip.changes.count == 1,
            let date = flip.changes[0].reachedOn
        else { return nil }
        return section.phases.firstIndex { $0.starts >= date }
    }

    private static func neighbours(
        _ model: TravelModel, _ apart: Double
    ) -> [ScheduleProblem.Neighbours] {
        guard apart > 0 else { return [] }
        return model.bases.indices.flatMap { first in
            model.bases.indices.dropFirst(first + 1).filter { second in
                GroundMetric.geodesic.distanceInMeters(
                    from: model.bases[first].coordinate, to: model.bases[second].coordinate)
                    < apart
            }.map { ScheduleProblem.Neighbours(first, $0) }
        }
    }

    /// The phase in which the mission leaves a base; nil when it stays.
    func phase(of base: Int) -> Int? { result.plan.decisions[base].phase }

    /// What the plan breaks, in words.
    var brokenRules: [String] {
        result.violations.map {
            $0.text(
                bases: model.bases.map(\.id), groups: groupNames,
                contingents: Self.contingents(model))
        }
    }
}
