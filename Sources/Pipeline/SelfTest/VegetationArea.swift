import Drought
import GridCore

/// Indices of one composite against its climatology: VCI, anomalies, z-score,
/// percentile, TCI and VHI of twenty years of dekads.
struct VegetationArea: SelfTestArea {
    static let file = "vci_family_reference.csv"
    /// The reference holds whole hundredths of a kelvin.
    private static let storedPerKelvin = 100.0
    /// The published baseline of Kenya's maps.
    private static let publishedBaseline = 2003...2012

    private let table: VectorTable
    private let years: [Int]
    private let dekads: [Int]
    private let ndvi: [Double]
    private let kelvin: [Double]
    /// Rows of each dekad of the year.
    private let slots: [[Int]]
    /// Whether a row has indices: the reference leaves out the TCI too where
    /// there is no NDVI, or less than five years of it.
    private let isReferenced: [Bool]
    private let percentiles: VectorNode

    init(_ vectors: SelfTestVectors) throws {
        table = try vectors.table(Self.file)
        let dekads = try table.integers("dekad")
        years = try table.integers("year")
        self.dekads = dekads
        ndvi = try table.numbers("ndvi")
        kelvin = try table.numbers("lst_K")
        isReferenced = zip(ndvi, try table.numbers("n_valid")).map { !$0.isNaN && $1 >= 5 }
        slots = Set(dekads).sorted().map { dekad in dekads.indices.filter { dekads[$0] == dekad } }
        percentiles = try vectors.document(DroughtRunArea.smallCases)
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        switch profile {
        case .jilaal:
            try climatology(kernels) + indices(kernels) + [conditionSeries()]
                + percentile(kernels) + temperature(kernels) + health(kernels)
        case .ndma: try [conditionSeries()] + baselineAndClamp()
        case .faoASIS:
            try temperature(kernels) + health(kernels) + [unclampedHealth()]
        case .climateIndices, .rBFAST: []
        }
    }

    private func place(_ row: Int) -> String { "\(years[row]) dekad \(dekads[row])" }

    /// A chunk with the years of a slot as cells, each with all years as its
    /// baseline, and the statistics of them.
    private func chunk(_ slot: [Int], kernels: Kernels) -> CellChunk {
        let chunk = CellChunk(planeCapacity: slot.count + 1)
        for (plane, row) in slot.enumerated() {
            for cell in slot.indices { chunk.plane(plane)[cell] = Float(ndvi[row]) }
        }
        for (cell, row) in slot.enumerated() { chunk.plane(slot.count)[cell] = Float(ndvi[row]) }
        kernels.climatology(chunk, slot.count, slot.count, true)
        return chunk
    }

    private func climatology(_ kernels: Kernels) throws -> [SelfTestCheck] {
        let count = try table.numbers("n_valid")
        let mean = try table.numbers("mean")
        let deviation = try table.numbers("sd")
        let low = try table.numbers("min")
        let high = try table.numbers("max")
        return [
            SelfTestCheck(
                "climatology, kernel", of: Self.file, tolerance: SelfTestTolerance.digits,
                isRelative: true
            ) { found in
                for slot in slots {
                    let chunk = chunk(slot, kernels: kernels)
                    for (cell, row) in slot.enumerated() {
                        found.compare(Double(chunk.count[cell]), count[row], at: place(row))
                        // The reference has the others where it has indices.
                        guard !mean[row].isNaN else { continue }
                        found.compare(chunk.mean[cell], mean[row], at: place(row))
                        found.compare(chunk.standardDeviation[cell], deviation[row], at: place(row))
                        found.compare(Double(chunk.minimum[cell]), low[row], at: place(row))
                        found.compare(Double(chunk.maximum[cell]), high[row], at: place(row))
                    }
                }
            }
        ]
    }

    private func indices(_ kernels: Kernels) throws -> [SelfTestCheck] {
        let rule = VegetationIndexRule(
            scale: 1, offset: 0, minimumYears: 5, minimumRange: 0, minimumMean: 0)
        let planes: [(String, String, (ChunkIndices) -> UnsafeMutablePointer<Float>)] = [
            ("VCI, kernel", "vci", { $0.vci }), ("anomaly, kernel", "anom", { $0.anomaly }),
            ("percent of average, kernel", "pct_of_avg", { $0.percent }),
            ("z-score, kernel", "z", { $0.zscore }),
        ]
        return try planes.map { name, column, plane in
            let expected = try table.numbers(column)
            return SelfTestCheck(
                name, of: Self.file, tolerance: SelfTestTolerance.float, isRelative: true
            ) { found in
                for slot in slots {
                    let chunk = chunk(slot, kernels: kernels)
                    let result = ChunkIndices()
                    result.compute(
                        current: UnsafePointer(chunk.plane(slot.count)), chunk: chunk,
                        cells: slot.count, rule: rule, table: .kogan, kernels: kernels)
                    for (cell, row) in slot.enumerated() {
                        found.compare(Double(plane(result)[cell]), expected[row], at: place(row))
                    }
                }
            }
        }
    }

    /// VCI and z-score of the single series in Float64.
    private func series(baseline: ClosedRange<Int>? = nil) throws -> SeriesIndices {
        try SeriesIndices(
            values: ndvi, slots: dekads,
            isBaseline: years.map { baseline?.contains($0) ?? true })
    }

    private func conditionSeries() throws -> SelfTestCheck {
        let vci = try table.numbers("vci")
        let z = try table.numbers("z")
        let own = try series()
        return SelfTestCheck(
            "VCI and z-score, series", of: Self.file, tolerance: SelfTestTolerance.digits
        ) { found in
            for row in ndvi.indices {
                found.compare(own.vci[row], vci[row], at: place(row))
                found.compare(own.zscore[row], z[row], at: place(row))
            }
        }
    }

    private func baselineAndClamp() throws -> [SelfTestCheck] {
        let whole = try table.numbers("vci")
        let published = try series(baseline: Self.publishedBaseline).vci
        return [
            SelfTestCheck(
                "VCI: baseline 2003-2012 for the whole record", of: Self.file, tolerance: nil
            ) { found in
                for row in ndvi.indices { found.compare(whole[row], published[row], at: place(row)) }
            },
            SelfTestCheck("VCI: cut to 0...100 or not", of: Self.file, tolerance: nil) { found in
                for row in ndvi.indices {
                    found.compare(
                        published[row], Self.clamped(published[row]), at: place(row))
                }
            },
        ]
    }

    private static func clamped(_ percent: Double) -> Double {
        percent.isNaN ? percent : min(max(percent, 0), 100)
    }

    private func percentile(_ kernels: Kernels) throws -> [SelfTestCheck] {
        let expected = try table.numbers("percentile_midrank")
        let midRanks = SelfTestCheck(
            "percentile by mid-rank, kernel", of: Self.file, tolerance: SelfTestTolerance.float,
            isRelative: true
        ) { found in
            for slot in slots {
                let series = slot.map { ndvi[$0] }
                let values = Self.percentiles(of: series, rule: PercentileRule(), kernels)
                for (cell, row) in slot.enumerated() {
                    found.compare(values[cell], expected[row], at: place(row))
                }
            }
        }
        let rule = PercentileRule(position: .plotting(a: 1.0 / 3, b: 1.0 / 3), minimumCount: 1)
        let plain = try percentiles("percentile_hdc")
        let gaps = try percentiles("percentile_hdc_nan")
        func peer(_ part: VectorNode, _ name: String, _ tolerance: Double?) throws -> SelfTestCheck {
            let series = try part("x").numbers()
            let reference = try part("out").numbers().map { $0 * 100 }
            return SelfTestCheck(
                name, of: part.file, tolerance: tolerance, isRelative: tolerance != nil
            ) { found in
                found.compare(
                    Self.percentiles(of: series, rule: rule, kernels), reference, in: part.path)
            }
        }
        return [
            midRanks,
            try peer(plain, "percentile by Tukey's positions, kernel", SelfTestTolerance.float),
            try peer(gaps, "percentile: gaps do not count, in hdc-algo they do", nil),
        ]
    }

    /// The percentile of every value among all of the series.
    private static func percentiles(
        of series: [Double], rule: PercentileRule, _ kernels: Kernels
    ) -> [Double] {
        let block = SeriesBlock.holding([series])
        return series.indices.map { step in
            let value = ResultPlane<Float>(1, .nan)
            kernels.percentile(
                block, step: step, baseline: Array(series.indices), rule: rule,
                into: value.pointer)
            return Double(value.values[0])
        }
    }
}

// MARK: Temperature and health

extension VegetationArea {
    private func extremes(_ slot: [Int]) -> (low: Double, high: Double, count: Int) {
        let sample = slot.map { kelvin[$0] }.filter { !$0.isNaN }
        return (sample.min() ?? .infinity, sample.max() ?? -.infinity, sample.count)
    }

    private func temperature(_ kernels: Kernels) throws -> [SelfTestCheck] {
        let expected = try table.numbers("tci")
        let single = TemperatureConditionRule(minimumRangeInKelvin: 0)
        let stored = TemperatureConditionRule(
            scale: 1 / Self.storedPerKelvin, minimumRangeInKelvin: 0)
        func inStored(_ kelvin: Double) -> Float {
            Float((kelvin * Self.storedPerKelvin).rounded())
        }
        return [
            SelfTestCheck("TCI, cell", of: Self.file, tolerance: SelfTestTolerance.digits) { found in
                for slot in slots {
                    let (low, high, count) = extremes(slot)
                    for row in slot where isReferenced[row] {
                        let value = single.value(
                            current: kelvin[row], minimum: low, maximum: high, count: count)
                        found.compare(value.value, expected[row], at: place(row))
                    }
                }
            },
            SelfTestCheck(
                "TCI, kernel", of: Self.file, tolerance: SelfTestTolerance.float, isRelative: true
            ) { found in
                for slot in slots {
                    let (low, high, count) = extremes(slot)
                    let cells = slot.count
                    var values = [Float](repeating: .nan, count: cells)
                    var reasons = [UInt8](repeating: 0, count: cells)
                    kernels.tci(
                        current: slot.map { inStored(kelvin[$0]) },
                        minimum: [Float](repeating: inStored(low), count: cells),
                        maximum: [Float](repeating: inStored(high), count: cells),
                        count: [Int32](repeating: Int32(count), count: cells), cells: cells,
                        rule: stored, into: &values, reasons: &reasons)
                    for (cell, row) in slot.enumerated() where isReferenced[row] {
                        found.compare(Double(values[cell]), expected[row], at: place(row))
                    }
                }
            },
        ]
    }

    private func health(_ kernels: Kernels) throws -> [SelfTestCheck] {
        let vci = try table.numbers("vci")
        let tci = try table.numbers("tci")
        let expected = try table.numbers("vhi")
        let rule = VegetationHealthRule.standard
        return [
            SelfTestCheck("VHI, cell", of: Self.file, tolerance: SelfTestTolerance.digits) { found in
                for row in vci.indices {
                    let value = rule.value(
                        vci: IndicatorValue(value: vci[row], reason: .ok),
                        tci: IndicatorValue(value: tci[row], reason: .ok))
                    found.compare(value.value, expected[row], at: place(row))
                }
            },
            SelfTestCheck(
                "VHI, kernel", of: Self.file, tolerance: SelfTestTolerance.float, isRelative: true
            ) { found in
                var values = [Float](repeating: .nan, count: vci.count)
                var reasons = [UInt8](repeating: 0, count: vci.count)
                kernels.vhi(
                    vci: vci.map { Float($0) }, tci: tci.map { Float($0) }, cells: vci.count,
                    rule: rule, into: &values, reasons: &reasons)
                for row in vci.indices {
                    found.compare(Double(values[row]), expected[row], at: place(row))
                }
            },
        ]
    }

    /// What it is worth to clamp VCI and TCI before they are mixed, in years
    /// outside of the baseline.
    private func unclampedHealth() throws -> SelfTestCheck {
        let vci = try series(baseline: Self.publishedBaseline).vci
        let tci = try table.numbers("tci")
        let rule = VegetationHealthRule.standard
        return SelfTestCheck(
            "VHI: components clamped, or mixed as they are", of: Self.file, tolerance: nil
        ) { found in
            for row in vci.indices where !vci[row].isNaN && !tci[row].isNaN {
                let clamped = rule.value(
                    vci: IndicatorValue(value: vci[row], reason: .ok),
                    tci: IndicatorValue(value: tci[row], reason: .ok))
                found.compare(0.5 * vci[row] + 0.5 * tci[row], clamped.value, at: place(row))
            }
        }
    }
}
