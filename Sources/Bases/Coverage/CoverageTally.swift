import GridCore
import Sectors
import Synchronization

/// Adds up what bases reach, zone by zone; gives a `CoverageReport`.
///
/// The nearest base of the same sector needs a sweep per sector. Those come
/// one after the other, so that memory holds one of them at a time:
///
///     var tally = CoverageTally(demand: d, zones: z, travel: t)
///     for sector in sectors { tally.addOwn(minutes: sweep(sector), ofSector: sector) }
///     let report = tally.report
///
/// One thread sums a zone from north to south with compensated sums, so the
/// bits do not depend on the number of threads.
public struct CoverageTally: Sendable {
    private let demand: Demand
    private let zones: DemandZones
    private let classes: LimitClasses
    private let threads: Int
    private var total: ZoneCoverage
    private var sectors: [ZoneCoverage]
    private var outside: ZoneCoverage
    private var districts: [ZoneCoverage]

    /// Counts what is covered and what has backup.
    ///
    /// - Parameters:
    ///   - limitsInMinutes: ascending, each above 0.
    ///   - threads: at least 1; changes no bit of the result.
    /// - Precondition: `demand`, `zones` and `travel` on one grid.
    /// - Complexity: O(cells) per kind of zone.
    public init(
        demand: Demand, zones: DemandZones, travel: TravelTimes,
        limitsInMinutes: [Double] = [60, 120, 240], threads: Int = 1
    ) {
        precondition(travel.spec.shape == demand.spec.shape, "travel times of another grid")
        self.demand = demand
        self.zones = zones
        self.threads = threads
        let classes = LimitClasses(limitsInMinutes)
        self.classes = classes
        let shape = demand.spec.shape
        var parts = [
            ZonePart(cells: .all(shape)) { _, _ in true },
            ZonePart(cells: .outside(zones.sectors, shape)) { sector, _ in sector == nil },
        ]
        for (index, cover) in zones.sectors.enumerated() {
            parts.append(ZonePart(cells: .within(cover)) { sector, _ in sector == index })
        }
        for (index, cover) in zones.districts.enumerated() {
            parts.append(ZonePart(cells: .within(cover)) { _, district in district == index })
        }
        let longest = travel.firstMinutes.withCells { cells in
            cells.reduce(0) { $1 < .infinity ? max($0, $1) : $0 }
        }
        let sweep = CoverageSweep(
            demand: demand, travel: travel, classes: classes, longest: longest)
        let slots = Mutex([ZoneCoverage?](repeating: nil, count: parts.count))
        forEachInParallel(count: parts.count, threads: threads) { [parts] _, index in
            let coverage = sweep.coverage(of: parts[index])
            slots.withLock { $0[index] = coverage }
        }
        let found = slots.withLock { $0.compactMap(\.self) }
        total = found[0]
        outside = found[1]
        sectors = Array(found[2..<2 + zones.sectors.count])
        districts = Array(found[(2 + zones.sectors.count)...])
    }

    /// Adds what a sector's own bases reach.
    ///
    /// A district's own part is what the bases of the sector reach in which
    /// it lies; in a cell that sectors share, the district has the mix of the
    /// cell.
    ///
    /// - Parameter minutes: to the nearest base of that sector. A sector that
    ///   is not added has no base, and nothing there is own.
    /// - Precondition: each sector at most once.
    public mutating func addOwn(minutes: Grid<Double>, ofSector sector: Int) {
        precondition(minutes.shape == demand.spec.shape, "travel times of another grid")
        let sweep = OwnSweep(demand: demand, minutes: minutes, classes: classes)
        let cover = zones.sectors[sector]
        let districtCovers = zones.districts
        let slots = Mutex([[DemandTotals]](repeating: [], count: districtCovers.count + 1))
        forEachInParallel(count: districtCovers.count + 1, threads: threads) { _, index in
            let own =
                index == 0
                ? sweep.covered(of: cover, within: nil) { s, _ in s == sector }
                : sweep.covered(of: cover, within: districtCovers[index - 1]) { s, d in
                    s == sector && d == index - 1
                }
            slots.withLock { $0[index] = own }
        }
        let found = slots.withLock { $0 }
        for limit in classes.limits.indices {
            sectors[sector].limits[limit].own += found[0][limit]
            total.limits[limit].own += found[0][limit]
            for district in districtCovers.indices {
                districts[district].limits[limit].own += found[district + 1][limit]
            }
        }
    }

    /// The figures of all zones.
    public var report: CoverageReport {
        CoverageReport(
            limitsInMinutes: classes.limits, total: total, sectors: sectors,
            outsideSectors: outside, districts: districts)
    }
}

/// A zone, and which settlements and incidents lie in it.
private struct ZonePart: Sendable {
    let cells: ZoneCells
    let holds: @Sendable (_ sector: Int?, _ district: Int?) -> Bool
}

/// Sums by class of time, row after row: plain inside a row, compensated over
/// rows.
struct ClassSums {
    private let count: Int
    private var row: [Double]
    private var sums: [CompensatedSum]

    init(classes: Int) {
        count = classes * Demand.layerCount
        row = Array(repeating: 0, count: count)
        sums = Array(repeating: CompensatedSum(), count: count)
    }

    @inline(__always)
    mutating func add(_ value: Double, layer: Int, class c: Int) {
        row[c * Demand.layerCount + layer] += value
    }

    mutating func endRow() {
        for i in 0..<count {
            sums[i].add(row[i])
            row[i] = 0
        }
    }

    /// What has this class.
    func totals(class c: Int) -> DemandTotals {
        DemandTotals(
            layers: (0..<Demand.layerCount).map { sums[c * Demand.layerCount + $0].value })
    }
}

/// One zone's cover, from the times to the two nearest bases.
private struct CoverageSweep: Sendable {
    let demand: Demand
    let travel: TravelTimes
    let classes: LimitClasses
    let longest: Double

    func coverage(of part: ZonePart) -> ZoneCoverage {
        let cells = part.cells
        // One class more for what no base reaches.
        let unreachable = classes.count
        var first = ClassSums(classes: classes.count + 1)
        var second = ClassSums(classes: classes.count + 1)
        var histogram = ResponseHistogram(longest: longest)
        let columnCount = demand.spec.shape.columns
        demand.withLayers { layers in
            travel.firstMinutes.withCells { firstMinutes in
                travel.secondMinutes.withCells { secondMinutes in
                    cells.forEachRow { row, columns, fractions in
                        for column in columns {
                            let share = fractions[column - columns.lowerBound]
                            guard share > 0 else { continue }
                            let i = row * columnCount + column
                            let nearest = firstMinutes[i]
                            let a = nearest < .infinity ? classes.of(nearest) : unreachable
                            let b = classes.of(secondMinutes[i])
                            for layer in 0..<Demand.layerCount {
                                guard let values = layers[layer], values[i] > 0 else { continue }
                                let amount = share * Double(values[i])
                                first.add(amount, layer: layer, class: a)
                                second.add(amount, layer: layer, class: b)
                                if layer == 0 { histogram.add(nearest, weight: amount) }
                            }
                        }
                        first.endRow()
                        second.endRow()
                    }
                }
            }
        }
        var result = collect(first, second, part.holds)
        result.response = histogram.quantiles { add in
            forEachPeople(in: cells, add)
        }
        return result
    }

    private func forEachPeople(in cells: ZoneCells, _ body: (Double, Double) -> Void) {
        let columnCount = demand.spec.shape.columns
        demand.people.withCells { people in
            travel.firstMinutes.withCells { minutes in
                cells.forEachRow { row, columns, fractions in
                    for column in columns {
                        let share = fractions[column - columns.lowerBound]
                        let i = row * columnCount + column
                        guard share > 0, people[i] > 0 else { continue }
                        body(minutes[i], share * Double(people[i]))
                    }
                }
            }
        }
    }

    /// Classes of cells, and settlements and incidents, as totals per limit.
    private func collect(
        _ first: ClassSums, _ second: ClassSums, _ holds: (Int?, Int?) -> Bool
    ) -> ZoneCoverage {
        var byFirst = (0...classes.count).map { first.totals(class: $0) }
        var bySecond = (0...classes.count).map { second.totals(class: $0) }
        for place in demand.settlements where holds(place.sector, place.district) {
            byFirst[firstClass(place.cell)].add(place)
            bySecond[classes.of(place.cell, in: travel.secondMinutes)].add(place)
        }
        for incident in demand.incidents where holds(incident.sector, incident.district) {
            byFirst[firstClass(incident.cell)].add(incident)
            bySecond[classes.of(incident.cell, in: travel.secondMinutes)].add(incident)
        }
        return ZoneCoverage(
            all: byFirst.reduce(.zero, +), unreachable: byFirst[classes.count],
            limits: classes.limits.indices.map { k in
                LimitCoverage(
                    limitInMinutes: classes.limits[k],
                    covered: byFirst[...k].reduce(.zero, +),
                    backup: bySecond[...k].reduce(.zero, +))
            }, response: ResponseTimes())
    }

    private func firstClass(_ cell: Int?) -> Int {
        guard let cell, travel.firstMinutes.withCells({ $0[cell] }) < .infinity else {
            return classes.count
        }
        return classes.of(cell, in: travel.firstMinutes)
    }
}

/// What a sector's own bases reach in the sector, or in its part of another
/// zone.
private struct OwnSweep: Sendable {
    let demand: Demand
    let minutes: Grid<Double>
    let classes: LimitClasses

    /// Totals within each limit.
    func covered(
        of cover: CellCoverage, within other: CellCoverage?, holds: (Int?, Int?) -> Bool
    ) -> [DemandTotals] {
        var sums = ClassSums(classes: classes.count)
        let columnCount = demand.spec.shape.columns
        let touches = other.map { !$0.window.intersection(cover.window).isEmpty } ?? true
        if touches {
            demand.withLayers { layers in
                minutes.withCells { minutes in
                    ZoneCells.within(other ?? cover).forEachRow { row, columns, fractions in
                        if other != nil {
                            Self.multiply(fractions, by: cover, row: row, columns: columns)
                        }
                        for column in columns {
                            let share = fractions[column - columns.lowerBound]
                            guard share > 0 else { continue }
                            let i = row * columnCount + column
                            let c = classes.of(minutes[i])
                            for layer in 0..<Demand.layerCount {
                                guard let values = layers[layer], values[i] > 0 else { continue }
                                sums.add(share * Double(values[i]), layer: layer, class: c)
                            }
                        }
                        sums.endRow()
                    }
                }
            }
        }
        var byClass = (0..<classes.count).map { sums.totals(class: $0) }
        for place in demand.settlements where holds(place.sector, place.district) {
            byClass[classes.of(place.cell, in: minutes)].add(place)
        }
        for incident in demand.incidents where holds(incident.sector, incident.district) {
            byClass[classes.of(incident.cell, in: minutes)].add(incident)
        }
        return classes.limits.indices.map { byClass[...$0].reduce(.zero, +) }
    }

    private static func multiply(
        _ fractions: UnsafeMutablePointer<Double>, by cover: CellCoverage, row: Int,
        columns: Range<Int>
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: columns.count) { buffer in
            guard let shares = buffer.baseAddress else { return }
            shares.initialize(repeating: 0, count: columns.count)
            ZoneCells.add(cover, row: row, columns: columns, factor: 1, to: shares)
            for i in 0..<columns.count { fractions[i] *= shares[i] }
        }
    }
}
