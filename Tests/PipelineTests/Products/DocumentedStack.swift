import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Products
import TestSupport
import Testing

@testable import Pipeline

/// A file named and laid out as a producer documents it, read as a run reads
/// it.
struct DocumentedStack {
    struct Found {
        /// NaN for none.
        var values: [Float]
        /// The first day of the first composite.
        var date: String
        var warnings: [String]
        var spec: GridSpec
    }

    let url: URL
    let product: String
    let section: DroughtSection

    init(url: URL, product: String, section: DroughtSection) {
        self.url = url
        self.product = product
        self.section = section
    }

    /// A copy of a committed fixture under the producer's name for it.
    init(
        fixture: String, named name: String? = nil, product: String,
        section: DroughtSection = .ndvi
    ) throws {
        let source = TestPaths.fixture("products/\(fixture)")
        let copy = try TestPaths.temporaryDirectory().appendingPathComponent(name ?? fixture)
        try FileManager.default.copyItem(at: source, to: copy)
        self.init(url: copy, product: product, section: section)
    }

    /// - Parameter extra: more keys of the section, as `, scale: 1`.
    func load(_ extra: String = "", _ log: inout ProblemLog) throws -> RasterStack? {
        let vegetation =
            section == .ndvi
            ? "" : "  ndvi: { product: custom, files: \"N.tif\", dates: \"{yyyy}{doy}\" }\n"
        let file = url.lastPathComponent
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
            \(vegetation)  \(section.rawValue): { product: \(product), files: "\(file)"\(extra) }
              periods: 16-day
              baseline: 2000-2009
            """
        let pipeline = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8),
            folder: url.deletingLastPathComponent().path, environment: [:],
            products: RasterProfile.all.map(\.id))
        let drought = try #require(pipeline.configuration.drought)
        let configuration = try #require(drought.stack(section))
        return RasterStackLoader(configuration, section, of: drought).load(&log)
    }

    /// The cells of `window`, or all.
    func values(_ extra: String = "", in window: CellWindow? = nil) throws -> Found {
        var log = ProblemLog()
        let stack = try load(extra, &log)
        #expect(log.failures.map(\.description) == [])
        let found = try #require(stack)
        let window = window ?? CellWindow(found.spec.shape)
        let reader = StackTileReader(stack: found, planes: 1, tileCells: window.count, openFiles: 2)
        try reader.read([0], window)
        let decoded = [Float](unsafeUninitializedCapacity: window.count) { buffer, initialized in
            if let base = buffer.baseAddress { reader.decode(0, 0, window.count, into: base) }
            initialized = window.count
        }
        return Found(
            values: decoded.map { Float(Double($0) * found.scale + found.offset) },
            date: found.dates[0].description, warnings: log.warnings.map(\.code), spec: found.spec)
    }

    /// Why the file is refused; empty when it is not.
    func refusals(_ extra: String = "") throws -> [String] {
        var log = ProblemLog()
        let stack = try load(extra, &log)
        #expect((stack == nil) == !log.failures.isEmpty)
        return log.failures.map(\.description)
    }
}

/// Equal to half a step of the finest stored numbers, and NaN where NaN is
/// expected.
func expectSame(_ found: [Float], _ expected: [Float]) {
    let tolerance: Float = 5e-5
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) {
        #expect(a.isNaN == b.isNaN && (a.isNaN || abs(a - b) < tolerance), "\(found)")
    }
}
