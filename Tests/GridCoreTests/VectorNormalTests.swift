import Foundation
import Testing

@testable import GridCore

@Suite struct VectorNormalTests {
    /// Units in the last place of the C library's results that the series
    /// are allowed: their own two and the library's one.
    static let exponentialTolerance = 3 * 0x1p-52
    /// Stated at the function, for |z| up to 5 and beyond.
    static let nearTolerance = 1e-13
    static let farTolerance = 1e-12
    /// The method's 1e-15, and the rounding of p that the quantile magnifies.
    static let quantileTolerance = 1e-13

    @Test func theExponentialEqualsTheLibrarys() {
        for step in -700...700 {
            let x = Double(step) + 0.37 * Double(step % 7)
            let found = vectorExponential(SIMD8(repeating: x))[3]
            #expect(abs(found / exp(x) - 1) <= Self.exponentialTolerance, "x \(x)")
        }
    }

    @Test func theExponentialIsDefinedEverywhere() {
        let x = SIMD8(-Double.infinity, -800, -745, 0, 709.7, 710, .infinity, .nan)
        let found = vectorExponential(x)
        #expect(found[0] == 0 && found[1] == 0 && found[2] == .leastNonzeroMagnitude && found[3] == 1)
        #expect(found[4].isFinite && found[5] == .infinity && found[6] == .infinity)
        #expect(found[7].isNaN)
    }

    @Test func theTwoSidedProbabilityEqualsTheComplementaryErrorFunction() {
        for step in 0...370 {
            let z = Double(step) / 10 + 0.003
            let found = vectorNormalTwoSidedP(SIMD8(z, -z, z, z, z, z, z, z))
            let expected = erfc(z * 0.5.squareRoot())
            let tolerance = z < 5 ? Self.nearTolerance : Self.farTolerance
            #expect(abs(found[0] / expected - 1) < tolerance, "z \(z)")
            #expect(found[0] == found[1])
        }
        let ends = vectorNormalTwoSidedP(SIMD8(0, .infinity, -.infinity, .nan, 1, 2, 3, 4))
        #expect(ends[0] == 1 && ends[1] == 0 && ends[2] == 0 && ends[3].isNaN)
    }

    @Test func theQuantileInvertsTheProbability() {
        for step in 1...80 {
            let z = Double(step) / 10
            let tail = erfc(z * 0.5.squareRoot()) / 2
            let found = vectorNormalQuantile(
                SIMD8(tail, 1 - tail, 0.5, 0, 1, 0, 0, 0),
                complement: SIMD8(1 - tail, tail, 0.5, 1, 0, 1, 1, 1))
            #expect(abs(found[0] / -z - 1) < Self.quantileTolerance, "z \(z)")
            #expect(abs(found[1] / z - 1) < Self.quantileTolerance, "z \(z)")
            #expect(found[2] == 0 && found[3] == -.infinity && found[4] == .infinity)
        }
    }
}
