/// What a regression of eight cells found, besides the system in the scratch.
@usableFromInline
struct BreakRegression {
    /// Observations.
    @usableFromInline var count: SIMD8<Double>
    /// Sum of the squared residuals.
    @usableFromInline var residualSquares: SIMD8<Double>
    /// Sum of the squared values.
    @usableFromInline var valueSquares: SIMD8<Double>

    @inlinable @inline(__always)
    init() {
        count = SIMD8(repeating: 0)
        residualSquares = SIMD8(repeating: 0)
        valueSquares = SIMD8(repeating: 0)
    }
}

/// Eight neighbouring values of a step.
@inlinable @inline(__always)
func breakValues(_ block: SeriesBlock, _ step: Int, _ first: Int) -> SIMD8<Double> {
    let stored = UnsafeRawPointer(block.values + (step &* block.stride &+ first))
        .load(as: SIMD8<Float>.self)
    var wide = SIMD8<Double>(repeating: 0)
    for lane in 0..<8 { wide[lane] = Double(stored[lane]) }
    return wide
}

/// Which lanes have a value at `step` and start there or before.
@inlinable @inline(__always)
func breakMembers(
    _ values: SIMD8<Double>, _ step: Int, from start: SIMD8<Double>
) -> SIMDMask<SIMD8<Int64>> {
    // The difference of an infinity from itself is NaN.
    ((values - values) .== SIMD8<Double>(repeating: 0))
        .& (SIMD8<Double>(repeating: Double(step)) .>= start)
}

/// Regresses the history of eight cells, newest observation first, each from
/// its own first step on; writes the recursive residuals (Brown, Durbin and
/// Evans 1975), 0 where there is none.
///
/// The triangular factor takes one row after the other by plane rotations
/// without square roots (Gentleman 1973), started from zero: exact for the
/// first rows too, whose normal equations are near singular. What a rotated
/// row leaves is the prediction error of its observation and, as its weight,
/// 1 / (1 + x' (X'X)^-1 x). A regressor that the earlier ones explain to
/// within the tolerance is left out until a row tells it apart.
@inlinable @inline(__always)
func breakRegress(
    _ block: SeriesBlock, _ first: Int, from start: SIMD8<Double>, rule: BreakKernelRule,
    scratch: BreakScratch
) -> BreakRegression {
    let columns = rule.columns
    let zero = SIMD8<Double>(repeating: 0)
    let one = SIMD8<Double>(repeating: 1)
    let enough = SIMD8<Double>(repeating: Double(columns))
    for index in 0..<columns &* columns { scratch.upper[index] = zero }
    for column in 0..<columns {
        scratch.diagonal[column] = zero
        scratch.rightSide[column] = zero
        scratch.squares[column] = zero
    }
    var result = BreakRegression()
    let lowest = Int(start.min())
    var step = rule.monitoringStart &- 1
    while step >= lowest {
        let loaded = breakValues(block, step, first)
        let isMember = breakMembers(loaded, step, from: start)
        var left = zero
        if any(isMember) {
            let value = zero.replacing(with: loaded, where: isMember)
            let regressors = scratch.regressors + step &* columns
            for column in 0..<columns {
                let member = zero.replacing(
                    with: SIMD8(repeating: regressors[column]), where: isMember)
                scratch.row[column] = member
                scratch.squares[column] += member * member
            }
            let rotated = breakRotate(value, columns: columns, scratch: scratch)
            result.count += zero.replacing(with: one, where: isMember)
            result.residualSquares += rotated * rotated
            result.valueSquares += value * value
            left.replace(with: rotated, where: result.count .> enough)
        }
        scratch.recursive[step] = left
        step &-= 1
    }
    return result
}

/// Rotates the row in the scratch into the triangular system; returns the
/// standardised residual that is left of `value`. Rows of zeros change
/// nothing.
@inlinable @inline(__always)
func breakRotate(
    _ value: SIMD8<Double>, columns: Int, scratch: BreakScratch
) -> SIMD8<Double> {
    let zero = SIMD8<Double>(repeating: 0)
    let tolerance = SIMD8<Double>(
        repeating: BreakKernelRule.rankTolerance * BreakKernelRule.rankTolerance)
    let row = scratch.row
    var value = value
    var weight = SIMD8<Double>(repeating: 1)
    for column in 0..<columns {
        let old = scratch.diagonal[column]
        let weighted = weight * row[column]
        let new = old + weighted * row[column]
        let isTold = new .> tolerance * scratch.squares[column]
        let element = zero.replacing(with: row[column], where: isTold)
        let inverse = SIMD8(repeating: 1) / new
        let sine = zero.replacing(with: weighted * inverse, where: isTold)
        scratch.diagonal[column].replace(with: new, where: isTold)
        weight.replace(with: weight * (old * inverse), where: isTold)
        let upper = scratch.upper + column &* columns
        var other = column &+ 1
        while other < columns {
            let rest = row[other] - element * upper[other]
            row[other] = rest
            upper[other] += sine * rest
            other &+= 1
        }
        value -= element * scratch.rightSide[column]
        scratch.rightSide[column] += sine * value
    }
    return value * weight.squareRoot()
}

/// Solves the triangular system for the coefficients; returns where every
/// regressor is told apart from the others.
@inlinable @inline(__always)
func breakSolve(columns: Int, scratch: BreakScratch) -> SIMDMask<SIMD8<Int64>> {
    let tolerance = SIMD8<Double>(
        repeating: BreakKernelRule.rankTolerance * BreakKernelRule.rankTolerance)
    var hasFullRank = SIMDMask<SIMD8<Int64>>(repeating: true)
    var column = columns &- 1
    while column >= 0 {
        hasFullRank = hasFullRank
            .& (scratch.diagonal[column] .> tolerance * scratch.squares[column])
        var sum = scratch.rightSide[column]
        let upper = scratch.upper + column &* columns
        var other = column &+ 1
        while other < columns {
            sum -= upper[other] * scratch.coefficients[other]
            other &+= 1
        }
        scratch.coefficients[column] = sum
        column &-= 1
    }
    return hasFullRank
}
