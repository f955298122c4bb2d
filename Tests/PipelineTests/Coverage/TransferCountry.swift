import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Logging
import TestSupport

@testable import Pipeline

/// A small invented country with everything that a transfer is planned from,
/// as files that tests change before they are written. Whatever must not be
/// in a public output carries one of `markers` in its name.
struct TransferCountry {
    static let rows = 20
    static let columns = 20
    static let cell = 0.05
    static let asOf = "2024-06-30"
    /// In every identifier and name of a base, contingent, host unit, hub and
    /// settlement.
    static let markers = ["X9K", "x9k", "marker", "Marker", "MARKER"]

    struct Raster {
        var cells: [Float]
        var spec: GridSpec
        static let nodata = -9999.0
    }

    /// West and north edges, degrees.
    let originX: Double
    let originY: Double
    private(set) var baseCoordinates: [Coordinate] = []
    /// By name of the file.
    var texts: [String: String] = [:]
    var rasters: [String: Raster] = [:]
    /// Files that take the place of others.
    var copies: [String: URL] = [:]

    /// The same seed gives the same country.
    ///
    /// - Parameter hasHotspots: whether the pipeline computes them.
    init(seed: UInt64, edition: EditionChoice = .public, hasHotspots: Bool = false) {
        var random = SeededGenerator(seed: seed)
        originX = (Double.random(in: -60...60, using: &random) * 20).rounded() / 20
        originY = (Double.random(in: -30...30, using: &random) * 20).rounded() / 20
        addGround(&random)
        addSectors()
        addBases(&random)
        addPlaces(&random)
        addEvidence(&random)
        addIncidents(&random)
        texts["pipeline.yaml"] = Self.pipeline(edition, hasHotspots: hasHotspots)
    }

    var spec: GridSpec {
        GridSpec(
            shape: Shape(rows: Self.rows, columns: Self.columns),
            geotransform: Geotransform(
                originX: originX, cellWidth: Self.cell, originY: originY, cellHeight: -Self.cell),
            crs: .wgs84)
    }

    /// Rows of a table, its head first.
    func lines(_ file: String) -> [String] {
        (texts[file] ?? "").split(separator: "\n").map(String.init)
    }

    /// Replaces the first occurrence of `old`.
    mutating func replace(_ old: String, with new: String, in file: String) {
        guard let range = texts[file]?.range(of: old) else { return }
        texts[file]?.replaceSubrange(range, with: new)
    }

    /// Writes all files into a new folder; the caller removes it.
    func write() throws -> URL {
        let folder = try TestPaths.temporaryDirectory()
        for (name, text) in texts {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        for (name, raster) in rasters {
            let description = RasterDescription(
                spec: raster.spec, type: .float32, nodata: Raster.nodata,
                bands: [.init(description: "", unit: "")])
            let writer = try RasterWriter(
                path: folder.appendingPathComponent(name).path, description: description)
            try raster.cells.withUnsafeBufferPointer { cells in
                guard let base = cells.baseAddress else { return }
                try writer.write(band: 1, window: CellWindow(raster.spec.shape), cells: base)
            }
            try writer.close()
        }
        for (name, source) in copies {
            let target = folder.appendingPathComponent(name)
            if FileManager.default.fileExists(atPath: target.path) {
                try FileManager.default.removeItem(at: target)
            }
            try FileManager.default.copyItem(at: source, to: target)
        }
        return folder
    }

    static func night(in folder: URL) throws -> Night {
        Night(
            file: try PipelineFile(path: folder.path + "/pipeline.yaml", environment: [:]),
            asOf: nil, threads: 1, logger: Logger(label: "test"),
            progress: ProgressReporter.standardError(environment: [:], isQuiet: true))
    }

    // MARK: What it is made of

    private func position(_ row: Double, _ column: Double) -> Coordinate {
        Coordinate(
            longitude: ((originX + column * Self.cell) * 1e6).rounded() / 1e6,
            latitude: ((originY - row * Self.cell) * 1e6).rounded() / 1e6)
    }

    private func randomPosition(_ random: inout SeededGenerator) -> Coordinate {
        position(
            Double.random(in: 0.5...19.5, using: &random),
            Double.random(in: 0.5...19.5, using: &random))
    }

    private static func text(_ place: Coordinate) -> String { "\(place.longitude),\(place.latitude)" }

    private func ring(_ columns: ClosedRange<Double>) -> String {
        let (west, east) = (originX + columns.lowerBound * Self.cell, originX + columns.upperBound * Self.cell)
        let south = originY - Double(Self.rows) * Self.cell
        return [(west, south), (east, south), (east, originY), (west, originY), (west, south)]
            .map { "[\($0.0), \($0.1)]" }.joined(separator: ", ")
    }

    static func collection(_ features: [String]) -> String {
        #"{"type": "FeatureCollection", "features": ["# + features.joined(separator: ",\n") + "]}\n"
    }

    private static func line(_ className: String, _ places: [Coordinate]) -> String {
        let points = places.map { "[\($0.longitude), \($0.latitude)]" }.joined(separator: ", ")
        return #"{"type": "Feature", "properties": {"class": "\#(className)"}, "#
            + #""geometry": {"type": "LineString", "coordinates": [\#(points)]}}"#
    }

    private mutating func addGround(_ random: inout SeededGenerator) {
        var people: [Float] = []
        var land: [Float] = []
        for _ in 0..<Self.rows * Self.columns {
            people.append(Float(Int.random(in: 40...900, using: &random)))
            land.append(Float([1, 1, 1, 2, 2, 3].randomElement(using: &random) ?? 1))
        }
        rasters["population.tif"] = Raster(cells: people, spec: spec)
        rasters["land_cover.tif"] = Raster(cells: land, spec: spec)
        texts["speeds.csv"] = """
            layer,class,dry_kmh,wet_kmh,flood_kmh
            land_cover,1,18,14,9
            land_cover,2,8,5,2
            land_cover,3,0,0,0
            road,main,50,40,25
            crossing,bridge,20,20,20
            river,river,0,0,0

            """
        let row = Double.random(in: 4.2...15.8, using: &random)
        texts["roads.geojson"] = Self.collection([
            Self.line("main", [position(row, 0.5), position(row, 19.5)])
        ])
        texts["rivers.geojson"] = Self.collection([
            Self.line("river", [position(0.2, 10.5), position(19.8, 10.5)])
        ])
        texts["crossings.csv"] = "id,longitude,latitude,kind,ferry_minutes\n"
            + "C1,\(Self.text(position(row, 10.5))),bridge,\n"
    }

    private mutating func addSectors() {
        setSectors([("S1", 0...7), ("S2", 7...13), ("S3", 13...20)])
    }

    /// Strips from north to south, in columns of the grid.
    mutating func setSectors(_ strips: [(id: String, columns: ClosedRange<Double>)]) {
        texts["sectors.geojson"] = Self.collection(
            strips.map { id, columns in
                #"{"type": "Feature", "properties": {"id": "\#(id)", "name": "Sector \#(id)"}, "#
                    + #""geometry": {"type": "Polygon", "coordinates": [[\#(ring(columns))]]}}"#
            })
    }

    private mutating func addBases(_ random: inout SeededGenerator) {
        var rows = ["id,name,longitude,latitude,sector,tcc,size_class,opened,status,aliases"]
        for number in 0..<Int.random(in: 5...12, using: &random) {
            let place = randomPosition(&random)
            baseCoordinates.append(place)
            // Some are listed under a sector that they do not lie in.
            let sector = ["", "", "", "S1", "S3"].randomElement(using: &random) ?? ""
            rows.append(
                "BX9K\(number),Basemarker \(number),\(Self.text(place)),\(sector),"
                    + "Contingentmarker\(number % 3),company,2020-01-01,open,Aliasmarker \(number)")
        }
        texts["bases.csv"] = rows.joined(separator: "\n") + "\n"
    }

    private mutating func addPlaces(_ random: inout SeededGenerator) {
        var settlements = ["id,name,longitude,latitude,population"]
        for number in 0..<15 {
            settlements.append(
                "TX9K\(number),Townmarker \(number),\(Self.text(randomPosition(&random))),"
                    + "\(Int.random(in: 300...6000, using: &random))")
        }
        texts["settlements.csv"] = settlements.joined(separator: "\n") + "\n"
        texts["hubs.csv"] = "id,name,longitude,latitude\n"
            + (0..<2).map { "HX9K\($0),Hubmarker \($0),\(Self.text(randomPosition(&random)))\n" }
            .joined()
    }

    private mutating func addEvidence(_ random: inout SeededGenerator) {
        var rows = ["base_id,item,value,as_of,source"]
        for number in baseCoordinates.indices {
            // Some rows name a base by another spelling.
            let names = ["BX9K\(number)", "BX9K\(number)", "Aliasmarker \(number)"]
            func add(_ item: String, _ value: String) {
                let name = names.randomElement(using: &random) ?? names[0]
                rows.append("\(name),\(item),\(value),2024-05-15,Sourcemarker")
            }
            let isReady = Bool.random(using: &random)
            let ratio = isReady ? "0.9" : "0.6"
            add("host_unit", "Hostmarker \(number)")
            add("colocated_days", isReady ? "60" : "10")
            for item in [
                "personnel_ratio", "armed_ratio", "comms_ratio", "vehicle_ratio",
                "serviceability_ratio",
            ] where isReady || Bool.random(using: &random) { add(item, ratio) }
            add("hrddp_state", isReady ? "low" : "not_assessed")
            add("supply_hub", "Hubmarker 0")
            for item in [
                "supply_package", "casevac_agreement", "land_release", "gifting_certificate",
                "cleanup_certificate",
            ] { add(item, isReady ? "yes" : "no") }
            add("harm_cases_open_over_90d", "0")
            add("community_contact", "2024-05-10")
        }
        texts["readiness.csv"] = rows.joined(separator: "\n") + "\n"
    }

    /// Every base with everything on record that a handover asks for.
    mutating func makeReady(ratio: Double) {
        let facts = [
            ("colocated_days", "60"), ("personnel_ratio", "\(ratio)"), ("armed_ratio", "\(ratio)"),
            ("comms_ratio", "\(ratio)"), ("vehicle_ratio", "\(ratio)"),
            ("serviceability_ratio", "\(ratio)"), ("hrddp_state", "low"),
            ("supply_hub", "Hubmarker 0"), ("supply_package", "yes"), ("casevac_agreement", "yes"),
            ("land_release", "yes"), ("gifting_certificate", "yes"),
            ("cleanup_certificate", "yes"), ("harm_cases_open_over_90d", "0"),
            ("community_contact", "2024-05-14"),
        ]
        var rows = ["base_id,item,value,as_of,source"]
        for number in baseCoordinates.indices {
            for (item, value) in [("host_unit", "Hostmarker \(number)")] + facts {
                rows.append("BX9K\(number),\(item),\(value),2024-05-15,Sourcemarker")
            }
        }
        texts["readiness.csv"] = rows.joined(separator: "\n") + "\n"
    }

    private mutating func addIncidents(_ random: inout SeededGenerator) {
        var rows = ["key,day,longitude,latitude,deaths,civilian_deaths,type,precision"]
        for number in 0..<60 {
            let place = position(
                Double.random(in: 0.5...19.5, using: &random),
                number < 25
                    ? Double.random(in: 6...8, using: &random)
                    : Double.random(in: 0.5...19.5, using: &random))
            let day = 10 + number % 20
            rows.append("E\(number),2024-0\(4 + number % 3)-\(day),\(Self.text(place)),1,1,Battles,exact")
        }
        texts["incidents.csv"] = rows.joined(separator: "\n") + "\n"
    }

    private static func pipeline(_ edition: EditionChoice, hasHotspots: Bool) -> String {
        """
        version: 1
        name: Invented
        synthetic: true
        as_of: "\(asOf)"
        sectors: { file: sectors.geojson, id: id, name: name }
        settlements: { file: settlements.csv, id: id, name: name, longitude: longitude, latitude: latitude, population: population }
        incidents:
          sources:
            - source: mapped
              file: incidents.csv
              columns: { key: key, date: day, longitude: longitude, latitude: latitude, deaths: deaths, civilian_deaths: civilian_deaths, type: type, location_precision: precision }
        \(hasHotspots ? "hotspots: { cell: 10 km, window: 90 days, gistar: { radius: 20 km }, density: { kernel: quartic, radius: 20 km } }" : "")
        bases: { file: bases.csv, reach: 20 km, edition: \(edition.rawValue) }
        population: { file: population.tif }
        travel:
          speeds: speeds.csv
          land_cover: land_cover.tif
          roads: { file: roads.geojson }
          rivers: { file: rivers.geojson }
          crossings: crossings.csv
          wet_months: [4, 5]
        coverage: { limits: [60 min, 120 min] }
        transfer:
          hubs: hubs.csv
          readiness: readiness.csv
          draws: 20
          schedule:
            phases: [{ starts: 2024-09-01, moves: 2 }, { starts: 2025-01-01, moves: 2 }]
            leave: 1

        """
    }
}
