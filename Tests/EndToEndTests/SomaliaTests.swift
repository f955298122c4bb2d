import Foundation
import GridCore
import TestSupport
import Testing

/// The drought of 2010-11 in southern Somalia, against values that an
/// independent script computed (`Fixtures/somalia2010`).
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct SomaliaTests {
    /// Half of the last printed digit, plus what Float32 may add.
    private enum Tolerance {
        static let z = 0.000_05 + 2e-5
        static let vci = 0.000_5 + 2e-3
        static let anomaly = 0.000_005 + 1e-6
        static let percent = 0.000_5 + 2e-3
    }

    private static let pipeline = TestPaths.package.appendingPathComponent(
        "pipelines/somalia-2010.yaml")

    /// The pipeline as delivered, on its own night.
    private static let delivered = Result { try PublishedRun("pipelines/somalia-2010.yaml") }

    /// Its drought section, over one zone that is the whole raster.
    private static let wholeRaster = Result {
        try PublishedRun(try boxPipeline(changing: [:]).path, ["--as-of", "2011-07-31"])
    }

    private static func boxPipeline(changing replacements: [String: String]) throws -> URL {
        let folder = try Scratch.folder()
        let text = try String(contentsOf: pipeline, encoding: .utf8)
        let start = try #require(text.firstRange(of: "\ndrought:"))
        let end = try #require(text.firstRange(of: "\nincidents:"))
        var drought = String(text[start.lowerBound..<end.lowerBound])
        for (old, new) in replacements {
            try #require(drought.contains(old))
            drought = drought.replacingOccurrences(of: old, with: new)
        }
        // Exactly the 5 x 5 cells of the raster.
        let box = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"all"},\
            "geometry":{"type":"Polygon","coordinates":[[[41.90,-0.15],[42.15,-0.15],\
            [42.15,0.10],[41.90,0.10],[41.90,-0.15]]]}}]}
            """
        try Data(box.utf8).write(to: folder.appendingPathComponent("box.geojson"))
        let head = """
            version: 1
            name: The whole raster as one zone
            sectors: { file: box.geojson, id: id }

            """
        let url = folder.appendingPathComponent("box.yaml")
        try Data((head + drought).utf8).write(to: url)
        return url
    }

    private func expected() throws -> [[String: String]] {
        try CSVText(Data(contentsOf: TestPaths.fixture("somalia2010/expected.csv"))).rows
    }

    @Test("z, VCI, anomaly and percent of every composite equal the independent values")
    func series() throws {
        let rows = try Self.wholeRaster.get().table("drought/series.csv").rows
        let expected = try expected()
        #expect(expected.count == 19)
        for composite in expected {
            let date = try #require(composite["date"])
            let row = try #require(rows.first { $0["composite"] == date }, "\(date)")
            #expect(row["period"] == composite["slot"], "\(date)")
            #expect(row["baseline_years"] == composite["baseline_years"], "\(date)")
            #expect(row["valid_pct"] == "100.00", "\(date)")
            func check(_ column: String, _ name: String, _ tolerance: Double) throws {
                let difference = abs(try row.number(column) - composite.number(name))
                #expect(difference <= tolerance, "\(column) of \(date)")
            }
            try check("z_mean", "z_area", Tolerance.z)
            try check("vci_mean", "vci_area", Tolerance.vci)
            try check("anomaly_mean", "anomaly_area", Tolerance.anomaly)
            try check("percent_mean", "percent_area", Tolerance.percent)
        }
    }

    @Test("z falls from about -1 in October to below -4 in December and stays negative to July")
    func course() throws {
        let rows = try Self.wholeRaster.get().table("drought/series.csv").rows
        func z(_ date: String) throws -> Double {
            try #require(rows.first { $0["composite"] == date }).number("z_mean")
        }
        #expect(abs(try z("2010-10-16") + 1) < 0.1)
        #expect(try z("2010-12-03") < -4)
        let failedGu = rows.filter { ("2011-04-01"..."2011-07-31").contains($0["composite"] ?? "") }
        #expect(failedGu.count == 8)
        for row in failedGu { #expect(try row.number("z_mean") < 0) }
    }

    @Test(
        "The rasters of a night hold the indices of its composite",
        arguments: ["2010-12-03", "2011-07-28"])
    func rasters(_ date: String) throws {
        let run = try (date == "2010-12-03" ? Self.delivered : Self.wholeRaster).get()
        let expected = try #require(try expected().first { $0["date"] == date })
        for (path, column, tolerance) in [
            ("drought/zscore.tif", "z_plain", 2e-5), ("drought/vci.tif", "vci_plain", 2e-3),
        ] {
            let cells = try run.raster(path).cells.map(Double.init)
            #expect(cells.count == 25)
            let mean = cells.reduce(0, +) / Double(cells.count)
            #expect(abs(mean - (try expected.number(column))) <= tolerance, "\(path)")
        }
    }

    @Test("The run as delivered warns of the wrong CRS tag and the odd year-ends")
    func warnings() throws {
        let run = try Self.delivered.get()
        let warnings = run.process.warnings
        let crs = try #require(warnings.first { $0.contains("NAD27") })
        #expect(crs.contains("modisraster.tif") && crs.contains("EPSG:4326 is used instead"))
        let dates = try #require(warnings.first { $0.contains("intervals are not 16 days") })
        #expect(dates.contains("12 of 274") && dates.contains("12 at year-ends"))
        #expect(dates.contains("irregular_dates: accept"))
        #expect(run.process.standardError.contains("37 after-as-of"))
    }

    @Test("The run as delivered has a drought value in sector 2 and none where no raster is")
    func sectors() throws {
        let rows = try Self.delivered.get().table("sectors.csv").rows
        #expect(rows.count == 6)
        let second = try #require(rows.first { $0["sector_id"] == "S2" })
        #expect(try second.number("z_mean") < -2)
        #expect(rows.filter { $0["z_mean"] == "" }.count == 4)
        #expect(rows.allSatisfy { $0["approximate"] == "true" && $0["incidents"] == "0" })
    }

    @Test("Accepted dates and the file's own CRS change the warnings; refused dates stop")
    func overrides() throws {
        func validate(_ changes: [String: String]) throws -> JilaalProcess {
            try JilaalProcess.run(
                ["validate", try Self.boxPipeline(changing: changes).path, "--as-of", "2011-07-31"])
        }
        let accepted = try validate(["irregular_dates: warn": "irregular_dates: accept"])
        #expect(accepted.exitCode == 0)
        #expect(!accepted.warnings.contains { $0.contains("intervals are not") })
        #expect(accepted.warnings.contains { $0.contains("NAD27") })

        let stated = try validate(["crs: \"EPSG:4326\"": "crs: \"EPSG:4267\""])
        #expect(stated.exitCode == 0)
        #expect(!stated.warnings.contains { $0.contains("is used instead") })

        let refused = try validate(["irregular_dates: warn": "irregular_dates: refuse"])
        #expect(refused.exitCode == 2)
        #expect(refused.errors.count == 1)
        #expect(refused.errors.first?.contains("12 of 274 intervals are not 16 days") == true)
    }

    @Test("Without an override the datum of North America is told, not taken in silence")
    func untouchedCRS() throws {
        let pipeline = try Self.boxPipeline(changing: ["crs: \"EPSG:4326\"": "# no crs"])
        let result = try JilaalProcess.run(["validate", pipeline.path, "--as-of", "2011-07-31"])
        let warning = try #require(result.warnings.first { $0.contains("NAD27") })
        #expect(warning.contains("longitudes 167.65 to -47.74"))
        #expect(warning.contains("the raster lies around 42.025, -0.025"))
        #expect(warning.contains("write `crs: \"EPSG:4326\"` under drought.ndvi"))
    }
}
