import GridCore
import Testing

@testable import Hotspots

@Suite("Kernel density against independent numbers")
struct DensityVectorTests {
    let points: NumberTable
    let expected: NumberTable
    /// Any grid around the points: it matters for regions only.
    let spec = Vectors.spec(rows: 20, columns: 20, cell: 5000)

    init() throws {
        points = try NumberTable("hotspots/kde_points.csv")
        expected = try NumberTable("hotspots/kde_eval.csv")
    }

    private var places: [Coordinate] {
        zip(expected["x"], expected["y"]).map { Coordinate(x: $0, y: $1) }
    }

    private func incidents(weighted: Bool = false) -> [PlacedIncident] {
        points["x"].indices.map { i in
            PlacedIncident(
                position: Coordinate(x: points["x"][i], y: points["y"][i]),
                weight: weighted
                    ? IncidentWeight.fatalities.value(fatalities: Int(points["fatalities"][i]))
                    : 1,
                ageInDays: points["age_days"][i])
        }
    }

    private func density(
        _ kernel: DensityKernel, weighted: Bool = false, halfLife: Double? = nil
    ) throws -> [Double] {
        try evaluateKernelDensity(
            at: places, of: incidents(weighted: weighted), on: spec, radiusInMeters: 15_000,
            halfLifeInDays: halfLife, kernel: kernel)
    }

    @Test(
        "the six kernels equal the vectors",
        arguments: [
            (DensityKernel.quartic, "quartic"), (.epanechnikov, "epanechnikov"),
            (.uniform, "uniform"), (.triangular, "triangular"), (.triweight, "triweight"),
            (.wideGaussian, "gaussian"),
        ])
    func kernels(_ kernel: DensityKernel, _ name: String) throws {
        let own = try density(kernel)
        #expect(own.count == 100)
        #expect(
            largestDifference(own, expected[name + "_intensity"], relative: true)
                <= goldenTolerance)
    }

    @Test("weights, a half-life of 90 days, and both equal the vectors")
    func weightsAndDecay() throws {
        let cases: [(Bool, Double?, String)] = [
            (true, nil, "quartic_weighted"), (false, 90, "quartic_decay90d_halflife"),
            (true, 90, "quartic_weighted_decay"),
        ]
        for (weighted, halfLife, name) in cases {
            let own = try density(.quartic, weighted: weighted, halfLife: halfLife)
            #expect(
                largestDifference(own, expected[name], relative: true) <= goldenTolerance,
                "\(name)")
        }
    }

    @Test("without the normalizer it is the raw sum that some programs publish")
    func rawSum() throws {
        let raw = expected["quartic_raw_unnormalised"].map { $0 * 3 / (.pi * 15_000 * 15_000) }
        #expect(largestDifference(try density(.quartic), raw, relative: true) <= goldenTolerance)
    }

    @Test("cells of a grid whose centres are the places equal the vectors")
    func grid() throws {
        let tens = Vectors.spec(rows: 10, columns: 10, cell: 10_000)
        let grid = try kernelDensity(
            of: incidents(weighted: true), on: tens, radiusInMeters: 15_000,
            halfLifeInDays: 90, threads: 2)
        // The places run from the south, rows of cells from the north.
        let southToNorth = (0..<10).reversed().flatMap { row in
            (0..<10).map { grid[row, $0] }
        }
        #expect(
            largestDifference(southToNorth, expected["quartic_weighted_decay"], relative: true)
                <= goldenTolerance)
    }

    @Test("the Gaussian cut at four radii keeps its volume")
    func cutGaussian() throws {
        // exp(-8) of the volume lies outside; what is inside is raised.
        let inside = DensityKernel.gaussian.value(atMeters: 0, radiusInMeters: 1)
        let whole = DensityKernel.wideGaussian.value(atMeters: 0, radiusInMeters: 1)
        #expect(abs(inside / whole - 1.0003355752008412) <= goldenTolerance)
        #expect(DensityKernel.gaussian.value(atMeters: 4, radiusInMeters: 1) == 0)
        #expect(DensityKernel.gaussian.value(atMeters: 3.999, radiusInMeters: 1) > 0)
    }
}
