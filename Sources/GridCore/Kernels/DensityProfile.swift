/// Four neighbouring cells, worked on at once.
public typealias DensityLanes = SIMD4<Double>

/// The shape of a density kernel, as a name that chooses the loop compiled
/// for it.
public enum DensityShape: Sendable, Hashable, CaseIterable {
    case quartic, epanechnikov, uniform, triangular, triweight, gaussian, wideGaussian
}

/// The formula of one kernel, as a type so that loops are compiled once for
/// each and stay free of branches.
public protocol DensityProfile: SendableMetatype {
    /// Radii beyond which `shape` is 0.
    static var reach: Double { get }
    /// Height at the squared distances `t2` in radii, where the height at 0
    /// is 1; exactly 0 from the reach on.
    static func shape(_ t2: DensityLanes) -> DensityLanes
}

extension DensityProfile {
    @inlinable @inline(__always)
    public static var reach: Double { 1 }

    /// One height, by the formula of the lanes.
    @inlinable @inline(__always)
    public static func shape(_ t2: Double) -> Double { shape(DensityLanes(repeating: t2))[0] }
}

/// `u` where it is positive, 0 elsewhere.
@inlinable @inline(__always)
func positivePart(_ u: DensityLanes) -> DensityLanes { u.replacing(with: 0, where: u .<= 0) }

public enum QuarticProfile: DensityProfile {
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes {
        let u = positivePart(1 - t2)
        return u * u
    }
}

public enum EpanechnikovProfile: DensityProfile {
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes { positivePart(1 - t2) }
}

public enum UniformProfile: DensityProfile {
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes {
        DensityLanes(repeating: 1).replacing(with: 0, where: t2 .>= 1)
    }
}

public enum TriangularProfile: DensityProfile {
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes {
        positivePart(1 - t2.squareRoot())
    }
}

public enum TriweightProfile: DensityProfile {
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes {
        let u = positivePart(1 - t2)
        return u * u * u
    }
}

/// The normal density, cut at four standard deviations.
public enum GaussianProfile: DensityProfile {
    @inlinable @inline(__always)
    public static var reach: Double { 4 }
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes {
        cutGaussian(t2, reachSquared: 16)
    }
}

/// The normal density, cut at eight standard deviations.
public enum WideGaussianProfile: DensityProfile {
    @inlinable @inline(__always)
    public static var reach: Double { 8 }
    @inlinable @inline(__always)
    public static func shape(_ t2: DensityLanes) -> DensityLanes {
        cutGaussian(t2, reachSquared: 64)
    }
}

@inlinable @inline(__always)
func cutGaussian(_ t2: DensityLanes, reachSquared: Double) -> DensityLanes {
    let exponent = t2 * -0.5
    let height = vectorExponential(
        SIMD8<Double>(lowHalf: exponent, highHalf: exponent)
    ).lowHalf
    return height.replacing(with: 0, where: t2 .>= DensityLanes(repeating: reachSquared))
}
