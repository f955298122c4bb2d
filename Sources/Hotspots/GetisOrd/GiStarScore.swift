import GridCore

/// What is expected of the sum over a neighbourhood and its standard error,
/// by its number of cells.
struct GiStarScore: Sendable {
    let isConstant: Bool
    private let expected: [Double]
    /// NaN when the neighbourhood holds all cells.
    private let error: [Double]

    /// - Parameters:
    ///   - most: cells in the largest neighbourhood of a grid.
    ///   - layers: grids that a neighbourhood reaches through: it holds as
    ///     many times the cells.
    init(_ moments: GridMoments, most: Int, layers: Int = 1) {
        let deviation = moments.standardDeviation
        isConstant = deviation == 0
        let mean = moments.mean
        let n = moments.count
        let counts = (0...min(most, n)).map { $0 * layers }
        expected = counts.map { mean * Double($0) }
        error = counts.map { deviation * Self.spread($0, of: n) }
    }

    /// sqrt((n W - W^2) / (n - 1)); NaN for W = n.
    static func spread(_ count: Int, of n: Int) -> Double {
        guard count < n else { return .nan }
        return (Double(count) * Double(n - count) / Double(n - 1)).squareRoot()
    }

    /// Looks up a row.
    ///
    /// - Returns: whether an error is NaN.
    func fill(
        expected means: UnsafeMutablePointer<Double>, error errors: UnsafeMutablePointer<Double>,
        counts: UnsafePointer<Int32>, columns: Int
    ) -> Bool {
        var isSaturated = false
        expected.withUnsafeBufferPointer { expected in
            error.withUnsafeBufferPointer { error in
                for i in 0..<columns {
                    let count = Int(counts[i])
                    means[i] = expected[count]
                    errors[i] = error[count]
                    isSaturated = isSaturated || errors[i].isNaN
                }
            }
        }
        return isSaturated
    }
}
