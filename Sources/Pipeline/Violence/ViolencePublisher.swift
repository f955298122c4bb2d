import Foundation
import Geo
import GridCore
import Hotspots
import Report
import Tables

/// Publishes what the hotspot stage found: rasters, polygons and tables.
struct ViolencePublisher {
    let result: HotspotResult
    let configuration: HotspotsConfiguration
    /// Drawn on the pictures for orientation.
    let borders: [MultiPolygon]
    let caption: RunCaption
    let credits: [SourceCredit]
    let sink: OutputSink

    /// Incidents per 1,000 km2 read better than per m2.
    static let squareMetersPerUnit = 1e9

    /// Writes the plain rasters into `folder`, to be published.
    func items(folder: URL) throws -> [RasterPublisher.Item] {
        let grids = result.current
        let density = Grid<Float>(
            grids.density.grid.spec,
            cells: grids.density.grid.cells.map { Float($0 * Self.squareMetersPerUnit) })
        let z = Grid<Float>(grids.map.z.spec, cells: grids.map.z.cells.map { Float($0) })
        let p = Grid<Float>(grids.p.spec, cells: grids.p.cells.map { Float($0) })
        let bins = Grid<Float>(
            grids.bins.bins.spec,
            cells: grids.bins.bins.cells.map { $0 == ConfidenceBin.nodata ? .nan : Float($0) })
        let chance = try result.robustness.map { try robustnessItem($0, folder) }
        return [
            try item(
                "density", density, "Density of \(counted), the latest weighing most",
                unit: "\(counted) per 1000 km2",
                .values(
                    quantity: "Density", unit: "\(counted) per 1000 km2", palette: .density,
                    stretch: .percentiles(lower: 0, upper: 99)),
                densityText, folder),
            try item(
                "gistar_z", z, "Getis-Ord Gi* of \(counted): z-score",
                unit: "standard deviations",
                .values(
                    quantity: "Gi* z-score", unit: "standard deviations", palette: .coldToHot,
                    stretch: .symmetric(percentile: 99)), giStarText, folder),
            try item(
                "gistar_p", p,
                "Getis-Ord Gi* of \(counted): two-sided p-value before correction", unit: "",
                .values(
                    quantity: "p-value before correction", unit: "", palette: .cividis,
                    stretch: .fixed(minimum: 0, maximum: 0.1)), giStarText, folder),
            try item(
                "gistar_bin", bins,
                "Hot and cold spots of \(counted) by confidence, after correction", unit: "",
                .classes(.confidenceBins),
                giStarText + ", correction \(configuration.giStar.correction.rawValue), significance "
                    + configuration.giStar.significance.rawValue, folder),
        ] + [chance, try moranItem(folder)].compactMap { $0 }
    }

    private func moranItem(_ folder: URL) throws -> RasterPublisher.Item? {
        guard let map = result.moran, let section = configuration.moran else { return nil }
        return try MoranRaster(
            path: "hotspots/moran.tif",
            title: "Clusters and outliers of \(counted) (local Moran's I)", table: .localMoran(),
            subject: "Incidents of \(result.current.window)",
            metadata: [("WINDOW", "\(result.current.window)")]
        ).item(
            map, configuration, section, caption: caption, credits: credits,
            area: result.area, borders: borders, folder: folder)
    }

    private func robustnessItem(
        _ found: HotProbability, _ folder: URL
    ) throws -> RasterPublisher.Item {
        let valid = result.current.map.status
        let share = Grid<Float>(
            found.hotDraws.spec,
            cells: zip(found.hotDraws.cells, valid.cells).map { draws, status in
                status == LocalStatisticStatus.masked.rawValue
                    ? .nan : Float(Double(draws) / Double(found.draws) * 100)
            })
        return try item(
            "hot_probability", share,
            "How often a cell is hot when places, days and deaths are drawn anew", unit: "%",
            .values(
                quantity: "Hot in", unit: "% of draws", palette: .density,
                stretch: .fixed(minimum: 0, maximum: 100)),
            "\(found.draws) draws within what the sources say; "
                + "\(configuration.confidence) confidence or more", folder)
    }

    /// What the grids count, in words.
    private var counted: String {
        switch configuration.weight {
        case .events: "incidents"
        case .fatalities, .cappedFatalities: "deaths"
        case .logFatalities: "incidents weighted by deaths"
        }
    }

    private var densityText: String {
        ([
            "kernel \(configuration.density.kernel.rawValue)",
            "radius \(result.current.density.radius)",
            "half-life \(configuration.density.halfLife)",
        ] + configuration.density.options(result.current.density)).joined(separator: ", ")
    }

    private var giStarText: String { "neighbours within \(configuration.giStar.radius)" }

    private func item(
        _ name: String, _ grid: Grid<Float>, _ title: String, unit: String,
        _ content: RasterPublisher.Picture.Content, _ method: String, _ folder: URL
    ) throws -> RasterPublisher.Item {
        let raster = WorkingGridRaster(
            path: "hotspots/\(name).tif", title: title, unit: unit, content: content,
            subtitle: [
                caption.title, "Incidents of \(result.current.window); \(method)",
                "Equal-area grid, cells of \(configuration.cell), sides in km from its centre",
            ],
            metadata: metadata + (name == "gistar_bin" ? Self.classes : []),
            isCategorical: name == "gistar_bin")
        return try raster.item(
            grid, caption: caption, credits: credits, area: result.area, borders: borders,
            folder: folder)
    }

    private static let classes = [
        (
            "CLASSES",
            "3 hot 99 %; 2 hot 95 %; 1 hot 90 %; 0 not significant; -1 cold 90 %; -2 cold 95 %; "
                + "-3 cold 99 %"
        )
    ]

    private var metadata: [(String, String)] {
        var entries = [
            ("TITLE", caption.title), ("WINDOW", "\(result.current.window)"),
            ("WEIGHT", configuration.weight.rawValue),
            ("DENSITY_RADIUS", "\(result.current.density.radius)"),
            ("DENSITY_HALF_LIFE", "\(configuration.density.halfLife)"),
            ("GISTAR_RADIUS", "\(configuration.giStar.radius)"),
            ("CORRECTION", configuration.giStar.correction.rawValue),
            ("SIGNIFICANCE", configuration.giStar.significance.rawValue),
            ("TIFFTAG_SOFTWARE", Jilaal.nameAndVersion),
        ]
        let options = configuration.density.options(result.current.density)
        if !options.isEmpty {
            entries.append(("DENSITY_OPTIONS", options.joined(separator: "; ")))
        }
        if caption.isSynthetic { entries.append(("SYNTHETIC", "YES: invented data")) }
        return entries
    }

    /// Polygons and table of the hotspots.
    func writeHotspots() throws {
        var table = CSVTable(columns: Self.columns)
        var features: [GeoJSONFeature] = []
        for hotspot in result.hotspots {
            let cells = Self.cells(of: hotspot)
            table.append(cells)
            features.append(
                GeoJSONFeature(
                    id: "hotspot-\(hotspot.rank)", geometry: .multiPolygon(hotspot.outline),
                    properties: TableJSON.members(Self.columns, cells, caption)))
        }
        try sink.write(
            table, to: "hotspots/hotspots.csv", title: "Hotspots of violence",
            description: "Significant cells that touch, \(result.current.window)",
            sources: credits.map(\.dictionarySource))
        try sink.write(
            GeoJSONWriter().utf8(features), to: "hotspots/hotspots.geojson",
            title: "Hotspots of violence", mediaType: MediaType.geoJSON)
    }

    private static func cells(of hotspot: Hotspot) -> [Cell] {
        [
            .integer(hotspot.rank), .integer(hotspot.confidencePercent),
            .number(hotspot.areaInSquareKilometers), .integer(hotspot.incidents), .integer(hotspot.incidentsNearby),
            .number(hotspot.incidentMass), .integer(hotspot.deathsLow), .integer(hotspot.deaths),
            .integer(hotspot.deathsHigh), .optional(hotspot.civilianDeaths), .optional(hotspot.firstDate),
            .optional(hotspot.lastDate), .number(hotspot.region.peakZ),
            .number(hotspot.peak.longitude), .number(hotspot.peak.latitude),
            .text(hotspot.sectors.joined(separator: " ")), .boolean(hotspot.isOnSeam),
            .optional(hotspot.hotProbability.map { $0.peak * 100 }),
            .optional(hotspot.hotProbability.map { $0.mean * 100 }),
        ]
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription(
            "rank", .integer,
            "1 = greatest incident_mass"),
        ColumnDescription(
            "confidence_pct", .integer, unit: "%",
            "Highest confidence of its cells: 90, 95 or 99"),
        ColumnDescription(
            "area_km2", .number, unit: "km2", decimals: 3,
            "Area of its cells on the equal-area grid"),
        ColumnDescription(
            "incidents", .integer,
            "Incidents in the window that lie in it; those spread over an area are "
                + "left out"),
        ColumnDescription(
            "incidents_nearby", .integer,
            "The same at most the Gi* radius away from its cells: what makes it significant, also "
                + "where no incident lies in it"),
        ColumnDescription(
            "incident_mass", .number, unit: "incidents", decimals: 3,
            "Sum of its cells in the weight chosen, shares of spread incidents "
                + "included"),
        ColumnDescription(
            "deaths_low", .integer, unit: "persons",
            "Killed in incidents, low estimates; the best where a source has no range"),
        ColumnDescription(
            "deaths", .integer, unit: "persons",
            "The same, best estimates"),
        ColumnDescription(
            "deaths_high", .integer, unit: "persons",
            "The same, high estimates; the best where a source has no range"),
        ColumnDescription(
            "civilian_deaths", .integer, unit: "persons",
            "Civilians among the dead; empty when no source says"),
        ColumnDescription(
            "first_date", .date,
            "First day of an incident"),
        ColumnDescription(
            "last_date", .date,
            "Last day of an incident"),
        ColumnDescription(
            "peak_z", .number, unit: "standard deviations", decimals: 4,
            "Highest Gi* z-score of its cells"),
        ColumnDescription(
            "peak_longitude", .number, unit: "degrees", decimals: 6,
            "Centre of the cell with peak_z"),
        ColumnDescription(
            "peak_latitude", .number, unit: "degrees", decimals: 6,
            "Centre of the cell with peak_z"),
        ColumnDescription(
            "sectors", .string,
            "Sectors that its cells lie in, the one with most first"),
        ColumnDescription(
            "on_seam", .boolean,
            "Lies across the line between sectors"),
        ColumnDescription(
            "peak_hot_pct", .number, unit: "%", decimals: 1,
            "Share of draws in which the peak is hot, when places, days and deaths of events are "
                + "drawn within what their sources say; empty without robustness"),
        ColumnDescription(
            "mean_hot_pct", .number, unit: "%", decimals: 1,
            "The same, mean of its cells"),
    ]
}
