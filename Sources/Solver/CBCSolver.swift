import CCbc
import Diagnostics
import Synchronization

/// Proven optima of linear programs with whole numbers by COIN-OR branch and
/// cut (Forrest and Lougee-Heimer 2005, "CBC User Guide").
///
/// One thread, nothing printed, the same values on every run unless a time
/// limit ends the search.
public enum CBCSolver {
    /// Values whose rows are off by no more count as obeying them: the
    /// solver works with 1e-7 itself, on scaled rows.
    public static let feasibilityTolerance = 1e-6

    /// The solver keeps settings in static variables: one search at a time in
    /// a process.
    private static let turn = Mutex<Void>(())

    /// The name and number of the release that this program runs with.
    public static var version: String { "CBC \(String(cString: Cbc_getVersion()))" }

    /// Maximises the objective of `program`.
    ///
    /// Whole numbers are rounded, and the other columns are solved again with
    /// them, when the solver's values do not obey the rows exactly enough.
    /// No columns at all: optimal with no values, when 0 obeys every row.
    /// Columns without rows go to their better bounds.
    ///
    /// There is no start from known values: release 2.10.8 crashes on some,
    /// also when they obey every row. Their objective can be given as a hint;
    /// when nothing reaches it, the search is done again without.
    ///
    /// - Throws: `unsuitableProgram` and `unsuitableLimit` for what cannot be
    ///   solved, `solverFailed` when the solver gives up.
    public static func solve(
        _ program: LinearProgram, limits: SolverLimits = .none, hints: SolverHints = .none
    ) throws(SolverError) -> ProgramSolution {
        try limits.check()
        try hints.check()
        try program.check()
        if !program.rows.contains(where: { $0.terms.contains { $0.factor != 0 } }) {
            return withoutRows(program)
        }
        guard let outcome = search(program, limits, hints) else { throw noMemory }
        if outcome.isUnbounded {
            return ProgramSolution(status: .unbounded, bound: .infinity, nodes: outcome.nodes)
        }
        if let found = outcome.values {
            return try solution(found, outcome, program, limits)
        }
        if outcome.isInfeasible && !outcome.isStopped {
            if hints.reachedObjective != nil {
                var hints = hints
                hints.reachedObjective = nil
                return try solve(program, limits: limits, hints: hints)
            }
            return ProgramSolution(status: .infeasible, bound: -.infinity, nodes: outcome.nodes)
        }
        guard outcome.isStopped else {
            throw SolverError(
                .solverFailed, "\(version) gave up without a result",
                mend: "Write the program as an LP file and try another solver")
        }
        return ProgramSolution(
            status: .limitReached, bound: upperBound(outcome), nodes: outcome.nodes)
    }

    private static func search(
        _ program: LinearProgram, _ limits: SolverLimits, _ hints: SolverHints
    ) -> CBCModel.Outcome? {
        guard program.columns.contains(where: \.isInteger) else {
            // The solver reports an endless objective only of programs with
            // a whole number: one that is 0 changes nothing else.
            var program = program
            var name = "whole"
            while program.columns.contains(where: { $0.name == name }) { name += "_" }
            _ = program.add(.init(name: name, upper: 0, isInteger: true))
            var outcome = search(program, limits, hints)
            outcome?.values?.removeLast()
            return outcome
        }
        return turn.withLock { _ in
            guard let model = CBCModel(program) else { return nil }
            model.set(limits)
            model.set(hints)
            return model.solve(columns: program.columns.count)
        }
    }

    private static func solution(
        _ found: [Double], _ outcome: CBCModel.Outcome, _ program: LinearProgram,
        _ limits: SolverLimits
    ) throws(SolverError) -> ProgramSolution {
        let values = try obeying(found, program)
        let objective = program.objective(of: values)
        let hasIntegers = program.columns.contains(where: \.isInteger)
        let isProven = outcome.isProvenOptimal && limits.relativeGap == 0 || !hasIntegers
        let bound = isProven ? objective : max(objective, upperBound(outcome))
        let isOptimal = isProven || relativeGap(value: objective, bound: bound) == 0
        return ProgramSolution(
            status: isOptimal ? .optimal : .feasible, values: values, objective: objective,
            bound: bound, nodes: outcome.nodes)
    }

    /// The values with whole integers and within all bounds.
    private static func obeying(
        _ found: [Double], _ program: LinearProgram
    ) throws(SolverError) -> [Double] {
        let values = zip(found, program.columns).map { value, column in
            min(max(column.isInteger ? value.rounded() : value, column.lower), column.upper)
        }
        if program.largestViolation(of: values) <= feasibilityTolerance { return values }
        var fixed = program
        for index in fixed.columns.indices where fixed.columns[index].isInteger {
            fixed.columns[index].lower = values[index]
            fixed.columns[index].upper = values[index]
            fixed.columns[index].isInteger = false
        }
        guard let again = search(fixed, .none, .none)?.values else { throw disobeyed }
        let mended = zip(again, fixed.columns).map { min(max($0, $1.lower), $1.upper) }
        guard fixed.largestViolation(of: mended) <= feasibilityTolerance else {
            throw disobeyed
        }
        return mended
    }

    private static func upperBound(_ outcome: CBCModel.Outcome) -> Double {
        // An untouched bound is the solver's infinity.
        abs(outcome.bound) < 1e50 ? -outcome.bound : .infinity
    }

    /// Every column at its better bound: the solver crashes on programs whose
    /// rows are all empty.
    private static func withoutRows(_ program: LinearProgram) -> ProgramSolution {
        var values: [Double] = []
        for column in program.columns {
            let lower = column.isInteger ? column.lower.rounded(.up) : column.lower
            let upper = column.isInteger ? column.upper.rounded(.down) : column.upper
            let better = column.objective > 0 ? upper : lower
            let value =
                column.objective == 0 && !lower.isFinite ? min(0, upper) : better
            values.append(value)
            guard lower <= upper else {
                return ProgramSolution(status: .infeasible, bound: -.infinity, nodes: 0)
            }
        }
        guard program.rows.allSatisfy({ $0.lower <= 0 && $0.upper >= 0 }) else {
            return ProgramSolution(status: .infeasible, bound: -.infinity, nodes: 0)
        }
        guard values.allSatisfy(\.isFinite) else {
            return ProgramSolution(status: .unbounded, bound: .infinity, nodes: 0)
        }
        let objective = program.objective(of: values)
        return ProgramSolution(
            status: .optimal, values: values, objective: objective, bound: objective, nodes: 0)
    }

    private static var noMemory: SolverError {
        SolverError(
            .solverFailed, "\(version) could not make a model", mend: "Free memory and try again")
    }

    private static var disobeyed: SolverError {
        SolverError(
            .solverFailed,
            "\(version) returned values that break a row by more than \(feasibilityTolerance)",
            mend: "Write the program as an LP file and try another solver")
    }
}
