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

/// `hotspots.density`: kernel density of events.
public struct DensityConfiguration: Hashable, Sendable {
    /// Shape of the kernel.
    public var kernel: KernelChoice
    /// Distance at which an event stops counting.
    public var radius: Length
    /// Age at which an event counts half.
    public var halfLife: Days

    public init(
        kernel: KernelChoice = .quartic, radius: Length = .kilometers(15),
        halfLife: Days = Days(30)
    ) {
        self.kernel = kernel
        self.radius = radius
        self.halfLife = halfLife
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

    static let keys = SectionKeys<Self>(
        "Kernel density of events.", [kernel.entry, radius.entry, halfLife.entry])

    init?(_ reader: SectionReader<Self>) {
        kernel = reader.value(Self.kernel)
        radius = reader.value(Self.radius)
        halfLife = reader.value(Self.halfLife)
    }
}
