import Foundation
import GridCore
import TestSupport
import Testing

@Suite struct VectorLogarithmTests {
    /// The stated bound, in units in the last place; the library's own error,
    /// below one unit, is in the difference too.
    static let tolerance = 2.0

    /// Largest difference from the library's logarithm, in units in the last
    /// place of that.
    func largestDifference(_ numbers: [Double]) -> Double {
        var largest = 0.0
        for start in stride(from: 0, to: numbers.count - 7, by: 8) {
            var x = SIMD8<Double>()
            for lane in 0..<8 { x[lane] = numbers[start + lane] }
            let found = vectorLogarithm(x)
            for lane in 0..<8 {
                let expected = log(x[lane])
                largest = max(largest, abs(found[lane] - expected) / expected.ulp)
            }
        }
        return largest
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func everyPositiveNumberIsWithinTheBound(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Every exponent, then the numbers around 1, where the result is small.
        let anywhere = (0..<8000).map { _ in
            Double(bitPattern: UInt64.random(in: 1...0x7FEF_FFFF_FFFF_FFFF, using: &generator))
        }
        let nearOne = (0..<8000).map { _ in
            1 + Double.random(in: -1...1, using: &generator)
                * pow(10, Double.random(in: (-15)...(-0.31), using: &generator))
        }
        #expect(largestDifference(anywhere) < Self.tolerance)
        #expect(largestDifference(nearOne) < Self.tolerance)
    }

    @Test func theEndsOfTheBinadesAndOfTheRangeAreWithinTheBound() {
        let low = Double(0.5).squareRoot()
        let high = Double(2).squareRoot()
        let one = 1.0
        let smallest = Double.leastNormalMagnitude
        let edges = [
            low, low.nextUp, low.nextDown, high, high.nextUp, high.nextDown, 2, 0.5,
            one.nextUp, one.nextDown, smallest, smallest.nextDown,
            Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude, M_E, 10,
        ]
        #expect(largestDifference(edges) < Self.tolerance)
        #expect(vectorLogarithm(SIMD8(repeating: 1)) == SIMD8(repeating: 0))
    }

    @Test func zeroInfinityAndNumbersWithoutLogarithmGiveWhatTheyMust() {
        let found = vectorLogarithm(
            [0, -0.0, .infinity, -1, -.infinity, .nan, -.leastNonzeroMagnitude, 1])
        #expect(found[0] == -.infinity && found[1] == -.infinity && found[2] == .infinity)
        #expect(found[3].isNaN && found[4].isNaN && found[5].isNaN && found[6].isNaN)
        #expect(found[7] == 0)
    }
}
