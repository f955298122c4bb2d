import Diagnostics
import Drought
import Geo
import GridCore
import Sectors
import Tables

/// Who the bases reach, and which of them can be handed over.
extension NightStages {
    func protection(_ hotspots: HotspotFindings?) throws {
        var made: TravelStudy?
        func study() throws -> TravelStudy {
            if let made { return made }
            begin("travel times")
            let study = try TravelStudy(model(hotspots), configuration)
            made = study
            return study
        }
        _ = try runner.perform(.coverage, NoFindings.self) { room in
            begin("coverage")
            let study = try study()
            let stage = CoverageStage(
                study: study, profile: configuration.transfer?.profile ?? .physical,
                edition: edition, caption: caption, pictures: try pictures(study, hotspots),
                threads: night.threads)
            try stage.write(to: room)
            let warnings = try stage.warnings()
            let summary = try stage.summary()
            return (
                NoFindings(),
                {
                    $0.counts = stage.counts
                    $0.warnings = warnings
                    $0.summary = summary
                }
            )
        }
        _ = try runner.perform(.transfer, NoFindings.self) { room in
            begin("transfer")
            guard let section = configuration.transfer else { return (NoFindings(), { _ in }) }
            let study = try study()
            let stage = try TransferStage(
                study, configuration, section, edition: edition, caption: caption,
                pictures: try pictures(study, hotspots))
            try stage.write(to: room.sink)
            return (
                NoFindings(),
                {
                    $0.counts = stage.counts
                    $0.warnings = stage.warnings
                    $0.summary = stage.summary
                }
            )
        }
    }

    /// What would change, on the stages that coverage builds on.
    func whatIf(_ request: WhatIfRequest) throws -> WhatIfResult {
        let hotspots = try groundwork()
        begin("travel times")
        let study = try TravelStudy(model(hotspots), configuration)
        return try WhatIfResult(
            request, study, profile: configuration.transfer?.profile ?? .physical,
            edition: edition, caption: caption, pictures: try pictures(study, hotspots))
    }

    private var edition: Edition { Edition(choice: configuration.bases?.edition ?? .public) }

    private func model(_ hotspots: HotspotFindings?) throws -> TravelModel {
        let inputs = try inputs()
        guard let movement = inputs.movement else {
            throw PipelineError(
                .unexpected, "coverage is computed without travel", mend: "Report this fault")
        }
        return try TravelModel(
            inputs, movement, configuration, hotspots: hotspots, drought: try drought(inputs),
            threads: night.threads)
    }

    /// The published classes of the drought stage of this run.
    private func drought(_ inputs: NightInputs) throws -> (raster: TravelRaster, severe: Set<Int>)? {
        guard let prepared = inputs.drought else { return nil }
        let path = runner.run.folder.path + "/" + DroughtOutput.droughtClass.path
        var log = ProblemLog()
        let raster = TravelRaster(
            ConfiguredPath(written: DroughtOutput.droughtClass.path, path: path), &log)
        try log.throwIfAny()
        let severe = prepared.table.classes.filter(\.isSevere).map { Int($0.code) }
        return raster.map { ($0, Set(severe)) }
    }

    private func pictures(
        _ study: TravelStudy, _ hotspots: HotspotFindings?
    ) throws -> TravelPictures {
        let inputs = try inputs()
        return TravelPictures(
            study: study, caption: caption,
            sources: inputs.incidentCredits(isSynthetic: configuration.synthetic)
                + vegetationCredits(inputs),
            hotspots: (hotspots?.hotspots ?? []).map(\.outline))
    }
}
