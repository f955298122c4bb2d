import Diagnostics

/// How much of what happened lies in the cells that a forecast ranks highest,
/// within a share of the area.
public struct AreaHitRate: Hashable, Sendable {
    /// The share of the area that was allowed.
    public let areaShare: Double
    /// Cells taken, and the share of the area that they cover.
    public let cells: Int
    public let areaUsed: Double
    /// Events in them over all events.
    public let hitRate: Double
    /// Hit rate over area used (prediction accuracy index), 1 = as a random
    /// choice; nil when no cell fits.
    public let accuracyIndex: Double?
    /// The hit rate of the best possible ranking, by events per area.
    public let bestHitRate: Double
    /// Accuracy index over that of the best possible ranking (prediction
    /// efficiency index), at most about 1; nil where either has none.
    public let efficiencyIndex: Double?
}

/// Areas of 1, 5, 10 and 20 percent.
public let usualAreaShares = [0.01, 0.05, 0.10, 0.20]

/// Hit rates when cells are taken by score, highest first, ties by index,
/// for as long as their area stays within each share: the first cell that
/// would not fit ends the choice.
///
/// - Parameters:
///   - scores: finite, per cell.
///   - events: at least 0 and finite, per cell.
///   - areas: above 0 and finite, per cell, in any unit.
///   - areaShares: 0 ... 1.
/// - Returns: one per share; nil without events.
/// - Throws: `.mismatch` when the counts differ, `.unsuitableValue` for
///   numbers out of range.
/// - Complexity: O(n log n).
///
/// Chainey, Tompson and Uhlig 2008, Security Journal 21; Hunt 2016 for the
/// efficiency index.
public func areaHitRates(
    scores: [Double], events: [Double], areas: [Double],
    areaShares: [Double] = usualAreaShares
) throws(HotspotError) -> [AreaHitRate]? {
    guard scores.count == events.count, scores.count == areas.count else {
        throw HotspotError(
            .mismatch,
            "\(scores.count) scores, \(events.count) event counts and \(areas.count) areas "
                + "(expected one of each per cell)",
            mend: "Give score, events and area of every cell")
    }
    guard scores.allSatisfy(\.isFinite), events.allSatisfy({ $0 >= 0 && $0.isFinite }),
        areas.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
        throw HotspotError(
            .unsuitableValue,
            "a score is no number, a count of events below 0 or an area not above 0 "
                + "(expected finite numbers)",
            mend: "Leave out cells without a forecast or an area")
    }
    let ranked = RankedCells(by: scores, events: events, areas: areas)
    let best = RankedCells(
        by: zip(events, areas).map { $0 / $1 }, events: events, areas: areas)
    guard ranked.eventTotal > 0 else { return nil }
    return areaShares.map { share in
        let own = ranked.taken(share)
        let ideal = best.taken(share)
        let accuracy = own.area > 0 ? own.hits / own.area : nil
        let idealAccuracy = ideal.area > 0 && ideal.hits > 0 ? ideal.hits / ideal.area : nil
        return AreaHitRate(
            areaShare: share, cells: own.cells, areaUsed: own.area, hitRate: own.hits,
            accuracyIndex: accuracy, bestHitRate: ideal.hits,
            efficiencyIndex: accuracy.flatMap { a in idealAccuracy.map { a / $0 } })
    }
}

/// Running shares of area and events, in the order of a score.
private struct RankedCells {
    private var areas: [Double] = []
    private var events: [Double] = []
    let eventTotal: Double

    init(by scores: [Double], events: [Double], areas: [Double]) {
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        var area = 0.0
        var event = 0.0
        for i in order {
            area += areas[i]
            event += events[i]
            self.areas.append(area)
            self.events.append(event)
        }
        eventTotal = event
    }

    /// Shares whose area exceeds the limit by less than this are within it.
    private static let tolerance = 1e-12

    func taken(_ share: Double) -> (cells: Int, area: Double, hits: Double) {
        guard let areaTotal = areas.last, eventTotal > 0 else { return (0, 0, 0) }
        let cells =
            areas.firstIndex { $0 / areaTotal > share + Self.tolerance } ?? areas.count
        guard cells > 0 else { return (0, 0, 0) }
        return (cells, areas[cells - 1] / areaTotal, events[cells - 1] / eventTotal)
    }
}

/// Whether the event at a step would be an onset: no event in the `quiet`
/// steps before. False for steps that have fewer before them or one without
/// a record, where it is not known.
///
/// - Parameter counts: events per step, in order of time; NaN = no record.
public func isOnset(counts: [Double], at step: Int, quietSteps quiet: Int = 12) -> Bool {
    guard quiet > 0, step >= quiet, step < counts.count else { return false }
    return counts[(step - quiet)..<step].allSatisfy { $0 == 0 }
}
