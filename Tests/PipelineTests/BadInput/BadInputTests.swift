import Foundation
import TestSupport
import Testing

/// Every class of bad input ends as the table says, in `validate` and `run`,
/// and leaves what was published before as it was.
@Suite struct BadInputTests {
    private static let classes: [BadInputClass] = (try? BadInputClass.read()) ?? []

    @Test("Each class has one outcome, and each outcome a class")
    func table() throws {
        let keys = try BadInputClass.read().map(\.key)
        #expect(keys.count >= 100)
        #expect(Set(keys).count == keys.count)
        #expect(Set(keys) == Set(try BadInputClass.expected().keys))
    }

    @Test("validate says what the table says", arguments: classes)
    func validate(_ bad: BadInputClass) throws {
        let folder = try bad.setUp()
        defer { try? FileManager.default.removeItem(at: folder) }
        let expected = try #require(try BadInputClass.expected()[bad.key])
        #expect(try bad.check(in: folder) == expected)
    }

    @Test("run refuses with the words of validate, and the published run stays", arguments: classes)
    func run(_ bad: BadInputClass) throws {
        let expected = try #require(try BadInputClass.expected()[bad.key])
        // What is taken is computed, which the tests of whole runs do.
        guard expected.exitCode != 0 else { return }
        let folder = try bad.setUp()
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("out")
        try Self.publish(in: output)
        let before = try Self.snapshot(output)
        let found = try bad.run(in: folder)
        #expect(found.exitCode == expected.exitCode)
        #expect(found.says == expected.says.filter { $0.hasPrefix("error: ") })
        #expect(try Self.snapshot(output) == before)
    }

    @Test("A refusal names its place and ends with the mend")
    func grammar() throws {
        for (key, expected) in try BadInputClass.expected() where expected.exitCode != 0 {
            for text in expected.says where text.hasPrefix("error: ") {
                let parts = text.split(separator: ": ")
                #expect(parts.count >= 3 && parts[1].contains("."), "\(key): \(text)")
                let isWhole = text.hasSuffix(".") || text.hasSuffix("?")
                #expect(text.contains(". ") && isWhole, "\(key): \(text)")
            }
        }
    }

    @Test("docs/bad-input.md is this table")
    func documented() throws {
        let text = try String(
            contentsOf: TestPaths.package.appendingPathComponent("docs/bad-input.md"),
            encoding: .utf8)
        // Of coverage and transfer, which have tests of their own.
        let table = text.components(separatedBy: "\n## Coverage and transfer\n")[0]
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| class") }
            .filter { !$0.hasPrefix("| ---") }.map(String.init)
        let expected = try BadInputClass.expected()
        let wanted = try BadInputClass.read().map { bad in
            let outcome = try #require(expected[bad.key])
            let said = outcome.says.map { text in
                text.replacingOccurrences(of: "|", with: "\\|")
                    .replacingOccurrences(of: "<", with: "&lt;")
            }
            .joined(separator: "<br>")
            return "| \(bad.name) | \(said.isEmpty ? "reads it like any other" : said) "
                + "| \(outcome.exitCode) |"
        }
        #expect(rows == wanted)
    }

    /// A stand-in for what nights before have published.
    private static func publish(in output: URL) throws {
        let manager = FileManager.default
        let run = output.appendingPathComponent("runs/2022-12-09-001")
        try manager.createDirectory(at: run, withIntermediateDirectories: true)
        try Data("published before\n".utf8).write(to: run.appendingPathComponent("manifest.json"))
        try manager.createSymbolicLink(
            atPath: output.path + "/latest", withDestinationPath: "runs/2022-12-09-001")
    }

    /// Every entry of a folder with its bytes, or where it points.
    private static func snapshot(_ folder: URL) throws -> [String: String] {
        let manager = FileManager.default
        return try manager.subpathsOfDirectory(atPath: folder.path).reduce(into: [:]) {
            let path = folder.path + "/" + $1
            $0[$1] =
                (try? manager.destinationOfSymbolicLink(atPath: path)).map { "-> " + $0 }
                ?? manager.contents(atPath: path)?.base64EncodedString() ?? "folder"
        }
    }
}
