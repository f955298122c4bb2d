#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Four neighbouring cells, worked on at once.
typealias Lanes = SIMD4<Double>

/// The formula of one kernel, as a type so that loops are compiled once for
/// each and stay free of branches.
protocol KernelProfile: SendableMetatype {
    /// Radii beyond which `shape` is 0.
    static var reach: Double { get }
    /// Height at the squared distances `t2` in radii, where the height at 0
    /// is 1; exactly 0 from the reach on.
    static func shape(_ t2: Lanes) -> Lanes
}

extension KernelProfile {
    static var reach: Double { 1 }

    /// One height, by the formula of the lanes.
    static func shape(_ t2: Double) -> Double { shape(Lanes(repeating: t2))[0] }
}

/// `u` where it is positive, 0 elsewhere.
@inline(__always)
private func positivePart(_ u: Lanes) -> Lanes { u.replacing(with: 0, where: u .<= 0) }

enum QuarticProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes {
        let u = positivePart(1 - t2)
        return u * u
    }
}

enum EpanechnikovProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes { positivePart(1 - t2) }
}

enum UniformProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes {
        Lanes(repeating: 1).replacing(with: 0, where: t2 .>= 1)
    }
}

enum TriangularProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes {
        positivePart(1 - t2.squareRoot())
    }
}

enum TriweightProfile: KernelProfile {
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes {
        let u = positivePart(1 - t2)
        return u * u * u
    }
}

enum GaussianProfile: KernelProfile {
    static var reach: Double { 4 }
    /// Volume of the two-dimensional normal density within the reach.
    static var volumeInside: Double { 1 - exp(-reach * reach / 2) }
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes {
        cutGaussian(t2, reachSquared: 16)
    }
}

enum WideGaussianProfile: KernelProfile {
    static var reach: Double { 8 }
    @inline(__always) static func shape(_ t2: Lanes) -> Lanes {
        cutGaussian(t2, reachSquared: 64)
    }
}

@inline(__always)
private func cutGaussian(_ t2: Lanes, reachSquared: Double) -> Lanes {
    var height = Lanes()
    for i in 0..<Lanes.scalarCount where t2[i] < reachSquared { height[i] = exp(-t2[i] / 2) }
    return height
}
