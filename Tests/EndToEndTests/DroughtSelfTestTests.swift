import Foundation
import TestSupport
import Testing

/// `jilaal drought selftest` on the vectors of the source, and on vectors that
/// were changed, damaged or lost.
@Suite struct DroughtSelfTestTests {
    static let vectors = TestPaths.fixture("drought")

    /// A copy of the vectors with `file` changed.
    private func changed(_ file: String, _ change: (String) -> String) throws -> String {
        let folder = try Scratch.folder().appendingPathComponent("vectors")
        try FileManager.default.copyItem(at: Self.vectors, to: folder)
        let path = folder.appendingPathComponent(file)
        let text = try String(contentsOf: path, encoding: .utf8)
        let other = change(text)
        #expect(other != text)
        try FileManager.default.removeItem(at: path)
        try Data(other.utf8).write(to: path)
        return folder.path
    }

    @Test("Every check of every profile passes on the vectors, found from the source's folder")
    func passes() throws {
        let run = try JilaalProcess.run(["drought", "selftest"])
        #expect(run.exitCode == 0, "\(run.standardOutput)\(run.standardError)")
        let lines = run.standardOutput.split(separator: "\n").map(String.init)
        for profile in ["jilaal", "ndma", "fao-asis", "climate-indices", "r-bfast"] {
            #expect(lines.contains { $0.hasPrefix(profile + " ") && $0.contains("  pass  ") })
        }
        #expect(lines.contains { $0.contains("  info  ") })
        #expect(!run.standardOutput.contains("FAIL"))
        #expect(lines.last?.contains("checks pass") == true)
    }

    struct Document: Decodable {
        struct Check: Decodable {
            var profile: String
            var check: String
            var source: String
            var count: Int
            var largest_deviation: Double
            var tolerance: Double?
            var result: String
            var place: String?
            enum CodingKeys: String, CodingKey {
                case profile, check, source, count, largest_deviation, tolerance, result
                case place = "where"
            }
        }
        var outcome: String
        var exit_code: Int
        var checks: [Check]
    }

    @Test("A number changed by more than its tolerance fails, is named, and ends with 2")
    func aChangedNumberFails() throws {
        let folder = try changed("spi_monthly.csv") { text in
            // SPI-1 of the first month by climate_indices.
            text.replacingOccurrences(of: "1.1,1.1,0.260043952,", with: "1.1,1.1,0.260053952,")
        }
        let run = try JilaalProcess.run([
            "drought", "selftest", "--vectors", folder, "--profile", "climate-indices",
            "--profile", "ndma", "--json",
        ])
        #expect(run.exitCode == 2)
        let found = try JSONDecoder().decode(Document.self, from: Data(run.standardOutput.utf8))
        #expect(found.outcome == "failed" && found.exit_code == 2)
        let failed = found.checks.filter { $0.result == "fail" }
        #expect(Set(failed.map(\.check)) == ["SPI, series", "SPI, kernel"])
        #expect(failed.allSatisfy { $0.profile == "climate-indices" })
        #expect(failed.allSatisfy { $0.place == "spi1_climate_indices_gamma step 0" })
        #expect(failed.allSatisfy { abs($0.largest_deviation - 1e-5) < 1e-6 })
        #expect(Set(found.checks.map(\.profile)) == ["climate-indices", "ndma"])
    }

    @Test("A value that one side lacks fails, however small the numbers")
    func aLostNumberFails() throws {
        let folder = try changed("season_asi_vci3m_runs.json") {
            $0.replacingOccurrences(of: "35.41428571428572", with: "null")
        }
        let run = try JilaalProcess.run([
            "drought", "selftest", "--vectors", folder, "--profile", "ndma",
        ])
        #expect(run.exitCode == 2)
        #expect(run.standardOutput.contains("1 one-sided"))
        #expect(run.standardOutput.contains("failed: ndma: "))
    }

    @Test("Vectors that are not numbers are refused with file and line")
    func damagedVectors() throws {
        let folder = try changed("bfastmonitor_input.csv") {
            $0.replacingOccurrences(of: "2000.0434782609,0.468", with: "2000.0434782609,n/a")
        }
        let run = try JilaalProcess.run(["drought", "selftest", "--vectors", folder])
        #expect(run.exitCode == 2)
        let error = try #require(run.errors.first)
        #expect(error.contains("bfastmonitor_input.csv:3: column \"value\": \"n/a\" is no number"))
    }

    @Test("Vectors that are not there are missing input, and the error says how to give them")
    func missingVectors() throws {
        let empty = try Scratch.folder()
        let run = try JilaalProcess.run(["drought", "selftest", "--vectors", empty.path])
        #expect(run.exitCode == 66)
        #expect(run.errors.first?.contains("--vectors DIR") == true)
    }

    @Test("The help of drought teaches both, and computing needs no name")
    func help() throws {
        let help = try JilaalProcess.run(["drought", "--help"])
        #expect(help.exitCode == 0)
        #expect(help.standardOutput.contains("selftest"))
        #expect(help.standardOutput.contains("compute"))
        let text = try JilaalProcess.run([
            "drought", "ndvi/", "--product", "mod13a2", "--baseline", "2003-2022",
            "--print-pipeline",
        ])
        let named = try JilaalProcess.run([
            "drought", "compute", "ndvi/", "--product", "mod13a2", "--baseline", "2003-2022",
            "--print-pipeline",
        ])
        #expect(text.exitCode == 0 && text.standardOutput.contains("mod13a2"))
        #expect(text.standardOutput == named.standardOutput)
    }
}
