import Diagnostics

/// A linear program as text in the LP format of CPLEX, in the part of it that
/// CBC, GLPK and HiGHS read alike, so that anybody can verify an optimum with
/// a solver of their choice.
///
/// A row with two bounds becomes two rows, because not every reader takes
/// ranges; their names end in `_least` and `_most`. Lines stay short.
public enum LPFile {
    private static let lineWidth = 72

    /// - Throws: `unsuitableProgram`, as `LinearProgram.check`, and for a
    ///   program without columns, which the format cannot say.
    public static func text(of program: LinearProgram) throws(SolverError) -> String {
        try program.check()
        guard let first = program.columns.first else {
            throw SolverError(
                .unsuitableProgram, "the program has no columns, and the format needs one",
                mend: "There is nothing to solve: leave the file out")
        }
        var lines = ["Maximize"]
        let objective = program.columns.indices.filter { program.columns[$0].objective != 0 }
            .map { LinearProgram.Term($0, program.columns[$0].objective) }
        append("obj", objective, "", of: program, to: &lines)
        lines.append("Subject To")
        for row in program.rows { append(row, of: program, to: &lines) }
        // The section must not be empty for some readers.
        if !program.rows.contains(where: { $0.lower.isFinite || $0.upper.isFinite }) {
            lines.append(" no_rows: 0 \(first.name) <= 0")
        }
        lines.append("Bounds")
        for column in program.columns where !isBinary(column) {
            lines.append(bounds(of: column))
        }
        appendNames("Generals", program.columns.filter { $0.isInteger && !isBinary($0) }, &lines)
        appendNames("Binaries", program.columns.filter(isBinary), &lines)
        lines.append("End")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func append(
        _ row: LinearProgram.Row, of program: LinearProgram, to lines: inout [String]
    ) {
        if row.lower == row.upper {
            append(row.name, row.terms, " = \(row.lower)", of: program, to: &lines)
            return
        }
        let isRange = row.lower.isFinite && row.upper.isFinite
        if row.lower.isFinite {
            let name = isRange ? row.name + "_least" : row.name
            append(name, row.terms, " >= \(row.lower)", of: program, to: &lines)
        }
        if row.upper.isFinite {
            let name = isRange ? row.name + "_most" : row.name
            append(name, row.terms, " <= \(row.upper)", of: program, to: &lines)
        }
    }

    private static func append(
        _ name: String, _ terms: [LinearProgram.Term], _ end: String, of program: LinearProgram,
        to lines: inout [String]
    ) {
        var line = " \(name):"
        var words = terms.map { term in
            let sign = term.factor < 0 ? "-" : "+"
            return "\(sign) \(abs(term.factor)) \(program.columns[term.column].name)"
        }
        if words.isEmpty { words = ["0 \(program.columns[0].name)"] }
        for word in words {
            if line.utf8.count + word.utf8.count + 1 > lineWidth {
                lines.append(line)
                line = " "
            }
            line += " " + word
        }
        lines.append(line + end)
    }

    private static func isBinary(_ column: LinearProgram.Column) -> Bool {
        column.isInteger && column.lower == 0 && column.upper == 1
    }

    private static func bounds(of column: LinearProgram.Column) -> String {
        switch (column.lower.isFinite, column.upper.isFinite) {
        case (false, false): return " \(column.name) free"
        case (false, true): return " -inf <= \(column.name) <= \(column.upper)"
        case (true, false): return " \(column.name) >= \(column.lower)"
        case (true, true):
            if column.lower == column.upper { return " \(column.name) = \(column.lower)" }
            return " \(column.lower) <= \(column.name) <= \(column.upper)"
        }
    }

    private static func appendNames(
        _ section: String, _ columns: [LinearProgram.Column], _ lines: inout [String]
    ) {
        guard !columns.isEmpty else { return }
        lines.append(section)
        for column in columns { lines.append(" " + column.name) }
    }
}
