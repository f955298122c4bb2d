import ArgumentParser
import Drought
import Glibc
import GridCore
import InstructionSets
import Tables

/// VCI and z-score of every step of an archive in memory, the climatology
/// included, against copying as many bytes.
struct ArchiveIndexBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vciz",
        abstract: "VCI and z-score of a whole archive in memory against memory bandwidth.",
        discussion: """
            460 composites of the synthetic series, Int16 to two Int16 archives, 23 periods of 20 \
            years. Ends with 1 when a form of the kernels differs from plain code by one bit.
            """)

    @Option(help: "Rows and columns.") var side = 400
    @Option(help: "Counted runs.") var runs = 5

    /// Read: one stored number. Written: two.
    static let bytesPerSample = 6
    static let minimumYears = 5

    func validate() throws {
        // Kernels write whole vectors, straight into the archives.
        guard side > 0, side * side % 8 == 0 else {
            throw ValidationError("expected a --side whose square is a multiple of 8")
        }
    }

    func run() throws {
        try SyntheticSeries.check()
        let stack = SyntheticSeries.vegetation(side: side)
        let vci = Memory<Int16>(count: stack.count)
        let zscore = Memory<Int16>(count: stack.count)
        let expected = (
            vci: Memory<Int16>(count: stack.count), zscore: Memory<Int16>(count: stack.count)
        )
        plain(stack, into: expected.vci, expected.zscore)
        var members: [JSONMember] = [
            .init("side", .integer(side)), .init("steps", .integer(stack.steps)),
            .init("bytes_per_sample", .integer(Self.bytesPerSample)),
            .init("vci_total", .integer(total(expected.vci, stack.count))),
            .init("zscore_total", .integer(total(expected.zscore, stack.count))),
        ]
        let samples = Double(stack.count)
        for threads in [1, 2] {
            let copy = Measurement(runs: runs) {
                let half = stack.count * Self.bytesPerSample / 2
                copyInParts(half, from: vci, stack, to: zscore, threads: threads)
            }
            members.append(.init("copy_\(threads)_threads", copy.json))
            for kernels in Kernels.available {
                let measured = Measurement(runs: runs) {
                    Self.compute(stack, kernels, threads: threads, into: vci, zscore)
                }
                guard memcmp(vci.base, expected.vci.base, stack.count * 2) == 0,
                    memcmp(zscore.base, expected.zscore.base, stack.count * 2) == 0
                else { throw ExitCode.failure }
                let name = "\(kernels.form.rawValue)_\(threads)_threads"
                members += [
                    .init(name, measured.json),
                    .init(
                        "\(name)_Mpx_steps_per_s",
                        .rounded(samples / measured.median / 1e6, decimals: 1)),
                    .init(
                        "\(name)_share_of_copy_rate",
                        .rounded(copy.median / measured.median, decimals: 3)),
                ]
            }
        }
        report("vciz", members)
    }

    private static var rule: VegetationIndexRule {
        VegetationIndexRule(
            scale: SyntheticSeries.vegetationScale, offset: 0, minimumYears: minimumYears,
            minimumRange: 0, minimumMean: 0)
    }

    static func compute(
        _ stack: SyntheticStack<Int16>, _ kernels: Kernels, threads: Int,
        into vci: Memory<Int16>, _ zscore: Memory<Int16>
    ) {
        let year = SyntheticSeries.compositesPerYear
        let years = stack.steps / year
        let chunks = (stack.cells + CellChunk.capacity - 1) / CellChunk.capacity
        let stored = StoredValueRule(fill: [Float(SyntheticSeries.vegetationFill)])
        let rule = rule
        // Whole runs of chunks for a thread: neighbours in time are far apart.
        let parts = (0..<threads).map { (first: chunks * $0 / threads, end: chunks * ($0 + 1) / threads) }
        forEachInParallel(count: threads, threads: threads) { _, part in
            let chunk = CellChunk(planeCapacity: years)
            for index in parts[part].first..<parts[part].end {
                let start = index * CellChunk.capacity
                let cells = min(CellChunk.capacity, stack.cells - start)
                for slot in 0..<year {
                    for plane in 0..<years {
                        let at = (plane * year + slot) * stack.cells + start
                        kernels.decodeInt16(stack.base + at, cells, stored, chunk.plane(plane))
                    }
                    kernels.climatology(chunk, years, cells, true)
                    for plane in 0..<years {
                        let at = (plane * year + slot) * stack.cells + start
                        kernels.scaledIndices(
                            current: chunk.plane(plane), chunk: chunk, cells: cells, rule: rule,
                            into: ScaledIndexOutput(vci: vci.base + at, zscore: zscore.base + at))
                    }
                }
            }
        }
    }

    /// The same from the formulas, cell by cell.
    private func plain(
        _ stack: SyntheticStack<Int16>, into vci: Memory<Int16>, _ zscore: Memory<Int16>
    ) {
        let year = SyntheticSeries.compositesPerYear
        forEachInParallel(count: stack.side, threads: 2) { _, row in
            for cell in row * stack.side..<(row + 1) * stack.side {
                for slot in 0..<year {
                    let places = stride(from: slot, to: stack.steps, by: year)
                        .map { $0 * stack.cells + cell }
                    let values = places.map { Int(stack.base[$0]) }
                        .filter { $0 != Int(SyntheticSeries.vegetationFill) }
                    let count = Double(values.count)
                    let low = Double(values.min() ?? 0)
                    let range = Double(values.max() ?? 0) - low
                    let sum = values.reduce(0, +)
                    let squares = values.reduce(0) { $0 + $1 * $1 }
                    let numerator = Double(values.count * squares - sum * sum)
                    let deviation = (numerator / (count * (count - 1))).squareRoot()
                    for place in places {
                        let isKnown =
                            stack.base[place] != SyntheticSeries.vegetationFill
                            && values.count >= Self.minimumYears
                        let x = Double(stack.base[place])
                        vci.base[place] =
                            isKnown && range > 0
                            ? Int16((10000 * (x - low) / range + 0.5).rounded(.down)) : .min
                        zscore.base[place] =
                            isKnown && deviation > 0
                            ? Int16((1000 * (x - Double(sum) / count) / deviation + 0.5)
                                .rounded(.down)) : .min
                    }
                }
            }
        }
    }

    private func total(_ memory: Memory<Int16>, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 + Int(memory.base[$1]) }
    }

    /// Reads and writes `bytes` bytes: from the stack and an output into the
    /// other output, as far apart as the benchmark's own.
    private func copyInParts(
        _ bytes: Int, from first: Memory<Int16>, _ stack: SyntheticStack<Int16>,
        to target: Memory<Int16>, threads: Int
    ) {
        let whole = stack.count * 2
        forEachInParallel(count: threads, threads: threads) { _, part in
            let begin = whole / threads * part
            let raw = UnsafeMutableRawPointer(target.base) + begin
            memcpy(raw, UnsafeRawPointer(stack.base) + begin, whole / threads)
            let rest = (bytes - whole) / threads
            memcpy(raw, UnsafeRawPointer(first.base) + begin, rest)
        }
    }
}
