/// The gamma distributions of eight cells, made ready for many amounts.
///
/// With u = x / beta and w = x / mean = u / alpha:
/// `P(alpha, u) = u^alpha e^-u / Gamma(alpha + 1) sum u^n / ((alpha + 1) ...
/// (alpha + n))` (Abramowitz and Stegun 1964, 6.5.29). The factors of the sum
/// depend on alpha alone, so that an amount costs a polynomial in w and no
/// division. The sum breaks off where the rest is below 2e-12 of it; P is
/// within 1e-10. Against 40-digit arithmetic, for 4,000 shapes and amounts at
/// random: P within 2e-13 for shapes from 0.05 to 100 and within 6e-11 up to
/// 40,000, its quantile within 1.5e-8 up to 6 from 0.
@usableFromInline
struct VectorGamma {
    @usableFromInline let shape: SIMD8<Double>
    /// Logarithm of `alpha^alpha e^-alpha / Gamma(alpha + 1)`.
    @usableFromInline let offset: SIMD8<Double>
    /// Amounts u from which P is 1 in Float64.
    @usableFromInline let end: SIMD8<Double>
    @usableFromInline let terms: UnsafeMutablePointer<SIMD8<Double>>
    /// Terms made so far.
    @usableFromInline var made = 1

    @inlinable @_transparent
    init(shape: SIMD8<Double>, terms: UnsafeMutablePointer<SIMD8<Double>>) {
        self.shape = shape
        self.terms = terms
        terms[0] = SIMD8(repeating: 1)
        end = shape + shape.squareRoot() * 40 + 700
        offset = shape * vectorLogarithm(shape) - shape - vectorLogFactorial(shape)
    }

    /// P(alpha, alpha w) and its complement for amounts w, in means, whose
    /// logarithms are given. `needsTail`: whether the complement is wanted
    /// accurate where it is below 1e-4.
    @inlinable @_transparent
    mutating func probability(
        _ w: SIMD8<Double>, logarithm: SIMD8<Double>, needsTail: Bool
    ) -> (lower: SIMD8<Double>, upper: SIMD8<Double>) {
        let one = SIMD8<Double>(repeating: 1)
        let u = shape * w
        let power = shape * (logarithm - w + 1) + offset
        let front = vectorExponential(power)
        let count = termCount(u)
        makeTerms(count)
        // Four polynomials in w^4, which do not wait for one another.
        let square = w * w
        let fourth = square * square
        var a = SIMD8<Double>(repeating: 0)
        var (b, c, d) = (a, a, a)
        var n = count &- 4
        while n >= 0 {
            a = a * fourth + terms[n]
            b = b * fourth + terms[n &+ 1]
            c = c * fourth + terms[n &+ 2]
            d = d * fourth + terms[n &+ 3]
            n &-= 4
        }
        var lower = front * ((a + b * w) + (c + d * w) * square)
        // Rounding; and amounts so large that the terms did not reach.
        lower.replace(with: 1, where: .!(lower .< one))
        let isBeyond = u .> end
        lower.replace(with: 1, where: isBeyond)
        var upper = one - lower
        let isTail = upper .< SIMD8<Double>(repeating: 1e-4)
        if needsTail && any(isTail .& .!isBeyond) {
            upper.replace(with: front * shape * tailFraction(u), where: isTail)
            lower.replace(with: one - upper, where: isTail)
        }
        return (lower, upper)
    }

    /// Terms after which the rest is below 2e-12 of the sum: they grow up to
    /// n = u - alpha; k terms on they have shrunk by the product of
    /// (m + j) / m, j = 1 ... k, with m the larger of alpha and u, and
    /// `k = 9 + 7.5 sqrt m` suffices for m from 0 to 40,000. A multiple of 4.
    @inlinable @_transparent
    func termCount(_ u: SIMD8<Double>) -> Int {
        let larger = shape.replacing(with: u, where: u .> shape)
        let most = (larger - shape).max() + larger.max().squareRoot() * 7.5 + 9
        let last = Double(StandardizedPrecipitationScratch.termCapacity &- 4)
        return (Int(most < last ? most : last) &+ 4) & ~3
    }

    @inlinable @_transparent
    mutating func makeTerms(_ count: Int) {
        while made < count {
            terms[made] = terms[made &- 1] * (shape / (shape + Double(made)))
            made &+= 1
        }
    }

    /// `Q(alpha, u) Gamma(alpha) e^u u^-alpha` by the continued fraction
    /// 6.5.31 in its even form, from a depth that suffices in the upper tail.
    @inlinable @_transparent
    func tailFraction(_ u: SIMD8<Double>) -> SIMD8<Double> {
        var n = 64 &+ Int(4 * shape.max().squareRoot())
        var fraction = u - shape + Double(2 &* n &+ 1)
        while n >= 1 {
            let k = SIMD8(repeating: Double(n))
            let factor = (k - shape) * k / fraction
            fraction = u - shape + (k + k - 1) - factor
            n &-= 1
        }
        return 1 / fraction
    }
}

/// ln Gamma(a + 1) of eight positive numbers: Stirling's series at a + 8
/// (Abramowitz and Stegun 1964, 6.1.41) less the logarithm of the product
/// between; absolute error below 1e-13 (1 + a).
@inlinable @_transparent
func vectorLogFactorial(_ a: SIMD8<Double>) -> SIMD8<Double> {
    let b = a + 8
    var product = a + 1
    for k in 2...8 { product *= a + Double(k) }
    let inverse = 1 / b
    let square = inverse * inverse
    var series = SIMD8<Double>(repeating: 1.0 / 1188)
    series = SIMD8(repeating: -1.0 / 1680) + series * square
    series = SIMD8(repeating: 1.0 / 1260) + series * square
    series = SIMD8(repeating: -1.0 / 360) + series * square
    series = SIMD8(repeating: 1.0 / 12) + series * square
    // ln sqrt(2 pi)
    let rest = series * inverse + 0.9189385332046728
    let stirling = (b + 0.5) * vectorLogarithm(b) - b + rest
    return stirling - vectorLogarithm(product)
}

/// The shape of largest likelihood, the root of
/// `ln alpha - digamma(alpha) = difference`, by Newton's method from `start`:
/// Thom's estimate is so close that four steps reach rounding.
///
/// Digamma and trigamma: Abramowitz and Stegun 1964, 6.3.18 and 6.4.12, at
/// alpha + 10, with the recurrences 6.3.6 and 6.4.6.
@inlinable @_transparent
func mostLikelyShape(
    start: SIMD8<Double>, difference: SIMD8<Double>
) -> SIMD8<Double> {
    var shape = start
    for _ in 0..<4 {
        let b = shape + 10
        let inverse = 1 / b
        let square = inverse * inverse
        var digamma = SIMD8<Double>(repeating: -1.0 / 132)
        digamma = SIMD8(repeating: 1.0 / 240) + digamma * square
        digamma = SIMD8(repeating: -1.0 / 252) + digamma * square
        digamma = SIMD8(repeating: 1.0 / 120) + digamma * square
        digamma = SIMD8(repeating: -1.0 / 12) + digamma * square
        digamma = vectorLogarithm(b) - inverse * 0.5 + digamma * square
        var trigamma = SIMD8<Double>(repeating: -1.0 / 30)
        trigamma = SIMD8(repeating: 1.0 / 42) + trigamma * square
        trigamma = SIMD8(repeating: -1.0 / 30) + trigamma * square
        trigamma = SIMD8(repeating: 1.0 / 6) + trigamma * square
        trigamma = inverse + square * 0.5 + trigamma * square * inverse
        for k in 0..<10 {
            let part = 1 / (shape + Double(k))
            digamma -= part
            trigamma += part * part
        }
        let value = vectorLogarithm(shape) - digamma - difference
        let next = shape - value / (1 / shape - trigamma)
        shape.replace(with: next, where: next .> SIMD8<Double>(repeating: 0))
    }
    return shape
}
