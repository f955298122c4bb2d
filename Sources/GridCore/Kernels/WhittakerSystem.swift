// The system (W + lambda D'D) z = W y of eight series, one per lane, D the
// second differences: pentadiagonal, factored as L D L' without pivots
// (positive definite as soon as two values have weight), in O(steps).
//
// Both sides are divided by lambda. The second subdiagonal of L is then 1 / d,
// with d the diagonal of D, and the first one (a - c) / d, with a of the band
// next to the diagonal of D'D and c that of the row before: one division and
// thirteen other operations per row.
//
// The parts of the kernel are transparent: in a function of its size the
// optimizer leaves calls of "always" inlined functions standing, and such a
// call ends in the baseline form.

/// What the elimination carries from row to row.
@usableFromInline
struct WhittakerElimination {
    @usableFromInline var first = SIMD8<Double>(repeating: 0)
    @usableFromInline var firstTimesDiagonal = SIMD8<Double>(repeating: 0)
    @usableFromInline var second = SIMD8<Double>(repeating: 0)
    @usableFromInline var secondBefore = SIMD8<Double>(repeating: 0)
    @usableFromInline var right = SIMD8<Double>(repeating: 0)
    @usableFromInline var rightBefore = SIMD8<Double>(repeating: 0)

    @inlinable @inline(__always)
    init() {}

    /// The row of a step whose weight over lambda is `weight`; `diagonal` and
    /// `next` are its bands of D'D.
    @inlinable @inline(__always)
    mutating func row(
        weight: SIMD8<Double>, value: SIMD8<Double>, diagonal: Double, next: Double,
        into factor: UnsafeMutablePointer<SIMD8<Double>>
    ) {
        // What depends on the row before comes last: the chain of such
        // operations is what the time goes into.
        let pivot =
            ((weight + SIMD8(repeating: diagonal)) - secondBefore) - first * firstTimesDiagonal
        let inverse = SIMD8<Double>(repeating: 1) / pivot
        let subdiagonal = SIMD8<Double>(repeating: next) - first
        let eliminated = (weight * value - secondBefore * rightBefore) - first * right
        first = subdiagonal * inverse
        firstTimesDiagonal = subdiagonal
        secondBefore = second
        second = inverse
        rightBefore = right
        right = eliminated
        factor[0] = first
        factor[1] = inverse
        factor[2] = eliminated * inverse
    }
}

/// Factors the systems and eliminates their right-hand sides.
@_transparent @inlinable
func whittakerEliminate(
    steps: Int, inverseLambda: SIMD8<Double>, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) {
    let values = scratch.values
    let factors = scratch.factors
    var rows = WhittakerElimination()
    @inline(__always) func row(_ step: Int, _ diagonal: Double, _ next: Double) {
        rows.row(
            weight: weights[step] * inverseLambda, value: values[step], diagonal: diagonal,
            next: next, into: factors + 3 &* step)
    }
    row(0, 1, -2)
    row(1, 5, -4)
    var step = 2
    while step < steps &- 2 {
        row(step, 6, -4)
        step &+= 1
    }
    row(steps &- 2, 5, -2)
    row(steps &- 1, 1, 0)
}

/// The substitution from the last step to the first, with zeros below it.
@usableFromInline
struct WhittakerSubstitution {
    /// The curve at the step, and at the step after it.
    @usableFromInline var here = SIMD8<Double>(repeating: 0)
    @usableFromInline var after = SIMD8<Double>(repeating: 0)
    @usableFromInline var slope = SIMD8<Double>(repeating: 0)
    @usableFromInline var misfit = SIMD8<Double>(repeating: 0)
    @usableFromInline var roughness = SIMD8<Double>(repeating: 0)

    @inlinable @inline(__always)
    init() {}

    @inlinable @inline(__always)
    mutating func move(_ factor: UnsafePointer<SIMD8<Double>>) {
        let found = (factor[2] - factor[1] * after) - factor[0] * here
        after = here
        here = found
    }

    /// Adds the squares of the weighted residual and of the second difference.
    @inlinable @inline(__always)
    mutating func measure(_ value: SIMD8<Double>, _ weight: SIMD8<Double>) {
        let residual = weight * (value - here)
        misfit += residual * residual
        let slopeHere = here - after
        let bend = slopeHere - slope
        roughness += bend * bend
        slope = slopeHere
    }
}

/// Misfit and roughness of the eliminated systems' solutions.
@_transparent @inlinable
func whittakerMeasure(
    steps: Int, weights: UnsafePointer<SIMD8<Double>>, scratch: WhittakerScratch
) -> (misfit: SIMD8<Double>, roughness: SIMD8<Double>) {
    var solution = WhittakerSubstitution()
    var step = steps &- 1
    @inline(__always) func move() {
        solution.move(scratch.factors + 3 &* step)
        solution.measure(scratch.values[step], weights[step])
        step &-= 1
    }
    move()
    move()
    // Second differences begin with the third.
    solution.roughness = SIMD8(repeating: 0)
    while step >= 0 { move() }
    return (solution.misfit, solution.roughness)
}

/// Writes the eliminated systems' solutions into `scratch.curve`.
@_transparent @inlinable
func whittakerSolve(steps: Int, scratch: WhittakerScratch) {
    var solution = WhittakerSubstitution()
    var step = steps &- 1
    while step >= 0 {
        solution.move(scratch.factors + 3 &* step)
        scratch.curve[step] = solution.here
        step &-= 1
    }
}

/// Writes the solutions into `scratch.curve` and the asymmetric weights that
/// follow from them over the present ones, unless `isLast`; returns whether any
/// differs, and misfit (by the symmetric weights) and roughness.
@_transparent @inlinable
func whittakerReweigh(
    steps: Int, asymmetry: Double, isLast: Bool, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) -> (changes: Bool, misfit: SIMD8<Double>, roughness: SIMD8<Double>) {
    let present = scratch.asymmetricWeights
    let above = SIMD8<Double>(repeating: asymmetry)
    let below = SIMD8<Double>(repeating: 1 - asymmetry)
    var solution = WhittakerSubstitution()
    var changes = SIMDMask<SIMD8<Int64>>(repeating: false)
    var step = steps &- 1
    @inline(__always) func move() {
        solution.move(scratch.factors + 3 &* step)
        let value = scratch.values[step]
        let weight = weights[step]
        solution.measure(value, weight)
        scratch.curve[step] = solution.here
        let next = weight * below.replacing(with: above, where: value .> solution.here)
        changes = changes .| (next .!= present[step])
        if !isLast { present[step] = next }
        step &-= 1
    }
    move()
    move()
    solution.roughness = SIMD8(repeating: 0)
    while step >= 0 { move() }
    return (any(changes), solution.misfit, solution.roughness)
}

/// `sum w (y - z)^2` of the eliminated systems' solutions and the trace of the
/// hat matrix `(W + lambda D'D)^-1 W`: the central band of the inverse follows
/// from the factor, last row first (Hutchinson and de Hoog 1985).
@_transparent @inlinable
func whittakerTrace(
    steps: Int, inverseLambda: SIMD8<Double>, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) -> (squares: SIMD8<Double>, trace: SIMD8<Double>) {
    let zero = SIMD8<Double>(repeating: 0)
    var solution = WhittakerSubstitution()
    var squares = zero
    var trace = zero
    // Of the inverse: diagonal elements and the element beside the diagonal,
    // one and two rows below.
    var diagonal = zero
    var diagonalAfter = zero
    var beside = zero
    var step = steps &- 1
    while step >= 0 {
        let factor = scratch.factors + 3 &* step
        solution.move(factor)
        let residual = scratch.values[step] - solution.here
        squares += weights[step] * residual * residual
        let two = zero - factor[0] * beside - factor[1] * diagonalAfter
        let one = zero - factor[0] * diagonal - factor[1] * beside
        let own = factor[1] - factor[0] * one - factor[1] * two
        trace += weights[step] * inverseLambda * own
        diagonalAfter = diagonal
        diagonal = own
        beside = one
        step &-= 1
    }
    return (squares, trace)
}
