import Foundation
import Solver
import TestSupport
import Testing

@Suite(.serialized) struct SolverSilenceTests {
    /// How lines of the solver begin; tests that run meanwhile print others.
    private static let beginnings = [
        "Cbc", "Clp", "Cgl", "Coin", "Option", "Continuous", "Result", "Presolve", "Problem",
        "Welcome", "Optimal", "Objective", "Enumerated", "Total", "Time", "Primal", "Dual",
    ]

    @Test(arguments: [SolverHints.none, SolverHints(isRelaxationStrong: true, reachedObjective: 0)])
    func `A search with branches and cuts prints nothing`(hints: SolverHints) throws {
        var solved: [ProgramSolution] = []
        let marker = "marker of the test"
        let text = try printed {
            FileHandle.standardOutput.write(Data("\(marker) 1\n".utf8))
            FileHandle.standardError.write(Data("\(marker) 2\n".utf8))
            for isFeasible in [true, false] {
                solved.append(try CBCSolver.solve(program(isFeasible), hints: hints))
            }
        }
        #expect(solved.map(\.status) == [.optimal, .infeasible])
        // Both streams were listened to.
        #expect(text.contains("\(marker) 1") && text.contains("\(marker) 2"))
        let lines = text.split(separator: "\n").filter { line in
            Self.beginnings.contains { line.hasPrefix($0) }
        }
        #expect(lines.isEmpty)
    }

    /// Two rows with random factors: the relaxation is not whole.
    private func program(_ isFeasible: Bool) -> LinearProgram {
        var random = SeededGenerator(seed: 12)
        var program = LinearProgram()
        for item in 0..<20 {
            _ = program.add(
                .init(
                    name: "x\(item)", upper: 1,
                    objective: Double(Int.random(in: 1...50, using: &random)), isInteger: true))
        }
        for row in 0..<2 {
            let terms = (0..<20).map {
                LinearProgram.Term($0, Double(Int.random(in: 2...40, using: &random)))
            }
            program.add(
                .init(
                    name: "r\(row)", terms: terms, lower: isFeasible ? 0 : 2000,
                    upper: isFeasible ? 150 : .infinity))
        }
        return program
    }

    /// What the process prints to both streams meanwhile; it is printed
    /// after all.
    private func printed(_ body: () throws -> Void) throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("solver-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        let target = open(file.path, O_RDWR | O_CREAT | O_APPEND, 0o600)
        try #require(target >= 0)
        fflush(nil)
        let kept = [dup(1), dup(2)]
        dup2(target, 1)
        dup2(target, 2)
        defer { close(target) }
        let outcome = Result { try body() }
        fflush(nil)
        dup2(kept[0], 1)
        dup2(kept[1], 2)
        for descriptor in kept { close(descriptor) }
        let data = try Data(contentsOf: file)
        FileHandle.standardOutput.write(data)
        try outcome.get()
        return String(decoding: data, as: UTF8.self)
    }
}
