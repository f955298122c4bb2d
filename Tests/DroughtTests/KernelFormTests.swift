import Drought
import GridCore
import TestSupport
import Testing

/// Each form against the baseline; a form that the processor lacks is shown
/// as skipped.
@Suite struct KernelFormTests {
    private static let cells = 205
    private static let planes = 20

    @Test(
        .enabled(
            if: Kernels.named("avx2") != nil,
            "the processor has no AVX2: that form of the kernels was not run"))
    func `The AVX2 form gives the bits of the baseline`() throws {
        try compare(try #require(Kernels.named("avx2")))
    }

    @Test(
        .enabled(
            if: Kernels.named("avx512") != nil,
            "the processor has no AVX-512: that form of the kernels was not run"))
    func `The AVX-512 form gives the bits of the baseline`() throws {
        try compare(try #require(Kernels.named("avx512")))
    }

    @Test func `Scaled indices follow the formulas, halves rounded up`() {
        for kernels in Kernels.available {
            let (chunk, columns) = randomChunk(seed: 11, planes: Self.planes, cells: Self.cells)
            kernels.climatology(chunk, Self.planes, Self.cells, true)
            let (vci, zscore) = scaled(chunk, plane: 3, kernels)
            for cell in 0..<Self.cells {
                let x = columns[cell][3]
                let values = columns[cell].filter { !$0.isNaN }
                guard !x.isNaN, values.count >= 5, let low = values.min(), let high = values.max()
                else {
                    #expect(vci[cell] == .min && zscore[cell] == .min)
                    continue
                }
                let count = Double(values.count)
                let sum = values.reduce(0, +)
                let squares = values.reduce(0) { $0 + $1 * $1 }
                let deviation = ((count * squares - sum * sum) / (count * (count - 1))).squareRoot()
                #expect(
                    vci[cell]
                        == Int16((10000 * (x - low) / (high - low) + 0.5).rounded(.down)))
                #expect(
                    zscore[cell]
                        == Int16((1000 * (x - sum / count) / deviation + 0.5).rounded(.down)))
            }
        }
    }

    @Test func `A scaled index beyond 16 bits is held at the end, and a flat cell has none`() {
        for kernels in Kernels.available {
            let chunk = CellChunk(planeCapacity: 6)
            for (plane, value) in [Float(0), 1, 0, 1, 0, 9000].enumerated() {
                chunk.plane(plane)[0] = value
                chunk.plane(plane)[1] = plane < 5 ? 10 : -9000
                chunk.plane(plane)[2] = Float([1, 2, 3, 4, 5, -9000][plane])
            }
            kernels.climatology(chunk, 5, 3, true)
            let (vci, zscore) = scaled(chunk, plane: 5, kernels)
            #expect(vci[0] == 32767 && zscore[0] == 32767)
            #expect(vci[1] == .min && zscore[1] == .min)
            #expect(vci[2] == -32767 && zscore[2] == -32767)
        }
    }

    private func compare(_ kernels: Kernels) throws {
        for areIntegers in [true, false] {
            let (chunk, _) = randomChunk(seed: 5, planes: Self.planes, cells: Self.cells)
            Kernels.baseline.climatology(chunk, Self.planes, Self.cells, areIntegers)
            let expected = everything(of: chunk, Kernels.baseline)
            kernels.climatology(chunk, Self.planes, Self.cells, areIntegers)
            #expect(everything(of: chunk, kernels) == expected)
            kernels.continuedClimatology(chunk, 2, Self.cells, areIntegers)
            let continued = statistics(of: chunk)
            Kernels.baseline.climatology(chunk, Self.planes, Self.cells, areIntegers)
            Kernels.baseline.continuedClimatology(chunk, 2, Self.cells, areIntegers)
            #expect(continued == statistics(of: chunk))
        }
        let stored = (0..<Self.cells).map { Int16($0 * 97 % 12000 - 3000) }
        let rule = StoredValueRule(fill: [-3000], validRange: -2000...10000)
        #expect(decoded(stored, rule, kernels) == decoded(stored, rule, .baseline))
    }

    private func decoded(_ stored: [Int16], _ rule: StoredValueRule, _ kernels: Kernels) -> [UInt32]
    {
        let chunk = CellChunk(planeCapacity: 1)
        stored.withUnsafeBufferPointer {
            guard let base = $0.baseAddress else { return }
            kernels.decodeInt16(base, stored.count, rule, chunk.plane(0))
        }
        return (0..<stored.count).map { chunk.plane(0)[$0].bitPattern }
    }

    private func everything(of chunk: CellChunk, _ kernels: Kernels) -> [UInt64] {
        let (vci, zscore) = scaled(chunk, plane: 3, kernels)
        let floats = UnsafeMutablePointer<Float>.allocate(capacity: 4 * CellChunk.planeStride)
        defer { floats.deallocate() }
        let stride = CellChunk.planeStride
        kernels.vegetationIndices(
            chunk.plane(3), chunk, Self.cells, Self.rule,
            VegetationIndexOutput(
                vci: floats, anomaly: floats + stride, percent: floats + 2 * stride,
                zscore: floats + 3 * stride))
        let indices = (0..<4).flatMap { layer in
            (0..<Self.cells).map { UInt64(floats[layer * stride + $0].bitPattern) }
        }
        let integers = (vci + zscore).map { UInt64(UInt16(bitPattern: $0)) }
        return statistics(of: chunk) + indices + integers
    }

    private func statistics(of chunk: CellChunk) -> [UInt64] {
        (0..<Self.cells).flatMap { cell in
            [
                UInt64(UInt32(bitPattern: chunk.count[cell])),
                UInt64(chunk.minimum[cell].bitPattern), UInt64(chunk.maximum[cell].bitPattern),
                chunk.mean[cell].bitPattern, chunk.squaredDeviations[cell].bitPattern,
                chunk.standardDeviation[cell].bitPattern,
            ]
        }
    }

    private static let rule = VegetationIndexRule(
        scale: 0.0001, offset: 0, minimumYears: 5, minimumRange: 0, minimumMean: 0)

    private func scaled(_ chunk: CellChunk, plane: Int, _ kernels: Kernels) -> ([Int16], [Int16]) {
        let memory = UnsafeMutablePointer<Int16>.allocate(capacity: 2 * CellChunk.planeStride)
        defer { memory.deallocate() }
        let output = ScaledIndexOutput(vci: memory, zscore: memory + CellChunk.planeStride)
        kernels.scaledIndices(
            current: chunk.plane(plane), chunk: chunk, cells: Self.cells, rule: Self.rule,
            into: output)
        return (
            (0..<Self.cells).map { output.vci[$0] }, (0..<Self.cells).map { output.zscore[$0] }
        )
    }
}
