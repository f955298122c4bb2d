import ArgumentParser
import Foundation
import GridCore
import Hotspots
import Tables

/// Space-time permutation scan of 5,000 events at 1,000 locations in 52
/// weeks: windows of up to 4 weeks, zones of up to 100 km and 100 locations,
/// 99 replicates.
struct ScanBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Scan statistic against a peer's time.")

    @Argument(help: "Folder with scan_locations_1000.f64 and scan_events_5000.i32.")
    var folder: String
    @Flag(help: "Windows may end in any week.") var retrospective = false
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Clusters to find; the peer finds one.") var clusters = 1
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let events = try Self.events(in: folder)
        let design = ScanDesign(
            period: retrospective ? .retrospective : .prospective, maximumSteps: 4,
            replicates: 99, maximumClusters: clusters)
        let limits = ScanLimits(
            maximumRadiusInMeters: 100_000, maximumShare: nil, maximumLocations: 100)
        let sizes = events.countByLocation.map { Double($0) }
        var zones = try ScanZones(
            locations: events.locations, sizes: sizes, distance: .planar, limits: limits)
        let preparing = try Measurement(runs: runs) {
            zones = try ScanZones(
                locations: events.locations, sizes: sizes, distance: .planar, limits: limits,
                threads: threads)
        }
        var result: ScanResult?
        let measured = try Measurement(runs: runs) {
            result = try spaceTimePermutationScan(
                events, zones: zones, design: design, threads: threads)
        }
        let first = result?.clusters.first
        report(
            retrospective ? "scan_retrospective" : "scan_prospective",
            [
                .init("events", .integer(events.count)),
                .init("locations", .integer(events.locations.count)),
                .init("zones", .integer(zones.count)), .init("threads", .integer(threads)),
                .init("zones_time", preparing.json), .init("time", measured.json),
                .init("log_likelihood_ratio", .number(first?.logLikelihoodRatio ?? .nan)),
                .init("center", .integer(first?.center ?? -1)),
                .init("observed", .integer(first?.observed ?? 0)),
                .init("expected", .number(first?.expected ?? .nan)),
                .init("p", .number(first?.monteCarloP ?? .nan)),
                .init("clusters", .integer(result?.clusters.count ?? 0)),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer))
    }

    static func events(in folder: String) throws -> ScanEvents {
        let numbers = try SharedInput.doubles("scan_locations_1000.f64", in: folder)
        let locations = stride(from: 0, to: numbers.count, by: 2).map {
            Coordinate(x: numbers[$0], y: numbers[$0 + 1])
        }
        let data = try Data(
            contentsOf: URL(fileURLWithPath: folder).appendingPathComponent("scan_events_5000.i32"))
        let pairs = data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map {
                Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self)))
            }
        }
        return try ScanEvents(
            locations: locations, stepCount: 52, daysPerStep: 7,
            locationOfEvent: stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] },
            stepOfEvent: stride(from: 1, to: pairs.count, by: 2).map { pairs[$0] / 7 })
    }
}
