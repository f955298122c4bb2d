/// A published table of classes of the standardized precipitation index.
///
/// On the dry side a class includes its upper bound (-1.0 is moderately dry),
/// on the wet side its lower one (1.0 is moderately wet).
public enum StandardizedPrecipitationClassTable: String, Sendable, Hashable, CaseIterable {
    /// McKee et al. (1993), WMO (2012) No. 1090.
    case wmo
    /// U.S. Drought Monitor, D0 to D4.
    case usdm

    /// Classes from the driest.
    public var classes: [StandardizedPrecipitationClass] {
        switch self {
        case .wmo:
            [
                .init(1, "extremely_dry", upTo: -2, isDrought: true),
                .init(2, "severely_dry", upTo: -1.5, isDrought: true),
                .init(3, "moderately_dry", upTo: -1, isDrought: true),
                .init(4, "near_normal", below: 1),
                .init(5, "moderately_wet", below: 1.5),
                .init(6, "very_wet", below: 2),
                .init(7, "extremely_wet", below: nil),
            ]
        case .usdm:
            [
                .init(1, "D4", upTo: -2, isDrought: true),
                .init(2, "D3", upTo: -1.6, isDrought: true),
                .init(3, "D2", upTo: -1.3, isDrought: true),
                .init(4, "D1", upTo: -0.8, isDrought: true),
                // Abnormally dry: on the way into drought or out of it.
                .init(5, "D0", upTo: -0.5, isDrought: false),
                .init(6, "none", below: nil),
            ]
        }
    }

    /// The class of an index; nil for NaN.
    public func classification(of spi: Double) -> StandardizedPrecipitationClass? {
        guard !spi.isNaN else { return nil }
        return classes.first { $0.reaches(spi) }
    }
}

/// One class of a table; it starts where the one before it ends.
public struct StandardizedPrecipitationClass: Hashable, Sendable {
    /// Number in a class raster; 0 is nodata there.
    public let code: UInt8
    public let name: String
    /// nil for the last class.
    public let upperBound: Double?
    public let includesUpperBound: Bool
    /// Whether the class counts as drought in area shares.
    public let isDrought: Bool

    init(_ code: UInt8, _ name: String, upTo bound: Double, isDrought: Bool) {
        self.code = code
        self.name = name
        upperBound = bound
        includesUpperBound = true
        self.isDrought = isDrought
    }

    init(_ code: UInt8, _ name: String, below bound: Double?) {
        self.code = code
        self.name = name
        upperBound = bound
        includesUpperBound = false
        isDrought = false
    }

    /// Whether an index is not above the class.
    func reaches(_ spi: Double) -> Bool {
        guard let upperBound else { return true }
        return includesUpperBound ? spi <= upperBound : spi < upperBound
    }
}
