import GridCore
import Sectors

/// Adds up who protects the land along the borders between sectors; gives a
/// `SeamReport`.
///
/// Only what lies in a zone and has a weight is kept, so that the sweeps of
/// the sectors can come one after the other:
///
///     var audit = SeamAudit(seams: s, demand: d, travel: t)
///     for sector in sectors { audit.addOwn(sweep(sector), bases: ids, ofSector: sector) }
///     let report = audit.report
public struct SeamAudit: Sendable {
    private let seams: SectorSeams
    private let classes: LimitClasses
    private var items: [SeamItem] = []
    private var borders: [SeamBorder]

    /// Collects what lies in the zones.
    ///
    /// - Parameters:
    ///   - seams: in the CRS of the grid.
    ///   - travel: the times of all bases.
    ///   - limitsInMinutes: ascending, each above 0.
    /// - Precondition: `demand` and `travel` on one grid.
    public init(
        seams: SectorSeams, demand: Demand, travel: TravelTimes,
        limitsInMinutes: [Double] = [60, 120, 240]
    ) {
        precondition(travel.spec.shape == demand.spec.shape, "travel times of another grid")
        self.seams = seams
        classes = LimitClasses(limitsInMinutes)
        borders = seams.seams.map { SeamBorder($0, measure: seams.measure, travel: travel) }
        for (index, seam) in seams.seams.enumerated() {
            for (side, part) in seam.parts.enumerated() where !part.isEmpty {
                collectCells(of: part, seam: index, side: side, demand, travel)
                collectPlaces(in: part, seam: index, side: side, demand, travel)
            }
        }
    }

    private mutating func collectCells(
        of part: MultiPolygon, seam: Int, side: Int, _ demand: Demand, _ travel: TravelTimes
    ) {
        let columnCount = demand.spec.shape.columns
        let cover = ZoneCells.within(CellCoverage(of: part, on: demand.spec))
        demand.withLayers { layers in
            travel.firstMinutes.withCells { minutes in
                cover.forEachRow { row, columns, fractions in
                    for column in columns {
                        let share = fractions[column - columns.lowerBound]
                        guard share > 0 else { continue }
                        let cell = row * columnCount + column
                        let amount = DemandTotals(
                            layers: layers.map { share * Double($0?[cell] ?? 0) })
                        guard amount != .zero else { continue }
                        items.append(
                            SeamItem(
                                key: cell, cell: cell, seam: seam, side: side, amount: amount,
                                minutesOfAny: minutes[cell]))
                    }
                }
            }
        }
    }

    private mutating func collectPlaces(
        in part: MultiPolygon, seam: Int, side: Int, _ demand: Demand, _ travel: TravelTimes
    ) {
        guard let box = part.boundingBox else { return }
        func minutes(_ cell: Int?) -> Double {
            cell.map { number in travel.firstMinutes.withCells { $0[number] } } ?? .infinity
        }
        // Cells, then settlements, then incidents have numbers of their own.
        let cells = demand.spec.shape.count
        for (index, place) in demand.settlements.enumerated()
        where box.contains(place.coordinate) && part.contains(place.coordinate) {
            var amount = DemandTotals.zero
            amount.add(place)
            items.append(
                SeamItem(
                    key: cells + index, cell: place.cell, seam: seam, side: side, amount: amount,
                    minutesOfAny: minutes(place.cell)))
        }
        for (index, incident) in demand.incidents.enumerated()
        where box.contains(incident.coordinate) && part.contains(incident.coordinate) {
            var amount = DemandTotals.zero
            amount.add(incident)
            items.append(
                SeamItem(
                    key: cells + demand.settlements.count + index, cell: incident.cell,
                    seam: seam, side: side, amount: amount, minutesOfAny: minutes(incident.cell)))
        }
    }

    /// Adds the times of a sector's own bases. A sector that is not added
    /// reaches nothing.
    ///
    /// - Parameters:
    ///   - travel: a sweep from the bases of that sector alone. Its second
    ///     times tell by how much a gap grows when a base leaves.
    ///   - bases: the index in the mission of every base of the sweep.
    public mutating func addOwn(_ travel: TravelTimes, bases: [Int], ofSector sector: Int) {
        let seams = seams.seams
        travel.withCells { first, firstBase, second, _ in
            for index in items.indices {
                guard let cell = items[index].cell, first[cell] < .infinity else { continue }
                let seam = seams[items[index].seam]
                let own = OwnTime(
                    minutes: first[cell], base: bases[Int(firstBase[cell])],
                    minutesWithout: second[cell])
                if seam.first == sector { items[index].first = own }
                if seam.second == sector { items[index].second = own }
            }
            for (index, seam) in seams.enumerated()
            where seam.first == sector || seam.second == sector {
                let nearest = borders[index].nearest(first).map {
                    SeamBase(base: bases[Int(firstBase[$0])], minutes: first[$0])
                }
                if seam.first == sector { borders[index].nearestOfFirst = nearest }
                if seam.second == sector { borders[index].nearestOfSecond = nearest }
            }
        }
    }

    /// The figures of all seams.
    public var report: SeamReport {
        let bySeam = seams.seams.indices.map { seam in items.filter { $0.seam == seam } }
        let figures = seams.seams.enumerated().map { index, seam in
            SeamFigures(
                first: seam.first, second: seam.second, zoneSquareMeters: seam.zoneSquareMeters,
                borderMeters: seam.borderMeters,
                zone: bySeam[index].reduce(.zero) { $0 + $1.amount },
                nearestOfFirst: borders[index].nearestOfFirst,
                nearestOfSecond: borders[index].nearestOfSecond,
                limits: classes.limits.map { limit in
                    SeamGap(
                        limitInMinutes: limit,
                        totals: bySeam[index].reduce(into: SeamTotals()) { $0 += $1.totals(limit) },
                        longestUncoveredMeters: borders[index].longestUncovered(limit),
                        growth: Self.growth(of: bySeam[index], limit))
                })
        }
        return SeamReport(
            limitsInMinutes: classes.limits, seams: figures,
            listed: classes.limits.indices.map { k in
                figures.reduce(into: SeamTotals()) { $0 += $1.limits[k].totals }
            }, once: classes.limits.map { countedOnce($0) })
    }

    private static func growth(of items: [SeamItem], _ limit: Double) -> [SeamGrowth] {
        var added: [Int: DemandTotals] = [:]
        for item in items {
            if let base = item.lastCover(limit) { added[base, default: .zero] += item.amount }
        }
        return added.keys.sorted().map { SeamGrowth(base: $0, added: added[$0] ?? .zero) }
    }

    private func countedOnce(_ limit: Double) -> SeamTotals {
        let order = items.indices.sorted {
            (items[$0].key, items[$0].seam, items[$0].side)
                < (items[$1].key, items[$1].seam, items[$1].side)
        }
        var total = SeamTotals()
        var largest = SeamTotals()
        var current = SeamTotals()
        var previous: SeamItem?
        for index in order {
            let item = items[index]
            if let previous, previous.key != item.key || previous.seam != item.seam {
                largest.formMaximum(current)
                current = SeamTotals()
                if previous.key != item.key {
                    total += largest
                    largest = SeamTotals()
                }
            }
            current += item.totals(limit)
            previous = item
        }
        largest.formMaximum(current)
        total += largest
        return total
    }
}

/// The times of a sector's own bases to a place.
private struct OwnTime: Sendable {
    var minutes = Double.infinity
    /// Index in the mission; nil when none reaches the place.
    var base: Int?
    /// What remains when that base leaves.
    var minutesWithout = Double.infinity
}

/// A part of a cell, a settlement or an incident in a seam's zone.
private struct SeamItem: Sendable {
    /// Tells cells, settlements and incidents apart, in all seams.
    let key: Int
    let cell: Int?
    let seam: Int
    /// 0 = first sector, 1 = second, 2 = sliver of none.
    let side: Int
    let amount: DemandTotals
    let minutesOfAny: Double
    var first = OwnTime()
    var second = OwnTime()

    func totals(_ limit: Double) -> SeamTotals {
        let byFirst = first.minutes <= limit
        let bySecond = second.minutes <= limit
        var totals = SeamTotals()
        if !byFirst && !bySecond {
            totals.gap = amount
            if minutesOfAny <= limit { totals.thirdParty = amount }
        } else if (side == 0 && !byFirst) || (side == 1 && !bySecond) {
            totals.oneSided = amount
        }
        return totals
    }

    /// The base of the two sectors that alone reaches this in time.
    func lastCover(_ limit: Double) -> Int? {
        if second.minutes > limit, first.minutes <= limit, first.minutesWithout > limit {
            return first.base
        }
        if first.minutes > limit, second.minutes <= limit, second.minutesWithout > limit {
            return second.base
        }
        return nil
    }
}

extension SeamTotals {
    /// The larger of both: parts of one cell or place in different seams.
    fileprivate mutating func formMaximum(_ other: SeamTotals) {
        gap = gap.maximum(other.gap)
        thirdParty = thirdParty.maximum(other.thirdParty)
        oneSided = oneSided.maximum(other.oneSided)
    }
}

extension DemandTotals {
    fileprivate func maximum(_ other: DemandTotals) -> DemandTotals {
        DemandTotals(
            people: max(people, other.people),
            stressedPeople: max(stressedPeople, other.stressedPeople),
            hotspotSquareMeters: max(hotspotSquareMeters, other.hotspotSquareMeters),
            settlements: max(settlements, other.settlements),
            settlementPeople: max(settlementPeople, other.settlementPeople),
            incidents: max(incidents, other.incidents),
            incidentWeight: max(incidentWeight, other.incidentWeight))
    }
}
