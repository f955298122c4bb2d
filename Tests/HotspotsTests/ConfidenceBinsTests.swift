import GridCore
import Testing

@testable import Hotspots

@Suite("Confidence bins")
struct ConfidenceBinsTests {
    /// Scores of a grid as a map.
    private func map(_ z: [Double]) throws -> GetisOrdMap {
        let spec = Vectors.spec(rows: 1, columns: z.count)
        var map = try getisOrdGiStar(
            values: Grid<Double>(spec, cells: z.map { $0.isNaN ? .nan : 1 }),
            radiusInMeters: 1000, threads: 1)
        map.z = Grid(spec, cells: z)
        return map
    }

    @Test("bins with and without Benjamini-Hochberg equal the vectors")
    func vectors() throws {
        let table = try NumberTable("hotspots/gi_bins.csv")
        let map = try map(table["z"])
        let p = Grid(map.z.spec, cells: table["p2"])
        let corrected = try ConfidenceBins(of: map, twoSidedP: p)
        let plain = try ConfidenceBins(of: map, twoSidedP: p, correction: .none)
        #expect(corrected.bins.cells.map(Double.init) == table["bin_fdr"])
        #expect(plain.bins.cells.map(Double.init) == table["bin_nofdr"])
        #expect(corrected.thresholds[0] == 0.005863888279811551)
        #expect(corrected.thresholds[2] == 0.0005239940991443791)
    }

    @Test("bins of the whole way from counts equal the vectors")
    func fromCounts() throws {
        let scores = try localG(
            .giStar, of: Vectors.events(), weights: .queen(Vectors.lattice))
        let map = try map(scores.map(\.z))
        let bins = try ConfidenceBins(of: map, twoSidedP: map.twoSidedP(threads: 2))
        let expected = try NumberTable("hotspots/gi_bins.csv")["bin_fdr"]
        #expect(bins.bins.cells.map(Double.init) == expected)
    }

    @Test("a cell gets the strictest level it passes, with the sign of its score")
    func strictest() throws {
        let z = [2.7, -2.7, 2.0, -2.0, 1.7, -1.7, 1.6, 0, .nan]
        let map = try map(z)
        let bins = try ConfidenceBins(
            of: map, twoSidedP: map.twoSidedP(threads: 1), correction: .none)
        #expect(bins.bins.cells == [3, -3, 2, -2, 1, -1, 0, 0, ConfidenceBin.nodata])
        #expect(bins.bins.cells.dropLast().allSatisfy { ConfidenceBin(rawValue: $0) != nil })
        #expect(ConfidenceBin(rawValue: ConfidenceBin.nodata) == nil)
    }

    @Test("cells with equal p-values get the same decision")
    func ties() throws {
        // At .10 the bound of rank 3 of 6 is .05: all three tied cells pass,
        // though ranks 1 and 2 alone would not.
        let map = try map([1.96, 1.96, 1.96, 0.1, 0.1, 0.1])
        let p = Grid<Double>(map.z.spec, cells: [0.05, 0.05, 0.05, 0.9, 0.9, 0.9])
        let bins = try ConfidenceBins(of: map, twoSidedP: p)
        #expect(bins.bins.cells == [1, 1, 1, 0, 0, 0])
    }

    @Test("each level is tested over all cells for itself")
    func levels() throws {
        #expect(ConfidenceBin.allCases.compactMap(\.level) == [0.01, 0.05, 0.1, 0.1, 0.05, 0.01])
        for bin in ConfidenceBin.allCases {
            guard let level = bin.level else { continue }
            #expect(ConfidenceBins.levels[Int(bin.rawValue.magnitude) - 1] == level)
        }
    }
}
