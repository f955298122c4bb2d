import ArgumentParser
import Foundation
import GridCore
import Tables

/// Damages files in many ways and has each read by a child process.
struct Corrupt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrupt",
        abstract: "Truncate files and flip their bits; count how the readers end.",
        discussion: """
            Each file, and each part of a shapefile, is cut to --truncations lengths and loses \
            --flips single bits, one at a time. A child process under limits of memory and time \
            reads every damaged copy to its end. It must give what the whole file gives, or a \
            known error; formats without checksums may give other values, which are counted. \
            Ends with 1 when a child crashed, hung or gave an unknown error.
            """)

    @Argument(help: "Files that the readers accept.") var files: [String]
    @Option(help: "Lengths that each file is cut to.") var truncations = 50
    @Option(help: "Bits that are flipped in each file.") var flips = 1000
    @Option(help: "Seed of the damages.") var seed: UInt64 = 1
    @Option(help: "Address space of a child in MB.") var memory = 2048
    @Option(help: "Processor seconds for one copy.") var seconds = 20
    @Option(help: "Children at a time.") var jobs = 2

    func run() throws {
        let parts = files.flatMap { file in FileSet.members(of: file).map { (file, $0) } }
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-corrupt-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let tallies = try mapInParallel(count: parts.count, threads: jobs) { _, index in
            try tally(
                parts[index].0, part: parts[index].1,
                in: scratch.appendingPathComponent("\(index)"))
        }
        let violations = tallies.reduce(0) { $0 + $1.violations.count }
        func total(_ isCounted: (DamageOutcome) -> Bool) -> JSONValue {
            .integer(tallies.reduce(0) { $0 + $1.outcomes.values.count(where: isCounted) })
        }
        report(
            "corrupt",
            [
                .init("files", .array(tallies.map(\.json))),
                .init("seed", .integer(Int(clamping: seed))),
                .init("damages", total { _ in true }),
                .init("same", total { $0 == .same }),
                .init("refused", total { $0.isRefusal }),
                .init("other", total { $0 == .otherValues || $0 == .otherDescription }),
                .init("violations", .integer(violations)),
                .init("peak_MB", .integer((tallies.map(\.peakBytes).max() ?? 0) >> 20)),
            ])
        if violations > 0 { throw ExitCode.failure }
    }

    private func tally(_ file: String, part: String, in folder: URL) throws -> CorruptionTally {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: part)).count
        let damages = DamagePlan(truncations: truncations, flips: flips, seed: seed)
            .damages(byteCount: bytes)
        var tally = CorruptionTally(file: part, byteCount: bytes)
        var next = 0
        while next < damages.count {
            let child = try Child(self, file, part: part, from: next, in: folder)
            for (index, outcome) in child.outcomes { tally.add(outcome, after: damages[index]) }
            tally.peakBytes = max(tally.peakBytes, child.peakBytes)
            guard let end = child.end else { break }
            guard let started = child.started else {
                throw ValidationError("\(file) cannot be read when it is whole: \(end)")
            }
            tally.addViolation(end, after: damages[started])
            next = started + 1
        }
        return tally
    }

    /// One run of `read-corrupted`.
    private struct Child {
        var outcomes: [(Int, DamageOutcome)] = []
        /// The damage that was being read at the end.
        var started: Int?
        var peakBytes = 0
        /// Why it ended before the last damage; nil when it did not.
        var end: String?

        init(
            _ options: Corrupt, _ file: String, part: String, from: Int, in folder: URL
        ) throws {
            try? FileManager.default.removeItem(at: folder)
            let own = folder.appendingPathComponent("set")
            try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
            let outcomes = folder.appendingPathComponent("outcomes")
            let words = folder.appendingPathComponent("words")
            for url in [outcomes, words] { try Data().write(to: url) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = [
                "read-corrupted", file, "--part", part, "--truncations", "\(options.truncations)",
                "--flips", "\(options.flips)", "--seed", "\(options.seed)", "--from", "\(from)",
                "--outcomes", outcomes.path, "--folder", own.path, "--memory",
                "\(options.memory)", "--seconds", "\(options.seconds)",
            ]
            process.standardError = try FileHandle(forWritingTo: words)
            try process.run()
            process.waitUntilExit()
            read(try String(contentsOf: outcomes, encoding: .utf8))
            guard process.terminationReason == .uncaughtSignal || process.terminationStatus != 0
            else { return }
            // A crash of Swift says more than fits.
            let said = String(decoding: try Data(contentsOf: words), as: UTF8.self)
                .split(separator: "\n").first.map(String.init) ?? ""
            let how = process.terminationReason == .uncaughtSignal ? "signal" : "exit code"
            end = "ended with \(how) \(process.terminationStatus) \(said.prefix(200))"
        }

        private mutating func read(_ text: String) {
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: " ", maxSplits: 1)
                guard parts.count == 2 else { continue }
                if parts[0] == "peak" {
                    peakBytes = (Int(parts[1]) ?? 0) * 1024
                } else if let index = Int(parts[0]) {
                    if let outcome = DamageOutcome(text: parts[1]) {
                        outcomes.append((index, outcome))
                    } else {
                        started = index
                    }
                }
            }
        }
    }
}
