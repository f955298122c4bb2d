import GridCore

/// A linear regression that takes one observation after the other: triangular
/// factor R and right-hand side z with R b = z, kept by plane rotations.
///
/// Written for one series; the kernel has another form of the same.
struct HistoryRegression {
    private let columns: Int
    private var factor: [[Double]]
    private var rightSide: [Double]
    private var squares: [Double]
    private(set) var count = 0
    private(set) var valueSquares = 0.0

    init(columns: Int) {
        self.columns = columns
        factor = Array(repeating: Array(repeating: 0, count: columns), count: columns)
        rightSide = Array(repeating: 0, count: columns)
        squares = Array(repeating: 0, count: columns)
    }

    /// Whether `part` of regressor `column` is more than rounding.
    private func tells(_ part: Double, _ column: Int) -> Bool {
        let tolerance = BreakKernelRule.rankTolerance
        return part * part > tolerance * tolerance * squares[column]
    }

    /// Whether every regressor is told apart from the others.
    var hasFullRank: Bool { (0..<columns).allSatisfy { tells(factor[$0][$0], $0) } }

    /// Coefficients; 0 for a regressor that is not told apart.
    var coefficients: [Double] {
        var result = Array(repeating: 0.0, count: columns)
        for row in stride(from: columns - 1, through: 0, by: -1) where factor[row][row] != 0 {
            var sum = rightSide[row]
            for column in row + 1..<max(row + 1, columns) {
                sum -= factor[row][column] * result[column]
            }
            result[row] = sum / factor[row][row]
        }
        return result
    }

    /// Adds an observation; returns its recursive residual
    /// (y - x'b) / sqrt(1 + x'(X'X)^-1 x) with b and X of those before; 0
    /// when they do not determine its expectation.
    mutating func add(_ regressors: [Double], _ value: Double) -> Double {
        for column in 0..<columns { squares[column] += regressors[column] * regressors[column] }
        let residual = prediction(regressors, value)
        var row = regressors
        var left = value
        for column in 0..<columns {
            let diagonal = factor[column][column]
            let length = (diagonal * diagonal + row[column] * row[column]).squareRoot()
            guard tells(length, column) else { continue }
            let cosine = diagonal / length
            let sine = row[column] / length
            for other in column..<columns {
                let above = factor[column][other]
                factor[column][other] = cosine * above + sine * row[other]
                row[other] = cosine * row[other] - sine * above
            }
            let above = rightSide[column]
            rightSide[column] = cosine * above + sine * left
            left = cosine * left - sine * above
        }
        count += 1
        valueSquares += value * value
        return residual
    }

    private func prediction(_ regressors: [Double], _ value: Double) -> Double {
        // u with R'u = x; then x'(X'X)^-1 x = u'u and x'b = u'z.
        var solved = Array(repeating: 0.0, count: columns)
        var leverage = 0.0
        var expected = 0.0
        for column in 0..<columns {
            var part = regressors[column]
            for earlier in 0..<column { part -= factor[earlier][column] * solved[earlier] }
            guard factor[column][column] != 0 else {
                if tells(part, column) { return 0 }
                continue
            }
            solved[column] = part / factor[column][column]
            leverage += solved[column] * solved[column]
            expected += solved[column] * rightSide[column]
        }
        return (value - expected) / (1 + leverage).squareRoot()
    }
}
