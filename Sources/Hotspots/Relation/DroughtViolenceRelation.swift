import Diagnostics
import GridCore

/// How incidents go with dryness some steps before, per zone and over all
/// zones, with intervals. It says how often the two come together, not that
/// one brings the other.
///
/// Correlations are those of anomalies: from each value the mean of its zone
/// and calendar period over all years is taken, so that a rainy season shared
/// by both is not mistaken for a relation, and the rest is divided by its
/// standard deviation in the zone, so that zones count alike when pooled. A
/// period with a single year has no anomaly; a zone whose anomalies never
/// vary stays out of the pooled correlations. Odds are counted from the
/// flags as they are; pooled, they mix zones, so flags should be relative to
/// the zone (as a standardised index is).
///
/// Intervals are the 2.5 and 97.5 percent points (linear between order
/// statistics) of samples that draw whole years with replacement, a pair
/// belonging to the year of its later step: steps of one year are not
/// independent. Anomalies are not formed anew in each sample. With many zones
/// and lags one interval in twenty lies off "none" by chance alone.
///
/// - Parameters:
///   - steps: consecutive, of equal length, in order of time.
///   - zones: series of that many steps.
///   - threads: changes no bit of the result.
/// - Returns: all lags pooled, then all lags of each zone in its order; the
///   rows of a zone do not depend on the other zones.
/// - Throws: `.mismatch` when a series has another length or two zones one
///   name; `.unsuitableValue` for infinite values or counts below 0;
///   `.unsuitableParameter` for a lag below 0 or fewer than 2 samples.
/// - Complexity: O(lags x zones x steps x samples).
///
/// Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 8
/// and 13; Haldane 1956, Annals of Human Genetics 20(4); Anscombe 1956,
/// Biometrika 43.
public func droughtViolenceRelation(
    steps: [RelationStep], zones: [RelationZone], options: RelationOptions = .init(),
    threads: Int
) throws(HotspotError) -> [RelationRow] {
    try checkRelation(steps: steps, zones: zones, options: options)
    let prepared = zones.map { ZoneAnomalies($0, steps: steps) }
    // The pool has one order whatever that of the zones.
    let pool = prepared.sorted { $0.name < $1.name }
    let lags = options.longestLag + 1
    let count = lags * (zones.count + 1)
    var rows = [RelationRow?](repeating: nil, count: count)
    rows.withUnsafeMutableBufferPointer { rows in
        let output = SharedCells(rows)
        forEachInParallel(count: count, threads: threads) { _, job in
            let (group, lag) = job.quotientAndRemainder(dividingBy: lags)
            let members = group == 0 ? pool : [prepared[group - 1]]
            let sample = RelationSample(
                members, isPooled: group == 0, steps: steps, lag: lag, options: options)
            output.cells[job] = sample.row(options)
        }
    }
    return rows.compactMap { $0 }
}

private func checkRelation(
    steps: [RelationStep], zones: [RelationZone], options: RelationOptions
) throws(HotspotError) {
    guard options.longestLag >= 0, options.resamples >= 2,
        options.resamples <= LocalMoranOptions.mostPermutations
    else {
        throw HotspotError(
            .unsuitableParameter,
            "lags up to \(options.longestLag) and \(options.resamples) bootstrap samples "
                + "(expected 0 or more, and 2 to \(LocalMoranOptions.mostPermutations))",
            mend: "Use lags up to 6 months and 2000 samples")
    }
    var names: Set<String> = []
    for zone in zones {
        guard names.insert(zone.name).inserted else {
            throw HotspotError(
                .mismatch, "two zones are called \"\(zone.name)\" (expected different names)",
                mend: "Give each zone its own name")
        }
        let lengths = [
            zone.dryness.count, zone.isDry.count, zone.incidents.count,
            zone.isHot?.count ?? steps.count,
        ]
        if let length = lengths.first(where: { $0 != steps.count }) {
            throw HotspotError(
                .mismatch,
                "a series of zone \"\(zone.name)\" has \(length) steps (expected "
                    + "\(steps.count))",
                mend: "Give a value, or none, for every step")
        }
        guard zone.dryness.allSatisfy({ !$0.isInfinite }),
            zone.incidents.allSatisfy({ $0.isNaN || ($0 >= 0 && $0.isFinite) })
        else {
            throw HotspotError(
                .unsuitableValue,
                "zone \"\(zone.name)\" has an infinite dryness or a number of incidents below "
                    + "0 or infinite (expected numbers, or NaN for none)",
                mend: "Correct the value or set it to NaN")
        }
    }
}
