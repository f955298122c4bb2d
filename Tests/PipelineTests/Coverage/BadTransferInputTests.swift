import Diagnostics
import Foundation
import Tables
import TestSupport
import Testing

@testable import Pipeline

/// Everything that can be wrong with what coverage and transfer are computed
/// from ends with its message and exit code, and what is refused leaves
/// nothing behind.
@Suite struct BadTransferInputTests {
    /// What a night says of a country.
    private struct Said {
        var failures: [any Diagnostic] = []
        var warnings: [Warning] = []
        var folder: URL

        /// As `docs/bad-input.md` has them.
        func texts(_ isMeant: (String) -> Bool) -> [String] {
            (failures.filter { isMeant($0.code) }.map { "error: \($0.description)" }
                + warnings.filter { isMeant($0.code) }.map { "warning: \($0.description)" })
                .map { $0.replacingOccurrences(of: folder.path + "/", with: "") }
        }
    }

    private static func check(_ country: TransferCountry) throws -> Said {
        let folder = try country.write()
        defer { try? FileManager.default.removeItem(at: folder) }
        var said = Said(folder: folder)
        do {
            let check = try TransferCountry.night(in: folder).check()
            said.failures = check.failures
            said.warnings = check.warnings
        } catch let list as FailureList {
            said.failures = list.failures
        }
        return said
    }

    /// - Parameter body: looks at the published folder.
    private static func run(
        _ country: TransferCountry, _ body: (URL) throws -> Void = { _ in }
    ) throws -> Said {
        let folder = try country.write()
        defer { try? FileManager.default.removeItem(at: folder) }
        var said = Said(folder: folder)
        let output = folder.appendingPathComponent("out")
        do {
            let night = try TransferCountry.night(in: folder)
            let outcome = try RasterGate.pass { try night.run(output: output.path) }
            said.warnings = outcome.warnings
            try body(URL(fileURLWithPath: outcome.run.path))
        } catch {
            var log = ProblemLog()
            log.add(error: error)
            said.failures = log.failures
            let latest = output.appendingPathComponent("latest").path
            #expect(!FileManager.default.fileExists(atPath: latest))
            let runs = output.appendingPathComponent("runs").path
            #expect((try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? [] == [])
        }
        return said
    }

    private static func expect(_ said: Said, _ bad: BadTransferInput) {
        let place: String
        let text: String
        if bad.exitCode == 0 {
            let warning = said.warnings.first { $0.code == bad.code }
            let found = said.failures.map(\.description) + said.warnings.map(\.description)
            #expect(warning != nil, "\(found)")
            #expect(said.failures.isEmpty)
            place = warning?.place.description ?? ""
            text = warning?.description ?? ""
        } else {
            let failure = said.failures.first
            #expect(failure?.code == bad.code, "\(failure?.description ?? "nothing")")
            #expect(failure?.exit.rawValue == bad.exitCode)
            #expect(failure?.mend.isEmpty == false)
            place = failure?.place.description ?? ""
            text = failure?.description ?? ""
        }
        let local = place.replacingOccurrences(of: said.folder.path + "/", with: "")
        #expect(local.hasPrefix(bad.place), "\(local)")
        #expect(text.contains(bad.says), "\(text)")
    }

    @Test("The country that all are made from is taken by validate and run without a word of them")
    func good() throws {
        let country = TransferCountry(seed: BadTransferInput.seed, edition: .restricted)
        let codes = Set((BadTransferInput.refused + BadTransferInput.taken).map(\.code))
        let checked = try Self.check(country)
        #expect(checked.failures.isEmpty)
        #expect(checked.texts { codes.contains($0) } == [])
        let said = try Self.run(country)
        #expect(said.texts { codes.contains($0) } == [])
    }

    @Test("What is refused names place, finding and mend, and leaves nothing behind",
        arguments: BadTransferInput.refused)
    func refused(_ bad: BadTransferInput) throws {
        let country = bad.country()
        if bad.isFoundInRun {
            #expect(try Self.check(country).failures.isEmpty)
        } else {
            Self.expect(try Self.check(country), bad)
        }
        let said = try Self.run(country)
        Self.expect(said, bad)
        try Self.expectDocumented(said, bad)
    }

    @Test("What is taken is told with its count", arguments: BadTransferInput.taken)
    func taken(_ bad: BadTransferInput) throws {
        let country = bad.country()
        let checked = try Self.check(country)
        #expect(checked.failures.isEmpty)
        #expect(checked.warnings.contains { $0.code == bad.code } == !bad.isFoundInRun)
        let said = try Self.run(country) { try Self.lookInto($0, of: bad.name) }
        Self.expect(said, bad)
        try Self.expectDocumented(said, bad)
    }

    // MARK: What becomes of it

    /// What the published tables have to say of some of them.
    private static func lookInto(_ run: URL, of name: String) throws {
        switch name {
        case "base outside all sectors": try outsideSectors(run)
        case "no base is held, without a transfer": try noBase(run)
        case "no hub in reach": try noHub(run)
        case "floors that no schedule meets": try slack(run)
        default: break
        }
    }

    private static func rows(_ path: String, in run: URL) throws -> [[String: String]] {
        let bytes = try Data(contentsOf: run.appendingPathComponent(path))
        let table = try CSVReader.read(Array(bytes), file: path).requireTable()
        return table.map { record in
            Dictionary(
                table.columns.map { name in
                    (name, table.column(named: name).flatMap { record.field($0) } ?? "")
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// It stands in sector none and counts in the totals.
    private static func outsideSectors(_ run: URL) throws {
        let bases = try rows("transfer/base_transfer.csv", in: run)
        #expect(bases.first { $0["base_id"] == "BX9K50" }?["sector"] == "none")
        let zones = try rows("coverage/sector_coverage.csv", in: run)
        #expect(zones.first { $0["zone_id"] == "none" }?["bases"] == "1")
        #expect(zones.first { $0["zone_id"] == "total" }?["bases"] == "\(bases.count)")
    }

    @Test("A sector without bases has an own share of 0, and all it has is on paper")
    func sectorWithoutBases() throws {
        var country = TransferCountry(seed: BadTransferInput.seed, edition: .restricted)
        let rows = country.lines("bases.csv").enumerated().map { index, line -> String in
            var fields = line.components(separatedBy: ",")
            if index > 0 { fields[4] = "S1" }
            return fields.joined(separator: ",")
        }
        country.texts["bases.csv"] = rows.joined(separator: "\n") + "\n"
        _ = try Self.run(country) { run in
            let zones = try Self.rows("coverage/sector_coverage.csv", in: run)
            let others = zones.filter { $0["zone_id"] == "S2" || $0["zone_id"] == "S3" }
            #expect(!others.isEmpty)
            for zone in others {
                #expect(zone["bases"] == "0")
                #expect(zone["share_own"] == "0.0000")
                #expect(zone["share_paper"] == zone["share_pop"])
            }
        }
    }

    /// Nobody is covered, and everybody is unreachable.
    private static func noBase(_ run: URL) throws {
        for zone in try rows("coverage/sector_coverage.csv", in: run)
        where zone["zone_id"] != "none" {
            #expect(zone["share_pop"] == "0.0000")
            #expect(zone["share_unreachable"] == "1.0000")
            #expect(zone["p50_min"] == "")
        }
    }

    /// The exposure is empty, not 0.
    private static func noHub(_ run: URL) throws {
        for base in try rows("transfer/base_transfer.csv", in: run) {
            #expect(base["hub"] == "")
            #expect(base["exposure"] == "" && base["route_km"] == "")
        }
    }

    @Test("A share of equipment that works which nobody has recorded is unknown, and no pass")
    func unknownServiceability() throws {
        var country = TransferCountry(seed: BadTransferInput.seed, edition: .restricted)
        country.makeReady(ratio: 0.9)
        let rows = country.lines("readiness.csv").filter { !$0.contains("serviceability_ratio") }
        country.texts["readiness.csv"] = rows.joined(separator: "\n") + "\n"
        _ = try Self.run(country) { run in
            for base in try Self.rows("transfer/base_transfer.csv", in: run) {
                #expect(base["g4"] == "unknown")
                #expect(base["verdict"] != "TRANSFER_READY")
            }
        }
    }

    @Test("Incidents after the as-of date are rejected and counted")
    func futureIncidents() throws {
        var country = TransferCountry(seed: BadTransferInput.seed, edition: .restricted)
        for number in 0..<3 {
            country.texts["incidents.csv"]?.append(
                "EF\(number),2024-07-0\(number + 1),\(country.originX + 0.3),\(country.originY - 0.3),"
                    + "1,1,Battles,exact\n")
        }
        _ = try Self.run(country) { run in
            let counts = try Self.rows("incidents/sources.csv", in: run)
            #expect(counts.first { $0["item"] == "rows" && $0["key"] == "read" }?["count"] == "63")
            #expect(counts.first { $0["key"] == "after-as-of" }?["count"] == "3")
        }
    }

    /// It is said which floors are missed, and by how much.
    private static func slack(_ run: URL) throws {
        struct Summary: Decodable {
            struct Slack: Decodable {
                var text: String
                var amount: Double
            }
            var slack: [Slack]
        }
        let bytes = try Data(
            contentsOf: run.appendingPathComponent("transfer/schedule_summary.json"))
        let slack = try JSONDecoder().decode(Summary.self, from: bytes).slack
        #expect(!slack.isEmpty)
        #expect(slack.allSatisfy { $0.amount > 0 && $0.text.contains("Sector S") })
    }

    // MARK: The page

    /// The table of the page.
    private static func documented() throws -> [String] {
        let text = try String(
            contentsOf: TestPaths.package.appendingPathComponent("docs/bad-input.md"),
            encoding: .utf8)
        return (text.components(separatedBy: "\n## Coverage and transfer\n").last ?? "")
            .split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| class |") && !$0.hasPrefix("| ---") }
    }

    private static func expectDocumented(_ said: Said, _ bad: BadTransferInput) throws {
        let texts = said.texts { $0 == bad.code }.map {
            $0.replacingOccurrences(of: "|", with: "\\|").replacingOccurrences(of: "<", with: "&lt;")
        }
        let row = "| \(bad.name) | \(texts.joined(separator: "<br>")) | \(bad.exitCode) |"
        #expect(try documented().contains(row), "\(row)")
    }

    @Test("docs/bad-input.md has each of them, in this order")
    func page() throws {
        let names = try Self.documented().map { $0.components(separatedBy: " | ")[0] }
        let all = BadTransferInput.refused + BadTransferInput.taken
        #expect(names == all.map { "| \($0.name)" })
    }
}
