import GridCore

@testable import Hotspots

/// The scan in its plainest form: every circle, every window, every ratio.
struct ScanTwin {
    struct Cylinder {
        var ratio: Double
        var zone: [Int]
        var steps: ClosedRange<Int>
        var cases: Int
        var expected: Double
        var radius: Double
        var center: Int
    }

    var places: [Coordinate]
    /// By location and step.
    var expected: [[Double]]?
    var steps: Int
    var longest: Int
    var isProspective: Bool
    var radius = Double.infinity
    var share = 1.0
    var sizes: [Double] = []

    /// Locations and radii of all circles, each centre's smallest first.
    private(set) lazy var circles: [(center: Int, radius: Double, zone: [Int])] = {
        places.indices.flatMap { center in
            let distances = places.map { place in
                let (dx, dy) = (place.x - places[center].x, place.y - places[center].y)
                return (dx * dx + dy * dy).squareRoot()
            }
            return Set(distances.filter { $0 <= radius + 1e-9 }).sorted().map { limit in
                (center, limit, places.indices.filter { distances[$0] <= limit + 1e-9 })
            }.filter { circle in
                sizes.isEmpty
                    || circle.2.reduce(0) { $0 + sizes[$1] } <= share * sizes.reduce(0, +) + 1e-9
            }
        }
    }()

    mutating func cylinders(_ cases: [(location: Int, step: Int)], total: Int) -> [Cylinder] {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: steps), count: places.count)
        for event in cases { counts[event.location][event.step] += 1 }
        return circles.flatMap { circle in
            let circle = circle
            return (0..<steps).flatMap { end -> [Cylinder] in
                if isProspective && end < steps - 1 { return [] }
                return (max(0, end - longest + 1)...end).map { start in
                    cylinder(circle, start...end, counts: counts, total: total)
                }
            }
        }
    }

    private func cylinder(
        _ circle: (center: Int, radius: Double, zone: [Int]), _ window: ClosedRange<Int>,
        counts: [[Int]], total: Int
    ) -> Cylinder {
        let inside = circle.zone.reduce(0) { $0 + counts[$1][window].reduce(0, +) }
        let mu: Double
        if let expected {
            mu = circle.zone.reduce(0) { $0 + expected[$1][window].reduce(0, +) }
        } else {
            let size = circle.zone.reduce(0) { $0 + counts[$1].reduce(0, +) }
            let inWindow = counts.reduce(0) { $0 + $1[window].reduce(0, +) }
            mu = Double(size) * Double(inWindow) / Double(total)
        }
        return Cylinder(
            ratio: scanLogLikelihoodRatio(cases: inside, expected: mu, total: total),
            zone: circle.zone, steps: window, cases: inside, expected: mu,
            radius: circle.radius, center: circle.center)
    }
}

/// Random places and events with a cluster at the end of the period.
struct ScanCase {
    var places: [Coordinate]
    var events: ScanEvents

    init(seed: UInt64, locations: Int = 25, events count: Int = 150, steps: Int = 12) throws {
        var random = CounterRandom(seed: seed)
        func index(_ count: Int) -> Int { Int(random.nextUnit() * Double(count)) }
        // On a lattice, so that there are ties and duplicate circles.
        places = (0..<locations).map { i in
            Coordinate(x: Double(i % 5) * 1000, y: Double(i / 5) * 1000)
        }
        var (of, at): ([Int], [Int]) = ([], [])
        for event in 0..<count {
            let isClustered = event % 12 == 0
            of.append(isClustered ? index(3) : index(locations))
            at.append(isClustered ? steps - 1 - index(2) : index(steps))
        }
        events = try ScanEvents(
            locations: places, stepCount: steps, locationOfEvent: of, stepOfEvent: at)
    }

    func zones(_ limits: ScanLimits = ScanLimits()) throws -> ScanZones {
        try ScanZones(
            locations: places, sizes: events.countByLocation.map { Double($0) },
            distance: .planar, limits: limits)
    }
}
