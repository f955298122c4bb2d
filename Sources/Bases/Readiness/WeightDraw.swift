import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Weights drawn around the given ones: Dirichlet(concentration x weights),
/// whose mean are the weights themselves.
///
/// A draw is a function of seed and number only, so that threads and order
/// change nothing. The random bits are the same on every machine; logarithm
/// and power come of the system's library, which IEEE 754 does not bind to
/// the last bit, so that weights may differ by some 1e-15 elsewhere.
enum WeightDraw {
    /// One draw; adds up to one. A weight of 0 stays 0.
    ///
    /// Independent gamma variables over their sum (Devroye 1986, Non-Uniform
    /// Random Variate Generation, ch. XI.4).
    static func weights(
        around weights: [Double], concentration: Double, seed: UInt64, number: Int
    ) -> [Double] {
        let gammas = weights.enumerated().map { index, weight -> Double in
            guard weight > 0 else { return 0 }
            var random = CounterRandom(
                seed: seed, stream: UInt64(number), substream: UInt32(index))
            return gamma(shape: concentration * weight, &random)
        }
        let sum = gammas.reduce(0, +)
        // Only shapes near 0 can all fall below the smallest number.
        guard sum > 0 else { return weights }
        return gammas.map { $0 / sum }
    }

    /// A gamma variable of scale 1: Marsaglia and Tsang 2000, A simple method
    /// for generating gamma variables, ACM TOMS 26: 363-372. Below shape 1
    /// that of shape + 1 times U^(1 / shape), as they advise.
    ///
    /// Precondition: shape > 0.
    static func gamma(shape: Double, _ random: inout CounterRandom) -> Double {
        guard shape >= 1 else {
            let larger = gamma(shape: shape + 1, &random)
            return larger * pow(openUnit(&random), 1 / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal(&random)
            let base = 1 + c * x
            guard base > 0 else { continue }
            let v = base * base * base
            let u = openUnit(&random)
            if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }

    /// A standard normal variable by the polar method (Marsaglia and Bray
    /// 1964, SIAM Review 6: 260-264); its twin is not used.
    private static func normal(_ random: inout CounterRandom) -> Double {
        while true {
            let x = 2 * random.nextUnit() - 1
            let y = 2 * random.nextUnit() - 1
            let square = x * x + y * y
            guard square > 0, square < 1 else { continue }
            return x * (-2 * log(square) / square).squareRoot()
        }
    }

    /// In the open interval: its logarithm is finite.
    private static func openUnit(_ random: inout CounterRandom) -> Double {
        (Double(random.next() >> 12) + 0.5) * 0x1p-52
    }
}
