import Diagnostics
import GridCore

/// An incident as the hotspot computations see it: where on the working grid,
/// how much, how long ago, and how sharply it is located.
public struct PlacedIncident: Hashable, Sendable {
    /// Easting and northing in the metres of the grid's CRS.
    public var position: Coordinate
    /// What it adds to the counts of cells.
    public var mass: MassUnits
    /// What it adds to the density before decay: the value of the weight
    /// option times the share of the incident that lies in the time window.
    /// At least 0.
    public var weight: Double
    /// Days from the incident to the as-of moment, at least 0: an incident
    /// after the as-of moment must not reach this module.
    public var ageInDays: Double
    public var footprint: Footprint

    public init(
        position: Coordinate, mass: MassUnits = .oneEvent, weight: Double = 1,
        ageInDays: Double = 0, footprint: Footprint = .point
    ) {
        self.position = position
        self.mass = mass
        self.weight = weight
        self.ageInDays = ageInDays
        self.footprint = footprint
    }
}

/// How sharply an incident is located.
public enum Footprint: Hashable, Sendable {
    /// At its coordinate.
    case point
    /// Somewhere around its coordinate: the density kernel grows to
    /// sqrt(radius^2 + widening^2); the mass stays in the cell of the
    /// coordinate.
    case widened(byMeters: Double)
    /// Anywhere in a region: mass and density are spread over its cells in
    /// proportion to their shares; the coordinate is not used.
    case region(SpreadRegion)
}

extension [PlacedIncident] {
    /// Checks what the arithmetic relies on.
    ///
    /// - Throws: `.unsuitableIncident` for the first incident with a negative
    ///   or non-finite weight, age, mass or widening, or with a region that
    ///   reaches beyond a grid of this shape.
    func checkUse(on shape: Shape) throws(HotspotError) {
        for (index, incident) in enumerated() {
            if let cause = incident.flaw(on: shape) {
                throw HotspotError(
                    .unsuitableIncident, "incident \(index + 1) of \(count) has \(cause)",
                    mend: "Reject the record or correct it before it is placed on the grid")
            }
        }
    }
}

extension PlacedIncident {
    /// What is wrong with the incident; nil when it can be used.
    fileprivate func flaw(on shape: Shape) -> String? {
        guard weight.isFinite, weight >= 0 else {
            return "the weight \(weight) (expected a finite number, 0 or more)"
        }
        guard ageInDays.isFinite, ageInDays >= 0 else {
            return "the age \(ageInDays) days (expected 0 or more: not after the as-of moment)"
        }
        guard mass.units >= 0, mass.units <= MassUnits.largest else {
            return "a mass of \(mass.units) units (expected 0...\(MassUnits.largest))"
        }
        if case .region(let region) = footprint { return region.flaw(on: shape) }
        guard position.x.isFinite, position.y.isFinite else {
            return "the position (\(position.x), \(position.y)) (expected finite metres)"
        }
        if case .widened(let meters) = footprint, !(meters >= 0 && meters <= longestRadius) {
            return "a footprint of \(meters) m (expected 0...\(longestRadius))"
        }
        return nil
    }
}

extension SpreadRegion {
    fileprivate func flaw(on shape: Shape) -> String? {
        let columns = 0..<Swift.max(0, shape.columns)
        let rows = 0..<Swift.max(0, shape.rows)
        guard
            let cell = cells.first(where: {
                !rows.contains($0.row) || !columns.contains($0.column)
            })
        else { return nil }
        return "a region with cell (row \(cell.row), column \(cell.column)) outside a grid of "
            + "\(shape.rows) rows and \(shape.columns) columns"
    }
}
