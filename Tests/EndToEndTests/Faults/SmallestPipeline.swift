import Foundation
import Geo
import GridCore

/// A pipeline with every stage whose run takes less than a second in a debug
/// build: two cells of vegetation, two sectors, four incidents, two bases.
struct SmallestPipeline {
    let folder: URL

    var file: URL { folder.appendingPathComponent("pipeline.yaml") }

    private static let year = 2019...2022
    private static let originX = -33.75
    private static let originY = 11.5
    private static let cell = 0.05

    /// Writes all inputs into a new folder.
    init() throws {
        folder = try Scratch.folder()
        for year in Self.year { try addComposite("\(year)337", value: 4000 + 90 * (year - 2019)) }
        for (name, text) in Self.texts {
            try text.write(
                to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
        }
    }

    /// Adds a raster; the cells of a row differ by 700 stored units.
    ///
    /// - Parameter day: year and day of the year, `2022337`.
    func addComposite(_ day: String, value: Int) throws {
        let rasters = folder.appendingPathComponent("ndvi")
        try FileManager.default.createDirectory(at: rasters, withIntermediateDirectories: true)
        let spec = GridSpec(
            shape: Shape(rows: 1, columns: 2),
            geotransform: Geotransform(
                originX: Self.originX, cellWidth: Self.cell, originY: Self.originY,
                cellHeight: -Self.cell),
            crs: CRSIdentifier("EPSG:4326"))
        let writer = try RasterWriter(
            path: rasters.appendingPathComponent("NDVI_\(day).tif").path,
            description: RasterDescription(
                spec: spec, type: .int16, nodata: -3000, bands: [.init(description: "", unit: "")]))
        try [Float(value), Float(value - 700)].withUnsafeBufferPointer { cells in
            guard let base = cells.baseAddress else { return }
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
    }

    private static let texts = [
        "pipeline.yaml": """
            version: 1
            name: Smallest working set
            synthetic: true
            as_of: "2022-12-18"
            sectors: { file: sectors.geojson, id: id }
            settlements:
              { file: settlements.csv, longitude: lon, latitude: lat, population: population }
            drought:
              ndvi:
                product: custom
                files: "ndvi/*.tif"
                dates: "NDVI_{yyyy}{doy}.tif"
                scale: 0.0001
                offset: 0
                fill: [-3000]
                irregular_dates: accept
                valid_range: [-2000, 10000]
              periods: 16-day
              baseline: 2019-2021
              minimum_years: 2
              series: 0 months
            incidents:
              sources:
                - { source: acled, file: incidents.csv }
              preset: political-violence
            hotspots:
              cell: 10 km
              density: { kernel: quartic, radius: 10 km }
              gistar: { radius: 10 km }
            bases: { file: bases.csv }
            """,
        "sectors.geojson": """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"id": "W"}, "geometry": {"type": "Polygon",
            "coordinates": [[[-33.75, 11.45], [-33.7, 11.45], [-33.7, 11.5], [-33.75, 11.5],
            [-33.75, 11.45]]]}},
            {"type": "Feature", "properties": {"id": "E"}, "geometry": {"type": "Polygon",
            "coordinates": [[[-33.7, 11.45], [-33.65, 11.45], [-33.65, 11.5], [-33.7, 11.5],
            [-33.7, 11.45]]]}}]}
            """,
        "incidents.csv": """
            event_id_cnty,event_date,time_precision,event_type,sub_event_type,\
            civilian_targeting,latitude,longitude,geo_precision,fatalities,timestamp
            KRS1,2022-11-05,1,Battles,Armed clash,,11.470,-33.73,1,0,1670000000
            KRS2,2022-11-06,1,Battles,Armed clash,,11.468,-33.74,1,1,1670000001
            KRS3,2022-11-07,1,Battles,Armed clash,,11.468,-33.74,1,1,1670000002
            KRS4,2022-11-08,1,Battles,Armed clash,,11.466,-33.68,1,2,1670000003
            """,
        "bases.csv": """
            id,name,longitude,latitude,sector
            B1,First,-33.73,11.47,W
            B2,Second,-33.67,11.48,E
            """,
        "settlements.csv": """
            id,name,lon,lat,population
            1,Vatilun,-33.72,11.46,810
            2,Fenlovor,-33.66,11.47,720
            """,
    ]
}
