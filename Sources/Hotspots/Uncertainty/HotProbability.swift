import Diagnostics
import GridCore
import Synchronization

/// In how many of the ways in which incidents may have happened a cell is
/// hot.
public struct HotProbability: Sendable {
    /// Draws in which each cell was hot.
    public let hotDraws: Grid<Int32>
    public let draws: Int

    /// The share of draws in which a cell is hot, 0...1.
    public subscript(cell: CellIndex) -> Double { Double(hotDraws[cell]) / Double(draws) }

    /// Half the width of the 95 % interval that so many draws leave, at most.
    public var largestError: Double { 1.96 * 0.5 / Double(draws).squareRoot() }
}

/// The masses of one draw.
public struct DrawnMasses: Sendable {
    /// In the weight chosen.
    public var mass: Grid<Int64>
    /// Incidents, each one event.
    public var events: Grid<Int64>
}

/// Probability that cells are hot, over what the sources leave open of each
/// incident.
///
/// Each draw puts every incident at one place, on one day and with one number
/// of deaths that its source allows; those drawn outside the window are left
/// out. All incidents are drawn on their own: no source says how their errors
/// go together.
///
/// - Parameters:
///   - incidents: all that may fall into the window. Order does not matter.
///   - window: days that count.
///   - weight: what an incident counts.
///   - draws: above 0. With 200 a probability is known to at most 0.07 on
///     either side (95 %).
///   - judge: bins of `ConfidenceBin` of the masses of a draw; called on many
///     threads at once.
///   - minimumBin: a cell is hot from this bin on.
///   - threads: changes nothing of the result.
/// - Throws: `.unsuitableParameter` without draws; what `judge` throws.
///
/// A Monte Carlo propagation of coding uncertainty as in JCGM 101:2008.
public func hotProbability(
    of incidents: [UncertainIncident], on spec: GridSpec, window: ClosedRange<Int>,
    weight: IncidentWeight, draws: Int, seed: UInt64, minimumBin: Int, threads: Int,
    judge: @escaping @Sendable (DrawnMasses) throws -> Grid<Int8>
) throws -> HotProbability {
    guard draws > 0 else {
        throw HotspotError(
            .unsuitableParameter, "the number of draws is \(draws) (expected 1 or more)",
            mend: "Ask for some hundred draws")
    }
    // Running sums once for each region: provinces are shared by many.
    var totals: [SpreadRegion: [Int64]] = [:]
    for incident in incidents {
        if case .region(let region) = incident.place, totals[region] == nil {
            totals[region] = region.runningTotals
        }
    }
    let regions = incidents.map { incident -> [Int64] in
        if case .region(let region) = incident.place { totals[region] ?? [] } else { [] }
    }
    let hot = Mutex([Int32](repeating: 0, count: spec.shape.count))
    _ = try mapInParallel(count: draws, threads: threads) { _, draw in
        var mass = Grid<Int64>(spec, filledWith: 0)
        var events = Grid<Int64>(spec, filledWith: 0)
        for (incident, totals) in zip(incidents, regions) {
            let drawn = incident.draw(UInt32(draw), seed: seed, on: spec, totals: totals)
            guard let cell = drawn.cell, window.contains(drawn.day) else { continue }
            mass[cell] += weight.mass(fatalities: drawn.deaths).units
            events[cell] += MassUnits.unitsPerEvent
        }
        let bins = try judge(DrawnMasses(mass: mass, events: events))
        // Whole numbers: the order of draws cannot show.
        hot.withLock { hot in
            bins.withCells { bins in
                for i in bins.indices
                where bins[i] != ConfidenceBin.nodata && Int(bins[i]) >= minimumBin {
                    hot[i] += 1
                }
            }
        }
    }
    return HotProbability(hotDraws: Grid(spec, cells: hot.withLock { $0 }), draws: draws)
}
