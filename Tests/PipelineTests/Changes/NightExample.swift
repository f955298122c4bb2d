import Calendar
import Foundation
import Geo
import GridCore
import Tables
import TestSupport

@testable import Pipeline

/// A small published night that tests make and change: three sectors, their
/// incidents, hotspots and one base. Incident counts follow the incidents.
struct NightExample {
    struct Event {
        var key: String
        var day: CalendarDate
        var zone: String
        var hotspot: Int?
        var content = "c1"
    }

    struct Spot {
        var rank: Int
        /// Degrees; the latitude is always 5 to 5.5.
        var longitudes: ClosedRange<Double>
        var sectors: String
    }

    var asOf = NightExample.night
    var windowDays = 30
    var composite = NightExample.night.adding(days: -10)
    var classes = ["A": "moderate", "B": "none", "C": "none"]
    var zones = ["A", "B", "C"]
    /// Class of VCI of livelihood zones; empty: the run has none.
    var livelihoods: [String: String] = [:]
    /// Combined class, class of vci3m and of the stress index by zone, of
    /// kind and identifier; empty: the run has no indicators.
    var indicators: [String: [String]] = [:]
    var zoneSeries = "12 months"
    var events: [Event] = []
    var spots: [Spot] = []
    var hotspotSquareKilometers: [String: Double] = [:]
    var people = 1000
    /// Path and content.
    var inputs = [
        "acled.csv": "1", "sectors.geojson": "1", "bases.csv": "1",
        "ndvi/N_2010-12-09.tif": "1", "ndvi/N_2005-12-09.tif": "1", "ndvi/N_2005-06-09.tif": "1",
    ]
    var cell = "5 km"
    var minimumYears = 5
    var version = "0.1.0"
    var stages: [(String, String)] = []
    var hasIndex = true

    static let night = CalendarDate(dayNumber: 14_962)  // 2010-12-19

    var window: TimeWindow { TimeWindow(days: windowDays, endingOn: asOf) }

    /// Publishes into a folder of its own and reads it back.
    func results() throws -> PublishedResults {
        let directory = try RunDirectory(root: try TestPaths.temporaryDirectory().path)
        var outputs: [Manifest.Output] = []
        for (path, bytes) in try files {
            try directory.write(bytes, to: path)
            outputs.append(try Manifest.Output(of: path, in: directory, title: "", mediaType: ""))
        }
        let run = try directory.publish(
            manifest: manifest(outputs), record: ManifestExample.record)
        var published = try ManifestReader.manifest(of: RunFolder(path: run.path))
        published.stages = stages.map { .init(name: $0.0, algorithm: $0.1) }
        return try PublishedResults(of: RunFolder(path: run.path), manifest: published)
    }

    private func manifest(_ outputs: [Manifest.Output]) -> Manifest {
        var manifest = ManifestExample.manifest(outputs: outputs, asOf: asOf)
        manifest.program.version = version
        manifest.inputs = inputs.sorted { $0.key < $1.key }.map {
            Manifest.Input(path: $0.key, digest: Digest(of: Array($0.value.utf8)))
        }
        manifest.parameters = [
            "as_of": .string("\(asOf)"), "sectors": ["file": "sectors.geojson"],
            "bases": ["file": "bases.csv", "reach": "50 km"],
            "incidents": ["sources": [["source": "acled", "file": "acled.csv"]]],
            "hotspots": ["cell": .string(cell), "window": .string("\(windowDays) days")],
            "drought": [
                "ndvi": ["files": "ndvi/*.tif", "dates": "N_{yyyy}-{mm}-{dd}.tif"],
                "periods": "16-day", "baseline": "2000-2009",
                "minimum_years": .integer(minimumYears),
                "indicators": ["zone_series": .string(zoneSeries)],
            ],
        ]
        return manifest
    }

    private var files: [(String, [UInt8])] {
        get throws {
            var files = [
                ("sectors.csv", Array(sectors.utf8)), ("bases.csv", Array(bases.utf8)),
                ("hotspots/hotspots.geojson", try GeoJSONWriter().utf8(features)),
            ]
            if !livelihoods.isEmpty {
                files.append(("livelihood_zones.csv", Array(livelihoodZones.utf8)))
            }
            if !indicators.isEmpty {
                files.append((IndicatorClasses.path, Array(indicatorClasses.utf8)))
            }
            if hasIndex {
                let index = EventIndex(
                    events.map {
                        .init(
                            event: EventIndex.event(file: "acled.csv", $0.key),
                            content: $0.content, lastDay: $0.day, zone: $0.zone,
                            hotspot: $0.hotspot)
                    })
                files.append((EventIndex.path, CSVWriter().utf8(index.table)))
            }
            return files
        }
    }

    private func count(_ zone: String) -> Int {
        events.count { $0.zone == zone && window.contains($0.day) }
    }

    private var sectors: String {
        var text =
            "sector_id,name,area_km2,composite,vci_class,window_first,window_last,incidents,deaths,"
            + "hotspot_km2\r\n"
        for zone in zones {
            let hot = DecimalText.fixed(hotspotSquareKilometers[zone] ?? 0, decimals: 3) ?? ""
            text +=
                "\(zone),Zone \(zone),1000.000,\(composite),\(classes[zone] ?? ""),"
                + "\(window.first),\(window.last),\(count(zone)),0,\(hot)\r\n"
        }
        return text
    }

    private var livelihoodZones: String {
        livelihoods.sorted { $0.key < $1.key }.reduce(
            "livelihood_zone_id,name,area_km2,composite,vci_class\r\n"
        ) { $0 + "\($1.key),Zone \($1.key),1000.000,\(composite),\($1.value)\r\n" }
    }

    private var indicatorClasses: String {
        indicators.sorted { $0.key < $1.key }.reduce(
            "zone_kind,zone_id,name,composite,combined_class,vci3m_class,asi_class\r\n"
        ) { text, zone in
            let id = zone.key.split(separator: " ")
            return text + "\(id[0]),\(id[1]),Zone,\(composite),"
                + zone.value.joined(separator: ",") + "\r\n"
        }
    }

    private var bases: String {
        "base_id,name,sector_id,within_incidents,within_population\r\n"
            + "B1,Base,A,\(count("A")),\(people)\r\n"
    }

    private var features: [GeoJSONFeature] {
        spots.map { spot in
            let (west, east) = (spot.longitudes.lowerBound, spot.longitudes.upperBound)
            let ring = [(west, 5), (east, 5), (east, 5.5), (west, 5.5), (west, 5)].map {
                Coordinate(x: $0.0, y: $0.1)
            }
            let area = MultiPolygon([Polygon(exterior: ring)])
            return GeoJSONFeature(
                id: "hotspot-\(spot.rank)", geometry: .multiPolygon(area),
                properties: [
                    JSONMember("rank", .integer(spot.rank)),
                    JSONMember(
                        "area_km2",
                        .rounded(Geodesic.areaInSquareMeters(of: area) / 1e6, decimals: 3)),
                    JSONMember("sectors", .string(spot.sectors)),
                ])
        }
    }
}

/// What changed between two nights.
func changes(from before: NightExample, to after: NightExample) throws -> Changes {
    try RunComparison(before: before.results(), after: after.results()).changes()
}

extension Changes {
    /// `subject kind id figure before>after: causes`, inputs, parameters and
    /// programs left out.
    var told: [String] {
        list.filter { ![.input, .parameter, .program].contains($0.subject) }.map {
            "\($0.subject.rawValue) \($0.kind.rawValue) \($0.idBefore)>\($0.idAfter)"
                + ($0.figure.isEmpty || $0.subject == .hotspot
                    ? "" : " \($0.figure) \($0.before)>\($0.after)") + ": \($0.causeText)"
        }
    }
}
