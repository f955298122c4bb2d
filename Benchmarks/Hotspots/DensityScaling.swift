import ArgumentParser
import Glibc
import GridCore
import Hotspots
import Tables

/// Seconds of the density against incidents, cells and radius, and the
/// exponent that fits them.
///
/// With few cells under each kernel the cost should grow with incidents x
/// radius^2 / cell^2, and with cells only where the map itself is larger.
struct DensityScaling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "density-scaling", abstract: "Cost of the density by size of the input.")

    @Option(help: "Threads.") var threads = 1
    @Option(help: "Counted runs.") var runs = 5

    /// One case: incidents on a square of 1,000 km.
    private struct Case {
        var events = 40_000
        var side = 1000
        var radiusInMeters = 20_000.0
    }

    func run() throws {
        let events = try curve([10_000, 20_000, 40_000, 80_000, 160_000].map { Case(events: $0) }) {
            Double($0.events)
        }
        let radius = try curve([10_000, 20_000, 40_000, 80_000].map { Case(radiusInMeters: $0) }) {
            $0.radiusInMeters
        }
        // The same 1,000 km in smaller cells: each kernel covers more.
        let cells = try curve([500, 1000, 2000, 4000].map { Case(side: $0) }) {
            Double($0.side * $0.side)
        }
        report(
            "density-scaling",
            [
                .init("threads", .integer(threads)), .init("by_events", events),
                .init("by_radius", radius), .init("by_cells", cells),
            ])
    }

    private func curve(_ cases: [Case], by size: (Case) -> Double) throws -> JSONValue {
        var rows: [JSONValue] = []
        var logarithms: [(x: Double, y: Double)] = []
        for item in cases {
            var random = CounterRandom(seed: 7)
            let points = (0..<item.events).map { _ in
                Coordinate(x: 1e6 * random.nextUnit(), y: 1e6 * random.nextUnit())
            }
            let spec = SharedInput.grid(side: item.side, cell: 1e6 / Double(item.side))
            let measured = try Measurement(runs: runs) {
                _ = try kernelDensity(
                    ofPoints: points, on: spec, radiusInMeters: item.radiusInMeters,
                    threads: threads)
            }
            rows.append([
                "events": .integer(item.events), "cells": .integer(spec.shape.count),
                "radius_m": .number(item.radiusInMeters),
                "median_s": .rounded(measured.median, decimals: 5),
            ])
            logarithms.append((log(size(item)), log(measured.median)))
        }
        return ["cases": .array(rows), "exponent": .rounded(slope(logarithms), decimals: 2)]
    }

    /// Least squares.
    private func slope(_ points: [(x: Double, y: Double)]) -> Double {
        let n = Double(points.count)
        let x = points.reduce(0) { $0 + $1.x } / n
        let y = points.reduce(0) { $0 + $1.y } / n
        let products = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
        return products / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    }
}
