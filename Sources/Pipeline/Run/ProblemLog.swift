import Diagnostics

/// Problems and warnings that are collected while inputs are checked, so that
/// all are told at once.
public struct ProblemLog: Sendable {
    public private(set) var failures: [any Diagnostic] = []
    public private(set) var warnings: [Warning] = []

    public init() {}

    public var isClean: Bool { failures.isEmpty }

    public mutating func add(_ failure: any Diagnostic) { failures.append(failure) }

    public mutating func add(_ warning: Warning) {
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    public mutating func add(contentsOf warnings: [Warning]) {
        for warning in warnings { add(warning) }
    }

    /// The result of `body`; nil after noting what it threw.
    public mutating func attempt<Result>(_ body: () throws -> Result) -> Result? {
        do {
            return try body()
        } catch {
            add(error: error)
            return nil
        }
    }

    public mutating func add(error: any Error) {
        switch error {
        case let list as FailureList: failures.append(contentsOf: list.failures)
        case let failure as any Diagnostic: failures.append(failure)
        default:
            failures.append(
                PipelineError(.unexpected, "\(error)", mend: "Report this with the message"))
        }
    }

    /// - Throws: `FailureList` of all problems, when there are any.
    public func throwIfAny() throws {
        if !failures.isEmpty { throw FailureList(failures) }
    }
}
