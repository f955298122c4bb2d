import Foundation
import GridCore
import TestSupport
import Testing

@testable import Hotspots

/// Scores of a few units from sums of 768 numbers in another order.
private let cubeTolerance = 1e-10

@Suite("Space-time Gi*, Mann-Kendall and classes against independent programs")
struct CubeVectorTests {
    let table: NumberTable
    let cube: SpaceTimeCube
    let valid: Grid<UInt8>

    init() throws {
        table = try NumberTable("hotspots/cube12x8x8.csv")
        let spec = Vectors.spec(rows: 8, columns: 8)
        let events = table["events"]
        cube = try SpaceTimeCube(
            steps: (0..<12).map { step in
                Grid<Int64>(
                    spec,
                    cells: events[(step * 64)..<((step + 1) * 64)].map {
                        Int64($0) * MassUnits.unitsPerEvent
                    })
            }, time: TimeSteps(covering: 0..<12, daysPerStep: 1))
        valid = Grid(spec, filledWith: 1)
    }

    private func map(_ back: Int, _ window: GlobalWindow) throws -> SpaceTimeGetisOrd {
        try SpaceTimeGetisOrd(
            of: cube, valid: valid,
            neighbourhood: SpaceTimeNeighbourhood(
                space: .queen, previousSteps: back, window: window), threads: 2)
    }

    @Test(
        "scores equal dense matrices for every window",
        arguments: [
            ("gistar_queen_t1_entire", 1, GlobalWindow.entireCube),
            ("gistar_queen_t0_entire", 0, .entireCube),
            ("gistar_queen_t2_entire", 2, .entireCube),
            ("gistar_queen_t1_neighborhood", 1, .neighbourhoodSteps),
            ("gistar_queen_t0_individual", 0, .individualStep),
        ])
    func scores(_ column: (name: String, back: Int, window: GlobalWindow)) throws {
        let found = try map(column.back, column.window).z.flatMap(\.cells)
        #expect(largestDifference(found, table[column.name]) <= cubeTolerance)
    }

    @Test("with individual steps, previous steps are no neighbours")
    func individual() throws {
        let found = try map(3, .individualStep).z.flatMap(\.cells)
        #expect(largestDifference(found, table["gistar_queen_t0_individual"]) <= cubeTolerance)
    }

    @Test("bins are judged over the whole cube at once, with and without correction")
    func bins() throws {
        let map = try map(1, .entireCube)
        for (correction, name) in [
            (MultipleTesting.benjaminiHochberg, "bin_fdr_t1_entire"),
            (.none, "bin_nofdr_t1_entire"),
        ] {
            let found = CubeBins(of: map, correction: correction, threads: 2)
            #expect(found.steps.flatMap(\.cells).map { Double($0) } == table[name])
        }
        let p = (0..<768).map {
            map.twoSidedP(step: $0 / 64, cell: CellIndex(row: $0 % 64 / 8, column: $0 % 8))
        }
        #expect(largestDifference(p, table["p2_t1_entire"]) <= cubeTolerance)
    }

    @Test("trends and classes of all cells equal pymannkendall and the rules")
    func categories() throws {
        let expected = try NumberTable("hotspots/cube12x8x8_categories.csv")
        let text = try String(
            contentsOf: TestPaths.fixture("hotspots/cube12x8x8_categories.csv"), encoding: .utf8)
        let titles = text.split(whereSeparator: \.isNewline).dropFirst()
            .map { String($0.split(separator: ",")[6]) }
        let map = try map(1, .entireCube)
        let trends = CubeTrends(of: map, threads: 2)
        #expect(largestDifference(trends.statistic.cells, expected["mk_s"]) == 0)
        #expect(largestDifference(trends.variance.cells, expected["mk_var"]) <= goldenTolerance)
        #expect(largestDifference(trends.z.cells, expected["mk_z"]) <= goldenTolerance)
        #expect(largestDifference(trends.p.cells, expected["mk_p"]) <= goldenTolerance)
        let emerging = try EmergingHotspots(
            bins: CubeBins(of: map, threads: 2), trends: trends, threads: 2)
        #expect(
            emerging.classes.cells.map { EmergingClass(code: $0)?.title } == titles)
        #expect(Set(titles).count > 3)
    }

    @Test("the table of classes holds, case by case")
    func truthTable() throws {
        struct Table: Decodable {
            struct Case: Decodable {
                var bins: [Int8]
                var mk_z: Double
                var mk_p: Double
                var category: String
                var note: String
            }
            var alpha_trend: Double
            var cases: [Case]
        }
        let table = try JSONDecoder().decode(
            Table.self,
            from: Data(contentsOf: TestPaths.fixture("hotspots/ehsa_truth_table.json")))
        let rules = EmergingRules(trendLevel: table.alpha_trend)
        for row in table.cases {
            let found = rules.classify(bins: row.bins, trendZ: row.mk_z, trendP: row.mk_p)
            #expect(found.title == row.category, "\(row.note)")
        }
        #expect(table.cases.count == 27)
    }

    struct Series: Decodable {
        struct Test: Decodable {
            var p: Double?
            var z: Double?
            var s: Double?
            var var_s: Double?
            var tau: Double?
            var slope: Double?
            var intercept: Double?
        }
        var name: String
        var x: [Double?]
        var original: Test?
        var hamed_rao: Test?
        var yue_wang: Test?
        var pre_whitening: Test?
        var tfpw: Test?
    }

    @Test("Mann-Kendall tests equal pymannkendall, with ties, gaps and corrections")
    func mannKendall() throws {
        let rows = try JSONDecoder().decode(
            [Series].self,
            from: Data(contentsOf: TestPaths.fixture("hotspots/mann_kendall.json")))
        var compared = 0
        for row in rows {
            let x = row.x.map { $0 ?? .nan }
            for (expected, found) in [
                (row.original, MannKendall.original(x)), (row.hamed_rao, .hamedRao(x)),
                (row.yue_wang, .yueWang(x)), (row.pre_whitening, .prewhitening(x)),
                // Three values are too few to be detrended here.
                (row.name == "n3" ? nil : row.tfpw, .trendFreePrewhitening(x)),
            ] {
                guard let expected else { continue }
                // Where the peer has NaN the test is left uncorrected.
                guard expected.p != nil else {
                    #expect(found.p == MannKendall.original(x).p, "\(row.name)")
                    continue
                }
                for (number, reference) in [
                    (found.p, expected.p), (found.z, expected.z), (found.statistic, expected.s),
                    (found.variance, expected.var_s), (found.tau, expected.tau),
                    (found.slope, expected.slope), (found.intercept, expected.intercept),
                ] {
                    guard let reference else { continue }
                    compared += 1
                    #expect(
                        abs(number - reference) <= goldenTolerance * max(1, abs(reference)),
                        "\(row.name)")
                }
            }
        }
        #expect(compared > 200)
    }
}
