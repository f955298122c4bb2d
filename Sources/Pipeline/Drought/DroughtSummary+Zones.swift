import Drought
import Sectors
import Tables

/// What a table of zones says beside the means: medians, areas and people by
/// class.
struct DroughtZoneColumns: Sendable, Hashable {
    var table: DroughtClassTable
    /// A mask weighs the cells.
    var isMasked = false
    /// A raster of people is given.
    var hasPeople = false

    var columns: [ColumnDescription] {
        var columns = [
            median("ndvi_median", "NDVI", "NDVI", step: "0.001", decimals: 4),
            median("vci_median", "%", "VCI", step: "0.1", decimals: 2),
            median("z_median", "standard deviations", "z-score", step: "0.01", decimals: 3),
        ]
        if isMasked {
            columns.append(area("kept_km2", "Area that the mask keeps of the zone"))
        }
        columns += table.classes.map { area("class_\($0.name)_km2", "Area in class \($0.name)") }
        if hasPeople {
            columns.append(people("people", "People in the zone"))
            columns += table.classes.map {
                people("class_\($0.name)_people", "People in cells of class \($0.name)")
            }
            columns.append(people("unclassed_people", "People in cells without a class"))
        }
        return columns
    }

    func cells(of summary: DroughtSummary) -> [Cell] {
        let medians = summary.medians
        var cells: [Cell] = [
            .optional(medians.ndvi), .optional(medians.vci), .optional(medians.zscore),
        ]
        if isMasked { cells.append(.number(summary.keptSquareMeters / 1e6)) }
        cells += summary.classSquareMeters.map { .number($0 / 1e6) }
        if hasPeople {
            cells.append(.number(medians.people?.totalWeight ?? 0))
            cells += table.classes.map { .number(medians.people?[code: $0.code] ?? 0) }
            cells.append(.number(medians.people?[code: 0] ?? 0))
        }
        return cells
    }

    private func median(
        _ name: String, _ unit: String, _ what: String, step: String, decimals: Int
    ) -> ColumnDescription {
        ColumnDescription(
            name, .number, unit: unit, decimals: decimals,
            "Area-weighted median of \(what), of values rounded to \(step)")
    }

    private func area(_ name: String, _ text: String) -> ColumnDescription {
        ColumnDescription(name, .number, unit: "km2", decimals: 3, text)
    }

    private func people(_ name: String, _ text: String) -> ColumnDescription {
        ColumnDescription(name, .number, unit: "persons", decimals: 1, text)
    }
}

extension DroughtSummary {
    /// Columns of the baseline band, for tables over time.
    static let baselineColumns = [
        band("mean", "mean"),
        band("min", "minimum: every cell at a VCI of 0"),
        band("max", "maximum: every cell at a VCI of 100"),
    ]

    private static func band(_ name: String, _ text: String) -> ColumnDescription {
        ColumnDescription(
            "ndvi_baseline_\(name)", .number, unit: "NDVI", decimals: 5,
            "Area mean of the cells' baseline \(text)")
    }

    var baselineCells: [Cell] {
        [
            .optional(baseline.mean.mean), .optional(baseline.minimum.mean),
            .optional(baseline.maximum.mean),
        ]
    }
}
