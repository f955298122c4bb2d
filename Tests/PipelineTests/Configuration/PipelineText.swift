import Diagnostics
import Foundation
import TestSupport

@testable import Pipeline

/// A pipeline file under test, as if it lay in `/pipelines`.
struct PipelineText {
    static let environment = ["JILAAL_DATA": "/data", "SECTOR_DATA": "/sector-data", "EMPTY": ""]

    var text: String

    init(_ text: String) { self.text = text }

    /// Three right lines, then `rest` from line 4 on.
    init(after rest: String) {
        text = "version: 1\nname: Test\nsectors: { file: s.geojson, id: sid }\n" + rest
    }

    /// A file under `Tests/Fixtures/pipeline`.
    init(fixture name: String) throws {
        text = try String(
            contentsOf: TestPaths.fixture("pipeline/\(name)"), encoding: .utf8)
    }

    func read(products: [String] = []) throws(FailureList) -> PipelineFile {
        try PipelineFile(
            name: "p.yml", bytes: Array(text.utf8), folder: "/pipelines",
            environment: Self.environment, products: products)
    }

    /// All problems; empty when the file is right.
    func problems(products: [String] = []) -> [ConfigurationError] {
        do throws(FailureList) {
            _ = try read(products: products)
            return []
        } catch {
            return error.failures.compactMap { $0 as? ConfigurationError }
        }
    }
}
