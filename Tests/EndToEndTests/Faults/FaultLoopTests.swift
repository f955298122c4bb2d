import Foundation
import GridCore
import TestSupport
import Testing

/// Whatever operation fails, nothing half-written is visible, and the next
/// run ends with the bytes of an unbroken one.
///
/// The suite plays a seeded sample; `scripts/fault_loop.sh` plays every
/// operation.
@Suite(.serialized) struct FaultLoopTests {
    /// Rounds of the sample for each scenario.
    private static let sample: [FaultScenario.Name: Int] = [
        .firstRun: 3, .nextRun: 3, .baselineBuild: 3, .baselineUpdate: 3,
    ]

    @Test("A seeded sample of failures leaves nothing half-written, and is made good")
    func sample() throws {
        var generator = SeededGenerator(seed: 20_221_218)
        var rounds: [FaultRound] = []
        let names = FaultScenario.Name.allCases
        // At once, because each waits until its files have settled.
        let scenarios = try mapInParallel(count: names.count, threads: names.count) { _, index in
            names[index] == .firstRun
                ? try FaultScenario.firstRun.get() : try FaultScenario(names[index])
        }
        for scenario in scenarios {
            let all = FaultRound.all(scenario)
            rounds += (0..<(Self.sample[scenario.name] ?? 0)).compactMap { _ in
                all.randomElement(using: &generator)
            }
        }
        let report = try FaultLoop(rounds: rounds).play()
        #expect(report.played == rounds.count)
        #expect(report.violations == [])
    }

    @Test("What fails once a run is visible is told and does not take it away")
    func afterPublishing() throws {
        let scenario = try FaultScenario.firstRun.get()
        let visible = try #require(
            scenario.points.lastIndex { $0.operation == "rename" && $0.file.hasSuffix("/latest") })
        #expect(scenario.points[visible + 1].operation == "fsync")
        let kept = try #require(
            scenario.points.lastIndex { $0.operation == "rename" && $0.file.hasSuffix("/inputs") })
        for (index, word) in [(visible + 1, "power cut"), (kept, "cache")] {
            let outcome = try FaultRound(
                scenario: scenario, kind: .error, number: index + 1).play()
            #expect(outcome.violations == [])
            #expect(outcome.isSurvived)
            #expect(outcome.said.hasPrefix("warning: ") && outcome.said.contains(word))
        }
    }

    @Test("A night without news clears what killed runs left in the cache")
    func leftovers() throws {
        let scenario = try FaultScenario.firstRun.get()
        let root = try Scratch.folder()
        let night = scenario.command + ["--output", root.path]
        #expect(try JilaalProcess.run(night).exitCode == 0)
        let left = [
            "cache/.inputs-1-0123456789abcdef.partial", "cache/stages/.attempt-1-0123/files/a.tif",
            "cache/series/.0123-1-4567.partial", "cache/tiles/0123/.tile-0-1-4567.partial",
        ].map { root.appendingPathComponent($0) }
        for url in left {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("half".utf8).write(to: url)
        }
        let again = try JilaalProcess.run(night)
        #expect(again.standardOutput.hasPrefix("Nothing to do: "))
        #expect(left.filter { FileManager.default.fileExists(atPath: $0.path) } == [])
    }

    @Test("A plan of failures that cannot be read ends the run with 64")
    func wrongPlan() throws {
        let scenario = try FaultScenario.firstRun.get()
        for plan in ["error", "error@0", "error@x", "crash@3", "kill@-1", "list=/nowhere/list"] {
            let process = try JilaalProcess.run(
                scenario.command + ["--output", try Scratch.folder().path],
                environment: [FaultRound.variable: plan])
            #expect(process.exitCode == 64, "\(plan)")
            #expect(process.errors == ["error: JILAAL_FAULT cannot be \(plan)."])
        }
    }

    private static let variables = ProcessInfo.processInfo.environment

    /// `JILAAL_FAULT_LOOP` names the scenarios, or is `all`;
    /// `JILAAL_FAULT_MINUTES` stops it earlier, `JILAAL_FAULT_ONLY` takes the
    /// rounds whose description contains a text.
    @Test(
        "Every failure leaves nothing half-written, and is made good",
        .enabled(if: variables["JILAAL_FAULT_LOOP"] != nil, "JILAAL_FAULT_LOOP is not set"))
    func everyFailure() throws {
        let wanted = Self.variables["JILAAL_FAULT_LOOP"] ?? ""
        let minutes = Self.variables["JILAAL_FAULT_MINUTES"].flatMap(Double.init)
        let all = FaultScenario.Name.allCases
        for name in all where wanted == "all" || wanted == name.rawValue {
            let scenario = try FaultScenario(name)
            var generator = SeededGenerator(seed: 1)
            // Shuffled, so that a loop that is stopped has been everywhere;
            // what changes something first.
            let only = Self.variables["JILAAL_FAULT_ONLY"] ?? ""
            let rounds = FaultRound.all(scenario).shuffled(using: &generator)
                .filter { only.isEmpty || $0.description.contains(only) }
            var loop = FaultLoop(
                rounds: rounds.filter { !$0.isReading } + rounds.filter(\.isReading))
            if let minutes { loop.end = Date(timeIntervalSinceNow: minutes * 60) }
            let report = try loop.play()
            print(
                "fault loop \(name.rawValue): n = \(scenario.points.count), "
                    + "rounds \(report.played) of \(loop.rounds.count), "
                    + "violations \(report.violations.count { !$0.hasPrefix("  ") })")
            for (what, count) in report.survived.sorted(by: { $0.key < $1.key }) {
                print("  survived \(count) times: \(what)")
            }
            #expect(report.violations == [])
        }
    }
}
