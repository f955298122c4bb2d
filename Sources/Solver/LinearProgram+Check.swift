import Diagnostics

extension LinearProgram {
    /// The objective of values, one per column.
    public func objective(of values: [Double]) -> Double {
        var total = 0.0
        for (column, value) in zip(columns, values) where column.objective != 0 {
            total += column.objective * value
        }
        return total
    }

    /// The farthest that values, one per column, lie outside the bounds of a
    /// row or column, or a whole column's from a whole number: 0 when they
    /// obey all, in units of the row. Bounds beyond 1 count relative to their
    /// size.
    public func largestViolation(of values: [Double]) -> Double {
        var largest = 0.0
        for (column, value) in zip(columns, values) {
            largest = max(largest, excess(value, column.lower, column.upper))
            if column.isInteger { largest = max(largest, abs(value - value.rounded())) }
        }
        for row in rows {
            var sum = 0.0
            for term in row.terms { sum += term.factor * values[term.column] }
            largest = max(largest, excess(sum, row.lower, row.upper))
        }
        return largest
    }

    private func excess(_ value: Double, _ lower: Double, _ upper: Double) -> Double {
        let below = lower - value
        let above = value - upper
        let worst = max(
            below > 0 ? below / max(1, abs(lower)) : 0, above > 0 ? above / max(1, abs(upper)) : 0)
        return value.isNaN ? .infinity : worst
    }

    /// - Throws: `unsuitableProgram` for a name that is taken or not made of
    ///   letters, digits and `_`, a factor or bound that is not a number,
    ///   a lower bound above the upper one, and a column that does not exist
    ///   or stands twice in a row.
    public func check() throws(SolverError) {
        var names: Set<String> = []
        for column in columns {
            try checkName(column.name, unique: &names, "column")
            try checkBounds(column.lower, column.upper, "column \(column.name)")
            guard column.objective.isFinite else {
                throw unsuitable("column \(column.name)", "its objective is \(column.objective)")
            }
        }
        names.removeAll()
        var lastRow = Array(repeating: -1, count: columns.count)
        for (index, row) in rows.enumerated() {
            try checkName(row.name, unique: &names, "row")
            try checkBounds(row.lower, row.upper, "row \(row.name)")
            for term in row.terms {
                guard columns.indices.contains(term.column) else {
                    throw unsuitable(
                        "row \(row.name)",
                        "it names column number \(term.column) of \(columns.count)")
                }
                guard lastRow[term.column] != index else {
                    throw unsuitable(
                        "row \(row.name)",
                        "column \(columns[term.column].name) stands in it twice")
                }
                lastRow[term.column] = index
                guard term.factor.isFinite else {
                    throw unsuitable("row \(row.name)", "a factor is \(term.factor)")
                }
            }
        }
    }

    private func checkName(
        _ name: String, unique names: inout Set<String>, _ what: String
    ) throws(SolverError) {
        let isWord = name.utf8.allSatisfy { byte in
            (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
                || byte == 0x5F
        }
        guard isWord, let first = name.utf8.first, first < 0x30 || first > 0x39 else {
            throw unsuitable(
                "\(what) \"\(name)\"", "the name needs letters, digits and _, no digit first")
        }
        guard names.insert(name).inserted else {
            throw unsuitable("\(what) \(name)", "the name is taken")
        }
    }

    private func checkBounds(
        _ lower: Double, _ upper: Double, _ what: String
    ) throws(SolverError) {
        guard lower <= upper, lower < .infinity, upper > -.infinity else {
            throw unsuitable(what, "its bounds are \(lower) and \(upper)")
        }
    }

    private func unsuitable(_ what: String, _ cause: String) -> SolverError {
        SolverError(
            .unsuitableProgram, at: Place(field: what), cause,
            mend: "Correct the data that the program was made of")
    }
}
