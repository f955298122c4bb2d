import GridCore
import Sectors
import Synchronization

/// For every base, what is lost if it alone leaves: from the one sweep that
/// finds the two nearest bases of every cell.
///
/// When base j leaves, a cell whose nearest base is another one keeps its
/// time, and a cell whose nearest base is j has the time of its second
/// nearest. So the loss within T is what has j as the nearest, the first time
/// within T and the second beyond it.
///
/// One thread sums a zone with compensated sums, so the bits do not depend on
/// the number of threads.
public struct LossLedger: Sendable, Hashable {
    /// The time limits, ascending.
    public let limitsInMinutes: [Double]
    /// Longest time that a delay counts, in minutes.
    public let capInMinutes: Double
    /// One per base.
    public let bases: [BaseLoss]

    /// Computes the losses of all bases.
    ///
    /// - Parameters:
    ///   - sectors: the cover of each, for the split by sector; settlements
    ///     and incidents are split by the sector they name.
    ///   - baseCount: number of bases, at least the largest index in `travel`
    ///     and one. A base that is nobody's nearest has zeros.
    ///   - capInMinutes: a longer time, also an infinite one, counts as this
    ///     in delays; nil = twice the largest limit.
    ///   - threads: at least 1; changes no bit of the result.
    /// - Complexity: O(cells), whatever the number of bases.
    public init(
        demand: Demand, sectors: [CellCoverage] = [], travel: TravelTimes, baseCount: Int,
        limitsInMinutes: [Double] = [60, 120, 240], capInMinutes: Double? = nil, threads: Int = 1
    ) {
        precondition(travel.spec.shape == demand.spec.shape, "travel times of another grid")
        let classes = LimitClasses(limitsInMinutes)
        let cap = capInMinutes ?? 2 * (limitsInMinutes.last ?? 0)
        let sweep = LossSweep(
            demand: demand, travel: travel, classes: classes, cap: cap, baseCount: baseCount)
        let parts: [ZoneCells] = [.all(demand.spec.shape)] + sectors.map { .within($0) }
        let slots = Mutex([LossSums?](repeating: nil, count: parts.count))
        forEachInParallel(count: parts.count, threads: threads) { _, index in
            let sums = sweep.sums(of: parts[index])
            slots.withLock { $0[index] = sums }
        }
        let found = slots.withLock { $0.compactMap(\.self) }
        let places = PlaceLosses(
            demand: demand, travel: travel, classes: classes, baseCount: baseCount,
            sectorCount: sectors.count)
        self.limitsInMinutes = limitsInMinutes
        self.capInMinutes = cap
        bases = (0..<baseCount).map { base in
            var loss = BaseLoss(base: base, limits: [])
            loss.nearest = found[0].nearest(of: base) + places.nearest[base]
            loss.delayPersonMinutes = found[0].delay(of: base, layer: 0)
            loss.delayStressedPersonMinutes = found[0].delay(of: base, layer: 1)
            loss.limits = classes.limits.indices.map { k in
                var limit = places.limits[base][k]
                limit.lost += found[0].lost(by: base, within: k)
                limit.backupLost += found[0].backupLost(by: base, within: k)
                for sector in sectors.indices {
                    limit.lostBySector[sector] += found[sector + 1].lost(by: base, within: k)
                }
                limit.settlementsLosingCover = demand.sortedByPeople(limit.settlementsLosingCover)
                limit.settlementsLosingBackup = demand.sortedByPeople(limit.settlementsLosingBackup)
                return limit
            }
            return loss
        }
    }
}

/// Cells summed by base and by the classes of the two times.
private struct LossSums: Sendable {
    let classes: Int
    /// By base, class of the first and of the second time, layer.
    var byFirst: [CompensatedSum]
    /// By second base, class of the second time, layer.
    var bySecond: [CompensatedSum]
    /// By base and layer (people, stressed people).
    var delays: [CompensatedSum]
    static let delayLayers = 2

    init(classes: Int, baseCount: Int) {
        self.classes = classes
        let layers = Demand.layerCount
        byFirst = Array(repeating: CompensatedSum(), count: baseCount * classes * classes * layers)
        bySecond = Array(repeating: CompensatedSum(), count: baseCount * classes * layers)
        delays = Array(repeating: CompensatedSum(), count: baseCount * Self.delayLayers)
    }

    private func totals(_ sums: [CompensatedSum], at index: Int) -> DemandTotals {
        DemandTotals(
            layers: (0..<Demand.layerCount).map { sums[index * Demand.layerCount + $0].value })
    }

    private func totals(of base: Int, _ a: Int, _ b: Int) -> DemandTotals {
        totals(byFirst, at: (base * classes + a) * classes + b)
    }

    func nearest(of base: Int) -> DemandTotals {
        (0..<classes).reduce(.zero) { sum, a in
            (0..<classes).reduce(sum) { $0 + totals(of: base, a, $1) }
        }
    }

    /// First time within limit `k`, second beyond it.
    func lost(by base: Int, within k: Int) -> DemandTotals {
        (0...k).reduce(.zero) { sum, a in
            (k + 1..<classes).reduce(sum) { $0 + totals(of: base, a, $1) }
        }
    }

    /// One of the two, both times within limit `k`.
    func backupLost(by base: Int, within k: Int) -> DemandTotals {
        (0...k).reduce(.zero) { sum, b in
            (0...b).reduce(sum + totals(bySecond, at: base * classes + b)) {
                $0 + totals(of: base, $1, b)
            }
        }
    }

    func delay(of base: Int, layer: Int) -> Double { delays[base * Self.delayLayers + layer].value }
}

private struct LossSweep: Sendable {
    let demand: Demand
    let travel: TravelTimes
    let classes: LimitClasses
    let cap: Double
    let baseCount: Int

    func sums(of cells: ZoneCells) -> LossSums {
        var sums = LossSums(classes: classes.count, baseCount: baseCount)
        let columnCount = demand.spec.shape.columns
        demand.withLayers { layers in
            travel.withCells { first, firstBase, second, secondBase in
                cells.forEachRow { row, columns, fractions in
                    for column in columns {
                        let share = fractions[column - columns.lowerBound]
                        let i = row * columnCount + column
                        guard share > 0, first[i] < .infinity else { continue }
                        let base = Int(firstBase[i])
                        let b = classes.of(second[i])
                        let slot = (base * classes.count + classes.of(first[i])) * classes.count + b
                        let backup =
                            second[i] < .infinity ? Int(secondBase[i]) * classes.count + b : nil
                        let added = min(second[i], cap) - min(first[i], cap)
                        for layer in 0..<Demand.layerCount {
                            guard let values = layers[layer], values[i] > 0 else { continue }
                            let amount = share * Double(values[i])
                            sums.byFirst[slot * Demand.layerCount + layer].add(amount)
                            if let backup {
                                sums.bySecond[backup * Demand.layerCount + layer].add(amount)
                            }
                            if layer < LossSums.delayLayers {
                                sums.delays[base * LossSums.delayLayers + layer].add(amount * added)
                            }
                        }
                    }
                }
            }
        }
        return sums
    }
}

/// The settlements and incidents in the losses.
private struct PlaceLosses {
    var nearest: [DemandTotals]
    /// By base and limit.
    var limits: [[LimitLoss]]

    init(
        demand: Demand, travel: TravelTimes, classes: LimitClasses, baseCount: Int,
        sectorCount: Int
    ) {
        nearest = Array(repeating: .zero, count: baseCount)
        let empty = classes.limits.map { limit in
            var loss = LimitLoss(limitInMinutes: limit)
            loss.lostBySector = Array(repeating: .zero, count: sectorCount)
            return loss
        }
        limits = Array(repeating: empty, count: baseCount)
        for (index, place) in demand.settlements.enumerated() {
            var amount = DemandTotals.zero
            amount.add(place)
            add(amount, at: place.cell, sector: place.sector, settlement: index, travel, classes)
        }
        for incident in demand.incidents {
            var amount = DemandTotals.zero
            amount.add(incident)
            add(
                amount, at: incident.cell, sector: incident.sector, settlement: nil, travel, classes
            )
        }
    }

    private mutating func add(
        _ amount: DemandTotals, at cell: Int?, sector: Int?, settlement: Int?,
        _ travel: TravelTimes, _ classes: LimitClasses
    ) {
        guard let cell else { return }
        travel.withCells { first, firstBase, second, secondBase in
            guard first[cell] < .infinity else { return }
            let base = Int(firstBase[cell])
            nearest[base] += amount
            let b = classes.of(second[cell])
            for k in classes.of(first[cell])..<classes.limits.count {
                guard b <= k else {
                    limits[base][k].lost += amount
                    if let sector { limits[base][k].lostBySector[sector] += amount }
                    if let settlement { limits[base][k].settlementsLosingCover.append(settlement) }
                    continue
                }
                for either in [base, Int(secondBase[cell])] {
                    limits[either][k].backupLost += amount
                    if let settlement {
                        limits[either][k].settlementsLosingBackup.append(settlement)
                    }
                }
            }
        }
    }
}

extension TravelTimes {
    /// The four grids, row after row.
    func withCells<Result>(
        _ body: (
            _ first: UnsafeBufferPointer<Double>, _ firstBase: UnsafeBufferPointer<UInt16>,
            _ second: UnsafeBufferPointer<Double>, _ secondBase: UnsafeBufferPointer<UInt16>
        ) -> Result
    ) -> Result {
        firstMinutes.withCells { first in
            firstBase.withCells { firstBase in
                secondMinutes.withCells { second in
                    secondBase.withCells { body(first, firstBase, second, $0) }
                }
            }
        }
    }
}
