import ArgumentParser
import Foundation
import Geo
import GridCore

/// Writes a synthetic stack of 16-day NDVI composites: tiled, deflated Int16
/// GeoTIFFs with a spatial pattern, seasons, noise and gaps.
struct MakeStack: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make-stack",
        abstract: "Write the synthetic stack (about 4 GB at 4,000 x 4,000 x 276) and its pipeline.")

    @Argument(help: "Folder to write into.") var folder: String
    @Option(help: "Rows and columns.") var side = 4000
    @Option(help: "Years of composites.") var years = 12
    @Option(help: "Composites of a year, from its first day on.") var perYear = 23
    @Option(help: "Years that differ; the others are links to them.") var distinct = 2
    @Option(help: "Threads.") var threads = 2

    func run() throws {
        let root = URL(fileURLWithPath: folder)
        let files = root.appendingPathComponent("ndvi")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        let spec = GridSpec(
            shape: Shape(rows: side, columns: side),
            geotransform: Geotransform(
                originX: 0, cellWidth: 0.0025, originY: 10, cellHeight: -0.0025),
            crs: .wgs84)
        let dates = (0..<years).flatMap { year in
            (0..<perYear).map { (year: 2000 + year, day: $0 * 16 + 1) }
        }
        let names = dates.map { "SYN_\($0.year)\(String(1000 + $0.day).dropFirst()).tif" }
        _ = try mapInParallel(count: min(dates.count, distinct * perYear), threads: threads) { _, index in
            let date = dates[index]
            let path = files.appendingPathComponent(names[index]).path
            guard !FileManager.default.fileExists(atPath: path) else { return }
            let plain = path + ".plain"
            let writer = try RasterWriter(
                path: plain,
                description: RasterDescription(
                    spec: spec, type: .int16, nodata: -3000,
                    bands: [.init(description: "NDVI x 10000", unit: "")]))
            try fill(writer, composite: index, day: date.day)
            try writer.close()
            try CloudOptimizedGeoTIFF.write(
                from: plain, to: path, description: writer.description)
            try FileManager.default.removeItem(atPath: plain)
        }
        for index in dates.indices.dropFirst(distinct * perYear) {
            let path = files.appendingPathComponent(names[index])
            let original = files.appendingPathComponent(names[index % (distinct * perYear)])
            if !FileManager.default.fileExists(atPath: path.path) {
                try FileManager.default.linkItem(at: original, to: path)
            }
        }
        try pipeline.write(
            to: root.appendingPathComponent("pipeline.yaml"), atomically: true, encoding: .utf8)
        try sectors.write(
            to: root.appendingPathComponent("sectors.geojson"), atomically: true, encoding: .utf8)
    }

    private func fill(_ writer: RasterWriter, composite: Int, day: Int) throws {
        var state = UInt64(composite) &* 0x9E37_79B9_7F4A_7C15 | 1
        let season = 1500 * sin(Double(day) / 365 * 2 * .pi)
        var row = [Float](repeating: 0, count: side)
        for r in 0..<side {
            let band = 2000 * sin(Double(r) / 700)
            for c in 0..<side {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                let noise = Double(state & 255) - 128
                let value = 4000 + band * cos(Double(c) / 900) + season + noise
                row[c] = state >> 58 == 0 ? -3000 : Float(value.rounded())
            }
            try row.withUnsafeBufferPointer { cells in
                guard let base = cells.baseAddress else { return }
                try writer.write(
                    band: 1, window: CellWindow(row: r, column: 0, rows: 1, columns: side),
                    cells: base)
            }
        }
    }

    private var pipeline: String {
        """
        version: 1
        name: Synthetic stack for measurements
        synthetic: true
        as_of: "\(2000 + years - 1)-12-31"
        sectors: { file: sectors.geojson, id: id }
        drought:
          ndvi:
            product: custom
            files: "ndvi/*.tif"
            dates: "SYN_{yyyy}{doy}.tif"
            scale: 0.0001
            fill: [-3000]
            valid_range: [-2000, 10000]
            irregular_dates: accept
          periods: 16-day
          baseline: 2000-\(2000 + years - 2)
          series: 12 months\(perYear < 23 ? "\n  max_age: 366 days" : "")

        """
    }

    /// Sixteen boxes.
    private var sectors: String {
        let step = Double(side) * 0.0025 / 4
        let features = (0..<16).map { index in
            let west = Double(index % 4) * step
            let north = 10 - Double(index / 4) * step
            return """
                {"type":"Feature","properties":{"id":"B\(index + 1)"},"geometry":{"type":"Polygon",\
                "coordinates":[[[\(west),\(north - step)],[\(west + step),\(north - step)],\
                [\(west + step),\(north)],[\(west),\(north)],[\(west),\(north - step)]]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    }
}
