import ArgumentParser
import GridCore
import Hotspots
import Tables

/// A night added to a window and one dropped, against computing everything
/// anew.
struct NightlyUpdateBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly-update",
        abstract: "Moving a window of Gi* and of a cube on by a night, against a full computation.")

    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Incidents in a night.") var incidents = 500

    func run() throws {
        report(
            "nightly-update",
            [
                .init("threads", .integer(threads)), .init("incidents", .integer(incidents)),
                .init("gi", try window()), .init("cube", try cube()),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ])
    }

    private func night(_ number: Int, on spec: GridSpec, incidents: Int) -> Grid<Int64> {
        var random = CounterRandom(seed: 20_261_121, stream: UInt64(number))
        var units = Grid<Int64>(spec, filledWith: 0)
        for _ in 0..<incidents {
            let row = Int(random.nextUnit() * Double(spec.shape.rows))
            let column = Int(random.nextUnit() * Double(spec.shape.columns))
            units[row, column] += MassUnits.unitsPerEvent
        }
        return units
    }

    private func window() throws -> JSONValue {
        let spec = SharedInput.grid(side: 1000, cell: 1000)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        let band = Neighbourhood.distanceBand(radiusInMeters: 10_000)
        let window = 90
        let nights = (1...3).map { night($0, on: spec, incidents: incidents) }
        var sliding = try SlidingGetisOrd(
            values: night(0, on: spec, incidents: window * incidents), valid: valid,
            neighbourhood: band, threads: threads)
        try sliding.update(
            adding: nights[0], removing: Grid(spec, filledWith: 0), threads: threads)
        var number = 0
        func moveOn() throws {
            try sliding.update(
                adding: nights[(number + 1) % 3], removing: nights[number % 3],
                threads: threads)
            number += 1
        }
        let sums = try Measurement(runs: runs) { try moveOn() }
        var map: GetisOrdMap?
        let updated = try Measurement(runs: runs) {
            try moveOn()
            map = sliding.map(threads: threads)
        }
        var anew: GetisOrdMap?
        let units = sliding.units
        let full = try Measurement(runs: runs) {
            anew = try getisOrd(
                values: units, valid: valid, neighbourhood: band, threads: threads)
        }
        return [
            "cells": .integer(spec.shape.count), "sums_update": sums.json,
            "update_with_scores": updated.json, "full": full.json,
            "update_to_full": .rounded(updated.median / full.median, decimals: 3),
            "differing_cells": .integer(anew.map { bitDifferences($0.z, map?.z) } ?? -1),
        ]
    }

    private func cube() throws -> JSONValue {
        let spec = SharedInput.grid(side: 200, cell: 1000)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        let time = try TimeSteps(covering: 0..<120, daysPerStep: 1)
        let steps = (0..<120).map { night($0, on: spec, incidents: 20 * incidents) }
        let nights = (120..<123).map { night($0, on: spec, incidents: 20 * incidents) }
        let neighbourhood = SpaceTimeNeighbourhood(space: .distanceBand(radiusInMeters: 3000))
        var sliding = try SlidingCube(
            of: SpaceTimeCube(steps: steps, time: time), valid: valid,
            neighbourhood: neighbourhood, threads: threads)
        var number = 0
        var map: SpaceTimeGetisOrd?
        let updated = try Measurement(runs: runs) {
            try sliding.advance(adding: nights[number % 3], threads: threads)
            map = sliding.map(threads: threads)
            number += 1
        }
        let moved = try SpaceTimeCube(steps: sliding.steps, time: time)
        var anew: SpaceTimeGetisOrd?
        let full = try Measurement(runs: runs) {
            anew = try SpaceTimeGetisOrd(
                of: moved, valid: valid, neighbourhood: neighbourhood, threads: threads)
        }
        let differences = zip(anew?.z ?? [], map?.z ?? []).map { bitDifferences($0.0, $0.1) }
        return [
            "bins": .integer(spec.shape.count * 120), "update_with_scores": updated.json,
            "full": full.json,
            "update_to_full": .rounded(updated.median / full.median, decimals: 3),
            "compared_steps": .integer(differences.count),
            "differing_bins": .integer(differences.reduce(0, +)),
        ]
    }

    private func bitDifferences(_ a: Grid<Double>, _ b: Grid<Double>?) -> Int {
        guard let b else { return a.count }
        return a.withCells { a in
            b.withCells { b in
                a.indices.count { a[$0].bitPattern != b[$0].bitPattern }
            }
        }
    }
}
