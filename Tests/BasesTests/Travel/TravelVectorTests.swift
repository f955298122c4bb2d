import Bases
import GridCore
import Testing

/// Sums of some dozens of steps of up to 15 minutes, added in the same order.
private let squareTolerance = 1e-9
/// PROJ and pyproj compute the same geodesics; the sums are of some ten steps.
private let geodesicTolerance = 1e-6

@Suite struct TravelVectorTests {
    @Test("least costs on square and oblong cells equal the peer's") func squares() throws {
        let cases = try TransferVectors.read(
            TransferVectors.Square.self, "cost_distance_square.json").cases
        #expect(cases.count == 9)
        for c in cases {
            let spec = planeSpec(
                rows: c.friction.count, columns: c.friction[0].count, width: c.cell[1],
                height: c.cell[0])
            let friction = TransferVectors.grid(c.friction, spec)
            let surface = try planeSurface(friction, rule: MovementRule(corners: .open))
            let times = try surface.nearest(to: TransferVectors.cells(c.sources))
            let golden = TransferVectors.grid(c.cost, spec).cells
            #expect(
                largestTravelDifference(times.minutes.cells, golden) <= squareTolerance, "\(c.name)"
            )
        }
    }

    @Test("the gap rule closes the diagonal leak that peers leave open") func leak() throws {
        let cases = try TransferVectors.read(
            TransferVectors.Square.self, "cost_distance_square.json").cases
        let c = try #require(cases.first { $0.name == "diagonal_leak" })
        let friction = TransferVectors.grid(c.friction, planeSpec(rows: 5, columns: 5))
        for moves in MovementRule.Moves.allCases {
            for corners in [MovementRule.Corners.gap, .strict] {
                let surface = try planeSurface(
                    friction, rule: MovementRule(moves: moves, corners: corners))
                let times = try surface.nearest(to: TransferVectors.cells(c.sources))
                #expect(times.minutes.cells.filter { $0 < .infinity } == [0])
            }
        }
    }

    @Test("on the ellipsoid lengths, nearest and second equal the peer's") func ellipsoid() throws {
        let cases = try TransferVectors.read(
            TransferVectors.OnEllipsoid.self, "cost_distance_geodesic.json").cases
        #expect(cases.count == 3)
        for c in cases {
            let spec = GridSpec(
                shape: Shape(
                    rows: c.friction_min_per_m.count, columns: c.friction_min_per_m[0].count),
                geotransform: Geotransform(
                    originX: c.lon0, cellWidth: c.dx, originY: c.lat0, cellHeight: -c.dy),
                crs: .wgs84)
            let field = FrictionField(
                minutesPerMeter: TransferVectors.grid(c.friction_min_per_m, spec))
            // The peer lets diagonal steps pass.
            let surface = try TravelSurface(field, rule: MovementRule(corners: .open))
            #expect(surface.metric == .geodesic)
            for (key, length) in c.edge_length_m {
                let parts = key.split(separator: ",").compactMap { Int($0) }
                let ours =
                    parts[1] == 0
                    ? surface.lengths.eastWest[parts[0]]
                    : parts[2] == 0
                        ? surface.lengths.northSouth[parts[0]] : surface.lengths.diagonal[parts[0]]
                #expect(abs(ours / length - 1) <= geodesicTolerance)
            }
            let bases = TransferVectors.cells(c.sources)
            let times = try surface.twoNearest(to: bases)
            func close(_ a: Grid<Double>, _ golden: [[Double?]]) -> Bool {
                largestTravelDifference(
                    a.cells, TransferVectors.grid(golden, spec).cells, relative: true)
                    <= geodesicTolerance
            }
            #expect(close(times.firstMinutes, c.nearest), "\(c.name)")
            #expect(close(times.secondMinutes, c.second), "\(c.name)")
            for base in bases.indices {
                let alone = try surface.nearest(to: [bases[base]])
                #expect(close(alone.minutes, c.per_source_minutes[base]), "\(c.name) \(base)")
            }
        }
    }

    @Test("eight moves overestimate lines by 8.24 %, sixteen by 2.79 %") func metricError() throws {
        let golden = try #require(
            TransferVectors.read(TransferVectors.Octile.self, "octile_metric_error.json").cases.first)
        func overestimate(_ moves: MovementRule.Moves) throws -> (most: Double, mean: Double) {
            let n = golden.n
            let surface = try planeSurface(
                Grid(planeSpec(rows: n, columns: n), filledWith: 1),
                rule: MovementRule(moves: moves))
            let middle = CellIndex(row: n / 2, column: n / 2)
            let minutes = try surface.nearest(to: [middle]).minutes
            var errors: [Double] = []
            for row in 0..<n {
                for column in 0..<n where (row, column) != (n / 2, n / 2) {
                    let y = Double(row - n / 2)
                    let x = Double(column - n / 2)
                    errors.append(minutes[row, column] / (x * x + y * y).squareRoot() - 1)
                }
            }
            return (errors.max() ?? 0, errors.reduce(0, +) / Double(errors.count))
        }
        let eight = try overestimate(.eight)
        #expect(abs(eight.most - golden.max_rel_over) <= 1e-6)
        #expect(abs(eight.mean - golden.mean_rel_over) <= 1e-6)
        let sixteen = try overestimate(.sixteen)
        // 1 / cos(half the widest angle between moves, atan(1/2)) - 1 = 2.749 %.
        #expect(sixteen.most > 0.02 && sixteen.most <= 0.0279)
    }
}
