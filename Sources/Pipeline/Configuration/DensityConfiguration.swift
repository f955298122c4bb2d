import Tables

/// The shape of the kernel; see `DensityKernel`.
public enum KernelChoice: String, Choice {
    /// 3/(pi h^2) (1 - (d/h)^2)^2 for distances d below the radius h.
    case quartic
    case epanechnikov
    case uniform
    case triangular
    case triweight
    /// The radius is the standard deviation.
    case gaussian
}

/// What is done about the part of a kernel outside the area; see
/// `EdgeCorrection`.
public enum EdgeChoice: String, Choice {
    case none
    /// Each place is divided by the part of its kernel inside.
    case uniform
    /// Each event is divided by the part of its kernel inside.
    case diggle
}

/// Where the radius comes from; see `BandwidthRule`.
public enum BandwidthChoice: String, Choice {
    /// `radius`.
    case fixed
    case scott
    case silverman
    case arcgis
}

/// Where in a cell the density is taken.
public enum SamplingChoice: String, Choice {
    case center
    /// The mean of four places where a radius is below three cells.
    case average
}

/// `hotspots.density`: kernel density of events.
public struct DensityConfiguration: Hashable, Sendable {
    /// Shape of the kernel.
    public var kernel: KernelChoice
    /// Distance at which an event stops counting.
    public var radius: Length
    /// Age at which an event counts half.
    public var halfLife: Days
    /// What is done about kernels that reach out of the area.
    public var edge: EdgeChoice
    /// Whether radii are shorter where events are dense.
    public var adaptive: Bool
    /// Where the radius comes from.
    public var bandwidth: BandwidthChoice
    /// Where in a cell the density is taken.
    public var sampling: SamplingChoice

    public init(
        kernel: KernelChoice = .quartic, radius: Length = .kilometers(15),
        halfLife: Days = Days(30), edge: EdgeChoice = .none, adaptive: Bool = false,
        bandwidth: BandwidthChoice = .fixed, sampling: SamplingChoice = .center
    ) {
        self.kernel = kernel
        self.radius = radius
        self.halfLife = halfLife
        self.edge = edge
        self.adaptive = adaptive
        self.bandwidth = bandwidth
        self.sampling = sampling
    }
}

extension DensityConfiguration: ConfigurationSection {
    static let kernel = DefaultKey(
        \Self.kernel, "kernel", .choice, default: .quartic, "Shape of the kernel.")
    static let radius = DefaultKey(
        \Self.radius, "radius", .length(.meters(10)...(.kilometers(2000)), example: "15 km"),
        default: .kilometers(15), "Distance at which an event stops counting.")
    static let halfLife = DefaultKey(
        \Self.halfLife, "half_life", .days(1...36_600, example: "30 days"), default: Days(30),
        "Age at which an event counts half.")

    static let edge = DefaultKey(
        \Self.edge, "edge", .choice, default: .none,
        "Correction for kernels that reach out of the area: none, uniform (by place), diggle (by event)."
    )
    static let adaptive = DefaultKey(
        \Self.adaptive, "adaptive", .boolean, default: false,
        "Shorter radii where events are dense, longer ones where they are few; not with edge uniform.")
    static let bandwidth = DefaultKey(
        \Self.bandwidth, "bandwidth", .choice, default: .fixed,
        "A rule that reads the radius off the events of the window; fixed: radius.")
    static let sampling = DefaultKey(
        \Self.sampling, "sampling", .choice, default: .center,
        "The density of a cell: at its centre, or the mean of four places if a radius is below three cells."
    )

    static let keys = SectionKeys<Self>(
        "Kernel density of events.",
        rules: [
            .init(
                "not",
                [
                    "required": ["edge", "adaptive"],
                    "properties": ["edge": ["const": "uniform"], "adaptive": ["const": true]],
                ])
        ],
        [
            kernel.entry, radius.entry, halfLife.entry, edge.entry, adaptive.entry,
            bandwidth.entry, sampling.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        kernel = reader.value(Self.kernel)
        radius = reader.value(Self.radius)
        halfLife = reader.value(Self.halfLife)
        edge = reader.value(Self.edge)
        adaptive = reader.value(Self.adaptive)
        bandwidth = reader.value(Self.bandwidth)
        sampling = reader.value(Self.sampling)
        if adaptive, edge == .uniform {
            reader.report(
                .contradiction, at: Self.edge.name,
                "uniform needs one radius for all events (found adaptive: true)",
                mend: "Write edge: diggle, or adaptive: false")
        }
    }
}
