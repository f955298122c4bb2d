import Diagnostics
import Foundation
import Geo
import GridCore
import Tables
import TestSupport
import Testing

@testable import Pipeline

/// The public edition of random countries never has what only the restricted
/// one may have, in any byte that is published or said.
@Suite struct EditionTests {
    private static let seeds = Array(UInt64(1)...20)
    /// Hotspots take most of the time of a run and say nothing of bases.
    private static func hasHotspots(_ seed: UInt64) -> Bool { seed % 10 == 0 }
    private static func asksWhatIf(_ seed: UInt64) -> Bool { seed % 4 == 0 }

    /// What a run publishes and says.
    private struct Run {
        var files: [String: Data]
        var said: [String]

        /// - Parameter writesRasters: whether stages may not run side by side.
        init(
            _ country: TransferCountry, writesRasters: Bool = false, asksWhatIf: Bool = false
        ) throws {
            let folder = try country.write()
            defer { try? FileManager.default.removeItem(at: folder) }
            let night = try TransferCountry.night(in: folder)
            let output = folder.path + "/out"
            let outcome =
                writesRasters
                ? try RasterGate.pass { try night.run(output: output) }
                : try night.run(output: output)
            said = outcome.summary + outcome.warnings.map(\.description)
            files = [:]
            let manager = FileManager.default
            for path in try manager.subpathsOfDirectory(atPath: outcome.run.path) {
                guard let bytes = manager.contents(atPath: outcome.run.path + "/" + path) else {
                    continue
                }
                files[path] = bytes
            }
            guard asksWhatIf else { return }
            let request = WhatIfRequest(
                close: ["BX9K3", "Aliasmarker 1"], open: [country.baseCoordinates[2]])
            let answer = try RasterGate.pass {
                try night.whatIf(request, runs: folder.path + "/out")
            }
            said += answer.lines + [answer.json.text(.pretty)]
            for (name, bytes) in try answer.files() { files["what-if/" + name] = Data(bytes) }
        }

        /// The rows of a table by the names of their columns.
        func table(_ path: String) throws -> [[String: String]] {
            let bytes = try #require(files[path], "\(path)")
            let table = try CSVReader.read(Array(bytes), file: path).requireTable()
            return table.map { record in
                Dictionary(
                    table.columns.map { name in
                        (name, table.column(named: name).flatMap { record.field($0) } ?? "")
                    }, uniquingKeysWith: { first, _ in first })
            }
        }
    }

    // MARK: Nothing leaks

    @Test("No byte names a base, a contingent, a host unit, a hub or a settlement", arguments: seeds)
    func namesNobody(seed: UInt64) throws {
        let country = TransferCountry(seed: seed, hasHotspots: Self.hasHotspots(seed))
        let asksWhatIf = Self.asksWhatIf(seed)
        let run = try Run(
            country, writesRasters: Self.hasHotspots(seed), asksWhatIf: asksWhatIf)
        let secrets = TransferCountry.markers + Self.printed(country.baseCoordinates)
        for (path, bytes) in run.files {
            #expect(Self.found(secrets, in: Self.withoutPixels(path, bytes)) == [], "\(path)")
        }
        #expect(Self.found(secrets, in: Data(run.said.joined(separator: "\n").utf8)) == [])
        #expect(Self.found(secrets, in: Data(country.texts["bases.csv", default: ""].utf8)) != [])
        let paths = run.files.keys.filter { path in !Self.others.contains { path.hasPrefix($0) } }
        #expect(Set(paths) == Self.publicPaths.union(asksWhatIf ? Self.publicAnswer : []))
        try Self.checkRounding(run, asksWhatIf: asksWhatIf)
        try Self.checkGapCells(run)
    }

    /// Pairs of longitude and latitude in every form in which a program may
    /// print them.
    private static func printed(_ places: [Coordinate]) -> [String] {
        places.flatMap { place in
            (2...6).flatMap { decimals -> [String] in
                let x = DecimalText.fixed(place.longitude, decimals: decimals) ?? ""
                let y = DecimalText.fixed(place.latitude, decimals: decimals) ?? ""
                return [",", ", ", " ", ";", "\t"].flatMap { [x + $0 + y, y + $0 + x] }
            }
        }
    }

    /// Those of `secrets` that stand anywhere in the bytes.
    private static func found(_ secrets: [String], in bytes: Data) -> [String] {
        secrets.filter { bytes.range(of: Data($0.utf8)) != nil }
    }

    /// A picture without its pixels, which are compressed; its texts stand
    /// before them.
    private static func withoutPixels(_ path: String, _ bytes: Data) -> Data {
        guard path.hasSuffix(".png"), let pixels = bytes.range(of: Data("IDAT".utf8)) else {
            return bytes
        }
        return bytes[..<pixels.lowerBound]
    }

    /// Everything in the public edition; with hotspots there is more, of
    /// which nothing builds on bases.
    private static let publicPaths: Set<String> = [
        "base_coverage_by_sector.csv", "base_coverage_by_sector.datapackage.json",
        "coverage/friction_log.csv", "coverage/friction_log.datapackage.json",
        "coverage/gap_cells.geojson", "coverage/sector_coverage.csv",
        "coverage/sector_coverage.datapackage.json", "coverage/sector_coverage.png",
        "manifest.json", "map.png", "run.json", "sectors.csv", "sectors.datapackage.json",
        "sectors.geojson", "transfer/summary.csv", "transfer/summary.datapackage.json",
    ]
    private static let publicAnswer: Set<String> = ["what-if/sectors.csv", "what-if/what_if.json"]
    private static let others = ["incidents/", "hotspots/", "hotspots.", "changes."]

    // MARK: Rounding

    private static let steps: [(column: @Sendable (String) -> Bool, step: Double)] = [
        ({ $0.hasPrefix("pop_") || $0.hasSuffix("_population") }, 500),
        ({ $0.hasPrefix("share_") || $0.hasSuffix("_share") }, 0.05),
        ({ $0.hasSuffix("_min") || $0.hasPrefix("p90_") }, 15),
        ({ $0.contains("_km2") }, 100),
        ({ $0.contains("settlements") }, 5),
    ]
    /// Shares are printed with four digits.
    private static let printingTolerance = 1e-6

    private static func checkRounding(_ run: Run, asksWhatIf: Bool) throws {
        let tables = [
            "base_coverage_by_sector.csv", "coverage/sector_coverage.csv",
        ] + (asksWhatIf ? ["what-if/sectors.csv"] : [])
        for path in tables {
            for row in try run.table(path) {
                for (column, text) in row where column != "T_min" {
                    guard let value = Double(text),
                        let step = steps.first(where: { $0.column(column) })?.step
                    else { continue }
                    let rest = abs(value / step - (value / step).rounded())
                    #expect(rest < printingTolerance / step, "\(path) \(column): \(text)")
                }
                #expect(row["edition"] == "public", "\(path)")
                #expect(row["bases"] ?? "" == "", "\(path)")
            }
        }
    }

    private struct Cells: Decodable {
        struct Feature: Decodable {
            struct Properties: Decodable {
                var people: Double
                var share_beyond: Double
                var bases_as_of: String
                var edition: String
            }
            struct Geometry: Decodable {
                var type: String
                var coordinates: [[[[Double]]]]
            }
            var properties: Properties
            var geometry: Geometry
        }
        var edition: String
        var features: [Feature]
    }

    private static func checkGapCells(_ run: Run) throws {
        let bytes = try #require(run.files["coverage/gap_cells.geojson"])
        let cells = try JSONDecoder().decode(Cells.self, from: bytes)
        #expect(cells.edition == "public")
        #expect(!cells.features.isEmpty)
        for cell in cells.features {
            #expect(cell.properties.people.truncatingRemainder(dividingBy: 500) == 0)
            let shares = cell.properties.share_beyond / 0.05
            #expect(abs(shares - shares.rounded()) < printingTolerance)
            #expect(cell.properties.bases_as_of == "2024-05-31")
            #expect(cell.properties.edition == "public")
            let ring = try #require(cell.geometry.coordinates.first?.first)
            let corners = ring.map { Coordinate(longitude: $0[0], latitude: $0[1]) }
            for (a, b) in zip(corners, corners.dropFirst()) {
                #expect(Geodesic.distanceInMeters(from: a, to: b) >= 25_000)
            }
        }
    }

    @Test("Rows and columns are cut into parts that are never narrower than asked for")
    func parts() {
        for count in 0...60 {
            for least in 1...20 {
                let parts = GapCells.parts(of: count, least: least)
                #expect(parts.allSatisfy { $0.count >= least && $0.count < 2 * least })
                #expect(parts.isEmpty == (count < least))
                #expect(parts.flatMap { Array($0) } == (parts.isEmpty ? [] : Array(0..<count)))
            }
        }
    }

    @Test("A base opened in the last 30 days does not show in the map of gaps")
    func lag() throws {
        let before = TransferCountry(seed: 31)
        var after = before
        let place = try #require(before.baseCoordinates.first)
        after.texts["bases.csv"]?.append(
            "BX9K99,Basemarker 99,\(place.longitude - 0.2),\(place.latitude),S2,,company,2024-06-10,"
                + "open,\n")
        // One that closed since then still counts.
        let rows = after.lines("bases.csv").enumerated().map { index, line in
            line + (index == 0 ? ",closed" : index == 1 ? ",2024-06-20" : ",")
        }
        after.texts["bases.csv"] = rows.joined(separator: "\n") + "\n"
        let path = "coverage/gap_cells.geojson"
        #expect(try Run(before).files[path] == Run(after).files[path])
    }

    // MARK: Every file says its edition

    private static func text(_ run: Run, _ path: String) -> String {
        String(decoding: run.files[path] ?? Data(), as: UTF8.self)
    }

    /// Of files that rest on bases.
    private static func tellsOfBases(_ path: String) -> Bool {
        ["coverage/", "transfer/", "what-if/", "bases.", "base_coverage", "map.png"].contains {
            path.hasPrefix($0)
        }
    }

    /// Sectors in shares of 5 %: the same picture in both editions.
    private static let publicInBoth = "coverage/sector_coverage.png"

    @Test("Every file that tells of bases says its edition", arguments: [EditionChoice.public, .restricted])
    func saysEdition(edition: EditionChoice) throws {
        let run = try Run(TransferCountry(seed: 41, edition: edition), writesRasters: true, asksWhatIf: true)
        let word = edition.rawValue
        for path in run.files.keys.sorted() where Self.tellsOfBases(path) {
            let text = Self.text(run, path)
            switch path.split(separator: ".").last {
            case "csv":
                #expect(try run.table(path).allSatisfy { $0["edition"] == word }, "\(path)")
            case "geojson":
                #expect(text.hasPrefix(#"{"type":"FeatureCollection","edition":"\#(word)""#), "\(path)")
            case "json" where path.hasSuffix(".datapackage.json"):
                #expect(text.contains(edition == .public ? "Public edition" : "Restricted edition"), "\(path)")
            case "json":
                #expect(text.replacing("\": \"", with: "\":\"").contains(#""edition":"\#(word)""#), "\(path)")
            case "png":
                let expected = path == Self.publicInBoth ? "public" : word
                #expect(text.contains("tEXtEdition\0\(expected)"), "\(path)")
            case "tif": #expect(text.contains(#"name="EDITION""#) && text.contains(word), "\(path)")
            case "lp": #expect(text.hasPrefix("\\ edition: \(word)\n"), "\(path)")
            default: Issue.record("\(path) says no edition")
            }
        }
        let rows = run.files.keys.filter { $0.hasPrefix("transfer/base_transfer") }
        #expect(rows.isEmpty == (edition == .public))
    }
}
