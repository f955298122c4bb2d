import ArgumentParser
import ArithmeticLimit
import Drought
import Glibc
import GridCore
import InstructionSets
import Tables

/// What the machine can do at most, and which share of it each kernel of the
/// drought methods reaches, measured in turn.
///
/// The bandwidth is that of copying memory larger than the caches, read and
/// written bytes together. The arithmetic rate is that of multiplications and
/// additions on numbers that stay in registers, not contracted, as the
/// kernels are compiled. A kernel's time is at least its bytes at that
/// bandwidth and at least its operations at that rate; the longer of the two
/// is the limit that binds, and its share of the time measured is printed.
struct LimitsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: "Memory bandwidth, arithmetic rate, and each drought kernel's share of them.")

    @Option(help: "Counted runs.") var runs = 5

    /// Of each of the two memories that are copied.
    static let copiedBytes = 1 << 28
    static let rounds = 5_000_000

    /// Highest rates per second on some number of threads.
    struct Limits {
        let bytes: Double
        let operations32: Double
        let operations64: Double
    }

    func run() throws {
        #if arch(x86_64)
            guard let kernels = Kernels.available.first(where: { $0.form == .avx2 }) else {
                throw ValidationError(
                    "the limits are measured in the form x86-64-v3, which this processor does "
                        + "not run")
            }
        #else
            let kernels = Kernels.best
        #endif
        try SyntheticSeries.check()
        let methods = LimitedKernel.all(kernels)
        var members: [JSONMember] = [.init("form", .string(kernels.name))]
        var rows = methods.map { kernel -> [JSONMember] in
            [
                .init("kernel", .string(kernel.name)), .init("cells", .integer(kernel.cells)),
                .init("steps", .integer(kernel.steps)),
                .init("bytes_per_cell_and_step", .rounded(kernel.bytes, decimals: 2)),
                .init("operations_per_cell_and_step", .rounded(kernel.operations, decimals: 1)),
                .init("float_bits", .integer(kernel.isDouble ? 64 : 32)),
            ]
        }
        for threads in [1, 2] {
            let limits = limits(threads: threads)
            members += [
                .init("copy_\(threads)_GB_per_s", .rounded(limits.bytes / 1e9, decimals: 2)),
                .init(
                    "float32_\(threads)_Gflop_per_s",
                    .rounded(limits.operations32 / 1e9, decimals: 1)),
                .init(
                    "float64_\(threads)_Gflop_per_s",
                    .rounded(limits.operations64 / 1e9, decimals: 1)),
            ]
            for (index, kernel) in methods.enumerated() {
                let measured = Measurement(runs: runs) { kernel.run(threads) }
                rows[index] += shares(kernel, measured.median, limits, threads: threads)
            }
        }
        members.append(.init("kernels", .array(rows.map { .object($0) })))
        report("limits", members)
    }

    private func shares(
        _ kernel: LimitedKernel, _ seconds: Double, _ limits: Limits, threads: Int
    ) -> [JSONMember] {
        let work = Double(kernel.cells * kernel.steps)
        let peak = kernel.isDouble ? limits.operations64 : limits.operations32
        let byBandwidth = work * kernel.bytes / limits.bytes
        let byArithmetic = work * kernel.operations / peak
        let bound = byBandwidth > byArithmetic ? "bandwidth" : "arithmetic"
        return [
            .init("\(threads)_median_s", .rounded(seconds, decimals: 4)),
            .init("\(threads)_Mpx_steps_per_s", .rounded(work / seconds / 1e6, decimals: 2)),
            .init("\(threads)_share_of_bandwidth", .rounded(byBandwidth / seconds, decimals: 3)),
            .init(
                "\(threads)_share_of_arithmetic", .rounded(byArithmetic / seconds, decimals: 3)),
            .init("\(threads)_binding_limit", .string(bound)),
            .init(
                "\(threads)_share_of_binding_limit",
                .rounded(max(byBandwidth, byArithmetic) / seconds, decimals: 3)),
        ]
    }

    private func limits(threads: Int) -> Limits {
        let source = Memory<UInt8>(count: Self.copiedBytes)
        let target = Memory<UInt8>(count: Self.copiedBytes)
        let part = Self.copiedBytes / threads
        let copy = Measurement(runs: runs) {
            forEachInParallel(count: threads, threads: threads) { _, index in
                memcpy(target.base + index * part, source.base + index * part, part)
            }
        }
        let sums = Memory<Double>(count: 2 * threads)
        let in32 = Measurement(runs: runs) {
            forEachInParallel(count: threads, threads: threads) { _, index in
                sums.base[index] = Double(multiplyAdd32(rounds: Self.rounds))
            }
        }
        let in64 = Measurement(runs: runs) {
            forEachInParallel(count: threads, threads: threads) { _, index in
                sums.base[threads + index] = multiplyAdd64(rounds: Self.rounds)
            }
        }
        let rounds = Double(Self.rounds * threads)
        return Limits(
            bytes: 2 * Double(part * threads) / copy.median,
            operations32: rounds * Double(operationsPerRound32) / in32.median,
            operations64: rounds * Double(operationsPerRound64) / in64.median)
    }
}
