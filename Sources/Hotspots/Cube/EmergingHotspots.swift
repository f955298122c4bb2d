import Diagnostics
import GridCore

/// What is behind the class of a cell.
public struct EmergingFinding: Hashable, Sendable {
    public var emergingClass: EmergingClass
    /// Steps that are significantly hot, and cold.
    public var hotSteps: Int
    public var coldSteps: Int
    /// Steps in a row, up to the final one, that are significant as the
    /// final one is; 0 when that is not significant.
    public var finalRun: Int
    public var finalBin: ConfidenceBin
    /// Steps counted from 0, the oldest; nil for none.
    public var firstHotStep: Int?
    public var lastHotStep: Int?
    public var firstColdStep: Int?
    public var lastColdStep: Int?
    /// Mann-Kendall test of the scores.
    public var trendZ: Double
    public var trendP: Double
    /// Whether there are fewer than ten steps: enough for a class, but not
    /// for much trust in its trend.
    public var hasFewSteps: Bool

    /// - Parameter bins: as for `EmergingRules.classify`.
    public init(bins: [Int8], trendZ: Double, trendP: Double, rules: EmergingRules) {
        emergingClass = rules.classify(bins: bins, trendZ: trendZ, trendP: trendP)
        hotSteps = bins.count { $0 > 0 }
        coldSteps = bins.count { $0 < 0 }
        let final = bins.last ?? 0
        finalBin = ConfidenceBin(rawValue: final) ?? .notSignificant
        finalRun =
            final == 0 ? 0 : bins.reversed().prefix { $0.signum() == final.signum() }.count
        firstHotStep = bins.firstIndex { $0 > 0 }
        lastHotStep = bins.lastIndex { $0 > 0 }
        firstColdStep = bins.firstIndex { $0 < 0 }
        lastColdStep = bins.lastIndex { $0 < 0 }
        self.trendZ = trendZ
        self.trendP = trendP
        hasFewSteps = bins.count < TimeSteps.fewSteps
    }
}

/// The emerging hot spots and cold spots of a cube.
public struct EmergingHotspots: Sendable {
    /// Codes of `EmergingClass`, or `EmergingClass.nodata`.
    public let classes: Grid<Int8>
    public let bins: CubeBins
    public let trends: CubeTrends
    public let rules: EmergingRules

    /// - Throws: `.unsuitableParameter` for fewer than four steps, of which
    ///   no trend can be told; `.mismatch` when bins and trends are of
    ///   different grids.
    public init(
        bins: CubeBins, trends: CubeTrends, rules: EmergingRules = EmergingRules(), threads: Int
    ) throws(HotspotError) {
        guard bins.steps.count >= TimeSteps.fewestSteps else {
            throw HotspotError(
                .unsuitableParameter,
                "emerging hot spots: \(bins.steps.count) time steps (expected at least "
                    + "\(TimeSteps.fewestSteps), better \(TimeSteps.fewSteps))",
                mend: "Use shorter steps or a longer period")
        }
        guard bins.steps[0].shape == trends.z.shape else {
            throw HotspotError(
                .mismatch, "the trends have another shape than the bins",
                mend: "Take both of the same cube")
        }
        self.bins = bins
        self.trends = trends
        self.rules = rules
        let spec = trends.z.spec
        classes = Grid(spec) { cells in
            let output = SharedCells(cells)
            let columns = spec.shape.columns
            forEachInParallel(count: spec.shape.rows, threads: threads) { _, row in
                for column in 0..<columns {
                    let cell = CellIndex(row: row, column: column)
                    let series = bins.series(of: cell)
                    output.cells[row * columns + column] =
                        series.isEmpty
                        ? EmergingClass.nodata
                        : rules.classify(
                            bins: series, trendZ: trends.z[cell], trendP: trends.p[cell]
                        ).code
                }
            }
        }
    }

    /// What is behind the class of a cell; nil when it takes no part.
    public func finding(at cell: CellIndex) -> EmergingFinding? {
        let series = bins.series(of: cell)
        guard !series.isEmpty else { return nil }
        return EmergingFinding(
            bins: series, trendZ: trends.z[cell], trendP: trends.p[cell], rules: rules)
    }
}
