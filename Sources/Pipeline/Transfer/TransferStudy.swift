import Bases
import Calendar
import Diagnostics
import GridCore

/// The verdict on every base, with all that it rests on.
struct TransferStudy {
    let study: TravelStudy
    let supply: SupplyStudy
    let evidence: EvidenceTable
    let assessments: [BaseAssessment]
    let rows: [BaseRow]
    let stability: RankStability
    /// One per base: what other assumptions would change.
    let scenarios: [ScenarioStability]
    let weights: ImportanceWeights
    /// Share of protection that each host unit keeps up.
    let effectiveness: [Double]

    var model: TravelModel { study.model }

    init(
        _ study: TravelStudy, _ configuration: PipelineConfiguration,
        _ transfer: TransferConfiguration
    ) throws {
        guard let travel = configuration.travel else {
            throw PipelineError(
                .unexpected, "a transfer is planned without travel", mend: "Report this fault")
        }
        let model = study.model
        self.study = study
        supply = try SupplyStudy(study, transfer, travel)
        evidence = try Self.evidence(of: model.bases, model, transfer)
        weights = try transfer.weights.standardized
        let gates = try transfer.gates.rules
        let verdicts = try VerdictRules(
            importanceThreshold: transfer.importance,
            settlementWithoutSubstitute: Double(transfer.settlement))
        let known = evidence.bases
        let asOf = model.asOf
        let dependants = CorridorPair.dependants(
            in: supply.pairs, baseCount: model.bases.count)
        let weighing = weights
        func assess(_ closing: ClosingStudy) -> [BaseAssessment] {
            model.bases.indices.map { base in
                BaseAssessment(
                    evidence: known[base], asOf: asOf,
                    importance: closing.shares(base).importance(weighing),
                    loss: closing.closingLoss(base), gateRules: gates, verdictRules: verdicts)
            }
        }
        let closing = ClosingStudy(
            model: model, dry: try study.analysis(.dry, transfer.profile),
            wet: try study.analysis(.wet, transfer.profile), limit: model.mainLimit,
            dependants: dependants)
        let assessed = assess(closing)
        assessments = assessed
        stability = RankStability(
            shares: model.bases.indices.map { closing.shares($0) }, assessments: assessed,
            weights: weights,
            rules: try RankStabilityRules(draws: max(1, transfer.draws)), threads: model.threads)
        scenarios = ScenarioStability.all(
            of: assessed.map(\.verdict),
            scenarios: try Self.scenarios(study, transfer, dependants).map {
                ScenarioVerdicts(name: $0.name, verdicts: assess($0.closing).map(\.verdict))
            })
        effectiveness = try zip(assessed, model.bases).map { assessment, base in
            try assessment.readiness.effectiveness(override: base.details.hostEffectiveness)
        }
        let (pairs, routes) = (supply.pairs, supply.routes)
        let (months, ranking) = (supply.cutOffMonths, stability)
        rows = model.bases.enumerated().map { index, base in
            BaseRow(
                identity: BaseIdentity(
                    id: base.id, name: base.name,
                    sector: base.sector.map { model.inputs.sectors.zones[$0].id },
                    contingent: base.details.contingent, status: base.details.status ?? "open"),
                assessment: assessed[index],
                ranking: BaseRanking(ranking, base: index), losses: closing.losses(index),
                supply: routes[index], cutOffMonths: months[index],
                dependants: pairs.filter { $0.keeper == index && $0.isPrecedence }
                    .map { model.bases[$0.dependant].id })
        }
    }

    /// Evidence of the bases that are held; rows on others are checked too.
    private static func evidence(
        of bases: [TravelBase], _ model: TravelModel, _ transfer: TransferConfiguration
    ) throws -> EvidenceTable {
        try model.movement.evidenceTable(
            of: bases.map { .init(id: $0.id, name: $0.name, aliases: $0.details.aliases) },
            all: model.inputs.bases, asOf: model.asOf, file: transfer.readiness.written)
    }

    /// A time limit longer by a quarter and speeds higher by a quarter are
    /// the same: what matters is their product.
    private static func scenarios(
        _ study: TravelStudy, _ transfer: TransferConfiguration, _ dependants: [Int]
    ) throws -> [(name: String, closing: ClosingStudy)] {
        let limit = study.model.limits[study.model.mainLimit]
        func analysis(_ season: TravelSeason, _ profile: TravelProfileChoice) throws -> CoverageAnalysis {
            try CoverageAnalysis(
                study.scene(season, profile), seams: study.borders,
                limits: [0.75 * limit, limit, 1.25 * limit])
        }
        func closing(_ dry: CoverageAnalysis, _ wet: CoverageAnalysis, _ index: Int) -> ClosingStudy {
            ClosingStudy(
                model: study.model, dry: dry, wet: wet, limit: index, dependants: dependants)
        }
        let dry = try analysis(.dry, transfer.profile)
        let wet = try analysis(.wet, transfer.profile)
        var list = [
            ("time limit or speeds 25 % less", closing(dry, wet, 0)),
            ("time limit or speeds 25 % more", closing(dry, wet, 2)),
            ("dry season only", closing(dry, dry, 1)), ("wet season only", closing(wet, wet, 1)),
        ]
        if study.model.hotspotSquareMeters != nil {
            let other: TravelProfileChoice = transfer.profile == .physical ? .secured : .physical
            list.append(
                (
                    "\(other.rawValue) profile",
                    closing(try analysis(.dry, other), try analysis(.wet, other), 1)
                ))
        }
        return list.map { (name: $0.0, closing: $0.1) }
    }

    /// Names of bases stand in the restricted edition only.
    func warnings(_ edition: Edition) -> [Warning] {
        var warnings = evidence.aliasWarnings
        if edition.isPublic, !warnings.isEmpty {
            warnings = [
                Warning(
                    "base-by-alias",
                    "\(warnings.count) rows of evidence name a base by another spelling")
            ]
        }
        if let warning = weights.warning { warnings.append(warning) }
        if evidence.laterRows > 0 {
            warnings.append(
                Warning(
                    "later-evidence",
                    "\(evidence.laterRows) rows of evidence are dated after the as-of date and do "
                        + "not count"))
        }
        if !evidence.conflicts.isEmpty {
            warnings.append(
                Warning(
                    "conflicting-evidence",
                    "\(evidence.conflicts.count) items have rows of one day that differ; the worse "
                        + "value counts"))
        }
        return warnings
    }
}

extension WeightsConfiguration {
    var standardized: ImportanceWeights {
        get throws {
            try ImportanceWeights([population, hotspot, incidents, drought, seam, corridor])
        }
    }
}

extension GatesConfiguration {
    var rules: GateRules {
        get throws {
            try GateRules(
                minimumColocatedDays: Double(colocation.count), minimumPersonnelRatio: personnel,
                minimumServiceabilityRatio: serviceability, minimumEquipmentRatio: equipment,
                maximumEvacuationMinutes: casevac.value, contactWithinDays: contact.count,
                maximumEvidenceAgeInDays: evidenceAge.count)
        }
    }
}

extension MovementInputs {
    /// The evidence on some of the bases, in their order.
    ///
    /// - Throws: `FailureList` with every row that is wrong.
    func evidenceTable(
        of wanted: [BaseNames.Entry], all: [PlaceRecord], asOf: CalendarDate, file: String,
        basesFile: String? = nil
    ) throws -> EvidenceTable {
        // Rows on bases that are closed are no faults.
        let known = Set(wanted.map(\.id))
        let others = zip(all, details).filter { !known.contains($0.0.id) }.map {
            BaseNames.Entry(id: $0.id, name: $0.name, aliases: $1.aliases)
        }
        let names = try BaseNames(wanted + others, file: basesFile ?? file)
        return try EvidenceTable(
            rows: evidence.map {
                EvidenceRow(
                    row: $0.row, base: $0.baseID ?? "", item: $0.item ?? "", value: $0.value ?? "",
                    asOf: $0.asOf ?? "", source: $0.source ?? "")
            }, bases: names, asOf: asOf, file: file)
    }
}
