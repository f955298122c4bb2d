/// Exact quantiles of zones without keeping their values.
///
/// A histogram by the upper bits of the values tells the narrow range in which
/// each quantile lies, and the count and weight below it. A second reading
/// collects the values of these ranges alone. Ranges that hold too many are
/// split first, by one more reading per eight bits, until one value is left:
/// a constant raster costs time but no memory.
struct ZonalQuantiles<Value: ZonalValue> {
    let reader: ZonalReader<Value>
    let units: ZonalUnits
    let quantiles: [ZonalRequest.Quantile]
    let threads: Int
    /// Cells that are collected at most, of all zones.
    let mostCells: Int

    /// The quantiles of every zone in the order of the request; nil where a
    /// zone has no value.
    ///
    /// - Parameter histograms: of the workers, which saw every cell once.
    /// - Throws: what `ZonalReader.visit` throws.
    func values(_ histograms: [ZonalHistogram<Value>]) throws -> [[Double?]] {
        let zones = reader.coverages.count
        var targets = (0..<zones).flatMap { zone in
            let bins = ZonalHistogram.bins(histograms, zone: zone)
            return quantiles.enumerated().compactMap { index, quantile in
                QuantileTarget(zone: zone, index: index, quantile: quantile, bins: bins)
            }
        }
        let most = max(1, mostCells / max(1, targets.count))
        while true {
            let wide = Self.spans(
                targets.lazy.filter { target in
                    target.core.count > most
                        && target.core.keys.lowerBound < target.core.keys.upperBound
                })
            if wide.isEmpty { break }
            let refiners = (0..<threads).map { _ in
                QuantileRefiner(wide, zones: zones, units: units)
            }
            try reader.visit(with: refiners)
            for index in targets.indices {
                let own = QuantileSpan<Value>(targets[index])
                guard let number = wide.firstIndex(where: own.isSame) else { continue }
                targets[index].narrow(to: QuantileRefiner.parts(refiners, span: number))
            }
        }
        return try values(of: targets)
    }

    private func values(of targets: [QuantileTarget<Value.Key>]) throws -> [[Double?]] {
        let zones = reader.coverages.count
        let spans = Self.spans(targets.lazy.filter { !$0.isFound })
        let collectors = (0..<threads).map { _ in
            QuantileCollector(spans, zones: zones, units: units)
        }
        if !spans.isEmpty { try reader.visit(with: collectors) }
        var values = Array(
            repeating: [Double?](repeating: nil, count: quantiles.count), count: zones)
        var numbers: [Int: [Int]] = [:]
        for (number, span) in spans.enumerated() { numbers[span.zone, default: []].append(number) }
        for target in targets {
            let own = QuantileSpan<Value>(target)
            if target.isFound {
                values[target.zone][target.index] = Double(Value(key: target.core.keys.lowerBound))
            } else if let number = numbers[target.zone]?.first(where: { own.isSame(as: spans[$0]) }) {
                let (groups, precedes) = QuantileCollector.groups(collectors, span: number)
                values[target.zone][target.index] = target.value(groups, precedes: precedes)
            }
        }
        return values
    }

    /// The cores of targets, each once. Targets come zone after zone.
    private static func spans(
        _ targets: some Sequence<QuantileTarget<Value.Key>>
    ) -> [QuantileSpan<Value>] {
        targets.reduce(into: []) { spans, target in
            let span = QuantileSpan<Value>(target)
            let known = spans.reversed().prefix { $0.zone == span.zone }
            if !known.contains(where: span.isSame) { spans.append(span) }
        }
    }
}
