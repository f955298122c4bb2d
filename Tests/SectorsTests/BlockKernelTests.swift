import GridCore
import InstructionSets
import TestSupport
import Testing

@testable import Sectors

@Suite struct BlockKernelTests {
    /// Values with gaps; every fourth block has none at all.
    private func block(_ number: Int, length: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(number))
        return (0..<length).map { _ in
            let value = Float.random(in: -50..<150, using: &generator)
            return number % 4 == 3 || value > 130 ? .nan : value
        }
    }

    @Test(arguments: InstructionSet.available)
    func `Every form sums a block as its definition does`(set: InstructionSet) {
        let kernels = BlockKernels.form(set)
        let baseline = BlockKernels.form(.baseline)
        for (number, length) in [0, 1, 7, 8, 9, 31, 64, 1000, 4096, 5].enumerated() {
            let values = block(number, length: length)
            let valid = values.filter { !$0.isNaN }
            let found = kernels.summary(values, length)
            #expect(found.count == valid.count)
            #expect(found.low == valid.min() ?? .infinity)
            #expect(found.high == valid.max() ?? -.infinity)
            let sum = valid.reduce(0) { $0 + Double($1) }
            // At most length roundings of sums below 150 * length.
            #expect(abs(found.sum - sum) <= 1e-10)
            #expect(found.sum == baseline.summary(values, length).sum)

            let mean = valid.isEmpty ? 0 : sum / Double(valid.count)
            let squares = valid.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
            let deviations = kernels.squaredDeviations(values, length, mean)
            #expect(abs(deviations - squares) <= 1e-12 * max(1, squares))
            #expect(deviations == baseline.squaredDeviations(values, length, mean))
        }
    }
}
