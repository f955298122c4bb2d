import Diagnostics

/// Which stages of a night have to be computed, and why.
public struct NightPlan: Sendable {
    /// What becomes of a stage.
    enum Status: Sendable {
        case reusable(StageRecord)
        case due(reason: String)
    }

    /// One stage.
    struct Step: Sendable {
        var declaration: StageDeclaration
        var status: Status

        var record: StageRecord? {
            if case .reusable(let record) = status { record } else { nil }
        }
    }

    /// In the order in which they run.
    var steps: [Step]

    /// - Parameter isForced: computes everything.
    init(_ declarations: [StageDeclaration], store: StageStore, isForced: Bool) {
        steps = declarations.map { declaration in
            if isForced {
                return Step(declaration: declaration, status: .due(reason: "asked for"))
            }
            if let record = store.record(of: declaration) {
                return Step(declaration: declaration, status: .reusable(record))
            }
            return Step(
                declaration: declaration,
                status: .due(reason: Self.reason(declaration, store)))
        }
    }

    private static func reason(_ declaration: StageDeclaration, _ store: StageStore) -> String {
        guard !store.hasEntry(of: declaration) else { return "what is kept of it is damaged" }
        guard let latest = store.latestRecord(of: declaration.stage) else {
            return "nothing is kept of it"
        }
        return declaration.differences(from: latest.declaration).joined(separator: "; ")
    }

    var isComplete: Bool { steps.allSatisfy { $0.record != nil } }
}

extension NightPlan {
    /// What the kept stages warn of.
    var warnings: [Warning] { steps.compactMap(\.record).flatMap(\.warnings) }

    var states: [StageState] {
        steps.map { step in
            switch step.status {
            case .reusable:
                StageState(stage: step.declaration.stage.rawValue, isReused: true, reason: "")
            case .due(let reason):
                StageState(stage: step.declaration.stage.rawValue, isReused: false, reason: reason)
            }
        }
    }
}
