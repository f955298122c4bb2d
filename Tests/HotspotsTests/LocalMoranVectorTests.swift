import Foundation
import GridCore
import Testing
import TestSupport

@testable import Hotspots

/// How far a share of draws may lie from its chance, or two shares from each
/// other, in standard errors: one in 16,000.
private let monteCarloErrors = 4.0

@Suite("Local Moran's I against independent programs")
struct LocalMoranVectorTests {
    let esda: NumberTable
    let spdep: NumberTable
    let bivariate: NumberTable
    let events: Grid<Double>
    let dryness: Grid<Double>
    /// esda multiplies by (n - 1) / n.
    let esdaScale = 399.0 / 400

    init() throws {
        esda = try NumberTable("hotspots/local_moran_lattice20.csv")
        spdep = try NumberTable("hotspots/local_moran_lattice20_spdep.csv")
        bivariate = try NumberTable("hotspots/local_moran_bv_lattice20.csv")
        let input = try NumberTable("hotspots/lattice20_input.csv")
        events = Grid(Vectors.latticeSpec, cells: input["events"])
        dryness = Grid(Vectors.latticeSpec, cells: input["dryness"])
    }

    private func moran(
        _ moments: LocalMoranMoments = .conditional, permutations: Int = 0
    ) throws -> LocalMoran {
        try localMoran(
            of: events, neighbourhood: .queen,
            options: LocalMoranOptions(permutations: permutations, seed: 12345),
            moments: moments, threads: 2)
    }

    @Test("I, conditional moments, z and p equal spdep's")
    func conditional() throws {
        let own = try moran()
        #expect(largestDifference(own.statistic, spdep["Ii"]) <= goldenTolerance)
        #expect(largestDifference(own.expected, spdep["E_cond"]) <= goldenTolerance)
        #expect(largestDifference(own.variance, spdep["V_cond"]) <= goldenTolerance)
        #expect(largestDifference(own.z, spdep["Z_cond"]) <= goldenTolerance)
        #expect(largestDifference(own.p(.normal), spdep["p2_cond"]) <= goldenTolerance)
        #expect(own.count == 400)
    }

    @Test("total moments equal spdep's and, on its own scale, esda's I and quadrants")
    func total() throws {
        let own = try moran(.total)
        #expect(largestDifference(own.expected, spdep["E_tot"]) <= goldenTolerance)
        #expect(largestDifference(own.variance, spdep["V_tot"]) <= goldenTolerance)
        #expect(largestDifference(own.z, spdep["Z_tot"]) <= goldenTolerance)
        #expect(largestDifference(own.p(.normal), spdep["p2_tot"]) <= goldenTolerance)
        #expect(
            largestDifference(own.statistic.map { $0 * esdaScale }, esda["I"])
                <= goldenTolerance)
        #expect(own.quadrant.map { Double($0.rawValue) } == esda["q"])
        // esda's conditional z mixes two scales: it must differ.
        let conditional = try moran()
        #expect(largestDifference(conditional.z, esda["z_cond"]) > 1e-4)
    }

    @Test("a list of weights gives the same as the grid")
    func weights() throws {
        let listed = try localMoran(
            of: events.cells, weights: .queen(Vectors.lattice),
            options: LocalMoranOptions(permutations: 19, seed: 1), threads: 1)
        let gridded = try localMoran(
            of: events, neighbourhood: .queen,
            options: LocalMoranOptions(permutations: 19, seed: 1), threads: 1)
        #expect(listed.statistic == gridded.statistic)
        #expect(listed.variance == gridded.variance)
        #expect(listed.tails == gridded.tails)
    }

    @Test("simulated means of esda lie around our exact ones")
    func simulatedMoments() throws {
        let own = try moran()
        let means = zip(own.expected, own.variance).map { ($0 * esdaScale, $1.squareRoot()) }
        for (i, (mean, deviation)) in means.enumerated() {
            let error = deviation * esdaScale / 9999.0.squareRoot()
            #expect(abs(esda["EI_sim9999"][i] - mean) <= monteCarloErrors * error, "cell \(i)")
        }
        // Standard deviations of 9,999 skewed draws, to a few percent.
        let ratios = zip(esda["seI_sim9999"], own.variance).map { simulated, variance in
            variance > 0 ? simulated / (variance.squareRoot() * esdaScale) : 1
        }
        #expect(ratios.allSatisfy { abs($0 - 1) < 0.08 })
    }

    /// Whether directed p-values of esda agree with ours within Monte Carlo
    /// error.
    ///
    /// esda leaves it to rounding whether a permutation that ties with the
    /// observation is at least as high, and counts of events tie often: its
    /// p must lie between those with all ties and with none.
    private func disagreements(_ own: LocalMoran, _ theirs: [Double]) -> [Int] {
        let n = Double(own.permutations)
        return own.tails.indices.filter { i in
            let most = Double(own.tails[i].upper)
            let least = n - Double(own.tails[i].lower)
            let ends = [least, most].map { (min($0, n - $0) + 1) / (n + 1) }
            let low = min(ends[0], ends[1])
            let high = least <= n / 2 && n / 2 <= most ? 0.5 : max(ends[0], ends[1])
            let q = theirs[i]
            let error = (max(q * (1 - q), 1 / n) * (1 / n + 1 / 9999)).squareRoot()
            let slack = monteCarloErrors * error + 1 / n
            return q < low - slack || q > high + slack
        }
    }

    @Test("directed p-values agree with esda's of 9,999 permutations within their errors")
    func directed() throws {
        let own = try moran(permutations: 119)
        #expect(disagreements(own, esda["p_sim9999_directed"]) == [])
    }

    @Test("the bivariate I and its quadrants equal esda's, in both directions")
    func bothDirections() throws {
        let own = try localMoranInBothDirections(
            of: events, and: dryness, neighbourhood: .queen,
            options: LocalMoranOptions(permutations: 59, seed: 3), threads: 2)
        for (moran, name) in [
            (own.firstAroundSecond, "events_x_lagdry"), (own.secondAroundFirst, "dry_x_lagevents"),
        ] {
            #expect(
                largestDifference(moran.statistic, bivariate[name + "_I"]) <= goldenTolerance)
            #expect(
                moran.quadrant.map { Double($0.rawValue) } == bivariate[name + "_q"])
            #expect(disagreements(moran, bivariate[name + "_p9999_directed"]) == [])
            for i in moran.variance.indices {
                let deviation = moran.variance[i].squareRoot()
                let mean = bivariate[name + "_EIsim"][i]
                #expect(
                    abs(mean - moran.expected[i])
                        <= monteCarloErrors * deviation / 9999.0.squareRoot(), "cell \(i)")
                #expect(
                    abs(bivariate[name + "_seIsim"][i] / deviation - 1) < 0.08, "cell \(i)")
            }
        }
    }

    @Test("all arrangements of a 3 x 3 lattice have our mean, variance and tails")
    func enumeration() throws {
        struct Exact: Decodable {
            struct Cell: Decodable {
                var I: Double
                var mean: Double
                var var_pop: Double
                var frac_ge: Double
                var frac_le: Double
            }
            var y: [Double]
            var cells: [Cell]
        }
        let exact = try JSONDecoder().decode(
            Exact.self,
            from: Data(contentsOf: TestPaths.fixture("hotspots/lisa_exact_3x3.json")))
        let permutations = 2000
        let own = try localMoran(
            of: Grid(Vectors.spec(rows: 3, columns: 3), cells: exact.y), neighbourhood: .rook,
            options: LocalMoranOptions(permutations: permutations, seed: 9), threads: 2)
        let scale = 8.0 / 9
        let I = own.statistic.map { $0 * scale }
        #expect(largestDifference(I, exact.cells.map(\.I)) <= goldenTolerance)
        #expect(
            largestDifference(own.expected.map { $0 * scale }, exact.cells.map(\.mean))
                <= goldenTolerance)
        #expect(
            largestDifference(
                own.variance.map { $0 * scale * scale }, exact.cells.map(\.var_pop))
                <= goldenTolerance)
        let n = Double(permutations)
        for (tails, cell) in zip(own.tails, exact.cells) {
            for (count, chance) in [(tails.upper, cell.frac_ge), (tails.lower, cell.frac_le)] {
                let error = (chance * (1 - chance) / n).squareRoot()
                #expect(abs(Double(count) / n - chance) <= monteCarloErrors * error)
            }
        }
    }
}
