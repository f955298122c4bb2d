// The peak rate of the arithmetic that kernels are made of, in the form that
// this module is compiled for: multiplication, then addition, never contracted
// into one operation, on numbers that stay in registers.

/// Numbers in flight: enough chains that do not wait for one another to fill
/// the units (twelve vectors of 32 bytes, each two operations of three or four
/// cycles), few enough for sixteen registers.
private let chains = 6

/// Operations of one round: a multiplication and an addition in every lane.
public let operationsPerRound64 = 2 * 8 * chains
public let operationsPerRound32 = 2 * 16 * chains

/// `rounds` rounds of Float64; returns their sum, so that none is left out.
@inline(never)
public func multiplyAdd64(rounds: Int) -> Double {
    let factor = SIMD8<Double>(repeating: 0.999)
    let term = SIMD8<Double>(repeating: 0.001)
    var a = SIMD8<Double>(repeating: 0.1)
    var (b, c, d, e, f) = (a + 0.1, a + 0.2, a + 0.3, a + 0.4, a + 0.5)
    for _ in 0..<rounds {
        a = a * factor + term
        b = b * factor + term
        c = c * factor + term
        d = d * factor + term
        e = e * factor + term
        f = f * factor + term
    }
    return (a + b + c + d + e + f).sum()
}

/// `rounds` rounds of Float32; returns their sum, so that none is left out.
@inline(never)
public func multiplyAdd32(rounds: Int) -> Float {
    let factor = SIMD16<Float>(repeating: 0.999)
    let term = SIMD16<Float>(repeating: 0.001)
    var a = SIMD16<Float>(repeating: 0.1)
    var (b, c, d, e, f) = (a + 0.1, a + 0.2, a + 0.3, a + 0.4, a + 0.5)
    for _ in 0..<rounds {
        a = a * factor + term
        b = b * factor + term
        c = c * factor + term
        d = d * factor + term
        e = e * factor + term
        f = f * factor + term
    }
    return (a + b + c + d + e + f).sum()
}
