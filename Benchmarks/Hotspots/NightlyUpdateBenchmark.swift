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
        let nights = 90
        let first = night(0, on: spec, incidents: nights * incidents)
        var sliding = try SlidingGetisOrd(
            values: first, valid: valid, neighbourhood: band, threads: threads)
        var added = Grid<Int64>(spec, filledWith: 0)
        var number = 1
        var differences = 0
        let sums = try Measurement(runs: runs) {
            let newest = night(number, on: spec, incidents: incidents)
            try sliding.update(adding: newest, removing: added, threads: threads)
            added = newest
            number += 1
        }
        var map: GetisOrdMap?
        let updated = try Measurement(runs: runs) {
            let newest = night(number, on: spec, incidents: incidents)
            try sliding.update(adding: newest, removing: added, threads: threads)
            map = sliding.map(threads: threads)
            added = newest
            number += 1
        }
        let full = try Measurement(runs: runs) {
            let anew = try getisOrd(
                values: sliding.units, valid: valid, neighbourhood: band, threads: threads)
            differences = bitDifferences(anew.z, map?.z)
        }
        return [
            "cells": .integer(spec.shape.count), "sums_update": sums.json,
            "update_with_scores": updated.json, "full_with_comparison": full.json,
            "differing_cells": .integer(differences),
        ]
    }

    private func cube() throws -> JSONValue {
        let spec = SharedInput.grid(side: 200, cell: 1000)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        let steps = (0..<120).map { night($0, on: spec, incidents: 20 * incidents) }
        let neighbourhood = SpaceTimeNeighbourhood(space: .distanceBand(radiusInMeters: 3000))
        var sliding = try SlidingCube(
            of: SpaceTimeCube(
                steps: steps, time: TimeSteps(covering: 0..<120, daysPerStep: 1)),
            valid: valid, neighbourhood: neighbourhood, threads: threads)
        var number = 120
        var map: SpaceTimeGetisOrd?
        let updated = try Measurement(runs: runs) {
            try sliding.advance(
                adding: night(number, on: spec, incidents: 20 * incidents), threads: threads)
            map = sliding.map(threads: threads)
            number += 1
        }
        var differences = 0
        let full = try Measurement(runs: runs) {
            let anew = try SpaceTimeGetisOrd(
                of: SpaceTimeCube(
                    steps: sliding.steps, time: TimeSteps(covering: 0..<120, daysPerStep: 1)),
                valid: valid, neighbourhood: neighbourhood, threads: threads)
            differences = zip(anew.z, map?.z ?? []).reduce(0) { $0 + bitDifferences($1.0, $1.1) }
        }
        return [
            "bins": .integer(spec.shape.count * 120), "update_with_scores": updated.json,
            "full_with_comparison": full.json, "differing_bins": .integer(differences),
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
