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
        .firstRun: 4, .nextRun: 4, .baselineBuild: 4, .baselineUpdate: 4,
    ]

    @Test("A seeded sample of failures leaves nothing half-written, and is made good")
    func sample() throws {
        var generator = SeededGenerator(seed: 20_221_218)
        var rounds: [FaultRound] = []
        let names = FaultScenario.Name.allCases
        // At once, because each waits until its files have settled.
        let scenarios = try mapInParallel(count: names.count, threads: names.count) { _, index in
            try FaultScenario(names[index])
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

    private static let variables = ProcessInfo.processInfo.environment

    /// `JILAAL_FAULT_LOOP` names the scenarios, or is `all`;
    /// `JILAAL_FAULT_MINUTES` stops it earlier.
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
            let rounds = FaultRound.all(scenario).shuffled(using: &generator)
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
