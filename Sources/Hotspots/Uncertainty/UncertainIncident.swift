import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An incident with all that its source leaves open: where, when and how many
/// died.
public struct UncertainIncident: Sendable {
    /// Where it may have happened.
    public enum Place: Sendable {
        /// At a coordinate, in the metres of the grid's CRS.
        case known(Coordinate)
        /// Anywhere within a distance of a coordinate, each square metre
        /// alike.
        case within(meters: Double, of: Coordinate)
        /// Anywhere in a region, by its shares.
        case region(SpreadRegion)
    }

    /// Names its random numbers: the same whatever order incidents come in.
    public var identity: UInt64
    public var place: Place
    /// Days on which it may have happened, each alike; numbers as those of
    /// the window.
    public var days: ClosedRange<Int>
    /// Deaths; the three are put in order before they are used.
    public var deaths: (low: Int, best: Int, high: Int)

    public init(
        identity: UInt64, place: Place, days: ClosedRange<Int>,
        deaths: (low: Int, best: Int, high: Int)
    ) {
        self.identity = identity
        self.place = place
        self.days = days
        self.deaths = deaths
    }
}

extension UncertainIncident {
    /// One of the ways in which it may have happened.
    struct Draw {
        /// nil outside the grid.
        var cell: CellIndex?
        var day: Int
        var deaths: Int
    }

    /// - Parameter totals: running sums of the shares of its region; not used
    ///   for other places.
    func draw(
        _ replicate: UInt32, seed: UInt64, on spec: GridSpec, totals: [Int64]
    ) -> Draw {
        var random = CounterRandom(seed: seed, stream: identity, substream: replicate)
        let first = random.nextUnit()
        let second = random.nextUnit()
        let day = days.lowerBound + Int(random.nextUnit() * Double(days.count))
        return Draw(
            cell: cell(first, second, on: spec, totals: totals), day: min(day, days.upperBound),
            deaths: deaths(random.nextUnit()))
    }

    private func cell(
        _ first: Double, _ second: Double, on spec: GridSpec, totals: [Int64]
    ) -> CellIndex? {
        switch place {
        case .known(let position):
            return spec.cell(containing: position)
        case .within(let meters, let center):
            let distance = meters * first.squareRoot()
            let angle = 2 * .pi * second
            return spec.cell(
                containing: Coordinate(
                    x: center.x + distance * cos(angle), y: center.y + distance * sin(angle)))
        case .region(let region):
            let wanted = Int64(first * Double(region.partsInAll))
            // The first cell whose running sum is above what is wanted.
            var (low, high) = (0, totals.count)
            while low < high {
                let middle = (low + high) / 2
                if totals[middle] > wanted { high = middle } else { low = middle + 1 }
            }
            return low < region.cells.count ? region.cells[low] : nil
        }
    }

    /// Triangular between the lowest and the highest estimate with its peak
    /// at the best one, rounded to whole persons.
    private func deaths(_ unit: Double) -> Int {
        let low = Double(min(deaths.low, deaths.best, deaths.high))
        let high = Double(max(deaths.low, deaths.best, deaths.high))
        guard low < high else { return deaths.best }
        let best = Double(deaths.best)
        let share = (best - low) / (high - low)
        let value =
            unit < share
            ? low + (unit * (high - low) * (best - low)).squareRoot()
            : high - ((1 - unit) * (high - low) * (high - best)).squareRoot()
        return Int(value.rounded())
    }
}
