import Diagnostics

/// A part of a night that can be asked for.
public enum NightGoal: String, Sendable, CaseIterable {
    case coverage
    case transfer

    var stage: StageName {
        switch self {
        case .coverage: .coverage
        case .transfer: .transfer
        }
    }
}

extension Night {
    /// Whether the part that is wanted can be computed, and published into
    /// `output`.
    ///
    /// - Throws: `PipelineError` of kind `missingSection` when the pipeline
    ///   does not have the stage that is wanted, and of kind `fullNights` when
    ///   the folder holds runs of all stages, which a part would replace.
    func checkGoal(output: String) throws {
        guard goal != nil else { return }
        try checkSection()
        guard let latest = RunRetention.latest(in: output) else { return }
        let run = RunFolder(path: "\(output)/\(RunDirectory.runsName)/\(latest)")
        guard let stages = try? ManifestReader.manifest(of: run).stages,
            stages.contains(where: { $0.name == StageName.map.rawValue })
        else { return }
        throw PipelineError(
            .fullNights, at: Place(file: output),
            "holds runs of whole nights, and this would be published as the latest of them",
            mend: "Give another folder, or use `jilaal run`")
    }

    /// Whether the pipeline has the stage that is wanted.
    ///
    /// - Throws: `PipelineError` of kind `missingSection`.
    func checkSection() throws {
        guard let goal else { return }
        let parameters = file.configuration
        let isThere =
            switch goal {
            case .coverage: parameters.coverage != nil
            case .transfer: parameters.transfer != nil
            }
        guard isThere else {
            throw PipelineError(
                .missingSection, at: Place(file: file.name),
                "has no section \"\(goal.rawValue)\"",
                mend: "Add it; docs/transfer.md has an example")
        }
    }
}
