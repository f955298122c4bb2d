import Calendar
import Diagnostics
import Foundation
import Logging
import Pipeline
import Products
import TestSupport
import Testing

/// One class of bad input, as `Fixtures/bad/classes.json` sets it up and
/// `Fixtures/bad/expected.json` says what comes of it.
struct BadInputClass: Decodable, Sendable, CustomTestStringConvertible {
    /// Text of a good file that is replaced by a long one.
    struct Repeat: Decodable, Sendable {
        var file: String
        var find: String
        var text: String
        var count: Int
    }

    var section: String
    var name: String
    /// Files of the good set, and the bad ones that take their place.
    var replace: [String: String]
    var remove: [String]
    var arguments: [String]?
    var `repeat`: Repeat?

    var key: String { "\(section): \(name)" }
    var testDescription: String { key }

    struct Expected: Decodable, Equatable, Sendable {
        /// Of the first failure; 0 when the input is taken.
        var exitCode: Int32
        /// Every message in full, failures before warnings.
        var says: [String]
    }

    static func read() throws -> [BadInputClass] {
        try JSONDecoder().decode(
            [BadInputClass].self, from: Data(contentsOf: TestPaths.fixture("bad/classes.json")))
    }

    static func expected() throws -> [String: Expected] {
        try JSONDecoder().decode(
            [String: Expected].self,
            from: Data(contentsOf: TestPaths.fixture("bad/expected.json")))
    }

    /// The good set with this fault in it; the caller removes the folder.
    func setUp() throws -> URL {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent("bad-\(UUID().uuidString)")
        try manager.copyItem(at: TestPaths.fixture("bad/good"), to: folder)
        for (path, bad) in replace {
            let target = folder.appendingPathComponent(path)
            if manager.fileExists(atPath: target.path) { try manager.removeItem(at: target) }
            try manager.copyItem(at: TestPaths.fixture("bad/\(bad)"), to: target)
        }
        for path in remove { try manager.removeItem(at: folder.appendingPathComponent(path)) }
        if let long = self.repeat {
            let target = folder.appendingPathComponent(long.file)
            var text = try String(contentsOf: target, encoding: .utf8)
            let place = try #require(text.range(of: long.find))
            text.replaceSubrange(place, with: String(repeating: long.text, count: long.count))
            try Data(text.utf8).write(to: target)
        }
        return folder
    }

    func night(in folder: URL) throws -> Night {
        let file = try PipelineFile(
            path: folder.path + "/pipeline.yaml", environment: [:],
            products: RasterProfile.all.map(\.id) + ["custom"])
        let asOf = arguments?.last.flatMap { CalendarDate(iso: $0) }
        return Night(
            file: file, asOf: asOf, threads: 1, logger: Logger(label: "test"),
            progress: ProgressReporter.standardError(environment: [:], isQuiet: true))
    }

    /// What `validate` says of it.
    func check(in folder: URL) throws -> Expected {
        do {
            let check = try night(in: folder).check()
            return Self.result(check.failures, check.warnings.map(\.description), folder)
        } catch let list as FailureList {
            return Self.result(list.failures, [], folder)
        }
    }

    /// What `run` says of it; only for classes that are refused.
    func run(in folder: URL) throws -> Expected {
        do {
            _ = try night(in: folder).run(output: folder.path + "/out")
            return Self.result([], [], folder)
        } catch let list as FailureList {
            return Self.result(list.failures, [], folder)
        }
    }

    private static func result(
        _ failures: [any Diagnostic], _ warnings: [String], _ folder: URL
    ) -> Expected {
        let said = failures.map { "error: \($0.description)" } + warnings.map { "warning: \($0)" }
        return Expected(
            exitCode: failures.first?.exit.rawValue ?? 0,
            says: said.map { $0.replacingOccurrences(of: folder.path + "/", with: "") })
    }
}
