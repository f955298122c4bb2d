import Diagnostics
import GridCore

/// Getis-Ord Gi* of every cell, with a binary distance band.
///
/// `z_i = (sum_j w_ij x_j - mean W_i) / (S sqrt((n W_i - W_i^2) / (n - 1)))`
/// with w_ij = 1 for the valid cells whose centres lie within the radius
/// (inclusive, the cell itself too) and 0 for the others, W_i their number,
/// and mean and S (divisor n) those of all n valid cells.
///
/// Sums, counts, mean and variance are formed from whole numbers, exactly:
/// equal neighbourhoods get equal z, and z does not change when all values
/// are multiplied by a power of two.
///
/// - Parameters:
///   - units: mass per cell, see `MassGrid`; values of cells that are not
///     valid are ignored.
///   - valid: 1 where a cell takes part, 0 elsewhere; same shape. See
///     `HotspotUniverse`.
///   - radiusInMeters: above 0. See also `distanceBandWarning`.
///   - threads: changes no bit of the result.
/// - Returns: z and status per cell. With one valid cell or equal values all
///   valid cells are `constant`; a band that holds all valid cells makes
///   `saturated`.
/// - Throws: `.unsuitableGrid`, `.unsuitableParameter`, `.mismatch`, or
///   `.unsuitableValue` when the magnitudes of the values add up to more than
///   2^50 units.
/// - Complexity: O(cells x rows in the band).
///
/// Ord and Getis 1995, Geographical Analysis 27(4), equation 14.
public func getisOrdGiStar(
    values units: Grid<Int64>, valid: Grid<UInt8>, radiusInMeters: Double, threads: Int
) throws(HotspotError) -> GetisOrdMap {
    try units.spec.checkMetric()
    try checkRadius(radiusInMeters, name: "Gi* radius")
    guard valid.shape == units.shape else {
        throw HotspotError(
            .mismatch,
            "the mask has \(valid.shape.rows) x \(valid.shape.columns) cells (expected "
                + "\(units.shape.rows) x \(units.shape.columns), as the values)",
            mend: "Make the mask on the grid of the values")
    }
    let moments = GridMoments(of: units, valid: valid, threads: threads)
    guard !moments.isTooLarge else {
        throw HotspotError(
            .unsuitableValue,
            "the cells hold more than \(MassUnits(units: MassUnits.largest).events) incidents "
                + "in all (expected at most that)",
            mend: "Check the deaths of the records, or cap the weight")
    }
    let band = DistanceBand(radiusInMeters: radiusInMeters, on: units.spec)
    let sums = BandSums(units: units, valid: valid, band: band, threads: threads)
    return GetisOrdMap(sums, valid: valid, moments: moments, threads: threads)
}

/// As `getisOrdGiStar(values:valid:radiusInMeters:threads:)` for counts or
/// shares of incidents per cell as floating-point numbers.
///
/// - Parameter values: incidents per cell, whole multiples of 2^-20; NaN =
///   not valid.
/// - Throws: also `.unsuitableValue` when a value is infinite, larger than
///   2^30, or no multiple of 2^-20.
public func getisOrdGiStar(
    values: Grid<Double>, radiusInMeters: Double, threads: Int
) throws(HotspotError) -> GetisOrdMap {
    let counts = CountUnits(of: values, threads: threads)
    if let cell = counts.firstFlaw {
        throw HotspotError(
            .unsuitableValue,
            "row \(cell.row), column \(cell.column): the value \(values[cell]) is not a whole "
                + "number of 2^-20 incidents (expected a finite count or share)",
            mend: "Set cells without a value to NaN and round shares to 2^-20")
    }
    return try getisOrdGiStar(
        values: counts.units, valid: counts.valid, radiusInMeters: radiusInMeters,
        threads: threads)
}
