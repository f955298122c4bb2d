import GridCore
import Synchronization

/// For every place of a list, the bases that reach it.
struct ReachTable {
    /// The bases of all places, one place after the other; ascending in each.
    private let bases: [Int]
    /// Where the bases of place `i` begin in `bases`; one more at the end.
    private let starts: [Int]

    /// Places that one worker takes at a time. The result does not depend on
    /// it.
    private static let chunk = 1024

    init(places: [Coordinate], bases sites: [BaseSite], reach: ReachMeasure, threads: Int) {
        let chunks = (places.count + Self.chunk - 1) / Self.chunk
        let slots = Mutex<[[[Int]]]>(Array(repeating: [], count: chunks))
        forEachInParallel(count: chunks, threads: threads) { _, index in
            let first = index * Self.chunk
            let lists = places[first..<min(places.count, first + Self.chunk)].map { place in
                sites.indices.filter { reach.reaches(from: sites[$0].coordinate, to: place) }
            }
            slots.withLock { $0[index] = lists }
        }
        var bases: [Int] = []
        var starts = [0]
        starts.reserveCapacity(places.count + 1)
        for list in slots.withLock({ $0 }).joined() {
            bases += list
            starts.append(bases.count)
        }
        self.bases = bases
        self.starts = starts
    }

    /// Indices of the bases that reach a place, ascending.
    subscript(place: Int) -> ArraySlice<Int> { bases[starts[place]..<starts[place + 1]] }
}
