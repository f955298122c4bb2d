import Bases
import Diagnostics
import Foundation
import Tables

/// The problem of a schedule with a plan for it, as a file that anybody can
/// check, whoever made the plan.
public struct PlanFile: Codable, Sendable {
    /// Who the file may be given to.
    public var edition: String
    /// Of the invented country.
    public var synthetic: Bool
    /// Identifiers of the bases, in the order of the problem.
    public var bases: [String]
    /// Names of sectors and seams, in the order of the groups.
    public var groups: [String]
    public var problem: ScheduleProblem
    public var plan: SchedulePlan

    /// - Throws: `EncodingError`.
    func utf8() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// Reads a plan file.
    ///
    /// - Throws: `PublishError` when it cannot be read, `PipelineError` of
    ///   kind `badValue` when it is no plan file.
    public init(path: String) throws {
        let bytes = try Descriptor.readFile(at: path, limit: 256 << 20)
        do {
            self = try JSONDecoder().decode(PlanFile.self, from: Data(bytes))
        } catch {
            throw PipelineError(
                .badValue, at: Place(file: path), "is no plan of a schedule (\(Self.text(error)))",
                mend: "Give transfer/schedule_plan.json of a run, or one of the same form")
        }
    }

    init(
        edition: Edition, synthetic: Bool, bases: [String], groups: [String],
        problem: ScheduleProblem, plan: SchedulePlan
    ) {
        self.edition = edition.choice.rawValue
        self.synthetic = synthetic
        self.bases = bases
        self.groups = groups
        self.problem = problem
        self.plan = plan
    }

    private static func text(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, _): return "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }

    /// What the checker, which shares nothing with the solver, says of the
    /// plan: its value from the places themselves, and every rule that it
    /// breaks.
    ///
    /// - Throws: `ScheduleError` when the problem contradicts itself.
    public func check() throws -> (value: Double, violations: [String]) {
        try problem.check()
        let checker = PlanChecker(problem)
        let found = checker.violations(in: plan)
        let fits = plan.decisions.count == problem.bases.count
        return (
            fits ? checker.value(of: plan) : 0, found.map { $0.text(bases: bases, groups: groups) }
        )
    }
}
