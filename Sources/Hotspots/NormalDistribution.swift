#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The probability that a standard normal number lies further from 0 than
/// `z`, on either side: 2 (1 - Phi(|z|)) = erfc(|z| / sqrt 2).
///
/// Computed by the complement, so that small probabilities keep their digits:
/// the relative error is a few ulp + z^2 ulp, below 2e-13 down to the
/// smallest normal number at |z| = 37.5; from 38.6 on the result is 0. NaN
/// for NaN, 0 for infinity. `erfc` is the C library's and may differ in the
/// last bit between processors.
public func normalTwoSidedP(_ z: Double) -> Double {
    erfc(z.magnitude * 0.5.squareRoot())
}
