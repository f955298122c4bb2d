import GridCore
import Hotspots

/// The density of a window, and the radius that it was made with.
struct ViolenceDensity: Sendable {
    /// Weighted incidents per m2; with an edge correction NaN outside the
    /// area.
    var grid: Grid<Double>
    /// Of every incident, or what adaptive radii are long and short of.
    var radius: Length
    /// The rule that the radius comes of; nil: the configuration.
    var rule: BandwidthRule?
}

extension ViolenceField {
    /// A rule that has nothing to read a radius off, as with fewer than two
    /// incidents, leaves the radius of the configuration.
    func density(of placed: [PlacedIncident]) throws -> ViolenceDensity {
        let section = configuration.density
        let halfLife = Double(section.halfLife.count)
        let kernel = section.kernel.kernel
        let found = try section.bandwidth.rule.flatMap { rule in
            try rule.estimate(for: placed, halfLifeInDays: halfLife, kernel: kernel)
                .map { (rule: rule, radius: $0.radiusInMeters) }
        }
        let radius = found?.radius ?? section.radius.meters
        let grid: Grid<Double>
        if section.adaptive {
            let radii = try abramsonRadii(
                for: placed, radiusInMeters: radius, halfLifeInDays: halfLife, kernel: kernel,
                threads: threads)
            grid = try kernelDensity(
                of: placed, on: area.spec, radiiInMeters: radii, halfLifeInDays: halfLife,
                kernel: kernel, edgeCorrection: section.edge.correction, within: area.mask,
                sampling: section.sampling.sampling, threads: threads)
        } else {
            grid = try kernelDensity(
                of: placed, on: area.spec, radiusInMeters: radius, halfLifeInDays: halfLife,
                kernel: kernel, edgeCorrection: section.edge.correction, within: area.mask,
                sampling: section.sampling.sampling, threads: threads)
        }
        return ViolenceDensity(
            grid: grid, radius: .meters(found == nil ? radius : radius.rounded()),
            rule: found?.rule)
    }
}

extension DensityConfiguration {
    /// What was done beside kernel, radius and half-life, in words; empty for
    /// the defaults.
    func options(_ density: ViolenceDensity) -> [String] {
        [
            density.rule.map { "radius by the rule \($0.rawValue)" },
            bandwidth != .fixed && density.rule == nil
                ? "too few incidents for the rule \(bandwidth.rawValue)" : nil,
            adaptive ? "radii adapted to the density" : nil,
            edge == .none ? nil : "edge correction \(edge.rawValue)",
            sampling == .center ? nil : "mean of four places in a cell",
        ].compactMap { $0 }
    }
}

extension EdgeChoice {
    fileprivate var correction: EdgeCorrection {
        switch self {
        case .none: .none
        case .uniform: .uniform
        case .diggle: .diggle
        }
    }
}

extension BandwidthChoice {
    fileprivate var rule: BandwidthRule? {
        switch self {
        case .fixed: nil
        case .scott: .scott
        case .silverman: .silverman
        case .arcgis: .arcgis
        }
    }
}

extension SamplingChoice {
    fileprivate var sampling: CellSampling {
        switch self {
        case .center: .center
        case .average: .average
        }
    }
}
