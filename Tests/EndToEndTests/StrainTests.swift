import Foundation
import TestSupport
import Testing

/// Samples of what `scripts/corrupt.sh` and the soak do at length.
@Suite struct StrainTests {
    private struct Corruption: Decodable {
        struct File: Decodable {
            var file: String
            var damages: Int
            var unnoticedTruncations: Int
            var violations: [String]
        }
        var files: [File]
        var damages: Int
        var refused: Int
    }

    @Test("Damaged files are read as the whole ones, or end in a known error")
    func corruption() throws {
        let files = [
            "Tests/Fixtures/bad/good/ndvi/NDVI_2018337.tif", "Tests/Fixtures/vector/two_layers.gpkg",
            "Tests/Fixtures/vector/zones_utm38n.shp", "Tests/Fixtures/bad/good/sectors.geojson",
            "Tests/Fixtures/bad/good/acled.csv", "sample-data/ndvi/KRS_NDVI_16day_2010001.tif",
        ]
        let process = try JilaalProcess.run(
            JilaalProcess.benchmarks, ["corrupt", "--truncations", "10", "--flips", "40"] + files,
            seconds: 200)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let result = try decoder.decode(Corruption.self, from: Data(process.standardOutput.utf8))
        #expect(process.exitCode == 0)
        // A shapefile is five files.
        #expect(result.files.count == 10)
        #expect(result.damages > 480)
        #expect(result.refused > 100)
        for file in result.files {
            #expect(file.violations == [])
            // Nothing says where a table ends.
            if !file.file.hasSuffix(".csv") { #expect(file.unnoticedTruncations == 0, "\(file.file)") }
        }
    }

    @Test("Memory and descriptors stay flat over thousands of tiles")
    func soak() throws {
        // The warming up of a short run is a larger part of it.
        let process = try JilaalProcess.run(
            JilaalProcess.benchmarks, ["soak", "--tiles", "1600", "--most-bytes", "2048"],
            seconds: 200)
        #expect(process.exitCode == 0, "\(process.standardOutput)\(process.standardError)")
        #expect(process.standardOutput.contains("\"is_flat\": true"))
    }
}
