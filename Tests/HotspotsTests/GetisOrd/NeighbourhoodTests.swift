import Diagnostics
import GridCore
import InstructionSets
import TestSupport
import Testing

@testable import Hotspots

private func field(
    rows: Int, columns: Int, seed: UInt64, gaps: Int = 6, finest: Int64 = 1
) -> (units: Grid<Int64>, valid: Grid<UInt8>) {
    var random = SeededGenerator(seed: seed)
    let spec = Vectors.spec(rows: rows, columns: columns)
    let units = (0..<spec.shape.count).map { _ in
        Int64.random(in: 0...(30 * MassUnits.unitsPerEvent / finest), using: &random) * finest
    }
    let valid = (0..<spec.shape.count).map { _ -> UInt8 in
        Int.random(in: 0..<gaps, using: &random) == 0 ? 0 : 1
    }
    return (Grid(spec, cells: units), Grid(spec, cells: valid))
}

private let neighbourhoods: [Neighbourhood] = [
    .distanceBand(radiusInMeters: 2600), .queen, .rook,
    .kernel(.quartic, radiusInMeters: 3500), .kernel(.gaussian, radiusInMeters: 900),
    .nearest(8), .nearest(5), .distanceBandAtLeast(radiusInMeters: 1000, minimum: 4),
]

@Suite("Gi and Gi* with every neighbourhood of a grid")
struct NeighbourhoodTests {
    @Test(
        "scores equal those of the listed neighbours",
        arguments: neighbourhoods, LocalGStatistic.allCases)
    func listed(_ neighbourhood: Neighbourhood, _ statistic: LocalGStatistic) throws {
        let (units, valid) = field(rows: 9, columns: 12, seed: 3)
        let map = try getisOrd(
            statistic, values: units, valid: valid, neighbourhood: neighbourhood, threads: 2)
        let rows = try (0..<108).map { i in
            try neighbourhood.members(of: CellIndex(row: i / 12, column: i % 12), valid: valid)
                .map {
                    SpatialWeights.Neighbour(
                        index: $0.cell.row * 12 + $0.cell.column, weight: $0.weight)
                }
        }
        let listed = try localG(
            statistic,
            of: zip(units.cells, valid.cells).map {
                $1 == 0 ? .nan : MassUnits(units: $0).events
            }, weights: SpatialWeights(rows: rows))
        #expect(largestDifference(map.z.cells, listed.map(\.z)) <= goldenTolerance)
        #expect(map.status.cells == listed.map(\.status.rawValue))
    }

    @Test("1, 2 and 5 threads give the same bits", arguments: neighbourhoods)
    func threads(_ neighbourhood: Neighbourhood) throws {
        let (units, valid) = field(rows: 23, columns: 31, seed: 4)
        let maps = try [1, 2, 5].map {
            try getisOrd(
                .gi, values: units, valid: valid, neighbourhood: neighbourhood, threads: $0)
        }
        for map in maps {
            #expect(map.z.cells.map(\.bitPattern) == maps[0].z.cells.map(\.bitPattern))
            #expect(map.status.cells == maps[0].status.cells)
        }
    }

    @Test("queen and rook on the lattice equal esda, band and mask too")
    func lattice() throws {
        let values = Grid(Vectors.latticeSpec, cells: try Vectors.events())
        let table = try NumberTable("hotspots/gi_lattice20.csv")
        for (statistic, neighbourhood, name) in [
            (LocalGStatistic.giStar, Neighbourhood.queen, "queen_gistar"),
            (.gi, .queen, "queen_gi"),
            (.gi, .distanceBand(radiusInMeters: 2500), "db2.5_gi"),
        ] {
            let map = try getisOrd(
                statistic, values: values, neighbourhood: neighbourhood, threads: 2)
            #expect(largestDifference(map.z.cells, table[name + "_z"]) <= goldenTolerance)
            #expect(largestDifference(map.z.cells, table[name + "_esdaR_z_WRONG"]) > 1)
            let p = map.twoSidedP(threads: 2).cells
            #expect(largestDifference(p, table[name + "_p_2s"], relative: true) <= goldenTolerance)
        }
        let kernel = try getisOrd(
            values: values, neighbourhood: .kernel(.quartic, radiusInMeters: 3500), threads: 2)
        let expected = try NumberTable("hotspots/gi_lattice20_kernelweights.csv")
        #expect(largestDifference(kernel.z.cells, expected["gistar_kernel_z"]) <= goldenTolerance)
    }

    @Test("cells at the same distance enter together, and gaps are passed over")
    func nearest() throws {
        let spec = Vectors.spec(rows: 9, columns: 9)
        var valid = Grid<UInt8>(spec, filledWith: 1)
        let center = CellIndex(row: 4, column: 4)
        func count(_ neighbourhood: Neighbourhood) throws -> Int {
            try neighbourhood.members(of: center, valid: valid).count - 1
        }
        #expect(try count(.nearest(1)) == 4)
        #expect(try count(.nearest(4)) == 4)
        #expect(try count(.nearest(5)) == 8)
        #expect(try count(.distanceBandAtLeast(radiusInMeters: 1000, minimum: 2)) == 4)
        #expect(try count(.distanceBandAtLeast(radiusInMeters: 100, minimum: 5)) == 8)
        for column in 0..<9 { valid[3, column] = 0 }
        #expect(try count(.nearest(4)) == 5)
        for row in 0..<9 { for column in 0..<9 where row + column > 0 { valid[row, column] = 0 } }
        valid[4, 4] = 1
        #expect(try count(.nearest(3)) == 1)
        let corner = CellIndex(row: 0, column: 0)
        #expect(try Neighbourhood.nearest(1).members(of: corner, valid: valid).count == 2)
    }

    @Test("Gi with a band below a cell is isolated, and a map of one cell constant")
    func small() throws {
        let (units, valid) = field(rows: 4, columns: 5, seed: 1, gaps: 100)
        let band = Neighbourhood.distanceBand(radiusInMeters: 400)
        let gi = try getisOrd(.gi, values: units, valid: valid, neighbourhood: band, threads: 1)
        #expect(gi.z.cells.allSatisfy { $0.isNaN })
        #expect(gi.status(of: CellIndex(row: 0, column: 1)) == .isolated)
        let one = Vectors.spec(rows: 1, columns: 1)
        for neighbourhood in neighbourhoods {
            let map = try getisOrd(
                values: Grid(one, filledWith: Int64(5) << 20),
                valid: Grid(one, filledWith: UInt8(1)), neighbourhood: neighbourhood, threads: 2)
            #expect(map.status.cells == [LocalStatisticStatus.constant.rawValue])
            #expect(map.z.cells == [0])
        }
    }

    @Test("numbers of neighbours below 1 and radii that are none are refused")
    func refusals() {
        let spec = Vectors.spec(rows: 3, columns: 3)
        for neighbourhood in [
            Neighbourhood.nearest(0), .distanceBandAtLeast(radiusInMeters: 1000, minimum: 0),
            .distanceBandAtLeast(radiusInMeters: -1, minimum: 3),
            .kernel(.quartic, radiusInMeters: .infinity), .distanceBand(radiusInMeters: 0),
        ] {
            let error = #expect(throws: HotspotError.self) {
                try getisOrd(
                    values: Grid<Double>(spec, filledWith: 1), neighbourhood: neighbourhood,
                    threads: 1)
            }
            #expect(error?.kind == .unsuitableParameter)
        }
    }

    @Test("sums of 32 and 64 bits, and all forms of the kernels, give the same bits")
    func widths() throws {
        // Whole events fit 32 bits; with one unit more they do not.
        let (units, valid) = field(rows: 30, columns: 70, seed: 8, finest: 1 << 20)
        let band = DistanceBand(radiusInMeters: 9000, on: units.spec)
        let input = try GetisOrdInput(units: units, valid: valid, threads: 1)
        guard case .narrow(let shift) = input.width(of: band) else {
            Issue.record("whole events need no more than 32 bits")
            return
        }
        #expect(shift == 20)
        var fine = units
        for row in 0..<30 {
            for column in 0..<70 { fine[row, column] = units[row, column] * 50 + 1 }
        }
        let wide = try GetisOrdInput(units: fine, valid: valid, threads: 1)
        guard case .wide = wide.width(of: band) else {
            Issue.record("odd units need 64 bits")
            return
        }
        let narrowLags = ExactNeighbourSums.bandLags(band, input)
        let wideLags = ExactNeighbourSums.bandLags(band, wide)
        let counts = ExactNeighbourSums(.distanceBand(radiusInMeters: 9000), of: input).counts
        for i in 0..<units.count {
            #expect(wideLags.cells[i] == narrowLags.cells[i] * 50 + Int64(counts.cells[i]))
        }
        let values = units.cells.map { MassUnits(units: $0).events } + [.nan, 0.5, -3, 1e8]
        let forms = InstructionSet.available.map { set -> ([Int64], Int) in
            var found = [Int64](repeating: 7, count: values.count)
            let summary = BandKernels.form(set).countUnits(values, values.count, &found)
            return (found, summary.missing)
        }
        for form in forms {
            #expect(form.0 == forms[0].0 && form.1 == 1)
        }
    }

    @Test("moments of fine and coarse units are exact")
    func moments() throws {
        for finest in [Int64(1), 1 << 20] {
            let (units, valid) = field(rows: 7, columns: 4200, seed: 2, finest: finest)
            let found = FieldSummary(of: units, valid: valid, threads: 2).moments
            var expected = GridMoments()
            for (unit, isValid) in zip(units.cells, valid.cells) where isValid != 0 {
                expected += GridMoments(
                    count: 1, total: unit, squares: Int128(unit) * Int128(unit), magnitude: unit)
            }
            #expect(found == expected)
            #expect(found.without(units.cells[3]).total == found.total - units.cells[3])
        }
    }
}

@Suite("Permutation p-values of Gi*")
struct GetisOrdPermutationTests {
    private func p(
        _ units: Grid<Int64>, _ valid: Grid<UInt8>, _ neighbourhood: Neighbourhood = .queen,
        replicates: Int = 199, seed: UInt64 = 1, threads: Int = 2
    ) throws -> [Double] {
        try getisOrdPermutationP(
            values: units, valid: valid, neighbourhood: neighbourhood, replicates: replicates,
            seed: seed, threads: threads
        ).cells
    }

    @Test("p-values depend on the seed, and on nothing else")
    func reproducible() throws {
        let (units, valid) = field(rows: 8, columns: 9, seed: 1)
        let first = try p(units, valid, threads: 1)
        #expect(first.map(\.bitPattern) == (try p(units, valid, threads: 5)).map(\.bitPattern))
        #expect(first.map(\.bitPattern) != (try p(units, valid, seed: 2)).map(\.bitPattern))
        #expect(zip(first, valid.cells).allSatisfy { $0.isNaN == ($1 == 0) })
    }

    @Test("p-values are those of all possible draws within their sampling error")
    func enumeration() throws {
        // One cell with two neighbours in a row of seven: 15 pairs of the
        // six others.
        let spec = Vectors.spec(rows: 1, columns: 7)
        let values: [Int64] = [3, 9, 4, 7, 0, 1, 2]
        let units = Grid<Int64>(spec, cells: values.map { $0 << 20 })
        let replicates = 9999
        let found = try p(
            units, Grid(spec, filledWith: 1), .rook, replicates: replicates)
        for cell in 1..<6 {
            let others = values.indices.filter { $0 != cell }.map { values[$0] }
            let sum = values[cell - 1] + values[cell + 1]
            var (more, fewer, all) = (0.0, 0.0, 0.0)
            for a in others.indices {
                for b in 0..<a {
                    all += 1
                    more += others[a] + others[b] >= sum ? 1 : 0
                    fewer += others[a] + others[b] <= sum ? 1 : 0
                }
            }
            let exact = min(1, 2 * min(more, fewer) / all)
            // Four standard errors of a share, doubled, and the added one.
            let tolerance = 8 * (0.25 / Double(replicates)).squareRoot() + 2e-4
            #expect(abs(found[cell] - exact) <= tolerance, "cell \(cell)")
        }
    }

    @Test("kernel weights that are all equal give the p-values of weights of 1")
    func equalWeights() throws {
        let (units, valid) = field(rows: 6, columns: 6, seed: 5)
        let band = try p(units, valid, .distanceBand(radiusInMeters: 1999))
        let kernel = try p(units, valid, .kernel(.uniform, radiusInMeters: 2000))
        #expect(band.map(\.bitPattern) == kernel.map(\.bitPattern))
        let quartic = try p(units, valid, .kernel(.quartic, radiusInMeters: 2000))
        #expect(zip(quartic, valid.cells).allSatisfy { $1 == 0 || ($0 > 0 && $0 <= 1) })
    }

    @Test("equal values give 1, no neighbours and all neighbours none")
    func degenerate() throws {
        let spec = Vectors.spec(rows: 3, columns: 3)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        let (units, _) = field(rows: 3, columns: 3, seed: 5)
        #expect(try p(Grid(spec, filledWith: 4), valid).first == 1)
        #expect(
            try p(units, valid, .distanceBand(radiusInMeters: 10)).allSatisfy { $0.isNaN })
        #expect(
            try p(units, valid, .distanceBand(radiusInMeters: 9000)).allSatisfy { $0.isNaN })
        let error = #expect(throws: HotspotError.self) { try p(units, valid, replicates: 0) }
        #expect(error?.kind == .unsuitableParameter)
    }
}
