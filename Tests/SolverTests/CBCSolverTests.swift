import Diagnostics
import Solver
import TestSupport
import Testing

/// Objectives of small programs with whole factors: nothing is lost but in
/// the last digits.
private let tolerance = 1e-9

@Suite struct CBCSolverTests {
    @Test func `A knapsack has its optimum and whole values`() throws {
        let solution = try CBCSolver.solve(knapsack(weights: [3, 4, 5, 9, 4], values: [3, 4, 4, 10, 4], room: 11))
        #expect(solution.status == .optimal)
        #expect(abs(solution.objective - 11) < tolerance)
        #expect(solution.values.allSatisfy { $0 == 0 || $0 == 1 })
        #expect(solution.gap == 0 && solution.bound == solution.objective)
    }

    @Test(arguments: 0..<60) func `Random knapsacks with two rows equal full enumeration`(
        seed: Int
    ) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = 8
        var program = LinearProgram()
        for item in 0..<count {
            _ = program.add(
                .init(
                    name: "x\(item)", upper: 1, objective: Double(Int.random(in: -5...30, using: &random)),
                    isInteger: true))
        }
        for row in 0..<2 {
            let terms = (0..<count).map {
                LinearProgram.Term($0, Double(Int.random(in: 1...20, using: &random)))
            }
            program.add(.init(name: "r\(row)", terms: terms, lower: 5, upper: 40))
        }
        var best: Double?
        for set in 0..<(1 << count) {
            let values = (0..<count).map { Double(set >> $0 & 1) }
            guard program.largestViolation(of: values) == 0 else { continue }
            best = max(best ?? -.infinity, program.objective(of: values))
        }
        let solution = try CBCSolver.solve(program)
        if let best {
            #expect(solution.status == .optimal)
            #expect(abs(solution.objective - best) < tolerance)
            #expect(program.largestViolation(of: solution.values) <= CBCSolver.feasibilityTolerance)
        } else {
            #expect(solution.status == .infeasible)
        }
    }

    @Test func `A program without whole numbers is solved and proven`() throws {
        var program = LinearProgram()
        let x = program.add(.init(name: "x", objective: 3))
        let y = program.add(.init(name: "y", objective: 2))
        program.add(.init(name: "a", terms: [.init(x), .init(y)], upper: 4))
        program.add(.init(name: "b", terms: [.init(x), .init(y, 3)], upper: 6))
        program.add(.init(name: "c", terms: [.init(x)], upper: 3))
        let solution = try CBCSolver.solve(program)
        #expect(solution.status == .optimal && abs(solution.objective - 11) < tolerance)
    }

    @Test(arguments: [true, false]) func `Rows that contradict each other are infeasible`(
        isInteger: Bool
    ) throws {
        var program = LinearProgram()
        let x = program.add(.init(name: "x", upper: 10, objective: 1, isInteger: isInteger))
        program.add(.init(name: "low", terms: [.init(x)], upper: 3))
        program.add(.init(name: "high", terms: [.init(x)], lower: 4))
        let solution = try CBCSolver.solve(program)
        #expect(solution.status == .infeasible)
        #expect(solution.values.isEmpty && solution.bound == -.infinity && solution.gap == .infinity)
    }

    @Test(arguments: [true, false]) func `An objective without end is unbounded`(
        isInteger: Bool
    ) throws {
        var program = LinearProgram()
        let x = program.add(.init(name: "x", objective: 1, isInteger: isInteger))
        let y = program.add(.init(name: "y", upper: 5, objective: 1, isInteger: isInteger))
        program.add(.init(name: "r", terms: [.init(x), .init(y, -1)], lower: 0))
        #expect(try CBCSolver.solve(program).status == .unbounded)
    }

    @Test func `No columns are optimal unless a row asks for something`() throws {
        var program = LinearProgram()
        #expect(try CBCSolver.solve(program).status == .optimal)
        program.add(.init(name: "r", terms: [], lower: 1))
        #expect(try CBCSolver.solve(program).status == .infeasible)
    }

    @Test func `Columns without rows go to their better bounds`() throws {
        var program = LinearProgram()
        _ = program.add(.init(name: "a", lower: -2.5, upper: 7.5, objective: 2, isInteger: true))
        _ = program.add(.init(name: "b", lower: -3, upper: 4, objective: -1))
        _ = program.add(.init(name: "c", lower: -.infinity, upper: -1))
        program.add(.init(name: "empty", terms: [], upper: 1))
        let solution = try CBCSolver.solve(program)
        #expect(solution.values == [7, -3, -1] && solution.objective == 17)
        _ = program.add(.init(name: "d", objective: 1))
        #expect(try CBCSolver.solve(program).status == .unbounded)
        program.columns[3] = .init(name: "d", lower: 0.2, upper: 0.8, isInteger: true)
        #expect(try CBCSolver.solve(program).status == .infeasible)
    }

    @Test func `Equal programs give equal values on many threads`() async throws {
        var random = SeededGenerator(seed: 5)
        let weights = (0..<30).map { _ in Int.random(in: 10...60, using: &random) }
        let values = (0..<30).map { _ in Int.random(in: 10...60, using: &random) }
        let program = knapsack(weights: weights, values: values, room: 400)
        let expected = try CBCSolver.solve(program)
        let found = await withTaskGroup(of: ProgramSolution?.self) { group in
            for _ in 0..<6 { group.addTask { try? CBCSolver.solve(program) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found.allSatisfy { $0 == expected })
    }

    @Test func `A node limit leaves a bound that is not below the value`() throws {
        // Market-split rows need very many nodes.
        var random = SeededGenerator(seed: 3)
        var program = LinearProgram()
        for item in 0..<40 {
            _ = program.add(
                .init(
                    name: "x\(item)", upper: 1, objective: Double(Int.random(in: 1...99, using: &random)),
                    isInteger: true))
        }
        for row in 0..<4 {
            let terms = (0..<40).map {
                LinearProgram.Term($0, Double(Int.random(in: 0...99, using: &random)))
            }
            let half = (terms.reduce(0) { $0 + $1.factor } / 2).rounded(.down)
            program.add(.init(name: "r\(row)", terms: terms, upper: half))
        }
        let solution = try CBCSolver.solve(program, limits: SolverLimits(nodes: 3))
        #expect(solution.status == .feasible || solution.status == .optimal)
        #expect(solution.bound >= solution.objective)
        #expect(solution.gap >= 0 && solution.gap < .infinity)
    }

    @Test func `Programs and limits that cannot be used are refused with their names`() {
        var twice = LinearProgram()
        _ = twice.add(.init(name: "x"))
        _ = twice.add(.init(name: "x"))
        #expect(throws: SolverError.self) { try CBCSolver.solve(twice) }
        var program = LinearProgram()
        let x = program.add(.init(name: "x", upper: 1))
        program.add(.init(name: "r", terms: [.init(x), .init(x)]))
        #expect(throws: SolverError.self) { try CBCSolver.solve(program) }
        program.rows = [.init(name: "r", terms: [.init(3)])]
        #expect(throws: SolverError.self) { try CBCSolver.solve(program) }
        program.rows = [.init(name: "2r", terms: [.init(x)])]
        #expect(throws: SolverError.self) { try CBCSolver.solve(program) }
        program.rows = [.init(name: "r", terms: [.init(x, .nan)])]
        #expect(throws: SolverError.self) { try CBCSolver.solve(program) }
        program.rows = [.init(name: "r", terms: [.init(x)], lower: 2, upper: 1)]
        let error = #expect(throws: SolverError.self) { try CBCSolver.solve(program) }
        #expect(error?.description.contains("row r: its bounds are 2.0 and 1.0") == true)
        program.rows = []
        for limits in [
            SolverLimits(seconds: 0), SolverLimits(nodes: -1), SolverLimits(relativeGap: .nan),
        ] {
            #expect(throws: SolverError.self) { try CBCSolver.solve(program, limits: limits) }
        }
    }

    @Test(arguments: 0..<30) func `Hints change no optimum, and wrong ones are survived`(
        seed: Int
    ) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let weights = (0..<25).map { _ in Int.random(in: 10...60, using: &random) }
        let values = (0..<25).map { _ in Int.random(in: 10...60, using: &random) }
        let program = knapsack(weights: weights, values: values, room: 300)
        let optimum = try CBCSolver.solve(program).objective
        for reached in [nil, 0, optimum - 3, optimum, optimum + 5] {
            let hints = SolverHints(isRelaxationStrong: true, reachedObjective: reached)
            let solution = try CBCSolver.solve(program, hints: hints)
            #expect(solution.status == .optimal)
            #expect(abs(solution.objective - optimum) < tolerance)
        }
        #expect(throws: SolverError.self) {
            try CBCSolver.solve(program, hints: SolverHints(reachedObjective: .nan))
        }
    }

    private func knapsack(weights: [Int], values: [Int], room: Double) -> LinearProgram {
        var program = LinearProgram()
        let columns = values.enumerated().map { item, value in
            program.add(
                .init(name: "x\(item)", upper: 1, objective: Double(value), isInteger: true))
        }
        program.add(
            .init(
                name: "room", terms: zip(columns, weights).map { .init($0, Double($1)) },
                upper: room))
        return program
    }
}
