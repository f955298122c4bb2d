#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import GridCore

/// The shape by which an incident's weight is spread around it.
///
/// Two-dimensional and radially symmetric, with t = distance / radius and
/// unit volume, so that a density is in incidents per square metre. Support
/// is strict: at t = 1 exactly the contribution is 0. Silverman 1986,
/// Density Estimation for Statistics and Data Analysis, section 4.2.
public enum DensityKernel: String, Hashable, Sendable, CaseIterable {
    /// 3/(pi h^2) (1 - t^2)^2, also called biweight.
    case quartic
    /// 2/(pi h^2) (1 - t^2)
    case epanechnikov
    /// 1/(pi h^2)
    case uniform
    /// 3/(pi h^2) (1 - t)
    case triangular
    /// 4/(pi h^2) (1 - t^2)^3
    case triweight
    /// exp(-t^2/2) / (2 pi h^2), the radius h being the standard deviation;
    /// cut at t = 4 and divided by the volume inside, 1 - exp(-8).
    case gaussian
    /// The same cut only at t = 8, where 1.3e-14 of its peak is left; not
    /// divided. Four times the work.
    case wideGaussian = "wide-gaussian"

    /// How many radii the kernel reaches.
    public var reachInRadii: Double {
        switch self {
        case .gaussian: GaussianProfile.reach
        case .wideGaussian: WideGaussianProfile.reach
        default: 1
        }
    }

    /// Volume of the two-dimensional normal density within the cut.
    private static var volumeInsideCut: Double {
        1 - exp(-GaussianProfile.reach * GaussianProfile.reach / 2)
    }

    /// The loop compiled for the kernel.
    var profile: DensityShape {
        switch self {
        case .quartic: .quartic
        case .epanechnikov: .epanechnikov
        case .uniform: .uniform
        case .triangular: .triangular
        case .triweight: .triweight
        case .gaussian: .gaussian
        case .wideGaussian: .wideGaussian
        }
    }

    /// The factor that gives the kernel of a radius of 1 unit volume.
    var normalizer: Double {
        switch self {
        case .quartic: 3 / .pi
        case .epanechnikov: 2 / .pi
        case .uniform: 1 / .pi
        case .triangular: 3 / .pi
        case .triweight: 4 / .pi
        case .gaussian: 1 / (2 * .pi * Self.volumeInsideCut)
        case .wideGaussian: 1 / (2 * .pi)
        }
    }

    /// Height of the kernel of radius `radiusInMeters` at a distance, per
    /// square metre.
    public func value(atMeters distance: Double, radiusInMeters radius: Double) -> Double {
        let t2 = distance * distance / (radius * radius)
        return normalizer / (radius * radius) * shape(t2)
    }

    /// The kernel without its normalizer, of the squared distance in radii.
    func shape(_ t2: Double) -> Double {
        switch self {
        case .quartic: QuarticProfile.shape(t2)
        case .epanechnikov: EpanechnikovProfile.shape(t2)
        case .uniform: UniformProfile.shape(t2)
        case .triangular: TriangularProfile.shape(t2)
        case .triweight: TriweightProfile.shape(t2)
        case .gaussian: GaussianProfile.shape(t2)
        case .wideGaussian: WideGaussianProfile.shape(t2)
        }
    }
}
