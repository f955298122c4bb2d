import Drought
import Sectors
import Tables

/// The table of the class of each zone by the indicators that have one for a
/// whole zone.
enum IndicatorClasses {
    static let path = "indicators/classes.csv"
    /// Its columns by which runs are compared.
    static let figures = ["combined_class", "vci3m_class", "asi_class"]
}

extension IndicatorPublisher {
    /// A row for each zone.
    func classTable(
        _ result: IndicatorResult, _ methods: [any IndicatorMethod], _ context: IndicatorZoneContext
    ) -> CSVTable {
        let outputs = methods.flatMap(\.outputs)
        let combined = outputs.firstIndex { $0.name == "combined" }
        let deficit = outputs.firstIndex { $0.name == "vci3m" }
        let stress = outputs.firstIndex { $0.name == StressMethod.className }
        var table = CSVTable(
            columns: Self.classColumns(
                combined: combined != nil, deficit: deficit != nil, stress: stress != nil))
        for (zone, description) in context.zones.enumerated() {
            let entry = result.zones.indices.contains(zone) ? result.zones[zone] : nil
            var cells: [Cell] = [
                .text(description.kind.rawValue), .text(description.id), .text(description.name),
                .date(plan.vegetation.dates[plan.vegetation.last]),
            ]
            if let combined {
                let code = entry.flatMap { Self.drierHalf($0.classes[combined], outputs[combined]) }
                cells.append(.optional(code))
            }
            if let deficit {
                let mean = entry?.values[deficit].mean
                cells.append(.optional(mean))
                cells.append(
                    .optional(
                        mean.flatMap { IndicatorClassTable.vegetationDeficit.indicatorClass(of: $0)?.name }))
            }
            if let stress {
                let index = stressIndex(entry, stress)
                cells.append(.optional(index))
                cells.append(
                    .optional(
                        index.flatMap { IndicatorClassTable.agriculturalStress.indicatorClass(of: $0)?.name }))
            }
            table.append(cells)
        }
        return table
    }

    /// The worst class that, with the worse ones, holds at least half of the
    /// classified area: codes rise with dryness.
    static func drierHalf(_ areas: ExactClassWeights, _ output: IndicatorOutput) -> String? {
        let whole = areas.weight(of: output.classes.map(\.code))
        guard whole > 0 else { return nil }
        var sum = 0.0
        for one in output.classes.sorted(by: { $0.code > $1.code }) {
            sum += areas[code: one.code]
            if 2 * sum >= whole { return one.name }
        }
        return nil
    }

    private static func classColumns(combined: Bool, deficit: Bool, stress: Bool)
        -> [ColumnDescription]
    {
        var columns = [
            ColumnDescription("zone_kind", .string, "sector, district or livelihood_zone"),
            ColumnDescription("zone_id", .string, "Identifier of the zone"),
            ColumnDescription("name", .string, "Name of the zone"),
            ColumnDescription("composite", .date, "First day of the composite used"),
        ]
        if combined {
            columns.append(
                ColumnDescription(
                    "combined_class", .string,
                    "Worst combined class that, with the worse ones, holds at least half of the "
                        + "classified area"))
        }
        if deficit {
            columns += [
                ColumnDescription(
                    "vci3m_mean", .number, unit: "%", decimals: 3,
                    "Area mean of the mean VCI of three months"),
                ColumnDescription(
                    "vci3m_class", .string, "Class of vegetation deficit of vci3m_mean"),
            ]
        }
        if stress {
            columns += [
                ColumnDescription(
                    "asi_pct", .number, unit: "%", decimals: 3, "Agricultural Stress Index"),
                ColumnDescription("asi_class", .string, "Step of FAO's maps of asi_pct"),
            ]
        }
        return columns
    }
}
