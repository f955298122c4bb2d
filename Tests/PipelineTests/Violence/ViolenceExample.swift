import Calendar
import Geo
import GridCore
import Incidents
import Products
import Tables
import Testing

@testable import Pipeline

/// Made-up zones and incidents near the equator.
enum ViolenceExample {
    /// Between two longitudes, from the equator one degree north.
    static func square(_ west: Double, _ east: Double) -> MultiPolygon {
        MultiPolygon([
            Polygon(exterior: [
                Coordinate(x: west, y: 0), Coordinate(x: east, y: 0), Coordinate(x: east, y: 1),
                Coordinate(x: west, y: 1), Coordinate(x: west, y: 0),
            ])
        ])
    }

    /// Z0, Z1 and so on.
    static func zones(_ areas: [MultiPolygon]) -> ZoneSet {
        ZoneSet(
            file: "zones",
            zones: areas.enumerated().map {
                Zone(
                    id: "Z\($0.offset)", name: "Z\($0.offset)", area: $0.element,
                    areaInSquareMeters: Geodesic.areaInSquareMeters(of: $0.element))
            }, isApproximate: false)
    }

    /// Rows of key, day, longitude, latitude, deaths, and the words of
    /// `LocationGrade` and `TimeGrade`.
    static func incidents(_ rows: [String], asOf: String = "2024-03-31") throws -> [Incident] {
        guard !rows.isEmpty else { return [] }
        let text = "id,day,lon,lat,killed,place,time\n" + rows.joined(separator: "\n") + "\n"
        let table = try CSVReader.read(Array(text.utf8), file: "rows.csv").requireTable()
        let mapping = ColumnMapping(
            name: "rows",
            columns: [
                .key: "id", .date: "day", .longitude: "lon", .latitude: "lat", .deaths: "killed",
                .locationPrecision: "place", .timePrecision: "time",
            ])
        let reading = try IncidentReader.read(
            table, as: .mapping(mapping),
            options: IncidentOptions(asOf: CalendarDate(iso: asOf), preset: .all))
        #expect(reading.rejects.isEmpty)
        return reading.incidents
    }

    /// A row of an event whose place and day are known exactly.
    static func row(_ key: String, _ day: CalendarDate, _ longitude: Double, _ latitude: Double)
        -> String
    {
        "\(key),\(day),\(longitude),\(latitude),1,exact,day"
    }

    static func hotspots(
        window: Int = 90, cube: CubeConfiguration? = nil, scan: ScanConfiguration? = nil,
        nearRepeat: NearRepeatConfiguration? = nil
    ) -> HotspotsConfiguration {
        HotspotsConfiguration(
            cell: .kilometers(5), window: Days(window), weight: .events,
            density: DensityConfiguration(), giStar: GiStarConfiguration(), universe: .mask,
            confidence: Percent(90), cube: cube, scan: scan, nearRepeat: nearRepeat)
    }

    static func stage(
        _ configuration: HotspotsConfiguration, sectors: ZoneSet, asOf: CalendarDate
    ) -> HotspotStage {
        HotspotStage(
            configuration: configuration, precision: .spread, deaths: .best, sectors: sectors,
            districts: nil, asOf: asOf, threads: 1)
    }

    static func date(_ text: String) throws -> CalendarDate {
        try #require(CalendarDate(iso: text))
    }
}
