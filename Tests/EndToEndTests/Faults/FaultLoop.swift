import Foundation
import GridCore
import Synchronization
import TestSupport

/// Many rounds, and what they found.
struct FaultLoop {
    var rounds: [FaultRound]
    /// Rounds at a time.
    var workers = 2
    /// No round begins later; the rest counts as not played.
    var end = Date.distantFuture

    struct Report: Sendable {
        var played = 0
        var violations: [String] = []
        /// Rounds that ended with 0 and the right bytes, by operation and by
        /// the kind of file.
        var survived: [String: Int] = [:]
    }

    func play() throws -> Report {
        let report = Mutex(Report())
        _ = try mapInParallel(count: rounds.count, threads: workers) { _, index in
            guard Date() < end else { return }
            let round = rounds[index]
            let outcome = try round.play()
            for line in outcome.violations { print("violation: \(line)") }
            report.withLock {
                $0.played += 1
                $0.violations += outcome.violations
                guard outcome.isSurvived else { return }
                $0.survived[round.survival(outcome), default: 0] += 1
            }
        }
        return report.withLock { $0 }
    }
}

extension FaultRound {
    /// What could fail without stopping the command, and whether it said so.
    fileprivate func survival(_ outcome: Outcome) -> String {
        let name = point.file.split(separator: "/").suffix(2).joined(separator: "/")
            .replacing(#/[0-9a-f]{16,}|[0-9]{3,}/#, with: "*")
        let isTold = !outcome.said.isEmpty
        return "\(scenario.name.rawValue) \(point.operation) \(name)\(isTold ? "" : " (quiet)")"
    }
}
