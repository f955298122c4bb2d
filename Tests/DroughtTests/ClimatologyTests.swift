import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// The scalar twin of the kernels: plain loops in Float64 over one cell.
struct CellOracle {
    var count = 0
    var minimum = Double.infinity
    var maximum = -Double.infinity
    var mean = Double.nan
    var standardDeviation = Double.nan

    init(_ samples: [Double]) {
        let valid = samples.filter { !$0.isNaN }
        count = valid.count
        minimum = valid.min() ?? .infinity
        maximum = valid.max() ?? -.infinity
        guard count > 0 else { return }
        mean = valid.reduce(0, +) / Double(count)
        guard count > 1 else { return }
        let mean = mean
        let squares = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardDeviation =
            minimum == maximum ? 0 : (squares / Double(count - 1)).squareRoot()
    }
}

/// The forms of the kernels that this processor can run.
let kernelForms: [Kernels] = Kernels.available

/// A chunk with random stored NDVI, a tenth of it missing.
func randomChunk(seed: UInt64, planes: Int, cells: Int) -> (CellChunk, [[Double]]) {
    var generator = SeededGenerator(seed: seed)
    let chunk = CellChunk(planeCapacity: planes)
    var columns = [[Double]](repeating: [], count: cells)
    for plane in 0..<planes {
        for cell in 0..<cells {
            let missing = Int.random(in: 0..<10, using: &generator) == 0
            let value = missing ? Double.nan : Double(Int.random(in: -200...9000, using: &generator))
            chunk.plane(plane)[cell] = Float(value)
            columns[cell].append(value)
        }
    }
    return (chunk, columns)
}

@Suite struct ClimatologyTests {
    /// Float64 sums of the same numbers in the same order.
    static let relativeTolerance = 1e-13

    @Test(arguments: kernelForms.indices, [1, 2, 9, 20])
    func theKernelEqualsItsScalarTwin(form: Int, planes: Int) {
        let cells = 1021  // not a multiple of the vector
        let (chunk, columns) = randomChunk(seed: 11, planes: planes, cells: cells)
        for areIntegers in [false, true] {
            kernelForms[form].climatology(chunk, planes, cells, areIntegers)
            compare(chunk, columns)
        }
    }

    /// One sample apart from 44 equal ones, at the ends of 16 bits.
    @Test func theLargestIntegersLoseNoDigit() {
        let planes = 45
        let chunk = CellChunk(planeCapacity: planes)
        for plane in 0..<planes { chunk.plane(plane)[0] = plane == 0 ? -32768 : 32767 }
        Kernels.best.climatology(chunk, planes, 1, true)
        // n sum(x^2) - sum(x)^2 = (n - 1) d^2 with d the one difference.
        #expect(chunk.standardDeviation[0] == (44.0 * 65535 * 65535 / (45.0 * 44)).squareRoot())
    }

    private func compare(_ chunk: CellChunk, _ columns: [[Double]]) {
        let cells = columns.count
        for cell in 0..<cells {
            let oracle = CellOracle(columns[cell])
            #expect(Int(chunk.count[cell]) == oracle.count)
            #expect(Double(chunk.minimum[cell]) == oracle.minimum)
            #expect(Double(chunk.maximum[cell]) == oracle.maximum)
            #expect(isClose(chunk.mean[cell], oracle.mean))
            #expect(isClose(chunk.standardDeviation[cell], oracle.standardDeviation))
        }
    }

    @Test func allFormsGiveTheSameBits() throws {
        let cells = 1000
        let results = kernelForms.map { form -> [UInt64] in
            let (chunk, _) = randomChunk(seed: 5, planes: 17, cells: cells)
            form.climatology(chunk, 17, cells, true)
            return (0..<cells).flatMap {
                [
                    chunk.mean[$0].bitPattern, chunk.standardDeviation[$0].bitPattern,
                    UInt64(chunk.minimum[$0].bitPattern), UInt64(chunk.count[$0]),
                ]
            }
        }
        let first = try #require(results.first)
        #expect(results.allSatisfy { $0 == first })
    }

    @Test func equalSamplesHaveADeviationOfExactlyZero() {
        let chunk = CellChunk(planeCapacity: 7)
        for plane in 0..<7 { for cell in 0..<8 { chunk.plane(plane)[cell] = 0.1 } }
        Kernels.best.climatology(chunk, 7, 8, false)
        #expect(chunk.standardDeviation[3] == 0)
    }

    @Test func aCellWithoutSamplesHasNoStatistics() {
        let chunk = CellChunk(planeCapacity: 3)
        for plane in 0..<3 { for cell in 0..<8 { chunk.plane(plane)[cell] = .nan } }
        Kernels.best.climatology(chunk, 3, 8, true)
        #expect(chunk.count[0] == 0)
        #expect(chunk.mean[0].isNaN)
        #expect(chunk.standardDeviation[0].isNaN)
    }

    @Test func aLargeMeanDoesNotEatTheDigitsOfTheDeviation() {
        let chunk = CellChunk(planeCapacity: 4)
        // 16,000,000 + {0, 1, 2, 3}: the deviation is that of 0...3.
        for plane in 0..<4 { chunk.plane(plane)[0] = 16_000_000 + Float(plane) }
        Kernels.best.climatology(chunk, 4, 1, false)
        #expect(isClose(chunk.standardDeviation[0], (5.0 / 3.0).squareRoot()))
    }

    private func isClose(_ a: Double, _ b: Double) -> Bool {
        (a.isNaN && b.isNaN) || abs(a - b) <= Self.relativeTolerance * max(1, abs(b))
    }
}

@Suite struct StoredValueTests {
    @Test(arguments: kernelForms.indices)
    func fillAndWhatIsOutOfRangeHaveNoValue(form: Int) {
        let stored: [Int16] = [-3000, -2001, -2000, 0, 5000, 10000, 10001, 7777]
        let rule = StoredValueRule(fill: [-3000, 7777], validRange: -2000...10000)
        let chunk = CellChunk(planeCapacity: 1)
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            kernelForms[form].decodeInt16(base, stored.count, rule, chunk.plane(0))
        }
        let decoded = (0..<stored.count).map { chunk.planes[$0] }
        #expect(decoded.map(\.isNaN) == [true, true, false, false, false, false, true, true])
        #expect(Array(decoded[2...5]) == [-2000, 0, 5000, 10000])
    }

    @Test(arguments: kernelForms.indices)
    func nanAndInfinitiesAreNeverValues(form: Int) {
        let stored: [Float] = [.nan, .infinity, -.infinity, 0.5]
        let chunk = CellChunk(planeCapacity: 1)
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            kernelForms[form].decodeFloat(base, stored.count, StoredValueRule(), chunk.plane(0))
        }
        #expect((0..<4).map { chunk.planes[$0].isNaN } == [true, true, true, false])
    }
}
