import CCbc

/// The owner of one model of CBC's C interface: filled, solved once, freed.
/// Not sendable; it lives within one call.
final class CBCModel {
    /// Suitable for the C interface.
    private let handle: UnsafeMutableRawPointer

    /// nil when there is no memory for a model. The program must have been
    /// checked.
    init?(_ program: LinearProgram) {
        guard let handle = Cbc_newModel() else { return nil }
        self.handle = handle
        // Both are needed: one for the model, one for the search around it.
        Cbc_setLogLevel(handle, 0)
        Cbc_setParameter(handle, "log", "0")
        load(program)
    }

    deinit { Cbc_deleteModel(handle) }

    /// Minimises the negated objective: bounds and cutoffs then have the signs
    /// that the solver itself uses.
    private func load(_ program: LinearProgram) {
        let columns = program.columns
        var starts = [Int32](repeating: 0, count: columns.count + 1)
        for row in program.rows {
            for term in row.terms { starts[term.column + 1] += 1 }
        }
        for column in columns.indices { starts[column + 1] += starts[column] }
        var next = starts
        var rowNumbers = [Int32](repeating: 0, count: Int(starts[columns.count]))
        var factors = [Double](repeating: 0, count: rowNumbers.count)
        for (number, row) in program.rows.enumerated() {
            for term in row.terms {
                let position = Int(next[term.column])
                rowNumbers[position] = Int32(number)
                factors[position] = term.factor
                next[term.column] += 1
            }
        }
        Cbc_loadProblem(
            handle, Int32(columns.count), Int32(program.rows.count), starts, rowNumbers, factors,
            columns.map { Self.finite($0.lower) }, columns.map { Self.finite($0.upper) },
            columns.map { -$0.objective }, program.rows.map { Self.finite($0.lower) },
            program.rows.map { Self.finite($0.upper) })
        for (number, column) in columns.enumerated() where column.isInteger {
            Cbc_setInteger(handle, Int32(number))
        }
    }

    /// The solver's infinity is the largest number.
    private static func finite(_ bound: Double) -> Double {
        min(max(bound, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }

    func set(_ limits: SolverLimits) {
        if let seconds = limits.seconds { Cbc_setMaximumSeconds(handle, seconds) }
        if let nodes = limits.nodes { Cbc_setMaximumNodes(handle, Int32(nodes)) }
        if limits.relativeGap > 0 { Cbc_setAllowableFractionGap(handle, limits.relativeGap) }
    }

    /// How far from a reached objective values still count as no worse: what
    /// the solver's tolerances may take off.
    private static let cutoffTolerance = 1e-6

    func set(_ hints: SolverHints) {
        if hints.isRelaxationStrong {
            Cbc_setParameter(handle, "preprocess", "off")
            Cbc_setParameter(handle, "heuristicsOnOff", "off")
        }
        if let reached = hints.reachedObjective {
            Cbc_setCutoff(handle, -reached + Self.cutoffTolerance * max(1, abs(reached)))
        }
    }

    /// What the solver says after its search.
    struct Outcome {
        var values: [Double]?
        /// Of the minimised, negated objective.
        var bound: Double
        var isProvenOptimal: Bool
        var isInfeasible: Bool
        var isUnbounded: Bool
        var isStopped: Bool
        var nodes: Int
    }

    /// - Parameter columns: how many the program has, one of them whole.
    func solve(columns: Int) -> Outcome {
        Cbc_solve(handle)
        let best = Cbc_bestSolution(handle)
        return Outcome(
            values: best.map { Array(UnsafeBufferPointer(start: $0, count: columns)) },
            bound: Cbc_getBestPossibleObjValue(handle),
            isProvenOptimal: Cbc_isProvenOptimal(handle) != 0,
            isInfeasible: Cbc_isProvenInfeasible(handle) != 0,
            isUnbounded: Cbc_isContinuousUnbounded(handle) != 0
                || Cbc_secondaryStatus(handle) == 7,
            isStopped: Cbc_status(handle) == 1, nodes: Int(Cbc_getNodeCount(handle)))
    }
}
