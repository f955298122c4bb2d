import Diagnostics
import GridCore

/// Local Moran's I of irregular observations with any weights.
///
/// `I_i = (z_i / m2) sum_j w_ij z_j` with z_i = x_i - mean, m2 = sum z^2 / n
/// and weights that, by default, add up to 1 for each observation; the weight
/// of an observation to itself is left out. esda's values are (n - 1) / n
/// times these.
///
/// - Parameters:
///   - values: NaN = left out of everything, as a neighbour too.
///   - weights: a row per value.
///   - threads: changes no bit of the result.
/// - Throws: `.mismatch` when the counts differ, `.unsuitableValue` when a
///   value is infinite, `.unsuitableParameter` for a number of permutations
///   outside 0 ... 2^24.
/// - Complexity: O(weights x permutations).
///
/// Anselin 1995, Geographical Analysis 27(2); conditional moments: Sokal,
/// Oden and Thomson 1998, Geographical Analysis 30(4).
public func localMoran(
    of values: [Double], weights: SpatialWeights, options: LocalMoranOptions = .init(),
    moments: LocalMoranMoments = .conditional, threads: Int
) throws(HotspotError) -> LocalMoran {
    let sample = try MoranSample(values)
    return try LocalMoranComputation(
        sample: sample, neighbours: .list(weights), count: weights.rows.count, options: options,
        moments: moments
    ).run(threads: threads)
}

/// As `localMoran(of:weights:options:moments:threads:)` for the cells of a
/// grid, without lists of weights.
///
/// - Throws: as there, and `.unsuitableGrid` or `.unsuitableParameter` for a
///   distance band on a grid that is not in metres or a radius that is none.
public func localMoran(
    of values: Grid<Double>, neighbourhood: MoranNeighbourhood,
    options: LocalMoranOptions = .init(), moments: LocalMoranMoments = .conditional,
    threads: Int
) throws(HotspotError) -> LocalMoran {
    let sample = try MoranSample(values.cells)
    let steps = try neighbourhood.steps(on: values.spec)
    return try LocalMoranComputation(
        sample: sample, neighbours: .cells(values.shape, steps), count: values.count,
        options: options, moments: moments
    ).run(threads: threads)
}

/// Bivariate local Moran's I: `x` here against `y` around.
///
/// `I_i = zx_i sum_j w_ij zy_j`, both variables standardised with the sample
/// standard deviation (divisor n - 1). Permutations keep x_i and y_i and move
/// the other values of y; the moments are exact for that. What `x` and `y`
/// have in common in the same place is not taken out: publish both
/// directions.
///
/// - Parameters:
///   - x, y: an observation without a number in either is left out.
///   - threads: changes no bit of the result.
/// - Throws: as `localMoran(of:weights:options:moments:threads:)`.
///
/// Anselin, Syabri and Smirnov 2002, Visualizing multivariate spatial
/// correlation with dynamically linked windows.
public func localMoran(
    of x: [Double], around y: [Double], weights: SpatialWeights,
    options: LocalMoranOptions = .init(), threads: Int
) throws(HotspotError) -> LocalMoran {
    let sample = try MoranSample(x, around: y)
    return try LocalMoranComputation(
        sample: sample, neighbours: .list(weights), count: weights.rows.count, options: options,
        moments: .conditional
    ).run(threads: threads)
}

/// As `localMoran(of:around:weights:options:threads:)` for the cells of two
/// grids of one shape.
public func localMoran(
    of x: Grid<Double>, around y: Grid<Double>, neighbourhood: MoranNeighbourhood,
    options: LocalMoranOptions = .init(), threads: Int
) throws(HotspotError) -> LocalMoran {
    guard x.shape == y.shape else {
        throw HotspotError(
            .mismatch,
            "the second variable has \(y.shape.rows) x \(y.shape.columns) cells (expected "
                + "\(x.shape.rows) x \(x.shape.columns), as the first)",
            mend: "Bring both variables onto one grid")
    }
    let sample = try MoranSample(x.cells, around: y.cells)
    let steps = try neighbourhood.steps(on: x.spec)
    return try LocalMoranComputation(
        sample: sample, neighbours: .cells(x.shape, steps), count: x.count, options: options,
        moments: .conditional
    ).run(threads: threads)
}

/// A pair of variables seen from both sides.
public struct LocalMoranDirections: Sendable {
    /// The first variable here against the second around.
    public let firstAroundSecond: LocalMoran
    /// The second here against the first around.
    public let secondAroundFirst: LocalMoran
}

/// Both directions of the bivariate statistic on a grid, such as violence
/// among dryness and dryness among violence.
///
/// - Throws: as `localMoran(of:around:neighbourhood:options:threads:)`.
public func localMoranInBothDirections(
    of x: Grid<Double>, and y: Grid<Double>, neighbourhood: MoranNeighbourhood,
    options: LocalMoranOptions = .init(), threads: Int
) throws(HotspotError) -> LocalMoranDirections {
    LocalMoranDirections(
        firstAroundSecond: try localMoran(
            of: x, around: y, neighbourhood: neighbourhood, options: options, threads: threads),
        secondAroundFirst: try localMoran(
            of: y, around: x, neighbourhood: neighbourhood, options: options, threads: threads))
}
