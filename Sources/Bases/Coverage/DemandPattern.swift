import GridCore
import Sectors

/// Demand that the same bases reach, merged: to a plan its places are one.
public struct DemandPattern: Sendable, Hashable {
    /// Indices of the bases that reach it within the limit, ascending; empty
    /// when none does.
    public let reach: [Int]
    /// Index of the sector or seam it lies in; nil when it lies in none.
    public let group: Int?
    /// Above 0, in the unit of the measure.
    public let weight: Double
}

extension ReachSets {
    /// Demand merged by the set of the bases that reach it and by sector.
    ///
    /// Nothing is lost: the weights of all patterns add up to the demand, and
    /// what any choice of bases covers is the same as over all cells. Order:
    /// by sector, what lies in none last; then by the bases, element by
    /// element. Patterns without weight are left out.
    ///
    /// - Parameter sectors: the cover of each; settlements and incidents go
    ///   by the sector that they name.
    /// - Precondition: `demand` on the grid of the sets.
    public func patterns(
        of measure: DemandMeasure, in demand: Demand, sectors: [CellCoverage]
    ) -> [DemandPattern] {
        let outside = ZoneCells.outside(sectors, demand.spec.shape)
        let zones = sectors.map { ZoneCells.within($0) } + [outside]
        var patterns: [DemandPattern] = []
        for (index, zone) in zones.enumerated() {
            let sector = index < sectors.count ? index : nil
            let weights = weights(of: measure, in: demand, zone) { $0 == sector }
            patterns += merged(weights, group: sector) { _ in true }
        }
        return patterns
    }

    /// Hotspot area near every seam, merged by the set of the bases of its
    /// two sectors that reach it; bases of third sectors do not count.
    ///
    /// Order and completeness as for sectors; a cell near two seams is in the
    /// patterns of both.
    ///
    /// - Parameters:
    ///   - seams: the two sectors of every seam and the cover of its zone.
    ///   - sectorOfBase: the sector of every base; nil = in none.
    public func seamPatterns(
        of measure: DemandMeasure = .hotspotSquareMeters, in demand: Demand,
        seams: [(sectors: [Int], zone: [CellCoverage])], sectorOfBase: [Int?]
    ) -> [DemandPattern] {
        var patterns: [DemandPattern] = []
        for (index, seam) in seams.enumerated() {
            var weights = [Double](repeating: 0, count: parents.count)
            for part in seam.zone {
                let more = self.weights(of: measure, in: demand, .within(part)) { _ in false }
                for node in weights.indices { weights[node] += more[node] }
            }
            patterns += merged(weights, group: index) { base in
                sectorOfBase[base].map { seam.sectors.contains($0) } ?? false
            }
        }
        return patterns
    }

    /// Weight of every node in a zone.
    private func weights(
        of measure: DemandMeasure, in demand: Demand, _ zone: ZoneCells,
        holds: (_ sector: Int?) -> Bool
    ) -> [Double] {
        var totals = [DemandTotals](repeating: .zero, count: parents.count)
        switch measure {
        case .people, .stressedPeople, .hotspotSquareMeters:
            totals = self.totals(of: demand, in: zone)
        case .settlements, .settlementPeople:
            for place in demand.settlements where holds(place.sector) {
                totals[node(of: place.cell)].add(place)
            }
        case .incidentWeight:
            for incident in demand.incidents where holds(incident.sector) {
                totals[node(of: incident.cell)].add(incident)
            }
        }
        return totals.map { $0[measure] }
    }

    /// Patterns of one group, of the bases that count.
    private func merged(
        _ weights: [Double], group: Int?, counts: (Int) -> Bool
    ) -> [DemandPattern] {
        let sets = weights.indices.filter { weights[$0] > 0 }
            .map { (node: $0, reach: bases(ofNode: $0).filter(counts), weight: weights[$0]) }
            .sorted { a, b in
                // Equal sets in the order of their nodes: sums round alike.
                a.reach == b.reach ? a.node < b.node : a.reach.lexicographicallyPrecedes(b.reach)
            }
        var patterns: [DemandPattern] = []
        for set in sets {
            if let last = patterns.last, last.reach == set.reach {
                patterns[patterns.count - 1] = DemandPattern(
                    reach: set.reach, group: group, weight: last.weight + set.weight)
            } else {
                patterns.append(DemandPattern(reach: set.reach, group: group, weight: set.weight))
            }
        }
        return patterns
    }
}
