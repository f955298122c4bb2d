import Geo
import GridCore

/// Who and what lies within reach of the bases, and what only one of them
/// reaches, by straight-line distance.
///
/// A straight line is the kindest measure there is: what it leaves uncovered
/// no road makes nearer, and what it covers may still be out of reach on the
/// ground.
public struct BaseCoverage: Sendable, Hashable {
    /// One per base, in the order given.
    public let bases: [BaseFigures]
    /// One per zone, in the order of their indices.
    public let zones: [ZoneFigures]
    /// The bases and places that lie in no zone; nothing there is covered by
    /// bases of its own.
    public let outsideZones: ZoneFigures

    /// Counts, for every base and zone, what the bases reach.
    ///
    /// Every place counts once in its zone, however many bases reach it, and
    /// once for each base that reaches it. No base, no place and no zone are
    /// all allowed. A negative reach reaches nothing. The result is the same,
    /// bit for bit, whatever the number of threads.
    ///
    /// - Precondition: every zone is nil or in `0 ..< zoneCount`.
    /// - Complexity: O(bases x (places + bases)) distances at most; those with
    ///   latitudes too far apart are not computed.
    public init(
        bases: [BaseSite], settlements: [CoveredPlace], incidents: [CoveredIncident],
        hotspotCells: [CoveredCell], zoneCount: Int, reach: ReachMeasure, threads: Int
    ) {
        var sums = CoverageSums(bases: bases, zoneCount: zoneCount)
        var table = ReachTable(
            places: settlements.map(\.coordinate), bases: bases, reach: reach, threads: threads)
        for (index, place) in settlements.enumerated() {
            let amount = BaseTotals(settlements: 1, population: place.population ?? 0)
            sums.add(amount, in: place.zone, reachedBy: table[index])
            if table[index].count == 1, let only = table[index].first {
                sums.figures[only].lastCover.append(index)
            }
        }
        table = ReachTable(
            places: incidents.map(\.coordinate), bases: bases, reach: reach, threads: threads)
        for (index, incident) in incidents.enumerated() {
            let amount = BaseTotals(
                incidents: 1, deaths: incident.deaths, civilianDeaths: incident.civilianDeaths)
            sums.add(amount, in: incident.zone, reachedBy: table[index])
        }
        table = ReachTable(
            places: hotspotCells.map(\.coordinate), bases: bases, reach: reach, threads: threads)
        for (index, cell) in hotspotCells.enumerated() {
            let amount = BaseTotals(hotspotSquareMeters: cell.squareMeters)
            sums.add(amount, in: cell.zone, reachedBy: table[index])
        }
        sums.findNearest()
        for index in sums.figures.indices {
            sums.figures[index].lastCover.sort { a, b in
                Self.comesFirst(a, b, among: settlements)
            }
        }
        self.bases = sums.figures
        zones = Array(sums.zones.dropLast())
        outsideZones = sums.zones[zoneCount]
    }

    private static func comesFirst(_ a: Int, _ b: Int, among places: [CoveredPlace]) -> Bool {
        // Counts are never negative, so an unknown one sorts behind all.
        let first = places[a].population ?? -1
        let second = places[b].population ?? -1
        guard first == second else { return first > second }
        return (places[a].name, a) < (places[b].name, b)
    }
}

/// The sums while places are added, one after the other.
private struct CoverageSums {
    let sites: [BaseSite]
    var figures: [BaseFigures]
    /// One per zone, and at the end one for what lies in none.
    var zones: [ZoneFigures]

    init(bases: [BaseSite], zoneCount: Int) {
        sites = bases
        figures = Array(repeating: BaseFigures(), count: bases.count)
        zones = Array(repeating: ZoneFigures(), count: zoneCount + 1)
        for base in bases { zones[base.zone ?? zoneCount].bases += 1 }
    }

    mutating func add(_ amount: BaseTotals, in zone: Int?, reachedBy bases: ArraySlice<Int>) {
        let index = zone ?? zones.count - 1
        zones[index].total += amount
        if bases.isEmpty {
            zones[index].uncovered += amount
        } else {
            zones[index].covered += amount
        }
        if let zone, bases.contains(where: { sites[$0].zone == zone }) {
            zones[index].coveredByOwnBases += amount
        }
        for base in bases { figures[base].withinReach += amount }
        if bases.count == 1, let only = bases.first { figures[only].onlyThisBase += amount }
    }

    mutating func findNearest() {
        for first in sites.indices {
            for second in sites.indices.dropFirst(first + 1) {
                let meters = Geodesic.distanceInMeters(
                    from: sites[first].coordinate, to: sites[second].coordinate)
                takeNearest(second, meters, for: first)
                takeNearest(first, meters, for: second)
            }
        }
    }

    /// Candidates come in ascending order, so that equals keep the lower one.
    private mutating func takeNearest(_ other: Int, _ meters: Double, for base: Int) {
        guard meters < figures[base].nearestMeters ?? .infinity else { return }
        figures[base].nearestBase = other
        figures[base].nearestMeters = meters
    }
}
