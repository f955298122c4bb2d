#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The regularised incomplete beta function I_x(a, b), 0...1.
///
/// The continued fraction of the NIST Digital Library of Mathematical
/// Functions, 8.17.22, on the side of the mean where it converges in about
/// sqrt(max(a, b)) steps, times a factor that is formed from the deviances of
/// a and b (Loader 2000, Fast and accurate computation of binomial
/// probabilities): lgamma would lose the digits that large a and b share.
/// Relative error about 1e-13 as long as the result is a normal number; below
/// that 0. Logarithms and exponentials are the C library's and may differ in
/// the last bit between processors.
///
/// - Parameters:
///   - a: above 0, finite.
///   - b: above 0, finite.
///   - x: 0...1.
///   - complement: 1 - x, given apart so that it keeps its digits.
func regularizedIncompleteBeta(
    _ a: Double, _ b: Double, x: Double, complement: Double
) -> Double {
    guard x > 0 else { return 0 }
    guard complement > 0 else { return 1 }
    guard x <= (a + 1) / (a + b + 2) else {
        return max(0, 1 - betaSeries(b, a, x: complement, complement: x))
    }
    return min(1, betaSeries(a, b, x: x, complement: complement))
}

/// x^a (1 - x)^b / (a B(a, b)) over the continued fraction.
private func betaSeries(_ a: Double, _ b: Double, x: Double, complement y: Double) -> Double {
    let n = a + b
    let exponent =
        stirlingError(n) - stirlingError(a) - stirlingError(b)
        - deviance(a, mean: n * x) - deviance(b, mean: n * y)
    let factor = (b / (2 * .pi * a * n)).squareRoot() * exp(exponent)
    return factor == 0 ? 0 : factor * betaFraction(a, b, x)
}

/// 1 / (1 + d1 / (1 + d2 / (1 + ...))) by the method of Lentz, as modified by
/// Thompson and Barnett 1986.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    // Stands for a denominator that is 0, which it never divides away.
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (d == 0 ? tiny : d)
    var value = d
    let mostSteps = 100 + 20 * Int(max(a, b).squareRoot())
    for step in 1...mostSteps {
        let m = Double(step)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        var change = 1.0
        for term in [even, odd] {
            d = 1 + term * d
            d = 1 / (d == 0 ? tiny : d)
            c = 1 + term / c
            if c == 0 { c = tiny }
            change = d * c
            value *= change
        }
        if abs(change - 1) < Double.ulpOfOne { break }
    }
    return value
}

/// ln Gamma(z) less its leading part (z - 1/2) ln z - z + ln(2 pi) / 2.
///
/// The asymptotic series from 10 on, where its first term left out is below
/// 1e-16; smaller z are led there by Gamma(z + 1) = z Gamma(z).
private func stirlingError(_ z: Double) -> Double {
    var sum = 0.0
    var argument = z
    while argument < 10 {
        sum += (argument + 0.5) * log1p(1 / argument) - 1
        argument += 1
    }
    let square = 1 / (argument * argument)
    var series = -691.0 / 360_360
    for coefficient in [1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12] {
        series = series * square + coefficient
    }
    return sum + series / argument
}

/// k ln(k / mean) + mean - k, at least 0.
///
/// Near the mean from ln(k / mean) = 2 artanh(v) with v = (k - mean) /
/// (k + mean), whose leading term then cancels by hand.
private func deviance(_ k: Double, mean: Double) -> Double {
    let v = (k - mean) / (k + mean)
    guard abs(v) < 0.1 else { return k * log(k / mean) + mean - k }
    var sum = (k - mean) * v
    var power = 2 * k * v
    let square = v * v
    // v^2 is below 0.01, so ten terms reach the last bit.
    for j in 1...10 {
        power *= square
        sum += power / Double(2 * j + 1)
    }
    return sum
}
