import Calendar
import Drought
import Foundation
import Geo
import GridCore
import Sectors
import TestSupport
import Testing

@testable import Pipeline

/// A stack of 4 x 4 cells whose cell i has a VCI of 6 i, and two zones that
/// share it along a line through its cells.
struct LandFolder {
    static let spec = GridSpec(
        shape: Shape(rows: 4, columns: 4),
        geotransform: Geotransform(
            originX: 40, cellWidth: 0.25, originY: 0.5, cellHeight: -0.25), crs: .wgs84)
    /// Columns of the western zone.
    static let westColumns = 2.5
    static let vci = (0..<16).map { Double(6 * $0) }

    let url: URL

    init() throws {
        url = try TestPaths.temporaryDirectory()
        for year in 2000...2004 {
            let level = Float(2000 + 1000 * (year - 2000))
            try write([Float](repeating: level, count: 16), .int16, "N_\(year)001.tif")
        }
        try write((0..<16).map { Float(2000 + 240 * $0) }, .int16, "N_2005001.tif")
    }

    func write(
        _ cells: [Float], _ type: RasterDataType, nodata: Double? = nil, _ name: String,
        originX: Double = 40
    ) throws {
        var spec = Self.spec
        spec.geotransform.originX = originX
        let writer = try RasterWriter(
            path: url.appendingPathComponent(name).path,
            description: RasterDescription(
                spec: spec, type: type, nodata: nodata ?? (type == .int16 ? -3000 : .nan),
                bands: [.init(description: "", unit: "")]))
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
    }

    /// A box in columns and rows of the grid, as GeoJSON.
    func writeBox(_ columns: ClosedRange<Double>, _ rows: ClosedRange<Double>, _ name: String)
        throws
    {
        let ring = Self.box(columns, rows).polygons[0].exterior.map { "[\($0.x), \($0.y)]" }
        let text = """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[\(ring.joined(separator: ", "))]]}}]}
            """
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
    }

    static func box(_ columns: ClosedRange<Double>, _ rows: ClosedRange<Double>) -> MultiPolygon {
        let (west, east) = (40 + columns.lowerBound / 4, 40 + columns.upperBound / 4)
        let (north, south) = (0.5 - rows.lowerBound / 4, 0.5 - rows.upperBound / 4)
        return MultiPolygon([
            Polygon(exterior: [
                Coordinate(x: west, y: south), Coordinate(x: east, y: south),
                Coordinate(x: east, y: north), Coordinate(x: west, y: north),
                Coordinate(x: west, y: south),
            ])
        ])
    }

    static let zones = ZoneSet(
        file: "zones",
        zones: [("west", 0...westColumns), ("east", westColumns...4)].map { id, columns in
            let area = box(columns, 0...4)
            return Zone(
                id: id, name: id, area: area,
                areaInSquareMeters: Geodesic.areaInSquareMeters(of: area))
        }, isApproximate: false)

    func configuration(_ extra: String) throws -> DroughtConfiguration {
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi:
                product: custom
                files: "N_*.tif"
                dates: "N_{yyyy}{doy}.tif"
                irregular_dates: accept
                scale: 0.0001
              periods: 16-day
              baseline: 2000-2004
            \(extra)
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: url.path, environment: [:])
        return try #require(file.configuration.drought)
    }

    func prepare(_ extra: String, _ log: inout ProblemLog) throws -> PreparedDrought {
        let configuration = try configuration(extra)
        let stacks = try #require(DroughtStacks(loading: configuration, &log))
        let date = try #require(CalendarDate(year: 2005, month: 1, day: 10))
        var prepared = try #require(
            PreparedDrought.prepare(configuration, stacks, asOf: date, &log))
        prepared.addLand(configuration, &log)
        return prepared
    }

    func run(_ prepared: PreparedDrought, threads: Int = 1) throws -> DroughtResult {
        let folder = url.appendingPathComponent("work-\(threads)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let zones = try RasterZones.index([Self.zones], on: prepared.stack.spec)
        return try RasterGate.pass {
            try DroughtStage(prepared: prepared, zones: zones, threads: threads)
                .run(folder: folder, metadata: []) { _ in }
        }
    }
}
