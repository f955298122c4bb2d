import Bases
import Foundation
import GridCore
import TestSupport

/// Golden numbers of cost distances; null is an impassable cell or one that
/// nothing reaches.
enum TransferVectors {
    struct Square: Decodable {
        struct Case: Decodable {
            var name: String
            var friction: [[Double?]]
            var cell: [Double]
            var sources: [[Int]]
            var cost: [[Double?]]
        }
        var cases: [Case]
    }

    struct OnEllipsoid: Decodable {
        struct Case: Decodable {
            var name: String
            var lon0: Double
            var lat0: Double
            var dx: Double
            var dy: Double
            var friction_min_per_m: [[Double?]]
            var sources: [[Int]]
            var per_source_minutes: [[[Double?]]]
            var nearest: [[Double?]]
            var second: [[Double?]]
            var edge_length_m: [String: Double]
        }
        var cases: [Case]
    }

    struct Octile: Decodable {
        struct Case: Decodable {
            var n: Int
            var max_rel_over: Double
            var mean_rel_over: Double
        }
        var cases: [Case]
    }

    static func read<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
        try JSONDecoder().decode(
            T.self, from: Data(contentsOf: TestPaths.fixture("transfer/\(name)")))
    }

    static func grid(_ rows: [[Double?]], _ spec: GridSpec) -> Grid<Double> {
        Grid(spec, cells: rows.joined().map { $0 ?? .infinity })
    }

    static func cells(_ pairs: [[Int]]) -> [CellIndex?] {
        pairs.map { CellIndex(row: $0[0], column: $0[1]) }
    }
}

/// A plane grid for tests, with cells of the given size.
func planeSpec(rows: Int, columns: Int, width: Double = 1, height: Double = 1) -> GridSpec {
    GridSpec(
        shape: Shape(rows: rows, columns: columns),
        geotransform: Geotransform(
            originX: 0, cellWidth: width, originY: Double(rows) * height, cellHeight: -height),
        crs: CRSIdentifier("test plane"))
}

let plane = GroundMetric.planar(metersPerUnit: 1)

/// A surface on a plane.
func planeSurface(
    _ friction: Grid<Double>, rule: MovementRule = MovementRule(), ferries: [Int: Double] = [:]
) throws -> TravelSurface {
    var field = FrictionField(minutesPerMeter: friction)
    field.crossingMinutes = ferries
    return try TravelSurface(field, rule: rule, metric: plane)
}

/// The largest difference of two lists, relative where asked; infinite when
/// they differ in length or one is infinite where the other is not.
func largestTravelDifference(_ a: [Double], _ b: [Double], relative: Bool = false) -> Double {
    guard a.count == b.count, !a.isEmpty else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        if pair.0 == pair.1 { return largest }
        let difference = abs(pair.0 - pair.1) / (relative ? abs(pair.1) : 1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
}

/// Random friction with holes, and bases on passable cells.
struct RandomGround {
    var friction: Grid<Double>
    var bases: [CellIndex?]

    init(rows: Int, columns: Int, bases count: Int, holes: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let spec = planeSpec(rows: rows, columns: columns)
        var cells = (0..<rows * columns).map { _ in
            Double.random(in: 0...1, using: &generator) < holes
                ? Double.infinity : Double.random(in: 0.5...9, using: &generator)
        }
        bases = []
        for _ in 0..<count {
            let cell = Int.random(in: 0..<cells.count, using: &generator)
            if cells[cell] == .infinity { cells[cell] = 1 }
            bases.append(CellIndex(row: cell / columns, column: cell % columns))
        }
        friction = Grid(spec, cells: cells)
    }
}
