#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A gamma distribution of amounts above zero.
struct GammaDistribution: Hashable, Sendable {
    let shape: Double
    let scale: Double

    /// P(X <= x) and P(X > x), each with its own digits.
    ///
    /// Series and continued fraction as far as they change the result
    /// (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
    func probabilities(of x: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        let u = x / scale
        let front = exp(shape * log(u) - u - lgamma(shape))
        if u < shape + 1 {
            var term = 1 / shape
            var sum = term
            var n = shape
            while term > sum * 1e-17 {
                n += 1
                term *= u / n
                sum += term
            }
            return (front * sum, 1 - front * sum)
        }
        // Lentz's method: numerators and denominators of the convergents.
        var b = u + 1 - shape
        var c = 1e300
        var d = 1 / b
        var fraction = d
        for n in 1...100_000 {
            let a = -Double(n) * (Double(n) - shape)
            b += 2
            d = 1 / (a * d + b)
            c = b + a / c
            fraction *= c * d
            if abs(c * d - 1) < 1e-16 { break }
        }
        return (1 - front * fraction, front * fraction)
    }

    /// The root of `ln a - digamma(a) = difference`, from Thom's estimate.
    static func mostLikelyShape(from start: Double, difference: Double) -> Double {
        var shape = start
        for _ in 0..<20 {
            let (digamma, trigamma) = polygamma(shape)
            let change = (log(shape) - digamma - difference) / (1 / shape - trigamma)
            shape = shape - change > 0 ? shape - change : shape / 2
            if abs(change) <= 1e-15 * shape { break }
        }
        return shape
    }

    /// Digamma and trigamma by recurrence to 20 and their asymptotic series.
    private static func polygamma(_ a: Double) -> (digamma: Double, trigamma: Double) {
        var (x, digamma, trigamma) = (a, 0.0, 0.0)
        while x < 20 {
            digamma -= 1 / x
            trigamma += 1 / (x * x)
            x += 1
        }
        let q = 1 / (x * x)
        digamma += log(x) - 1 / (2 * x)
        digamma -= q * (1.0 / 12 - q * (1.0 / 120 - q * (1.0 / 252 - q / 240)))
        trigamma += 1 / x + q / 2
        trigamma += q / x * (1.0 / 6 - q * (1.0 / 30 - q * (1.0 / 42 - q / 30)))
        return (digamma, trigamma)
    }
}
