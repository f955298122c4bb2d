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
    /// Drawn on the pictures for orientation.
    let borders: [MultiPolygon]
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

    /// Writes the plain rasters into `folder`, to be published.
    func items(folder: URL) throws -> [RasterPublisher.Item] {
        try [classItem(folder), hotStepsItem(folder)]
    }

    private func classItem(_ folder: URL) throws -> RasterPublisher.Item {
        let classes = result.emerging.classes
        let found = Set(classes.cells.map { Int($0) })
        let grid = Grid<Float>(
            classes.spec,
            cells: classes.cells.map { $0 == EmergingClass.nodata ? .nan : Float($0) })
        let raster = WorkingGridRaster(
            path: "cube/emerging.tif",
            title: "Emerging hot and cold spots of violence", unit: "",
            content: .classes(ClassTable.emerging.limited(to: found)),
            subtitle: [
                caption.title,
                "Incidents of \(period); neighbours within \(configuration.giStar.radius) and "
                    + "\(section.previous) step\(section.previous == 1 ? "" : "s") back",
                gridText + "; classes without a cell are not listed",
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
        return try item(raster, grid, folder)
    }

    private var gridText: String {
        "Equal-area grid, cells of \(configuration.cell), sides in km from its centre"
    }

    private func item(
        _ raster: WorkingGridRaster, _ grid: Grid<Float>, _ folder: URL
    ) throws -> RasterPublisher.Item {
        try raster.item(
            grid, caption: caption, credits: credits, area: result.field.area, borders: borders,
            folder: folder)
    }

    /// Where hot spots were, also those that are none any more.
    private func hotStepsItem(_ folder: URL) throws -> RasterPublisher.Item {
        let steps = result.emerging.bins.steps
        var counts = steps[0].cells.map { $0 == ConfidenceBin.nodata ? Float.nan : 0 }
        for step in steps {
            for (index, bin) in step.cells.enumerated()
            where bin > 0 && bin != ConfidenceBin.nodata { counts[index] += 1 }
        }
        let most = counts.reduce(1) { max($0, $1.isNaN ? 0 : $1) }
        let raster = WorkingGridRaster(
            path: "cube/hot_steps.tif", title: "Steps in which a cell was a hot spot of violence",
            unit: "steps",
            content: .values(
                quantity: "Hot in", unit: "steps of \(section.step)", palette: .density,
                stretch: .fixed(minimum: 0, maximum: Double(most))),
            subtitle: [
                caption.title,
                "Incidents of \(period); 90 % confidence or more, neighbours within "
                    + "\(configuration.giStar.radius)",
                gridText,
            ],
            metadata: [
                ("TITLE", caption.title), ("PERIOD", period),
                ("TIFFTAG_SOFTWARE", Jilaal.nameAndVersion),
            ] + (caption.isSynthetic ? [("SYNTHETIC", "YES: invented data")] : []),
            isCategorical: false)
        return try item(raster, Grid<Float>(spec, cells: counts), folder)
    }

    func writeTables() throws {
        let cells = try patternCells()
        try sink.write(
            cellTable(cells), to: "cube/emerging.csv", title: Self.cellsTitle,
            description: "\(period). Cells without a class are listed where they were significant "
                + "in some step; all others never were.",
            sources: credits.map(\.dictionarySource))
        try sink.write(
            GeoJSONWriter().utf8(try features(cells)), to: "cube/emerging.geojson",
            title: Self.cellsTitle, mediaType: MediaType.geoJSON)
        try sink.write(
            try classTable(), to: "cube/classes.csv",
            title: "Emerging patterns by sector",
            description: "Cells and area of each class, \(period); the classes of a sector add up "
                + "to its cells. Cells belong to the sector that holds their centre.",
            sources: credits.map(\.dictionarySource))
        try sink.write(
            stepTable, to: "cube/steps.csv", title: "Steps of the cube",
            description: "Incidents and significant cells of each step.",
            sources: credits.map(\.dictionarySource))
    }

    // MARK: Cells

    private static let cellsTitle = "Cells that were hot or cold in some step"

    private struct PatternCell {
        var index: CellIndex
        var center: Coordinate
        var sector: Int?
        var finding: EmergingFinding
    }

    private func patternCells() throws -> [PatternCell] {
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        let columns = spec.shape.columns
        let steps = result.emerging.bins.steps
        let indices = result.emerging.classes.cells.indices.filter { index in
            steps.contains { $0.cells[index] != 0 && $0.cells[index] != ConfidenceBin.nodata }
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
        ColumnDescription(
            "code", .integer, "1 to 8 hot, -1 to -8 cold, 0 no pattern; as in emerging.tif"),
        ColumnDescription("class", .string, "Its name; classes.csv says what it means"),
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

    private func classTable() throws -> CSVTable {
        let counts = try classCounts()
        var table = CSVTable(columns: Self.classColumns)
        let groups = [Int?.none] + sectors.zones.indices.map { $0 }
        for group in groups {
            for emergingClass in EmergingClass.allCases {
                let count = counts.reduce(0) { sum, item in
                    item.key.code == emergingClass.code
                        && (group == nil || item.key.sector == group) ? sum + item.value : sum
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

    private struct ClassOfSector: Hashable {
        var code: Int8
        /// nil: the centre lies in none.
        var sector: Int?
    }

    /// Cells by class and sector, row by row.
    private func classCounts() throws -> [ClassOfSector: Int] {
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        var counts: [ClassOfSector: Int] = [:]
        for row in 0..<spec.shape.rows {
            let cells = (0..<spec.shape.columns).map { CellIndex(row: row, column: $0) }
                .filter { result.emerging.classes[$0] != EmergingClass.nodata }
            for (cell, center) in zip(cells, try back(cells.map(spec.center(of:)))) {
                let key = ClassOfSector(
                    code: result.emerging.classes[cell], sector: sectors.index(containing: center))
                counts[key, default: 0] += 1
            }
        }
        return counts
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
