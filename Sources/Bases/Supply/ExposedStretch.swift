import GridCore

/// The part of a supply route where recent incidents weigh most.
///
/// An incident stands at the point of the route nearest to it. Of all parts
/// of the wanted length (the whole route when it is shorter) it is one whose
/// incidents, ends included, weigh most; of equal ones the part nearest to
/// the hub. It is moved so that its incidents lie in its middle, as far as
/// the route goes.
public struct ExposedStretch: Sendable, Hashable {
    /// Metres along the route from the hub.
    public var startInMeters: Double
    public var endInMeters: Double
    /// Sum of the weights of its incidents.
    public var exposure: Double
    /// Its line, both ends included; longitude and latitude in degrees.
    public var coordinates: [Coordinate]
    /// Positions in the route's coordinates of the points that lie in it,
    /// without the hub and the base themselves: what is blocked when a way
    /// around is looked for.
    public var interiorPoints: Range<Int>

    public init(
        startInMeters: Double, endInMeters: Double, exposure: Double, coordinates: [Coordinate],
        interiorPoints: Range<Int>
    ) {
        self.startInMeters = startInMeters
        self.endInMeters = endInMeters
        self.exposure = exposure
        self.coordinates = coordinates
        self.interiorPoints = interiorPoints
    }

    /// What stands where on the route, and how much it weighs.
    struct Mark {
        var position: Double
        var weight: Double
    }

    /// nil when nothing that weighs anything stands on the route.
    init?(of line: RouteLine, marks: [Mark], lengthInMeters: Double) {
        let sorted = marks.filter { $0.weight > 0 }.sorted {
            ($0.position, $0.weight) < ($1.position, $1.weight)
        }
        var bestWeight = 0.0
        var best: Range<Int>?
        var end = 0
        for start in sorted.indices {
            while end < sorted.count,
                sorted[end].position <= sorted[start].position + lengthInMeters
            { end += 1 }
            // Added anew each time: a running sum would keep rounding errors
            // of what has left it.
            let weight = sorted[start..<end].reduce(0) { $0 + $1.weight }
            if weight > bestWeight {
                bestWeight = weight
                best = start..<end
            }
        }
        guard let best else { return nil }
        let total = line.lengthInMeters
        let length = min(lengthInMeters, total)
        let middle = (sorted[best.lowerBound].position + sorted[best.upperBound - 1].position) / 2
        let first = max(0, min(total - length, middle - length / 2))
        let last = first + length
        let inside = line.positions.indices.filter {
            $0 > 0 && $0 < line.positions.count - 1 && line.positions[$0] >= first
                && line.positions[$0] <= last
        }
        let points = (inside.first ?? 0)..<((inside.last ?? -1) + 1)
        self.init(
            startInMeters: first, endInMeters: last, exposure: bestWeight,
            coordinates: [line.coordinate(at: first)] + line.coordinates[points]
                + [line.coordinate(at: last)],
            interiorPoints: points)
    }
}
