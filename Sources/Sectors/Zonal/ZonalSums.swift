import GridCore

/// All statistics of one raster in its zones, with cells held as `Value`.
struct ZonalSums<Value: ZonalValue> {
    let reader: ZonalReader<Value>
    let request: ZonalRequest
    /// nil: no classes are asked for.
    let classAreas: CellAreas?
    let threads: Int
    /// Cells that quantiles may hold at a time.
    let mostCells: Int

    /// What the numbers stored, times the sign of the reader, are to be
    /// multiplied by, above 0, and what is then added.
    let scale: Double
    let offset: Double

    /// - Throws: what `ZonalReader.visit` throws.
    func statistics() throws -> [ZonalStatistics] {
        let coverages = reader.coverages
        let wantsQuantiles = !request.quantiles.isEmpty
        // How weights become whole numbers is known beforehand unless they
        // come from a raster.
        var units = ZonalUnits(totals: coverages.map(coveredWeight))
        let histograms = wantsQuantiles && reader.weights == nil ? self.histograms(units) : nil
        let merge = ZonalMerge(coverages)
        let visitors = (0..<threads).map { worker in
            ZonalTallyVisitor(
                spread: request.spread, classAreas: classAreas,
                place: reader.layer.place, histogram: histograms?[worker])
        }
        try reader.visit(with: visitors) { visitor, unit in
            merge.commit(visitor.takeTallies(), unit: unit)
        }
        let tallies = merge.zones
        var results = zip(coverages, tallies).map(statistics)
        guard wantsQuantiles else { return results }
        var counted = histograms ?? []
        if histograms == nil {
            units = ZonalUnits(totals: tallies.map(\.moments.weight))
            counted = self.histograms(units)
            try reader.visit(with: counted)
        }
        let quantiles = try ZonalQuantiles(
            reader: reader, units: units, quantiles: request.quantiles, threads: threads,
            mostCells: mostCells
        ).values(counted)
        for zone in results.indices {
            results[zone].quantiles = quantiles[zone].map { $0.map(scaled) }
        }
        return results
    }

    /// The weight of a zone with a value in every cell.
    private func coveredWeight(_ coverage: CellCoverage) -> Double {
        let window = coverage.window
        return (window.row..<window.row + window.rows).reduce(0) { sum, row in
            sum + coverage.coveredCells(inRow: row) * (reader.cellWeights?[row] ?? 1)
        }
    }

    private func histograms(_ units: ZonalUnits) -> [ZonalHistogram<Value>] {
        let zones = reader.coverages.count
        let bits = ZonalHistogram<Value>.bits(zones: zones, workers: threads)
        let isUniform = reader.cellWeights == nil && reader.weights == nil
        return (0..<threads).map { _ in
            ZonalHistogram(
                zones: zones, bits: bits, units: units, wholeCell: isUniform ? 1 : nil)
        }
    }

    private func statistics(_ coverage: CellCoverage, _ tally: ZonalTally) -> ZonalStatistics {
        let moments = tally.moments
        var result = ZonalStatistics()
        result.coveredCells = coverage.coveredCells
        result.count = moments.count
        result.weight = moments.weight
        result.classes = tally.classes?.classes(sign: reader.sign) ?? []
        result.quantiles = request.quantiles.map { _ in nil }
        guard moments.weight > 0 else { return result }
        result.sum = moments.sum * scale + offset * moments.weight
        result.mean = scaled(moments.sum / moments.weight)
        result.minimum = scaled(moments.low)
        result.maximum = scaled(moments.high)
        if request.spread, moments.squares.isFinite {
            result.variance = moments.squares / moments.weight * scale * scale
        }
        return result
    }

    private func scaled(_ value: Double) -> Double { value * scale + offset }
}
