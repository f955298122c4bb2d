import ArgumentParser
import Foundation
import GridCore
import Hotspots
import Tables

/// Time of a scan against the size of its input, one size at a time, with the
/// exponent of the power law that fits best.
struct ScanCost: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan-cost", abstract: "Cost of a scan against the size of its input.")

    @Option(help: "Threads.") var threads = 1
    @Option(help: "Counted runs of each size.") var runs = 3
    @Flag(help: "Windows end with the last step.") var prospective = false

    private struct Size {
        var events = 5000
        var locations = 1000
        var steps = 52
        var replicates = 96
    }

    func run() throws {
        let sizes: [(String, WritableKeyPath<Size, Int>, [Int])] = [
            ("events", \.events, [1250, 2500, 5000, 10_000, 20_000]),
            ("locations", \.locations, [250, 500, 1000, 2000, 4000]),
            ("steps", \.steps, [13, 26, 52, 104, 208]),
            ("replicates", \.replicates, [32, 96, 192, 480, 992]),
        ]
        for (name, path, values) in sizes {
            var table: [JSONValue] = []
            var logs: [(x: Double, y: Double)] = []
            for value in values {
                var size = Size()
                size[keyPath: path] = value
                let seconds = try time(of: size)
                logs.append((log(Double(value)), log(seconds)))
                table.append(
                    .object([
                        JSONMember(name, .integer(value)),
                        JSONMember("s", .rounded(seconds, decimals: 5)),
                    ]))
            }
            report(
                "scan_cost",
                [
                    .init("against", .string(name)), .init("threads", .integer(threads)),
                    .init("sizes", .array(table)),
                    .init("exponent", .rounded(slope(logs), decimals: 2)),
                ])
        }
        report("scan_cost", [.init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1))])
    }

    /// Random events in a square of 500 km; zones of 50 locations.
    private func time(of size: Size) throws -> Double {
        var random = CounterRandom(seed: 7)
        let locations = (0..<size.locations).map { _ in
            Coordinate(x: random.nextUnit() * 500_000, y: random.nextUnit() * 500_000)
        }
        let events = try ScanEvents(
            locations: locations, stepCount: size.steps,
            locationOfEvent: (0..<size.events).map { _ in
                Int(random.nextUnit() * Double(size.locations))
            },
            stepOfEvent: (0..<size.events).map { _ in Int(random.nextUnit() * Double(size.steps)) })
        let zones = try ScanZones(
            locations: locations, sizes: events.countByLocation.map { Double($0) },
            distance: .planar,
            limits: ScanLimits(maximumShare: nil, maximumLocations: 50), threads: threads)
        let design = ScanDesign(
            period: prospective ? .prospective : .retrospective, maximumSteps: 4,
            replicates: size.replicates, maximumClusters: 1)
        return try Measurement(runs: runs) {
            _ = try spaceTimePermutationScan(events, zones: zones, design: design, threads: threads)
        }.median
    }

    private func slope(_ points: [(x: Double, y: Double)]) -> Double {
        let n = Double(points.count)
        let x = points.reduce(0) { $0 + $1.x } / n
        let y = points.reduce(0) { $0 + $1.y } / n
        return points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
            / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    }
}
