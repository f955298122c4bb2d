import ArgumentParser
import Drought
import Glibc
import GridCore
import Tables

/// The fused index kernel (VCI, anomaly, percent, z-score) over cells whose
/// climatology lies in memory, against copying as many bytes.
struct VegetationIndexBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vci", abstract: "The index kernel against memory bandwidth.")

    @Option(help: "Millions (2^20) of cells.") var megacells = 64
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 7

    /// Read: current and count, minimum, maximum (4 bytes each), mean and
    /// deviation (8 each). Written: four indices of 4 bytes.
    static let bytesPerCell = 4 * 4 + 2 * 8 + 4 * 4

    func run() throws {
        let chunkCount = (megacells << 20) / CellChunk.capacity
        let cells = chunkCount * CellChunk.capacity
        let chunks = makeChunks(chunkCount)
        // Arrays a line apart, as in a chunk.
        let stride = cells + 16
        let output = Memory<Float>(count: 4 * stride)
        let half = cells * Self.bytesPerCell / 2
        let source = Memory<UInt8>(count: half)
        let copy = Memory<UInt8>(count: half)
        let limit = Measurement(runs: runs) {
            forEachPart(of: half) { first, count in
                memcpy(copy.base + first, source.base + first, count)
            }
        }
        let bytes = Double(cells * Self.bytesPerCell)
        var members: [JSONMember] = [
            .init("cells", .integer(cells)), .init("threads", .integer(threads)),
            .init("bytes_per_cell", .integer(Self.bytesPerCell)), .init("memcpy", limit.json),
            .init("memcpy_GB_per_s", .rounded(bytes / limit.median / 1e9, decimals: 2)),
        ]
        let rule = VegetationIndexRule(
            scale: 0.0001, offset: 0, minimumYears: 5, minimumRange: 0.02, minimumMean: 0.05)
        for kernels in [Kernels.baseline, Kernels.best] {
            let measured = Measurement(runs: runs) {
                forEachPart(of: chunkCount) { first, count in
                    for index in first..<first + count {
                        let at = index * CellChunk.capacity
                        kernels.vegetationIndices(
                            chunks[index].plane(0), chunks[index], CellChunk.capacity, rule,
                            VegetationIndexOutput(
                                vci: output.base + at, anomaly: output.base + stride + at,
                                percent: output.base + 2 * stride + at,
                                zscore: output.base + 3 * stride + at))
                    }
                }
            }
            let name = kernels.name
            members += [
                .init(name, measured.json),
                .init(
                    "\(name)_Mcells_per_s",
                    .rounded(Double(cells) / measured.median / 1e6, decimals: 0)),
                .init(
                    "\(name)_time_to_memcpy_time",
                    .rounded(measured.median / limit.median, decimals: 3)),
            ]
        }
        report("vegetation-indices", members)
    }

    private func makeChunks(_ count: Int) -> [CellChunk] {
        var state: UInt64 = 7
        return (0..<count).map { _ in
            let chunk = CellChunk(planeCapacity: 1)
            for cell in 0..<CellChunk.capacity {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let isMissing = state >> 56 == 0
                chunk.plane(0)[cell] = isMissing ? .nan : Float(2000 + (state >> 40) & 2047)
                chunk.count[cell] = 20
                chunk.minimum[cell] = 1500
                chunk.maximum[cell] = 5000
                chunk.mean[cell] = 3000
                chunk.standardDeviation[cell] = 400
            }
            return chunk
        }
    }

    /// Cuts `count` items into one part per thread.
    private func forEachPart(
        of count: Int, _ body: @Sendable (_ first: Int, _ count: Int) -> Void
    ) {
        let part = (count + threads - 1) / threads
        forEachInParallel(count: threads, threads: threads) { _, index in
            let first = min(count, index * part)
            body(first, min(part, count - first))
        }
    }
}

/// Touched, aligned memory of a benchmark.
///
/// `@unchecked Sendable`: threads write to parts that do not overlap.
final class Memory<Element: BitwiseCopyable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>

    init(count: Int) {
        let bytes = count * MemoryLayout<Element>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        memset(raw, 1, bytes)
        base = raw.bindMemory(to: Element.self, capacity: count)
    }

    deinit { base.deallocate() }
}
