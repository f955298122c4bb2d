import Diagnostics
import GridCore

/// An incident with the days on which it may have happened.
public struct DatedIncident: Hashable, Sendable {
    public var incident: PlacedIncident
    /// At least one day, counted as those of `TimeSteps`.
    public var days: Range<Int>

    public init(_ incident: PlacedIncident, days: Range<Int>) {
        self.incident = incident
        self.days = days
    }
}

/// Masses of incidents per cell and time step, exact.
public struct SpaceTimeCube: Sendable {
    /// Units of mass per cell of each step, the oldest first, all on the same
    /// grid; see `MassUnits`.
    public let steps: [Grid<Int64>]
    public let time: TimeSteps
    /// The mass within the steps that lies outside the grid.
    public let outsideGrid: MassUnits
    /// The mass of days before the first step and after the last.
    public let outsideTime: MassUnits

    public var spec: GridSpec { steps[0].spec }

    /// Adds up the incidents of each cell and step.
    ///
    /// The mass of an incident of several days is split evenly among them, so
    /// that the parts add up to it exactly; see `MassGrid` for the places.
    ///
    /// - Throws: as `MassGrid`, and `.unsuitableIncident` for an incident
    ///   without a day.
    /// - Complexity: O(cells x steps + incidents).
    public init(
        of incidents: [DatedIncident], on spec: GridSpec, time: TimeSteps
    ) throws(HotspotError) {
        var placed = [[PlacedIncident]](repeating: [], count: time.count)
        var inTime = MassUnits.zero
        var all = MassUnits.zero
        try incidents.map(\.incident).checkUse(on: spec.shape)
        for (index, dated) in incidents.enumerated() {
            guard !dated.days.isEmpty else {
                throw HotspotError(
                    .unsuitableIncident,
                    "incident \(index + 1) of \(incidents.count) has no day (expected at least 1)",
                    mend: "Give the first day and the day after the last")
            }
            all += dated.incident.mass
            guard all.units <= MassUnits.largest else { break }
            for step in time.steps(meeting: dated.days) {
                let common = time.days[step].clamped(to: dated.days)
                let from = common.lowerBound - dated.days.lowerBound
                var part = dated.incident
                part.mass = dated.incident.mass.share(
                    of: from..<(from + common.count), in: dated.days.count)
                inTime += part.mass
                placed[step].append(part)
            }
        }
        guard all.units <= MassUnits.largest else { throw Self.tooLarge }
        var steps: [Grid<Int64>] = []
        var outside = MassUnits.zero
        for incidents in placed {
            let mass = try MassGrid(of: incidents, on: spec)
            steps.append(mass.units)
            outside += mass.outside
        }
        self.steps = steps
        self.time = time
        outsideGrid = outside
        outsideTime = MassUnits(units: all.units - inTime.units)
    }

    /// A cube of masses that are known.
    ///
    /// - Parameter steps: one per step of `time`, on the same grid.
    /// - Throws: `.mismatch` when numbers or grids differ.
    public init(steps: [Grid<Int64>], time: TimeSteps) throws(HotspotError) {
        guard steps.count == time.count, steps.allSatisfy({ $0.spec == steps[0].spec }) else {
            throw HotspotError(
                .mismatch,
                "\(steps.count) grids for \(time.count) time steps, or grids that differ",
                mend: "Count every step on the same grid")
        }
        self.steps = steps
        self.time = time
        outsideGrid = .zero
        outsideTime = .zero
    }

    static let tooLarge = HotspotError(
        .unsuitableValue,
        "the cube holds more than \(MassUnits(units: MassUnits.largest).events) incidents in all "
            + "(expected at most that)",
        mend: "Check the deaths of the records, or cap the weight")
}

extension TimeSteps {
    /// The steps that share a day with `range`.
    fileprivate func steps(meeting range: Range<Int>) -> Range<Int> {
        // Steps are in order and without gaps between them.
        func place(of day: Int) -> Int {
            var (low, high) = (0, days.count)
            while low < high {
                let middle = (low + high) / 2
                if days[middle].upperBound <= day { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let first = place(of: range.lowerBound)
        let last = place(of: range.upperBound - 1)
        let end = last < days.count && days[last].lowerBound < range.upperBound ? last + 1 : last
        return first..<max(first, end)
    }
}
