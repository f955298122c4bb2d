import CCPUFeatures
#if canImport(Glibc)
    import Glibc
#endif

/// The instruction set that a form of the kernels is compiled for, the widest
/// last.
///
/// All forms give the same bits.
public enum InstructionSet: String, Sendable, Hashable, CaseIterable {
    /// What every processor of the architecture has.
    case baseline
    /// x86-64-v3.
    case avx2
    /// x86-64-v4.
    case avx512

    /// Environment variable that names the one to use; the program refuses
    /// to start when it names none that this processor has.
    public static let environmentName = "JILAAL_KERNELS"

    /// Those of this processor.
    public static let available: [InstructionSet] = {
        var sets = [InstructionSet.baseline]
        #if arch(x86_64)
            if jilaal_cpu_has_x86_64_v3() { sets.append(.avx2) }
            if jilaal_cpu_has_x86_64_v4() { sets.append(.avx512) }
        #endif
        return sets
    }()

    /// The one that the environment names, else the widest of this processor.
    public static let best: InstructionSet =
        getenv(environmentName).flatMap { InstructionSet(rawValue: String(cString: $0)) }
        .flatMap { available.contains($0) ? $0 : nil } ?? available.last ?? .baseline
}
