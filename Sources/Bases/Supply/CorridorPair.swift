import Geo
import GridCore
import Synchronization

/// A base whose supply route passes near another one.
public struct CorridorPair: Sendable, Hashable {
    /// Index of the base that the route passes.
    public var keeper: Int
    /// Index of the base that is supplied by it.
    public var dependant: Int
    /// Least geodesic distance from the route to the keeper, metres.
    public var distanceInMeters: Double
    /// Whether the keeper must not leave before the dependant: it lies nearer
    /// to its hub, by minutes of the dry season, of equals with the lower
    /// index. Of two bases that stand close together each one's route passes
    /// the other; this order has no circles, so that a plan can keep it.
    public var isPrecedence: Bool

    public init(keeper: Int, dependant: Int, distanceInMeters: Double, isPrecedence: Bool) {
        self.keeper = keeper
        self.dependant = dependant
        self.distanceInMeters = distanceInMeters
        self.isPrecedence = isPrecedence
    }

    /// All pairs, by keeper, then by dependant. A base without a route
    /// depends on nobody and yet may keep a corridor.
    ///
    /// Precondition: as many sites as paths.
    /// - Complexity: O(bases^2 + pairs x points of a route).
    public static func pairs(
        of paths: [SupplyPath], sites: [Coordinate], rules: SupplyRules = .standard, threads: Int
    ) -> [CorridorPair] {
        precondition(paths.count == sites.count, "a site for every path")
        let slots = Mutex<[[CorridorPair]]>(Array(repeating: [], count: paths.count))
        forEachInParallel(count: paths.count, threads: threads) { _, dependant in
            guard paths[dependant].hub != nil, !paths[dependant].coordinates.isEmpty else { return }
            let line = RouteLine(paths[dependant].coordinates)
            let found = sites.indices.compactMap { keeper -> CorridorPair? in
                guard keeper != dependant,
                    let foot = line.nearest(to: sites[keeper], within: rules.corridorInMeters)
                else { return nil }
                let order = (paths[keeper].minutes.dry, keeper)
                return CorridorPair(
                    keeper: keeper, dependant: dependant, distanceInMeters: foot.distanceInMeters,
                    isPrecedence: order < (paths[dependant].minutes.dry, dependant))
            }
            slots.withLock { $0[dependant] = found }
        }
        return slots.withLock { $0 }.joined().sorted {
            ($0.keeper, $0.dependant) < ($1.keeper, $1.dependant)
        }
    }

    /// How many bases must not lose each base before they leave themselves:
    /// the precedence pairs of each keeper.
    public static func dependants(in pairs: [CorridorPair], baseCount: Int) -> [Int] {
        var counts = Array(repeating: 0, count: baseCount)
        for pair in pairs where pair.isPrecedence { counts[pair.keeper] += 1 }
        return counts
    }
}
