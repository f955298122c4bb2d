import Geo
import GridCore

/// What it means that a base reaches a place.
public enum ReachMeasure: Sendable, Hashable {
    /// The straight-line distance on the WGS 84 ellipsoid is at most `meters`,
    /// the boundary included. It knows no road, river or season: people may be
    /// within this distance and still be hours away.
    case straightLine(meters: Double)

    /// Metres in one degree of latitude where it is shortest, at the equator:
    /// a (1 - e^2) pi / 180 = 110,574.28 on WGS 84, rounded down. No path
    /// between two parallels is shorter than their difference times this.
    private static let shortestMetersPerDegreeOfLatitude = 110_574.0

    /// Whether a base at `base` reaches `place`; never when a coordinate or
    /// the reach is not a number.
    func reaches(from base: Coordinate, to place: Coordinate) -> Bool {
        switch self {
        case .straightLine(let meters):
            let degrees = abs(base.latitude - place.latitude)
            guard degrees * Self.shortestMetersPerDegreeOfLatitude <= meters else { return false }
            return Geodesic.distanceInMeters(from: base, to: place) <= meters
        }
    }
}
