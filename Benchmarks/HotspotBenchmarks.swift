import ArgumentParser
import Foundation
import GridCore
import Hotspots
import Tables

/// Inputs that the peers' script writes, so that both compute the same.
enum SharedInput {
    static func doubles(_ name: String, in folder: String) throws -> [Double] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Double(bitPattern: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self).littleEndian)
            }
        }
    }

    /// A square metric grid whose lower left corner is (0, 0).
    static func grid(side: Int, cell: Double) -> GridSpec {
        GridSpec(
            shape: Shape(rows: side, columns: side),
            geotransform: Geotransform(
                originX: 0, cellWidth: cell, originY: Double(side) * cell, cellHeight: -cell),
            crs: CRSIdentifier("benchmark plane"))
    }
}

/// Quartic density of 50,000 points with a radius of 15 cells on 2,000 x
/// 2,000 cells.
struct DensityBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "density", abstract: "Kernel density against a peer's time.")

    @Argument(help: "Folder with kde_points.f64, made by the peers' script.") var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let numbers = try SharedInput.doubles("kde_points.f64", in: folder)
        let points = stride(from: 0, to: numbers.count, by: 2).map {
            Coordinate(x: numbers[$0], y: numbers[$0 + 1])
        }
        let spec = SharedInput.grid(side: 2000, cell: 1000)
        var total = 0.0
        var most = 0.0
        let measured = try Measurement(runs: runs) {
            let density = try kernelDensity(
                ofPoints: points, on: spec, radiusInMeters: 15_000, threads: threads)
            density.withCells { cells in
                total = 0
                most = 0
                for cell in cells {
                    total += cell
                    most = max(most, cell)
                }
            }
        }
        report(
            "density",
            [
                .init("points", .integer(points.count)), .init("cells", .integer(spec.shape.count)),
                .init("threads", .integer(threads)), .init("time", measured.json),
                .init("total", .number(total * 1e6)), .init("maximum", .number(most)),
            ] + ratio(measured, peer))
    }
}

/// Gi* with a radius of 10 cells on 1,000 x 1,000 cells.
struct GiStarBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gistar", abstract: "Getis-Ord Gi* against a peer's time.")

    @Argument(help: "Folder with gi_1000x1000.f64, made by the peers' script.") var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let spec = SharedInput.grid(side: 1000, cell: 1000)
        let values = Grid<Double>(
            spec, cells: try SharedInput.doubles("gi_1000x1000.f64", in: folder))
        var sum = 0.0
        var hot = 0
        let measured = try Measurement(runs: runs) {
            let map = try getisOrdGiStar(values: values, radiusInMeters: 10_000, threads: threads)
            map.z.withCells { z in
                sum = 0
                hot = 0
                for value in z {
                    sum += value
                    hot += value > 2.5758 ? 1 : 0
                }
            }
        }
        report(
            "gistar",
            [
                .init("cells", .integer(values.count)), .init("threads", .integer(threads)),
                .init("time", measured.json), .init("z_sum", .number(sum)),
                .init("cells_over_2_5758", .integer(hot)),
            ] + ratio(measured, peer))
    }
}

/// Our time over the peer's; nothing without a peer.
private func ratio(_ measured: Measurement, _ peer: Double?) -> [JSONMember] {
    guard let peer else { return [] }
    return [
        .init("peer_s", .number(peer)),
        .init("time_to_peer_time", .rounded(measured.median / peer, decimals: 3)),
    ]
}
