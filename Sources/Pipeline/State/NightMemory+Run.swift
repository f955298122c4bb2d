import Diagnostics
import State

extension NightMemory {
    /// Runs a night into an output folder and notes how it failed, if it
    /// does; `body` notes how it ended otherwise.
    func remembering(
        _ output: String, now: () -> UTCTime, _ body: () throws -> Night.Outcome
    ) throws -> Night.Outcome {
        open(folder: output, isLocked: false)
        do {
            return try body()
        } catch {
            finish(Self.outcome(of: error), at: now(), seen: nil, isLocked: false)
            throw error
        }
    }

    private static func outcome(of error: any Error) -> RunOutcome {
        guard Interruption.requested == 0 else { return .interrupted }
        let (exit, text): (ExitStatus, String)
        switch error {
        case let list as FailureList: (exit, text) = (list.exit, list.description)
        case let failure as any Diagnostic: (exit, text) = (failure.exit, failure.description)
        default: (exit, text) = (.fault, "\(error)")
        }
        let line = text.split(separator: "\n").first.map(String.init) ?? ""
        return .failed(exitCode: Int(exit.rawValue), message: line)
    }
}
