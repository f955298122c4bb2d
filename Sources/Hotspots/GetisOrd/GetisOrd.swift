import Diagnostics
import GridCore

/// Getis-Ord Gi or Gi* of every cell of a grid.
///
/// `z_i = (sum_j w_ij x_j - mean W_i) / (S sqrt((n Q_i - W_i^2) / (n - 1)))`
/// with W_i = sum_j w_ij, Q_i = sum_j w_ij^2, and mean and S (divisor n) of
/// all n valid cells for Gi*; for Gi the cell itself is left out of all of
/// these. Multiplying weights by a number does not change z, so that
/// standardised rows and raw ones give the same.
///
/// Where weights are 1, sums, counts, mean and variance are formed from whole
/// numbers, exactly: equal neighbourhoods get equal z, and z does not change
/// when all values are multiplied by a power of two.
///
/// - Parameters:
///   - units: mass per cell, see `MassGrid`; values of cells that are not
///     valid are ignored.
///   - valid: 1 where a cell takes part, 0 elsewhere; same shape. See
///     `HotspotUniverse`.
///   - neighbourhood: see also `distanceBandWarning`.
///   - threads: changes no bit of the result.
/// - Returns: z and status per cell. With one valid cell or equal values all
///   valid cells are `constant`; a neighbourhood of all valid cells with
///   equal weights makes `saturated`, Gi without a neighbour `isolated`.
/// - Throws: `.unsuitableGrid`, `.unsuitableParameter`, `.mismatch`, or
///   `.unsuitableValue` when the magnitudes of the values add up to more than
///   2^50 units.
/// - Complexity: O(cells x rows in the band); with a kernel or nearest
///   neighbours O(cells x neighbours).
///
/// Ord and Getis 1995, Geographical Analysis 27(4), equations 13 and 14.
public func getisOrd(
    _ statistic: LocalGStatistic = .giStar, values units: Grid<Int64>, valid: Grid<UInt8>,
    neighbourhood: Neighbourhood, threads: Int
) throws(HotspotError) -> GetisOrdMap {
    try neighbourhood.check()
    let input = try GetisOrdInput(units: units, valid: valid, threads: threads)
    return GetisOrdMap(statistic, neighbourhood, of: input)
}

/// As `getisOrd(_:values:valid:neighbourhood:threads:)` for counts or shares
/// of incidents per cell as floating-point numbers.
///
/// - Parameter values: incidents per cell, whole multiples of 2^-20; NaN =
///   not valid.
/// - Throws: also `.unsuitableValue` when a value is infinite, larger than
///   2^30, or no multiple of 2^-20.
public func getisOrd(
    _ statistic: LocalGStatistic = .giStar, values: Grid<Double>, neighbourhood: Neighbourhood,
    threads: Int
) throws(HotspotError) -> GetisOrdMap {
    try neighbourhood.check()
    let input = try GetisOrdInput(counts: values, threads: threads)
    return GetisOrdMap(statistic, neighbourhood, of: input)
}

/// Gi* with a distance band; see
/// `getisOrd(_:values:valid:neighbourhood:threads:)`.
public func getisOrdGiStar(
    values units: Grid<Int64>, valid: Grid<UInt8>, radiusInMeters: Double, threads: Int
) throws(HotspotError) -> GetisOrdMap {
    try getisOrd(
        values: units, valid: valid,
        neighbourhood: .distanceBand(radiusInMeters: radiusInMeters), threads: threads)
}

/// Gi* with a distance band; see `getisOrd(_:values:neighbourhood:threads:)`.
public func getisOrdGiStar(
    values: Grid<Double>, radiusInMeters: Double, threads: Int
) throws(HotspotError) -> GetisOrdMap {
    try getisOrd(
        values: values, neighbourhood: .distanceBand(radiusInMeters: radiusInMeters),
        threads: threads)
}
