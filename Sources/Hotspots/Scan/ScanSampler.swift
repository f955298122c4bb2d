import GridCore

/// Draws the random data sets of a scan.
///
/// A replicate is a function of the seed and its number, whoever draws it.
/// Only cases in the model's steps are drawn; the others lie in no window.
struct ScanSampler: Sendable {
    private enum Null: Sendable {
        /// The location of every event, and the steps that are dealt out
        /// among them at random.
        case permutation(locations: [Int32], steps: [Int32])
        /// Cells of location and step, and one more for all other steps.
        case poisson(AliasTable, cases: Int)
    }

    private let null: Null
    private let seed: UInt64
    private let steps: Int

    init(events: ScanEvents, model: ScanModel, seed: UInt64) {
        self.seed = seed
        steps = model.steps
        switch model.expectation {
        case .permutation:
            null = .permutation(
                locations: events.locationOfEvent.map { Int32($0) },
                steps: events.stepOfEvent.filter { $0 >= model.firstStep }
                    .map { Int32($0 - model.firstStep) })
        case .poisson(let expected):
            let elsewhere =
                model.firstStep == 0
                ? 0 : max(0, Double(model.total) - expected.reduce(0, +))
            null = .poisson(AliasTable(expected + [elsewhere]), cases: model.total)
        }
    }

    /// The most cases that a replicate has in the model's steps.
    var mostCases: Int {
        switch null {
        case .permutation(_, let steps): steps.count
        case .poisson(_, let cases): cases
        }
    }

    /// Calls `body` for each case of a replicate.
    func draw(_ replicate: Int, _ body: (_ location: Int32, _ step: Int32) -> Void) {
        // The substream keeps these numbers apart from those that other
        // methods draw with the same seed.
        var random = CounterRandom(seed: seed, stream: UInt64(replicate), substream: 0x5363_616E)
        switch null {
        case .permutation(var locations, let times):
            // Each of the steps goes to one of the events that have none yet.
            locations.withUnsafeMutableBufferPointer { locations in
                for (i, step) in times.enumerated() {
                    let chosen = i + random.index(below: locations.count - i)
                    locations.swapAt(i, chosen)
                    body(locations[i], step)
                }
            }
        case .poisson(let table, let cases):
            for _ in 0..<cases {
                let cell = table.draw(&random)
                let (location, step) = cell.quotientAndRemainder(dividingBy: steps)
                if cell < table.count - 1 { body(Int32(location), Int32(step)) }
            }
        }
    }
}

extension CounterRandom {
    /// One of `0 ..< count`, all but equally likely: the difference is below
    /// count / 2^64.
    @inline(__always)
    fileprivate mutating func index(below count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }
}

/// Draws cells with given weights in constant time.
///
/// Walker 1977, ACM Transactions on Mathematical Software 3(3), 253-256; the
/// table is set up in one pass over small and large weights after Vose 1991.
struct AliasTable: Sendable {
    /// Of 2^64: how often a cell that is hit is the one drawn.
    private var own: [UInt64]
    private var alias: [Int32]

    var count: Int { own.count }

    /// Precondition: weights are not negative and their sum is positive.
    init(_ weights: [Double]) {
        let sum = weights.reduce(0, +)
        var scaled = weights.map { $0 / sum * Double(weights.count) }
        own = [UInt64](repeating: .max, count: weights.count)
        alias = weights.indices.map { Int32($0) }
        var small = scaled.indices.filter { scaled[$0] < 1 }
        var large = scaled.indices.filter { scaled[$0] >= 1 }
        while let low = small.last, let high = large.last {
            small.removeLast()
            own[low] = UInt64(scaled[low] * 0x1p53) << 11
            alias[low] = Int32(high)
            scaled[high] -= 1 - scaled[low]
            if scaled[high] < 1 {
                large.removeLast()
                small.append(high)
            }
        }
        // What is left has weight 1 but for rounding, unless it has none.
        let likeliest = weights.indices.max { weights[$0] < weights[$1] }
        for cell in small where weights[cell] == 0 {
            own[cell] = 0
            alias[cell] = Int32(likeliest ?? cell)
        }
    }

    @inline(__always)
    func draw(_ random: inout CounterRandom) -> Int {
        let (cell, rest) = random.next().multipliedFullWidth(by: UInt64(own.count))
        return rest < own[Int(cell)] ? Int(cell) : Int(alias[Int(cell)])
    }
}
