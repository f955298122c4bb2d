import Drought
import Sectors
import Tables

/// Drought figures of one zone and composite, as tables show them.
///
/// Means are over valid cells, each weighted by the exact area that the zone
/// covers of it.
struct DroughtSummary: Sendable {
    let ndvi: Double?
    let vci: Double?
    let anomaly: Double?
    let percent: Double?
    let zscore: Double?
    /// Share of the zone's whole area that has a VCI, percent; 0 where the
    /// raster does not reach.
    let validPercent: Double
    /// Share of the classified area in a drought class, percent.
    let droughtPercent: Double?
    /// Share of each class of the table, percent.
    let classPercents: [Double?]
    /// Class of the mean VCI.
    let className: String?
    /// Cells that a mask keeps, by the share it keeps of them.
    let keptSquareMeters: Double
    /// Of each class of the table.
    let classSquareMeters: [Double]
    let medians: ZoneMedians
    let baseline: ZoneBaseline

    /// - Parameters:
    ///   - medians: of the as-of composite; tables of other composites have
    ///     none.
    ///   - isMasked: whether cells were weighted by a mask: the valid share
    ///     is then of what it keeps.
    init(
        _ zone: ZoneComposite, zoneAreaInSquareMeters area: Double, table: DroughtClassTable,
        medians: ZoneMedians = ZoneMedians(), isMasked: Bool = false
    ) {
        ndvi = zone.ndvi.mean
        vci = zone.vci.mean
        anomaly = zone.anomaly.mean
        percent = zone.percent.mean
        zscore = zone.zscore.mean
        // Cell areas and the zone's area are measured in two ways, which
        // differ by less than a percent.
        let whole = isMasked ? zone.vci.coveredWeight : area
        validPercent = whole > 0 ? min(100, 100 * zone.vci.validWeight / whole) : 0
        keptSquareMeters = zone.vci.coveredWeight
        classSquareMeters = table.classes.map { zone.classes[code: $0.code] }
        self.medians = medians
        baseline = zone.baseline
        let classified = table.classes.reduce(0) { $0 + zone.classes[code: $1.code] }
        func share(_ classes: [DroughtClass]) -> Double? {
            guard classified > 0 else { return nil }
            return 100 * classes.reduce(0) { $0 + zone.classes[code: $1.code] } / classified
        }
        droughtPercent = share(table.classes.filter(\.isDrought))
        classPercents = table.classes.map { share([$0]) }
        className = vci.flatMap { table.droughtClass(ofVCI: $0)?.name }
    }

    /// In the order of `columns`.
    var cells: [Cell] {
        [
            .optional(ndvi), .optional(vci), .optional(className), .optional(anomaly),
            .optional(percent), .optional(zscore), .number(validPercent),
            .optional(droughtPercent),
        ] + classPercents.map { Cell.optional($0) }
    }

    static func columns(_ table: DroughtClassTable) -> [ColumnDescription] {
        func number(_ name: String, _ unit: String, _ text: String, decimals: Int)
            -> ColumnDescription
        {
            ColumnDescription(
                name, .number, unit: unit, decimals: decimals,
                text)
        }
        return [
            number("ndvi_mean", "NDVI", "Area mean of NDVI", decimals: 5),
            number(
                "vci_mean", "%", "Area mean of the vegetation condition index, not clamped",
                decimals: 3),
            ColumnDescription(
                "vci_class", .string,
                "Drought class of vci_mean"),
            number("anomaly_mean", "NDVI", "Area mean of NDVI less its baseline mean", decimals: 5),
            number(
                "percent_mean", "%", "Area mean of NDVI in percent of its baseline mean",
                decimals: 3),
            number(
                "z_mean", "standard deviations",
                "Area mean of the z-score of the cells (sample deviation, n - 1)", decimals: 4),
            number("valid_pct", "%", "Share of the zone's area that has a VCI", decimals: 2),
            number(
                "drought_pct", "%", "Share of the classified area in a drought class", decimals: 2),
        ]
            + table.classes.map {
                number(
                    "class_\($0.name)_pct", "%", "Share of the classified area in class \($0.name)",
                    decimals: 2)
            }
    }
}
