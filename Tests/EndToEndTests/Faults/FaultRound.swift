import Foundation

/// One failure in one command, and what became of it.
struct FaultRound: Sendable {
    static let variable = "JILAAL_FAULT"

    enum Kind: String, CaseIterable {
        case error, full, short, kill

        /// Whether the kind can do at a point what no other can: reading
        /// needs no space, only a write can be cut short, and before an
        /// operation that changes nothing a kill leaves what it leaves
        /// before the next one.
        func matters(at operation: String) -> Bool {
            let spaceless: Set = ["rename", "unlink", "close", "gdal-close", "truncate"]
            let isReading = FaultRound.reading.contains(operation)
            switch self {
            case .error: return true
            case .full: return !isReading && !spaceless.contains(operation)
            case .short: return operation == "write"
            case .kill: return !isReading && operation != "close" && operation != "fsync"
            }
        }
    }

    let scenario: FaultScenario
    let kind: Kind
    /// Which operation fails, from 1.
    let number: Int

    var point: FaultScenario.PointPassed { scenario.points[number - 1] }

    /// Operations that leave everything as it is.
    static let reading: Set = ["open", "read", "list", "gdal-open", "gdal-read", "lock"]

    var isReading: Bool { Self.reading.contains(point.operation) }

    var description: String {
        "\(scenario.name.rawValue) \(kind.rawValue)@\(number) \(point.operation) \(point.file)"
    }

    struct Outcome: Sendable {
        /// Empty when all promises were kept.
        var violations: [String] = []
        /// The command ended with 0 although something failed.
        var isSurvived = false
        /// What it said then.
        var said = ""
    }

    /// All rounds of a scenario.
    static func all(_ scenario: FaultScenario) -> [FaultRound] {
        scenario.points.indices.flatMap { index in
            Kind.allCases.filter { $0.matters(at: scenario.points[index].operation) }
                .map { FaultRound(scenario: scenario, kind: $0, number: index + 1) }
        }
    }

    /// Breaks the command on a copy of the state before, looks at what is
    /// left, runs the command again and looks at what it ends with.
    func play() throws -> Outcome {
        let root = try FaultScenario.copy(of: scenario.before)
        defer { try? FileManager.default.removeItem(at: root) }
        var outcome = Outcome()
        let command = scenario.command + ["--output", root.path]
        let broken = try JilaalProcess.run(
            command, environment: [Self.variable: "\(kind.rawValue)@\(number)"], seconds: 120)
        outcome.violations += endingFaults(of: broken)
        outcome.isSurvived = broken.exitCode == 0
        outcome.said = broken.standardError.split(separator: "\n").filter {
            $0.contains(#/^error: |^warning: |^note: |: computed \(what/#)
        }.joined(separator: "; ")
        let look = FaultInspection(scenario: scenario, root: root)
        outcome.violations += look.visibleFaults(
            mayHavePublished: kind == .kill || outcome.isSurvived)
        if outcome.isSurvived { outcome.violations += look.resultFaults().map { "survived: \($0)" } }
        let again = try JilaalProcess.run(command, seconds: 120)
        if again.exitCode == 0 {
            outcome.violations += look.visibleFaults(mayHavePublished: true) + look.resultFaults()
                + look.leftovers()
        } else {
            outcome.violations.append("the next run ends with \(again.ending)")
        }
        outcome.violations = outcome.violations.map { "\(description): \($0)" }
        if !outcome.violations.isEmpty {
            outcome.violations.append("  it said: \(outcome.said)")
        }
        return outcome
    }

    /// Codes that a failure of a device may end with.
    private static let codes: Set<Int32> = [0, 2, 66, 73, 74]

    private func endingFaults(of process: JilaalProcess) -> [String] {
        guard kind != .kill else {
            return process.exitCode == nil ? [] : ["ended with \(process.ending), not by SIGKILL"]
        }
        guard let code = process.exitCode, Self.codes.contains(code) else {
            return ["ended with \(process.ending)"]
        }
        guard code != 0 else { return [] }
        guard let message = process.errors.first else { return ["says nothing on standard error"] }
        return names(message) ? [] : ["does not name the file"]
    }

    /// Whether a message begins with a path, after `error: `.
    private func names(_ message: String) -> Bool {
        let place = message.dropFirst("error: ".count).prefix { $0 != ":" }
        guard !place.isEmpty, !place.contains(" ") else { return false }
        let name = point.file.split(separator: "/").last ?? "/"
        // Files that have no name of their own yet are told by their folder.
        return place.contains("/") || place.contains(name)
    }
}

extension JilaalProcess {
    /// The exit code, and what was said.
    var ending: String { "\(exitCode.map { "code \($0)" } ?? "a signal"): \(errors)" }
}
