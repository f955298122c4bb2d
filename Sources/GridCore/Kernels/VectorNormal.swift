/// The probability that a standard normal number lies further from 0 than
/// each of eight: 2 (1 - Phi(|z|)) = erfc(|z| / sqrt 2).
///
/// Relative error below 1e-13 up to |z| = 5 and below 1e-12 beyond, where
/// the rounding of z^2 counts; infinities give 0, NaN gives NaN.
///
/// Method, with x = |z| / sqrt 2: below 2 the series `erf x = 2 / sqrt(pi)
/// e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 ... (2n+1))` (Abramowitz and Stegun
/// 1964, 7.1.6), whose terms are all positive, with 48 of them; from 2 on the
/// continued fraction 7.1.14 to a depth of 56, as numerators and
/// denominators, without a division in the loop.
@inlinable @_transparent
public func vectorNormalTwoSidedP(_ z: SIMD8<Double>) -> SIMD8<Double> {
    var x = z.replacing(with: -z, where: z .< SIMD8<Double>(repeating: 0)) * 0.7071067811865476
    // e^(-x^2) is 0 from 28 on; a finite x keeps the fraction finite.
    x.replace(with: 40, where: x .> SIMD8<Double>(repeating: 40))
    let squared = x * x
    let decline = vectorExponential(-squared)
    let isNear = x .< SIMD8<Double>(repeating: 2)
    var result = SIMD8<Double>(repeating: 0)
    if any(isNear) {
        var sum = SIMD8<Double>(repeating: 0)
        var n = 47
        // Horner's scheme from the last term.
        while n >= 1 {
            sum = (sum + 1) * squared * SIMD8(repeating: 2 / Double(2 &* n &+ 1))
            n &-= 1
        }
        result = 1 - 1.1283791670955126 * decline * x * (sum + 1)
    }
    if !all(isNear) {
        // x + (1/2)/(x + 1/(x + (3/2)/(x + ...))), from the inside: the
        // fraction at each depth is upper / lower.
        var upper = x
        var lower = SIMD8<Double>(repeating: 1)
        var n = 56
        while n >= 1 {
            let next = x * upper + SIMD8(repeating: Double(n) * 0.5) * lower
            lower = upper
            upper = next
            n &-= 1
            if n & 7 == 0 {
                // 40^8 at most between two of these.
                lower /= upper
                upper = SIMD8(repeating: 1)
            }
        }
        let far = 0.5641895835477563 * decline * lower / upper
        result.replace(with: far, where: .!isNear)
    }
    return result.replacing(with: z, where: z .!= z)
}

/// The standard normal quantile of each of eight probabilities.
///
/// `complement` is 1 - `p`; given apart it keeps its digits where p is close
/// to 1. 0 gives -infinity, 1 infinity; outside 0...1 NaN. Relative error
/// about 1e-15 of the method, of the order of the error of p.
///
/// Source: Wichura (1988), Algorithm AS 241, PPND16, Applied Statistics 37,
/// 477-484.
@inlinable @_transparent
public func vectorNormalQuantile(
    _ p: SIMD8<Double>, complement: SIMD8<Double>
) -> SIMD8<Double> {
    let q = p - 0.5
    let distance = q.replacing(with: -q, where: q .< SIMD8<Double>(repeating: 0))
    let isCentral = distance .<= SIMD8<Double>(repeating: 0.425)
    let r = 0.180625 - q * q
    var result = q * centralQuantileRatio(r)
    if !all(isCentral) {
        let tail = p.replacing(with: complement, where: q .> SIMD8<Double>(repeating: 0))
        let depth = (-vectorLogarithm(tail)).squareRoot()
        let isFar = depth .> SIMD8<Double>(repeating: 5)
        var quantile = nearQuantileRatio(depth - 1.6)
        if any(isFar) {
            quantile.replace(with: farQuantileRatio(depth - 5), where: isFar)
        }
        quantile.replace(with: .infinity, where: tail .== SIMD8<Double>(repeating: 0))
        result.replace(
            with: quantile.replacing(with: -quantile, where: q .< SIMD8<Double>(repeating: 0)),
            where: .!isCentral)
    }
    return result
}

@inlinable @_transparent
func centralQuantileRatio(_ r: SIMD8<Double>) -> SIMD8<Double> {
    var upper = SIMD8<Double>(repeating: 2.5090809287301226727e+3)
    upper = upper * r + SIMD8(repeating: 3.3430575583588128105e+4)
    upper = upper * r + SIMD8(repeating: 6.7265770927008700853e+4)
    upper = upper * r + SIMD8(repeating: 4.5921953931549871457e+4)
    upper = upper * r + SIMD8(repeating: 1.3731693765509461125e+4)
    upper = upper * r + SIMD8(repeating: 1.9715909503065514427e+3)
    upper = upper * r + SIMD8(repeating: 1.3314166789178437745e+2)
    upper = upper * r + SIMD8(repeating: 3.3871328727963666080e+0)
    var lower = SIMD8<Double>(repeating: 5.2264952788528545610e+3)
    lower = lower * r + SIMD8(repeating: 2.8729085735721942674e+4)
    lower = lower * r + SIMD8(repeating: 3.9307895800092710610e+4)
    lower = lower * r + SIMD8(repeating: 2.1213794301586595867e+4)
    lower = lower * r + SIMD8(repeating: 5.3941960214247511077e+3)
    lower = lower * r + SIMD8(repeating: 6.8718700749205790830e+2)
    lower = lower * r + SIMD8(repeating: 4.2313330701600911252e+1)
    return upper / (lower * r + 1)
}

@inlinable @_transparent
func nearQuantileRatio(_ r: SIMD8<Double>) -> SIMD8<Double> {
    var upper = SIMD8<Double>(repeating: 7.74545014278341407640e-4)
    upper = upper * r + SIMD8(repeating: 2.27238449892691845833e-2)
    upper = upper * r + SIMD8(repeating: 2.41780725177450611770e-1)
    upper = upper * r + SIMD8(repeating: 1.27045825245236838258e+0)
    upper = upper * r + SIMD8(repeating: 3.64784832476320460504e+0)
    upper = upper * r + SIMD8(repeating: 5.76949722146069140550e+0)
    upper = upper * r + SIMD8(repeating: 4.63033784615654529590e+0)
    upper = upper * r + SIMD8(repeating: 1.42343711074968357734e+0)
    var lower = SIMD8<Double>(repeating: 1.05075007164441684324e-9)
    lower = lower * r + SIMD8(repeating: 5.47593808499534494600e-4)
    lower = lower * r + SIMD8(repeating: 1.51986665636164571966e-2)
    lower = lower * r + SIMD8(repeating: 1.48103976427480074590e-1)
    lower = lower * r + SIMD8(repeating: 6.89767334985100004550e-1)
    lower = lower * r + SIMD8(repeating: 1.67638483018380384940e+0)
    lower = lower * r + SIMD8(repeating: 2.05319162663775882187e+0)
    return upper / (lower * r + 1)
}

@inlinable @_transparent
func farQuantileRatio(_ r: SIMD8<Double>) -> SIMD8<Double> {
    var upper = SIMD8<Double>(repeating: 2.01033439929228813265e-7)
    upper = upper * r + SIMD8(repeating: 2.71155556874348757815e-5)
    upper = upper * r + SIMD8(repeating: 1.24266094738807843860e-3)
    upper = upper * r + SIMD8(repeating: 2.65321895265761230930e-2)
    upper = upper * r + SIMD8(repeating: 2.96560571828504891230e-1)
    upper = upper * r + SIMD8(repeating: 1.78482653991729133580e+0)
    upper = upper * r + SIMD8(repeating: 5.46378491116411436990e+0)
    upper = upper * r + SIMD8(repeating: 6.65790464350110377720e+0)
    var lower = SIMD8<Double>(repeating: 2.04426310338993978564e-15)
    lower = lower * r + SIMD8(repeating: 1.42151175831644588870e-7)
    lower = lower * r + SIMD8(repeating: 1.84631831751005468180e-5)
    lower = lower * r + SIMD8(repeating: 7.86869131145613259100e-4)
    lower = lower * r + SIMD8(repeating: 1.48753612908506148525e-2)
    lower = lower * r + SIMD8(repeating: 1.36929880922735805310e-1)
    lower = lower * r + SIMD8(repeating: 5.99832206555887937690e-1)
    return upper / (lower * r + 1)
}
