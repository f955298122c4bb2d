import Geo
import GridCore

/// Which hotspots of two runs are the same, by the area that they share.
struct HotspotMatching: Hashable, Sendable {
    /// Hotspots that belong together, by position in their lists.
    struct Group: Hashable, Sendable {
        var before: [Int]
        var after: [Int]
    }

    /// Two hotspots belong together when they share at least this part of
    /// the smaller one: a tenth, so that a common edge cell of two large ones
    /// does not join them.
    static let leastSharedPart = 0.1
    /// A hotspot has grown or shrunk when its area changed by at least this
    /// part of what it was.
    static let leastGrowth = 0.1

    /// Those with a hotspot after by the first of them, then those that are
    /// gone.
    let groups: [Group]

    /// - Throws: `GeoError` when two outlines cannot be intersected.
    init(before: [PublishedHotspot], after: [PublishedHotspot]) throws(GeoError) {
        let old = before.map { Geodesic.areaInSquareMeters(of: $0.outline) }
        let new = after.map { Geodesic.areaInSquareMeters(of: $0.outline) }
        let shared = try GeometryOperations.overlaps(
            between: before.map(\.outline), and: after.map(\.outline))
        let links = shared.filter {
            $0.squareMeters >= Self.leastSharedPart * min(old[$0.first], new[$0.second])
        }
        groups = Self.groups(
            before: before.count, after: after.count, links: links.map { ($0.first, $0.second) })
    }

    /// The connected parts of the graph of links.
    static func groups(before: Int, after: Int, links: [(Int, Int)]) -> [Group] {
        var groupOfOld = Array(0..<before)
        var groupOfNew = Array(before..<(before + after))
        for (old, new) in links {
            let (kept, dropped) = (groupOfOld[old], groupOfNew[new])
            for i in groupOfOld.indices where groupOfOld[i] == dropped { groupOfOld[i] = kept }
            for i in groupOfNew.indices where groupOfNew[i] == dropped { groupOfNew[i] = kept }
        }
        var seen: Set<Int> = []
        let order = (groupOfNew + groupOfOld).filter { seen.insert($0).inserted }
        return order.map { group in
            Group(
                before: groupOfOld.indices.filter { groupOfOld[$0] == group },
                after: groupOfNew.indices.filter { groupOfNew[$0] == group })
        }
    }

    /// What became of a group; nil when it is much as it was.
    static func kind(
        _ group: Group, squareKilometersBefore before: Double, after: Double
    ) -> Change.Kind? {
        switch (group.before.count, group.after.count) {
        case (0, _): return .new
        case (_, 0): return .gone
        case (1, 1):
            guard abs(after - before) >= leastGrowth * before else { return nil }
            return after > before ? .grown : .shrunk
        case (_, 1): return .merged
        case (1, _): return .split
        default: return .regrouped
        }
    }
}
