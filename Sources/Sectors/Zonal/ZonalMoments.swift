/// Sums of one raster in one part of a zone.
struct ZonalMoments: Hashable, Sendable {
    private(set) var count = 0.0
    private(set) var weight = 0.0
    private(set) var sum = 0.0
    /// Sum of weight times squared deviation from the mean.
    private(set) var squares = 0.0
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity

    /// Adds a segment. Squares are taken in a second pass over cells that are
    /// still in the cache, around their own mean, so that no digits cancel.
    mutating func add<Value>(_ segment: ZonalSegment<Value>, spread: Bool) {
        guard let weight = segment.uniformWeight else { return addCells(segment, spread) }
        let run = Value.summary(segment.values, segment.count)
        guard run.count > 0 else { return }
        var part = ZonalMoments()
        part.count = Double(run.count)
        part.weight = weight * part.count
        part.sum = weight * run.sum
        part.low = run.low
        part.high = run.high
        if spread {
            part.squares =
                weight
                * Value.squaredDeviations(
                    segment.values, segment.count, from: run.sum / part.count)
        }
        merge(part)
    }

    private mutating func addCells<Value>(_ segment: ZonalSegment<Value>, _ spread: Bool) {
        var part = ZonalMoments()
        for i in 0..<segment.count {
            let value = segment.values[i]
            let weight = segment.weight(i)
            guard value == value, weight > 0 else { continue }
            part.count += segment.fraction(i)
            part.weight += weight
            part.sum += weight * Double(value)
            part.low = Swift.min(part.low, Double(value))
            part.high = Swift.max(part.high, Double(value))
        }
        guard part.weight > 0 else { return }
        if spread {
            let mean = part.sum / part.weight
            for i in 0..<segment.count {
                let deviation = Double(segment.values[i]) - mean
                let weight = segment.weight(i)
                guard deviation == deviation, weight > 0 else { continue }
                part.squares += weight * deviation * deviation
            }
        }
        merge(part)
    }

    /// Takes in another part of the same zone.
    ///
    /// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, Updating formulae and
    /// a pairwise algorithm for computing sample variances, 1979, with
    /// weights in place of counts.
    mutating func merge(_ other: ZonalMoments) {
        guard other.weight > 0 else { return }
        guard weight > 0 else {
            self = other
            return
        }
        let difference = other.sum / other.weight - sum / weight
        squares +=
            other.squares
            + difference * difference * (weight * (other.weight / (weight + other.weight)))
        count += other.count
        weight += other.weight
        sum += other.sum
        low = Swift.min(low, other.low)
        high = Swift.max(high, other.high)
    }
}
