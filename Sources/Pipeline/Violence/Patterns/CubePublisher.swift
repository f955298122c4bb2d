import Foundation
import Geo
import GridCore
import Hotspots
import Report
import Tables

/// Publishes the classes of the cube: raster, cells, and sums by sector.
struct CubePublisher {
    let result: CubeResult
    let section: CubeConfiguration
    let configuration: HotspotsConfiguration
    let sectors: ZoneSet
    let caption: RunCaption
    let credits: [SourceCredit]
    let sink: OutputSink

    private var spec: GridSpec { result.field.area.spec }
    private var cellArea: Double {
        spec.geotransform.cellWidth * -spec.geotransform.cellHeight / 1e6
    }

    private var period: String {
        guard let first = result.windows.first, let last = result.windows.last else { return "" }
        return "\(first.first) to \(last.last), \(result.windows.count) steps of \(section.step)"
    }

    func items(folder: URL) throws -> [RasterPublisher.Item] {
        let classes = result.emerging.classes
        let grid = Grid<Float>(
            classes.spec,
            cells: classes.cells.map { $0 == EmergingClass.nodata ? .nan : Float($0) })
        let raster = WorkingGridRaster(
            path: "cube/emerging.tif",
            title: "What becomes of hot and cold spots of violence", unit: "",
            content: .classes(.emerging),
            subtitle: [
                caption.title,
                "Incidents of \(period); neighbours within \(configuration.giStar.radius) and "
                    + "\(section.previous) step\(section.previous == 1 ? "" : "s") back",
                "Equal-area grid, cells of \(configuration.cell), sides in km from its centre",
            ],
            metadata: [
                ("TITLE", caption.title), ("PERIOD", period),
                (
                    "CLASSES",
                    EmergingClass.allCases.map { "\($0.code) \($0.title)" }.joined(separator: "; ")
                ),
                ("CORRECTION", configuration.giStar.correction.rawValue),
                ("SIGNIFICANCE", configuration.giStar.significance.rawValue),
                ("TREND", section.trend.rawValue), ("TIFFTAG_SOFTWARE", Jilaal.nameAndVersion),
            ] + (caption.isSynthetic ? [("SYNTHETIC", "YES: invented data")] : []),
            isCategorical: true)
        return [
            try raster.item(
                grid, caption: caption, credits: credits, outlines: result.field.area.sectors,
                folder: folder)
        ]
    }

    func writeTables() throws {
        let cells = try patternCells()
        try sink.write(
            cellTable(cells), to: "cube/emerging.csv", title: "Cells with an emerging pattern",
            description: "Hot and cold spots over time, \(period).",
            sources: credits.map(\.dictionarySource))
        try sink.write(
            GeoJSONWriter().utf8(try features(cells)), to: "cube/emerging.geojson",
            title: "Cells with an emerging pattern", mediaType: MediaType.geoJSON)
        try sink.write(
            try classTable(cells), to: "cube/classes.csv",
            title: "Emerging patterns by sector",
            description: "Cells and area of each class, \(period). Cells belong to the sector that "
                + "holds their centre.",
            sources: credits.map(\.dictionarySource))
        try sink.write(
            stepTable, to: "cube/steps.csv", title: "Steps of the cube",
            description: "Incidents and significant cells of each step.",
            sources: credits.map(\.dictionarySource))
    }

    // MARK: Cells

    private struct PatternCell {
        var index: CellIndex
        var center: Coordinate
        var sector: Int?
        var finding: EmergingFinding
    }

    private func patternCells() throws -> [PatternCell] {
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        let columns = spec.shape.columns
        let indices = result.emerging.classes.cells.indices.filter { index in
            let code = result.emerging.classes.cells[index]
            return code != 0 && code != EmergingClass.nodata
        }.map { CellIndex(row: $0 / columns, column: $0 % columns) }
        return zip(indices, try back(indices.map(spec.center(of:)))).compactMap { index, center in
            result.emerging.finding(at: index).map {
                PatternCell(
                    index: index, center: center, sector: sectors.index(containing: center),
                    finding: $0)
            }
        }
    }

    private func values(_ cell: PatternCell) -> [Cell] {
        let finding = cell.finding
        func day(_ step: Int?) -> Cell { .optional(step.map { result.windows[$0].first }) }
        return [
            .number(cell.center.longitude), .number(cell.center.latitude),
            .optional(cell.sector.map { sectors.zones[$0].id }),
            .integer(Int(finding.emergingClass.code)), .text(finding.emergingClass.rawValue),
            .integer(finding.hotSteps), .integer(finding.coldSteps), .integer(finding.finalRun),
            .integer(Int(finding.finalBin.rawValue)), day(finding.firstHotStep),
            day(finding.lastHotStep), .number(finding.trendZ), .number(finding.trendP),
            .boolean(finding.hasFewSteps),
        ]
    }

    private func cellTable(_ cells: [PatternCell]) -> CSVTable {
        var table = CSVTable(columns: Self.cellColumns)
        for cell in cells { table.append(values(cell)) }
        return table
    }

    private func features(_ cells: [PatternCell]) throws -> [GeoJSONFeature] {
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        let half = (spec.geotransform.cellWidth / 2, -spec.geotransform.cellHeight / 2)
        return try cells.map { cell in
            let center = spec.center(of: cell.index)
            let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1), (-1, -1)].map {
                Coordinate(x: center.x + $0.0 * half.0, y: center.y + $0.1 * half.1)
            }
            return GeoJSONFeature(
                id: "cell-\(cell.index.row)-\(cell.index.column)",
                geometry: .multiPolygon(try back(MultiPolygon([Polygon(exterior: corners)]))),
                properties: TableJSON.members(Self.cellColumns, values(cell), caption))
        }
    }

    private static let cellColumns: [ColumnDescription] = [
        ColumnDescription("longitude", .number, unit: "degrees", decimals: 6, "Centre"),
        ColumnDescription("latitude", .number, unit: "degrees", decimals: 6, "Centre"),
        ColumnDescription("sector", .string, "That holds its centre"),
        ColumnDescription("code", .integer, "1 to 8 hot, -1 to -8 cold; as in emerging.tif"),
        ColumnDescription("class", .string, "Its name"),
        ColumnDescription("hot_steps", .integer, "Steps in which it is hot"),
        ColumnDescription("cold_steps", .integer, "Steps in which it is cold"),
        ColumnDescription(
            "final_run", .integer, "Steps in a row up to the last that are as the last"),
        ColumnDescription(
            "final_bin", .integer, "3, 2, 1: hot with 99, 95, 90 % confidence; below 0 cold"),
        ColumnDescription("first_hot", .date, "First day of the first hot step"),
        ColumnDescription("last_hot", .date, "First day of the last hot step"),
        ColumnDescription(
            "trend_z", .number, decimals: 4, "Trend of its scores; above 0 rising"),
        ColumnDescription("trend_p", .number, decimals: 6, "Two-sided p-value of the trend"),
        ColumnDescription("few_steps", .boolean, "Fewer than ten steps: trust trends little"),
    ]

    // MARK: Sums

    private func classTable(_ cells: [PatternCell]) throws -> CSVTable {
        var table = CSVTable(columns: Self.classColumns)
        let groups = [Int?.none] + sectors.zones.indices.map { $0 }
        for group in groups {
            for emergingClass in EmergingClass.allCases where emergingClass != .noPattern {
                let count = cells.count {
                    $0.finding.emergingClass == emergingClass
                        && (group == nil || $0.sector == group)
                }
                table.append([
                    .text(group.map { sectors.zones[$0].id } ?? "all"),
                    .text(group.map { sectors.zones[$0].name } ?? "The whole area"),
                    .integer(Int(emergingClass.code)), .text(emergingClass.rawValue),
                    .integer(count), .number(Double(count) * cellArea),
                    .text(emergingClass.meaning),
                ])
            }
        }
        return table
    }

    private static let classColumns: [ColumnDescription] = [
        ColumnDescription("sector", .string, "Identifier; all: the whole area"),
        ColumnDescription("name", .string, "Name"),
        ColumnDescription("code", .integer, "As in emerging.tif"),
        ColumnDescription("class", .string, "Its name"),
        ColumnDescription("cells", .integer, "Cells with their centre in the sector"),
        ColumnDescription("area_km2", .number, unit: "km2", decimals: 3, "Their area"),
        ColumnDescription("meaning", .string, "What the class says"),
    ]

    private var stepTable: CSVTable {
        var table = CSVTable(columns: Self.stepColumns)
        for (index, window) in result.windows.enumerated() {
            let bins = result.emerging.bins.steps[index].cells
            table.append([
                .integer(index + 1), .date(window.first), .date(window.last),
                .number(result.masses[index]),
                .integer(bins.count { $0 > 0 }),
                .integer(bins.count { $0 < 0 && $0 != ConfidenceBin.nodata }),
            ])
        }
        return table
    }

    private static let stepColumns: [ColumnDescription] = [
        ColumnDescription("step", .integer, "1 = the oldest"),
        ColumnDescription("first_date", .date, "First day"),
        ColumnDescription("last_date", .date, "Last day"),
        ColumnDescription(
            "incident_mass", .number, unit: "incidents", decimals: 3,
            "On the grid, in the weight chosen"),
        ColumnDescription("hot_cells", .integer, "Significantly hot, 90 % or more"),
        ColumnDescription("cold_cells", .integer, "Significantly cold, 90 % or more"),
    ]

    /// What the terminal says.
    var summary: [String] {
        let codes = result.emerging.classes.cells
        let found = EmergingClass.allCases.compactMap { emergingClass -> String? in
            guard emergingClass != .noPattern else { return nil }
            let count = codes.count { $0 == emergingClass.code }
            guard count > 0 else { return nil }
            let area = DecimalText.fixed(Double(count) * cellArea, decimals: 0) ?? ""
            return "\(emergingClass.title.lowercased()) \(area) km2"
        }
        return [
            "Over \(result.windows.count) steps of \(section.step): "
                + (found.isEmpty ? "no pattern" : found.joined(separator: ", "))
        ]
    }
}
