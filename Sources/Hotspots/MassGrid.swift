import Diagnostics
import GridCore

/// The mass of incidents per cell, exact.
public struct MassGrid: Sendable {
    /// Units of mass per cell; see `MassUnits`.
    public private(set) var units: Grid<Int64>
    /// The mass inside the grid.
    public private(set) var inside = MassUnits.zero
    /// The mass outside the grid: counted, never pressed into its rim.
    public private(set) var outside = MassUnits.zero
    /// How many incidents have some or all of their mass outside the grid.
    public private(set) var incidentsWithMassOutside = 0

    /// Adds up the incidents of each cell.
    ///
    /// Points, widened or not, count in the cell that holds them: cells are
    /// half-open, see `GridSpec.cell(containing:)`. Regions are split among
    /// their cells by largest remainder. `inside + outside` equals the sum
    /// of all masses exactly, and the order of incidents does not matter.
    ///
    /// - Throws: `.unsuitableGrid` unless the grid is north-up and in metres;
    ///   `.unsuitableIncident`, see `PlacedIncident`; `.unsuitableValue` when
    ///   the masses add up to more than 2^50 units.
    /// - Complexity: O(cells + incidents + cells of distinct regions).
    public init(of incidents: [PlacedIncident], on spec: GridSpec) throws(HotspotError) {
        try spec.checkMetric()
        try incidents.checkUse(on: spec.shape)
        try Self.checkTotal(incidents)
        units = Grid(spec, filledWith: 0)
        // Additions of whole numbers commute, so the order in which the
        // dictionary is walked cannot show.
        var spread: [SpreadMass: Int64] = [:]
        for incident in incidents {
            if case .region(let region) = incident.footprint {
                spread[SpreadMass(region: region, mass: incident.mass), default: 0] += 1
            } else if let cell = spec.cell(containing: incident.position) {
                units[cell] += incident.mass.units
                inside += incident.mass
            } else {
                outside += incident.mass
                incidentsWithMassOutside += 1
            }
        }
        for (item, times) in spread {
            let split = item.region.split(item.mass)
            for (cell, share) in zip(item.region.cells, split.cells) {
                units[cell] += share * times
            }
            let left = split.outside * times
            outside += MassUnits(units: left)
            inside += MassUnits(units: item.mass.units * times - left)
            if split.outside > 0 { incidentsWithMassOutside += Int(times) }
        }
    }

    private struct SpreadMass: Hashable {
        var region: SpreadRegion
        var mass: MassUnits
    }

    private static func checkTotal(_ incidents: [PlacedIncident]) throws(HotspotError) {
        var total: Int64 = 0
        for incident in incidents {
            total += incident.mass.units
            guard total <= MassUnits.largest else {
                throw HotspotError(
                    .unsuitableValue,
                    "the incidents weigh more than \(MassUnits(units: MassUnits.largest).events) "
                        + "in all (expected at most that)",
                    mend: "Check the deaths of the records, or cap the weight")
            }
        }
    }
}
