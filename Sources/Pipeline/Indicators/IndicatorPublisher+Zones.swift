import Drought
import Sectors
import Tables

/// What tables of indicators by zone say beside the figures.
struct IndicatorZoneContext {
    var zones: [SeriesZone]
    /// A mask weighs the cells: shares are of what it keeps.
    var isMasked = false
    /// A raster of people is given.
    var hasPeople = false
}

extension IndicatorPublisher {
    /// A row for each zone, indicator and statistic.
    func zoneTable(
        _ result: IndicatorResult, _ methods: [any IndicatorMethod], _ context: IndicatorZoneContext
    ) -> CSVTable {
        var table = CSVTable(columns: Self.zoneColumns)
        let outputs = methods.flatMap(\.outputs)
        for (zone, description) in context.zones.enumerated() {
            let entry = result.zones.indices.contains(zone) ? result.zones[zone] : nil
            for (index, output) in outputs.enumerated() {
                let rows =
                    output.isClass
                    ? classRows(output, index, entry, description, context)
                    : valueRows(output, index, entry, description, context)
                for (statistic, value, unit) in rows {
                    table.append([
                        .text(description.kind.rawValue), .text(description.id),
                        .text(description.name), .text(output.name), .text(statistic),
                        .optional(value), .text(unit),
                    ])
                }
            }
        }
        return table
    }

    private typealias Row = (statistic: String, value: Double?, unit: String)

    private func valueRows(
        _ output: IndicatorOutput, _ index: Int, _ entry: IndicatorZoneEntry?,
        _ zone: SeriesZone, _ context: IndicatorZoneContext
    ) -> [Row] {
        let found = entry?.values[index]
        return [
            ("mean", found?.mean, output.unit), ("median", found?.median, output.unit),
            ("minimum", found?.minimum.map { Double($0) }, output.unit),
            ("maximum", found?.maximum.map { Double($0) }, output.unit),
            (
                "valid_share",
                Self.validPercent(
                    found?.sum.validWeight ?? 0, of: found?.sum.coveredWeight ?? 0, zone, context),
                "%"
            ),
        ]
    }

    private func classRows(
        _ output: IndicatorOutput, _ index: Int, _ entry: IndicatorZoneEntry?,
        _ zone: SeriesZone, _ context: IndicatorZoneContext
    ) -> [Row] {
        let areas = entry?.classes[index] ?? ExactClassWeights(.squareMeters)
        let classified = areas.weight(of: output.classes.map(\.code))
        var rows: [Row] = []
        for one in output.classes {
            let area = areas[code: one.code]
            rows.append(("share_\(one.name)", classified > 0 ? 100 * area / classified : nil, "%"))
            rows.append(("area_\(one.name)", area / 1e6, "km2"))
            if context.hasPeople {
                rows.append(("people_\(one.name)", entry?.people[index][code: one.code] ?? 0, "people"))
            }
        }
        if context.hasPeople {
            let classes = Set(output.classes.map(\.code))
            let others = (UInt8.min...UInt8.max).filter { !classes.contains($0) }
            rows.append(("people_unclassed", entry?.people[index].weight(of: others) ?? 0, "people"))
        }
        rows.append(
            ("valid_share", Self.validPercent(classified, of: areas.totalWeight, zone, context), "%"))
        if context.isMasked { rows.append(("area_kept", areas.totalWeight / 1e6, "km2")) }
        if output.name == StressMethod.className {
            if plan.countsStressCells {
                let cells = entry?.stressCells ?? []
                for one in output.classes {
                    let count = cells.isEmpty ? 0 : cells[Int(one.code)]
                    rows.append(("cells_\(one.name)", Double(count), "cells"))
                }
            }
            rows.append(("asi", stressIndex(entry, index), "%"))
        }
        return rows
    }

    /// The Agricultural Stress Index of a zone, percent: of the area or of the
    /// cells that have a seasonal mean; nil where none has.
    func stressIndex(_ entry: IndicatorZoneEntry?, _ output: Int) -> Double? {
        guard let entry else { return nil }
        let parts: (stressed: Double, unstressed: Double)
        if plan.countsStressCells {
            guard !entry.stressCells.isEmpty else { return nil }
            parts = (
                Double(entry.stressCells[Int(StressMethod.stressed)]),
                Double(entry.stressCells[Int(StressMethod.unstressed)])
            )
        } else {
            parts = (
                entry.classes[output][code: StressMethod.stressed],
                entry.classes[output][code: StressMethod.unstressed]
            )
        }
        let whole = parts.stressed + parts.unstressed
        return whole > 0 ? 100 * parts.stressed / whole : nil
    }

    /// Share of a zone that has a value, percent: of its whole area, also
    /// where the raster does not reach, or of what the mask keeps of it.
    static func validPercent(
        _ valid: Double, of covered: Double, _ zone: SeriesZone, _ context: IndicatorZoneContext
    ) -> Double {
        let whole = context.isMasked ? covered : zone.areaInSquareMeters
        return whole > 0 ? min(100, 100 * valid / whole) : 0
    }

    private static let zoneColumns: [ColumnDescription] = [
        ColumnDescription("zone_kind", .string, "sector, district or livelihood_zone"),
        ColumnDescription("zone_id", .string, "Identifier of the zone"),
        ColumnDescription("zone_name", .string, "Name of the zone"),
        ColumnDescription("indicator", .string, "Name of the raster"),
        ColumnDescription(
            "statistic", .string,
            "Of values: mean and median (weighted by exact area), minimum, maximum. Of classes: "
                + "share_CLASS and area_CLASS of the classified area, and where a raster of people "
                + "is given people_CLASS and people_unclassed. asi: the Agricultural Stress Index, of "
                + "area or of cells as cells_CLASS counts them. valid_share: of the zone's area, or "
                + "of area_kept, what a mask keeps of it"),
        ColumnDescription("value", .number, decimals: 4, "Its value; empty: no cell has one"),
        ColumnDescription("unit", .string, "Unit of the value"),
    ]
}
