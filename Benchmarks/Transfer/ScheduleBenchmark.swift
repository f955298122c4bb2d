import ArgumentParser
import Bases
import Foundation
import Solver
import Tables

/// A schedule of 60 bases over 4 phases, 5,000 places, half of the bases to
/// leave: merging, building, solving and checking.
struct ScheduleBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "A phased schedule, proven and heuristic.")

    @Argument(help: "Folder of the files that make_inputs_mclp.py writes.") var folder: String
    @Option(help: "Minutes within which a place is covered.") var limit = 120.0
    @Option(help: "Counted runs.") var runs = 5
    @Flag(help: "With floors, host units, dependences and neighbours.") var rules = false
    @Option(help: "Write the program as an LP file, for other solvers.") var lpFile: String?
    @Option(help: "Median seconds of a peer on that file in the same session.") var peer: Double?

    func run() throws {
        let matrix = try LocationInput.matrix(in: folder)
        let problem = problem(matrix)
        let built = try SchedulePlanner.program(of: problem)
        if let lpFile {
            try LPFile.text(of: built.program)
                .write(toFile: lpFile, atomically: true, encoding: .utf8)
        }
        var members: [JSONMember] = [
            .init("columns", .integer(built.program.columns.count)),
            .init("rows", .integer(built.program.rows.count)),
            .init("constant", .number(built.constant)),
        ]
        var proven: Measurement?
        for method in ScheduleMethod.allCases {
            var result = try SchedulePlanner(method: method).plan(problem)
            let measured = try Measurement(runs: runs, warmUp: false) {
                result = try SchedulePlanner(method: method).plan(problem)
            }
            if method == .optimal { proven = measured }
            members += [
                .init("\(method.rawValue)_time", measured.json),
                .init("\(method.rawValue)_status", .string(result.status.rawValue)),
                .init("\(method.rawValue)_value", .rounded(result.value, decimals: 3)),
                .init("\(method.rawValue)_bound", .rounded(result.bound ?? .nan, decimals: 3)),
                .init("\(method.rawValue)_gap", .rounded(result.gap ?? .nan, decimals: 6)),
                .init("\(method.rawValue)_nodes", .integer(result.nodes)),
            ]
        }
        members.append(.init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)))
        report("schedule", members + (proven.map { ratio($0, peer) } ?? []))
    }

    /// Ready phases, effectiveness and contingents from fixed sequences.
    private func problem(_ matrix: DemandMatrix) -> ScheduleProblem {
        let bases = (0..<matrix.baseCount).map { base in
            ScheduleProblem.Base(
                effectiveness: 0.4 + 0.5 * Double(base * 37 % 60) / 60,
                readyPhase: base % 4 == 3 ? nil : base * 7 % 4, contingent: base % 5)
        }
        // Five sectors: the bases that reach a place first name it.
        let groups = (0..<matrix.demandCount).map { place in
            let nearest = (0..<matrix.baseCount).min { matrix[place, $0] < matrix[place, $1] }
            return [
                ScheduleProblem.GroupShare(
                    group: (nearest ?? 0) % 5, weight: matrix.weights[place])
            ]
        }
        var problem = ScheduleProblem(
            bases: bases,
            demands: ScheduleProblem.demands(of: matrix, within: limit, groups: groups),
            groupCount: 5, phases: Array(repeating: .init(mostLeaving: 8), count: 4),
            mostHeldAtEnd: matrix.baseCount / 2)
        if rules {
            for phase in problem.phases.indices { problem.phases[phase].hostUnits = 5 }
            problem.floors = (0..<5).map { .init(group: $0, least: .shareOfToday(0.75)) }
            problem.dependences = (0..<12).map { .init(base: $0 * 5, on: $0 * 5 + 1) }
            problem.neighbours = (0..<15).map { .init($0 * 4, $0 * 4 + 2) }
        }
        return problem
    }
}
