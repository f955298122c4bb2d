import Diagnostics
import GridCore

extension GetisOrdMap {
    /// Two-sided p-values of the cells, uncorrected, judged by `significance`;
    /// see `twoSidedP(threads:)` and
    /// `guardedP(counts:valid:radiusInMeters:threads:)`.
    public func twoSidedP(
        _ significance: Significance, counts: Grid<Int64>, valid: Grid<UInt8>,
        radiusInMeters: Double, threads: Int
    ) throws(HotspotError) -> Grid<Double> {
        switch significance {
        case .normal: twoSidedP(threads: threads)
        case .guarded:
            try guardedP(
                counts: counts, valid: valid, radiusInMeters: radiusInMeters, threads: threads)
        }
    }

    /// The larger of the normal p-value and the p-value under complete
    /// spatial randomness, two-sided and uncorrected.
    ///
    /// A cell can then be significant only when both are. NaN where z is NaN.
    /// Parameters, errors and cost as
    /// `randomnessP(counts:valid:radiusInMeters:threads:)`.
    public func guardedP(
        counts: Grid<Int64>, valid: Grid<UInt8>, radiusInMeters: Double, threads: Int
    ) throws(HotspotError) -> Grid<Double> {
        var p = try randomnessP(
            counts: counts, valid: valid, radiusInMeters: radiusInMeters, threads: threads)
        let normal = twoSidedP(threads: threads)
        p.withMutableCells { p in
            normal.withCells { normal in
                for i in p.indices where normal[i] > p[i] { p[i] = normal[i] }
            }
        }
        return p
    }

    /// How likely it is that as many incidents fall into a neighbourhood by
    /// chance, as a two-sided p-value of every cell.
    ///
    /// Given the total N of the valid cells, incidents that fall on the n
    /// valid cells independently and uniformly give a neighbourhood of W of
    /// them a binomial count of N trials and chance W / n. The p-value is
    /// twice the chance of as many or more where z is above 0, of as few or
    /// fewer where it is below, at most 1; exact whatever N, and a bound
    /// where incidents are spread over cells, which only evens counts out.
    ///
    /// The map may be one of deaths: what is counted here are incidents,
    /// because deaths do not fall one by one. 1 where z is 0, NaN where it is
    /// NaN.
    ///
    /// - Parameters:
    ///   - counts: mass of the incidents at one event each, in units; values
    ///     of cells that are not valid are ignored. See `MassGrid`.
    ///   - valid: 1 where a cell takes part; those of the map.
    ///   - radiusInMeters: the distance band of the map.
    ///   - threads: changes no bit of the result.
    /// - Throws: `.mismatch` when shapes differ, `.unsuitableValue` for a
    ///   negative count or more than 2^50 units, `.unsuitableGrid` or
    ///   `.unsuitableParameter`.
    /// - Complexity: O(cells x rows in the band), and one incomplete beta
    ///   function per different pair of count and cells.
    public func randomnessP(
        counts: Grid<Int64>, valid: Grid<UInt8>, radiusInMeters: Double, threads: Int
    ) throws(HotspotError) -> Grid<Double> {
        try counts.spec.checkMetric()
        try checkRadius(radiusInMeters, name: "Gi* radius")
        try checkCounts(counts, valid: valid)
        let band = DistanceBand(radiusInMeters: radiusInMeters, on: counts.spec)
        let summary = FieldSummary(of: counts, valid: valid, threads: threads)
        let neighbourhoods = NeighbourhoodCounts(
            .units(counts, valid: valid),
            numbers: BandCounts(
                valid: valid, validInRow: summary.validInRow, band: band, threads: threads),
            shape: counts.shape, band: band)
        let (totalUnits, cellCount) = (summary.moments.total, summary.moments.count)
        let columns = z.shape.columns
        let strips = neighbourhoods.strips
        let scratch = neighbourhoods.makeScratch(workers: max(1, min(threads, strips.count)))
        let z = z
        return Grid(z.spec) { cells in
            let output = SharedCells(cells)
            z.withCells { z in
                let z = SharedInput(z)
                forEachInParallel(count: strips.count, threads: scratch.count) { worker, job in
                    var tails = RandomnessTails(totalUnits: totalUnits, cells: cellCount)
                    neighbourhoods.forEachRow(of: strips[job], scratch: scratch[worker]) {
                        row, units, numbers in
                        for column in 0..<columns {
                            let cell = row * columns + column
                            output.cells[cell] = tails.twoSidedP(
                                z: z.cells[cell], units: units[column],
                                cells: Int(numbers[column]))
                        }
                    }
                }
            }
        }
    }

    private func checkCounts(_ counts: Grid<Int64>, valid: Grid<UInt8>) throws(HotspotError) {
        guard counts.shape == z.shape, valid.shape == z.shape else {
            throw HotspotError(
                .mismatch,
                "counts of \(counts.shape.rows) x \(counts.shape.columns) and a mask of "
                    + "\(valid.shape.rows) x \(valid.shape.columns) cells (expected "
                    + "\(z.shape.rows) x \(z.shape.columns), as the scores)",
                mend: "Count the incidents on the grid of the scores")
        }
        var total: Int64 = 0
        let flaw = counts.withCells { counts in
            valid.withCells { valid in
                counts.indices.first { i in
                    guard valid[i] != 0 else { return false }
                    guard counts[i] >= 0, counts[i] <= MassUnits.largest else { return true }
                    total += counts[i]
                    return total > MassUnits.largest
                }
            }
        }
        if let flaw {
            let (row, column) = flaw.quotientAndRemainder(dividingBy: z.shape.columns)
            throw HotspotError(
                .unsuitableValue,
                "row \(row), column \(column): the count is negative, or the counts up to here "
                    + "are more than \(MassUnits(units: MassUnits.largest).events) incidents",
                mend: "Count incidents at one event each, with MassGrid")
        }
    }
}
