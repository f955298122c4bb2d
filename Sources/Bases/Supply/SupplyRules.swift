import Diagnostics
import GridCore

/// How the exposure of a supply route is measured.
public struct SupplyRules: Sendable, Hashable, Codable {
    /// Incidents at most this far from the route count; metres.
    public let bufferInMeters: Double
    /// An incident this old counts half of one of today; days.
    public let halfLifeInDays: Double
    /// Length of the most exposed stretch; metres.
    public let stretchInMeters: Double
    /// A route that passes a base at most this far away depends on it; metres.
    public let corridorInMeters: Double

    /// - Throws: `AssessmentError` when one of them is not a positive number.
    public init(
        bufferInMeters: Double = 5000, halfLifeInDays: Double = 90,
        stretchInMeters: Double = 10_000, corridorInMeters: Double = 5000
    ) throws(AssessmentError) {
        for (name, value) in [
            ("buffer", bufferInMeters), ("half-life", halfLifeInDays),
            ("stretch", stretchInMeters), ("corridor", corridorInMeters),
        ] {
            guard value > 0, value.isFinite else {
                throw AssessmentError(
                    .unsuitableParameter, at: Place(field: "supply rules"),
                    "the \(name) is not a positive number (found \(value))",
                    mend: "Give it as a positive number of metres or days")
            }
        }
        self.init(
            checked: bufferInMeters, halfLifeInDays, stretchInMeters, corridorInMeters)
    }

    private init(
        checked buffer: Double, _ halfLife: Double, _ stretch: Double, _ corridor: Double
    ) {
        bufferInMeters = buffer
        halfLifeInDays = halfLife
        stretchInMeters = stretch
        corridorInMeters = corridor
    }

    /// 5 km, 90 days, 10 km, 5 km.
    public static let standard = SupplyRules(checked: 5000, 90, 10_000, 5000)
}

/// An incident that may lie at a supply route.
public struct SupplyIncident: Sendable, Hashable {
    /// Longitude and latitude, WGS 84, degrees.
    public var coordinate: Coordinate
    /// Days from the incident to the date of the assessment.
    public var ageInDays: Double
    /// The true place lies within this distance of the coordinate; metres,
    /// 0 when it is exact.
    public var precisionInMeters: Double

    public init(coordinate: Coordinate, ageInDays: Double, precisionInMeters: Double) {
        self.coordinate = coordinate
        self.ageInDays = ageInDays
        self.precisionInMeters = precisionInMeters
    }

    /// Whether age and precision are numbers from 0 on (a precision may be
    /// infinite: anywhere) and the coordinate is one.
    var isUsable: Bool {
        ageInDays >= 0 && ageInDays.isFinite && precisionInMeters >= 0
            && coordinate.x.isFinite && coordinate.y.isFinite
    }
}
