import Diagnostics
import GridCore
import Synchronization

/// What one zone holds in one part of a raster.
struct ZonalTally: Sendable {
    var moments = ZonalMoments()
    var classes: ZonalClassTally?

    mutating func merge(_ other: ZonalTally) {
        moments.merge(other.moments)
        guard let others = other.classes else { return }
        if classes == nil { classes = others } else { classes?.merge(others) }
    }
}

/// A tally with its place in the order of sums.
struct ZonalTileTally: Sendable {
    let zone: Int
    let strip: Int
    let tally: ZonalTally
}

/// Tallies of tiles on their way to sums of zones, added in the order that
/// `ZonalTiling` sets, whichever worker is first.
final class ZonalMerge: Sendable {
    private struct State {
        /// By zone and, from the first that it meets, by strip.
        var strips: [[ZonalTally]]
        var waiting: [Int: [ZonalTileTally]] = [:]
        var nextUnit = 0
    }

    private let firstStrips: [Int]
    private let state: Mutex<State>

    init(_ coverages: [CellCoverage]) {
        firstStrips = coverages.map { $0.window.column / ZonalTiling.stripColumns }
        state = Mutex(
            State(
                strips: coverages.map { coverage in
                    let window = coverage.window
                    guard !window.isEmpty else { return [] }
                    let last = (window.column + window.columns - 1) / ZonalTiling.stripColumns
                    let count = last - window.column / ZonalTiling.stripColumns + 1
                    return Array(repeating: ZonalTally(), count: count)
                }))
    }

    /// Takes in the tallies of a unit; those of later units wait.
    func commit(_ tallies: [ZonalTileTally], unit: Int) {
        state.withLock { state in
            state.waiting[unit] = tallies
            while let ready = state.waiting.removeValue(forKey: state.nextUnit) {
                state.nextUnit += 1
                for part in ready {
                    state.strips[part.zone][part.strip - firstStrips[part.zone]].merge(part.tally)
                }
            }
        }
    }

    /// The sum of every zone.
    var zones: [ZonalTally] {
        state.withLock { state in
            state.strips.map { strips in
                strips.reduce(into: ZonalTally()) { $0.merge($1) }
            }
        }
    }
}

/// Sums the segments of tiles and, where there is a histogram, counts them.
///
/// `@unchecked Sendable`: one worker uses it at a time.
final class ZonalTallyVisitor<Value: ZonalValue>: ZonalVisitor, @unchecked Sendable {
    private let spread: Bool
    /// Of classes; nil: none are asked for.
    private let cellAreas: CellAreas?
    private let place: Place
    let histogram: ZonalHistogram<Value>?
    private var tally = ZonalTally()
    private var finished: [ZonalTileTally] = []

    init(
        spread: Bool, classAreas: CellAreas?, place: Place, histogram: ZonalHistogram<Value>?
    ) {
        self.spread = spread
        cellAreas = classAreas
        self.place = place
        self.histogram = histogram
    }

    func visit(zone: Int, _ segment: ZonalSegment<Value>) {
        tally.moments.add(segment, spread: spread)
        if let cellAreas {
            var classes = tally.classes.take() ?? ZonalClassTally()
            classes.add(segment, cellArea: cellAreas[segment.row])
            tally.classes = classes
        }
        histogram?.visit(zone: zone, segment)
    }

    func endTile(zone: Int, strip: Int) throws(ZonalError) {
        try tally.classes?.check(place)
        finished.append(ZonalTileTally(zone: zone, strip: strip, tally: tally))
        tally = ZonalTally()
    }

    /// The tallies since the last call, in the order of the tiles.
    func takeTallies() -> [ZonalTileTally] {
        defer { finished.removeAll(keepingCapacity: true) }
        return finished
    }
}
