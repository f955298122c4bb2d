#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The formula of one kernel, as a type so that loops are compiled once for
/// each and stay free of branches.
protocol KernelProfile {
    /// Radii beyond which `shape` is 0.
    static var reach: Double { get }
    /// Height at the squared distance `t2` in radii, where the height at 0 is
    /// 1; exactly 0 from the reach on.
    static func shape(_ t2: Double) -> Double
}

extension KernelProfile {
    static var reach: Double { 1 }
}

/// 1 - t2 inside, 0 from t2 = 1 on. A comparison that compiles to one
/// instruction, which `Swift.max` with its NaN rule does not.
@inline(__always)
private func inner(_ t2: Double) -> Double {
    let u = 1 - t2
    return u > 0 ? u : 0
}

enum QuarticProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Double) -> Double {
        let u = inner(t2)
        return u * u
    }
}

enum EpanechnikovProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Double) -> Double { inner(t2) }
}

enum UniformProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Double) -> Double { t2 < 1 ? 1 : 0 }
}

enum TriangularProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Double) -> Double {
        let u = 1 - t2.squareRoot()
        return u > 0 ? u : 0
    }
}

enum TriweightProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Double) -> Double {
        let u = inner(t2)
        return u * u * u
    }
}

enum GaussianProfile: KernelProfile {
    static var reach: Double { 4 }
    /// Volume of the two-dimensional normal density within the reach.
    static var volumeInside: Double { 1 - exp(-reach * reach / 2) }
    @inline(__always) static func shape(_ t2: Double) -> Double { t2 < 16 ? exp(-t2 / 2) : 0 }
}

enum WideGaussianProfile: KernelProfile {
    static var reach: Double { 8 }
    @inline(__always) static func shape(_ t2: Double) -> Double { t2 < 64 ? exp(-t2 / 2) : 0 }
}
