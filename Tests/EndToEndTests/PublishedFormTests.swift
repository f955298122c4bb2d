import Foundation
import Geo
import TestSupport
import Testing

/// The published files keep their formats' rules and describe themselves.
@Suite struct PublishedFormTests {
    private func run() throws -> PublishedRun { try SharedRuns.korsavel.get() }

    @Test("The output folder holds the run, the link to it, the lock, cache and state, nothing half-made")
    func layout() throws {
        let run = try run()
        let names = try FileManager.default.contentsOfDirectory(atPath: run.root.path)
        #expect(names.sorted() == [".lock", "cache", "latest", "runs", "state.sqlite"])
        let target = try FileManager.default.destinationOfSymbolicLink(
            atPath: run.root.appendingPathComponent("latest").path)
        #expect(target == "runs/2022-12-02-001")
    }

    @Test("Standard output says where the results are and what to open first")
    func summary() throws {
        let run = try run()
        #expect(run.process.standardOutput.contains("Results: " + run.folder.path))
        #expect(run.process.standardOutput.contains("SYNTHETIC DATA"))
        #expect(run.process.errors == [])
    }

    private struct Manifest: Decodable {
        struct Entry: Decodable {
            var path: String
            var bytes: Int
            var sha256: String
        }
        var outputs: [Entry]
        var inputs: [Entry]
        var counts: [String: [String: Int]]
        var pipeline: Pipeline

        struct Pipeline: Decodable {
            var file: String
            var sha256: String
        }
    }

    @Test("The manifest lists every published file with its hash and size")
    func manifest() throws {
        let run = try run()
        let manifest = try run.json("manifest.json", as: Manifest.self)
        let unlisted: Set = ["manifest.json", "run.json", "log.txt"]
        let paths = try run.files().filter { !unlisted.contains($0) }
        #expect(manifest.outputs.map(\.path).sorted() == paths)
        for entry in manifest.outputs {
            #expect(try run.sha256(entry.path) == entry.sha256, "\(entry.path)")
            #expect(try run.data(entry.path).count == entry.bytes, "\(entry.path)")
        }
    }

    @Test("The manifest lists every input, and its counts add up")
    func inputs() throws {
        let manifest = try run().json("manifest.json", as: Manifest.self)
        let folder = TestPaths.package.appendingPathComponent("sample-data")
        let manager = FileManager.default
        let rasters = try ["ndvi", "qa"].flatMap { name in
            try manager.contentsOfDirectory(atPath: folder.appendingPathComponent(name).path)
                .map { "\(name)/\($0)" }
        }
        let tables = [
            "acled_like.csv", "bases.csv", "crossings.csv", "districts.gpkg", "elevation.tif",
            "extra_reports.csv", "ged_like.csv", "hubs.csv", "land_cover.tif", "population.tif",
            "readiness.csv", "rivers.geojson", "roads.geojson", "sectors.geojson",
            "settlements.csv", "speeds.csv",
        ]
        #expect(manifest.inputs.map(\.path).sorted() == (rasters + tables).sorted())
        for entry in manifest.inputs {
            let path = folder.appendingPathComponent(entry.path).path
            #expect(manager.contents(atPath: path)?.count == entry.bytes, "\(entry.path)")
        }
        #expect(manifest.pipeline.file == "pipeline.yaml")
        let incidents = try #require(manifest.counts["incidents"])
        let read = try #require(incidents["rows_read"])
        let used = try #require(incidents["rows_used"])
        let rejected = try #require(incidents["rows_rejected"])
        #expect(read == used + rejected)
        let reasons = incidents.filter { $0.key.hasPrefix("rejected_") }.values.reduce(0, +)
        #expect(reasons == rejected)
    }

    private struct DataPackage: Decodable {
        struct Resource: Decodable {
            var path: String
            var schema: Schema
        }
        struct Schema: Decodable { var fields: [Field] }
        struct Field: Decodable {
            var name: String
            var type: String
            var description: String
        }
        var resources: [Resource]
    }

    @Test("Each CSV has its data dictionary, whose fields are the header, each with a meaning")
    func dictionaries() throws {
        let run = try run()
        let tables = try run.files().filter { $0.hasSuffix(".csv") }
        #expect(tables.count == 34)
        for path in tables {
            let table = try run.table(path)
            let package = try run.json(
                String(path.dropLast(4)) + ".datapackage.json", as: DataPackage.self)
            let resource = try #require(package.resources.first)
            #expect(package.resources.count == 1)
            #expect(resource.path == (path as NSString).lastPathComponent)
            #expect(resource.schema.fields.map(\.name) == table.header, "\(path)")
            #expect(resource.schema.fields.allSatisfy { $0.description.count > 3 }, "\(path)")
            for field in resource.schema.fields where field.type != "string" {
                for value in table.rows.compactMap({ $0[field.name] }) where !value.isEmpty {
                    #expect(Self.fits(value, field.type), "\(path) \(field.name): \(value)")
                }
            }
        }
    }

    private static func fits(_ value: String, _ type: String) -> Bool {
        switch type {
        case "integer": Int(value) != nil
        case "number": Double(value).map(\.isFinite) ?? false
        case "boolean": value == "true" || value == "false"
        case "date": value.wholeMatch(of: #/[0-9]{4}-[0-9]{2}-[0-9]{2}/#) != nil
        default: false
        }
    }

    @Test("CSV lines end with CR LF, have all columns, and hold no formula")
    func csv() throws {
        let run = try run()
        for path in try run.files() where path.hasSuffix(".csv") {
            let bytes = [UInt8](try run.data(path))
            #expect(bytes.suffix(2) == [13, 10], "\(path)")
            let table = try run.table(path)
            #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(path)")
            for (column, value) in table.rows.joined() where Double(value) == nil {
                #expect(!(value.first.map { "=+-@\t\r".contains($0) } ?? false), "\(path) \(column)")
            }
        }
    }

    /// Twice the signed area of a ring; positive when counter-clockwise.
    private static func turn(_ ring: [[Double]]) -> Double {
        zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
            sum + (edge.0[0] * edge.1[1] - edge.1[0] * edge.0[1])
        }
    }

    @Test("GeoJSON rings are closed and turn as RFC 7946 says, in degrees of WGS 84")
    func rings() throws {
        let run = try run()
        var polygons = 0
        for path in try run.files() where path.hasSuffix(".geojson") {
            let text = String(decoding: try run.data(path), as: UTF8.self)
            #expect(!text.contains("\"crs\""), "\(path)")
            let collection = try run.json(path, as: GeoJSONText.self)
            for polygon in collection.features.compactMap({ $0.geometry }).flatMap(\.polygons) {
                polygons += 1
                for (index, ring) in polygon.enumerated() {
                    #expect(ring.count >= 4 && ring.first == ring.last, "\(path)")
                    #expect(index == 0 ? Self.turn(ring) > 0 : Self.turn(ring) < 0, "\(path)")
                    #expect(ring.allSatisfy { (-35 ... -31).contains($0[0]) && (10...13).contains($0[1]) })
                }
            }
        }
        #expect(polygons >= 6 + 24 + 3)
    }

    @Test("GeoJSON and CSV of zones and hotspots say the same")
    func twins() throws {
        let run = try run()
        for name in [
            "sectors", "districts", "hotspots/hotspots", "cube/emerging", "clusters/clusters",
        ] {
            let rows = try run.table(name + ".csv").rows
            let features = try run.json(name + ".geojson", as: GeoJSONText.self).features
            #expect(rows.count == features.count && !rows.isEmpty, "\(name)")
            for (row, feature) in zip(rows, features) {
                for (column, value) in row {
                    switch feature.properties[column] {
                    case .number(let number): #expect(Double(value) == number, "\(name) \(column)")
                    case .text(let text): #expect(value == text, "\(name) \(column)")
                    case .flag(let flag): #expect(value == String(flag), "\(name) \(column)")
                    case .nothing: #expect(value.isEmpty, "\(name) \(column)")
                    case nil: Issue.record("\(name).geojson has no \(column)")
                    }
                }
                #expect(feature.properties["synthetic"] == .flag(true))
            }
        }
    }

    private static let units = [
        "coverage/nearest_base_dry.tif": "", "coverage/nearest_base_wet.tif": "",
        "coverage/second_time_dry.tif": "minutes", "coverage/second_time_wet.tif": "minutes",
        "coverage/travel_time_dry.tif": "minutes", "coverage/travel_time_wet.tif": "minutes",
        "cube/emerging.tif": "", "cube/hot_steps.tif": "steps",
        "drought/anomaly.tif": "NDVI", "drought/class.tif": "", "drought/climatology_count.tif": "years",
        "drought/climatology_max.tif": "NDVI", "drought/climatology_mean.tif": "NDVI",
        "drought/climatology_min.tif": "NDVI", "drought/climatology_sd.tif": "NDVI",
        "drought/ndvi.tif": "NDVI", "drought/percent.tif": "%", "drought/reason.tif": "",
        "drought/vci.tif": "%", "drought/zscore.tif": "standard deviations",
        "hotspots/density.tif": "incidents per 1000 km2", "hotspots/gistar_bin.tif": "",
        "hotspots/gistar_p.tif": "", "hotspots/gistar_z.tif": "standard deviations",
        "hotspots/hot_probability.tif": "%",
    ]

    @Test("Each raster is a COG with nodata, unit and a description, and has its picture")
    func rasters() throws {
        let run = try run()
        let paths = try run.files().filter { $0.hasSuffix(".tif") }
        #expect(paths == Self.units.keys.sorted())
        for path in paths {
            let head = String(decoding: try run.data(path).prefix(600), as: UTF8.self)
            #expect(head.contains("LAYOUT=IFDS_BEFORE_DATA"), "\(path)")
            let info = try run.source(path).info
            let band = try #require(info.bands.first)
            #expect(info.bands.count == 1)
            #expect(band.description.count > 3, "\(path)")
            #expect(band.unit == Self.units[path], "\(path)")
            #expect(band.nodata != nil, "\(path)")
            #expect(info.crs != nil, "\(path)")
            #expect(info.metadata.contains { $0.key == "SYNTHETIC" }, "\(path)")
            // Travel times stand side by side on one map.
            let name = path.hasPrefix("coverage/") ? "coverage/coverage_map" : String(path.dropLast(4))
            let picture = try run.data(name + ".png")
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(path)")
        }
        #expect(try run.data("map.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("Drought rasters lie on the grid of the NDVI, cell for cell")
    func nativeGrid() throws {
        let run = try run()
        let input = try RasterSource(
            RasterReference(
                name: "ndvi",
                path: TestPaths.package.path + "/sample-data/ndvi/KRS_NDVI_16day_2022321.tif"))
        for path in Self.units.keys where path.hasPrefix("drought/") {
            #expect(try run.source(path).gridSpec() == input.gridSpec(), "\(path)")
        }
    }

    @Test("The public edition publishes no position of a base")
    func publicEdition() throws {
        let folder = try Scratch.folder().appendingPathComponent("set")
        try FileManager.default.copyItem(at: SharedRuns.goodFolder, to: folder)
        try Data("id,name,longitude,latitude\nB1,Camp Alder,-33.8123,11.2987\n".utf8)
            .write(to: folder.appendingPathComponent("bases.csv"))
        let pipeline = folder.appendingPathComponent("pipeline.yaml")
        let text = try String(contentsOf: pipeline, encoding: .utf8)
        // Without rasters: the bases are what is looked at.
        let kept = try #require(text.firstRange(of: "drought:"))
        let incidents = try #require(text.firstRange(of: "incidents:"))
        try Data(
            (text[..<kept.lowerBound] + text[incidents.lowerBound...]
                + "\nbases: { file: bases.csv }\n").utf8
        ).write(to: pipeline)
        let run = try PublishedRun(pipeline.path)
        let files = try run.files()
        #expect(files.contains("base_coverage_by_sector.csv"))
        #expect(!files.contains("bases.csv") && !files.contains("bases.geojson"))
        for path in files {
            let text = String(decoding: try run.data(path), as: UTF8.self)
            for secret in ["Camp Alder", "-33.81", "11.298"] {
                #expect(!text.contains(secret), "\(path) holds \(secret)")
            }
        }
        #expect(!run.process.standardOutput.contains("Camp Alder"))
    }
}
