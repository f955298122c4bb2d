import ArgumentParser
import Bases
import Foundation
import GridCore
import Tables

/// Minutes to the nearest, or the two nearest, of 60 bases on 3,000 x 3,000
/// cells.
struct TravelBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "travel", abstract: "Travel time against peers' times; one thread.")

    enum Task: String, CaseIterable, ExpressibleByArgument {
        case nearest
        case twoNearest = "two-nearest"
        case reach
    }

    @Argument(help: "Folder with the files of Benchmarks/Transfer/make_inputs.py.")
    var folder: String
    @Option(help: "What to compute.") var task = Task.nearest
    @Option(help: "Rows and columns of the input.") var side = 3000
    @Option(help: "Steps from a cell: 8 or 16.") var moves = 8
    @Option(help: "Limit of the task reach, minutes.") var limit = 1000.0
    @Option(help: "Threads of the task reach.") var threads = 1
    @Option(help: "Counted runs.") var runs = 5
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?
    @Option(help: "File for the minutes, row-major, little-endian float64.") var output: String?

    func validate() throws {
        guard MovementRule.Moves(rawValue: moves) != nil else {
            throw ValidationError("--moves is 8 or 16 (found \(moves)).")
        }
    }

    func run() throws {
        let bases = try sources()
        let clock = ContinuousClock()
        var preparation = Duration.zero
        // The friction is gone from memory before the sweep begins.
        let surface = try {
            let field = FrictionField(minutesPerMeter: try friction())
            let start = clock.now
            let rule = MovementRule(moves: MovementRule.Moves(rawValue: moves) ?? .eight)
            let surface = try TravelSurface(field, rule: rule, metric: .planar(metersPerUnit: 1))
            preparation = clock.now - start
            return surface
        }()
        var members: [JSONMember] = []
        let measured = try Measurement(runs: runs) {
            switch task {
            case .nearest:
                let times = try surface.nearest(to: bases)
                members = [.init("first", summary(times.minutes))]
                try write(times.minutes)
            case .twoNearest:
                let times = try surface.twoNearest(to: bases)
                members = [
                    .init("first", summary(times.firstMinutes)),
                    .init("second", summary(times.secondMinutes)),
                ]
                try write(times.secondMinutes)
            case .reach:
                let reached = try surface.reach(
                    from: bases, withinMinutes: limit, threads: threads)
                members = [
                    .init("cells_reached", .integer(reached.reduce(0) { $0 + $1.cells.count }))
                ]
            }
        }
        report(
            "travel",
            [
                .init("task", .string(task.rawValue)), .init("side", .integer(side)),
                .init("bases", .integer(bases.count)), .init("moves", .integer(moves)),
                .init("surface_s", .rounded(preparation.seconds, decimals: 3)),
                .init("time", measured.json),
            ] + members + [
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1))
            ] + ratio(measured, peer))
    }

    private func summary(_ minutes: Grid<Double>) -> JSONValue {
        minutes.withCells { cells in
            let finite = cells.lazy.filter(\.isFinite)
            return [
                "sum": .number(finite.reduce(0, +)), "maximum": .number(finite.max() ?? 0),
                "unreached": .integer(cells.count - finite.reduce(0) { count, _ in count + 1 }),
            ]
        }
    }

    private func write(_ minutes: Grid<Double>) throws {
        guard let output else { return }
        try minutes.withCells { cells in
            try Data(buffer: cells).write(to: URL(fileURLWithPath: output))
        }
    }

    private func friction() throws -> Grid<Float> {
        let data = try file("travel_friction_\(side).f32")
        guard data.count == side * side * 4 else {
            throw ValidationError("The friction file does not have \(side) x \(side) values.")
        }
        return data.withUnsafeBytes { bytes in
            Grid<Float>(SharedInput.grid(side: side, cell: 1)) { cells in
                for i in cells.indices {
                    cells[i] = Float(
                        bitPattern: bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
                            .littleEndian)
                }
            }
        }
    }

    private func sources() throws -> [CellIndex?] {
        try file("travel_sources_\(side).i32").withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                CellIndex(row: number(bytes, $0), column: number(bytes, $0 + 4))
            }
        }
    }

    private func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }

    private func file(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))
    }
}
