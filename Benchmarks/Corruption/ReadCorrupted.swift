import ArgumentParser
import Foundation
import Glibc

/// Reads damaged copies of one file, one after the other, under limits of
/// memory and time; the child process of `corrupt`.
///
/// Before each copy its number is written down, afterwards its outcome, so
/// that whoever started this knows which copy ended the process.
struct ReadCorrupted: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-corrupted", abstract: "The child process of corrupt.",
        shouldDisplay: false)

    @Argument(help: "The file that is opened.") var file: String
    @Option(help: "The file of its set that is damaged.") var part: String
    @Option(help: "Lengths that it is cut to.") var truncations: Int
    @Option(help: "Bits that are flipped.") var flips: Int
    @Option(help: "Seed of the damages.") var seed: UInt64
    @Option(help: "Number of the first damage.") var from = 0
    @Option(help: "File that outcomes are added to.") var outcomes: String
    @Option(help: "Empty folder of its own.") var folder: String
    @Option(help: "Address space in MB.") var memory: Int
    @Option(help: "Processor seconds for one copy.") var seconds: Int

    func run() throws {
        try limit()
        let name = URL(fileURLWithPath: file).lastPathComponent
        let partName = URL(fileURLWithPath: part).lastPathComponent
        for member in FileSet.members(of: file) {
            try FileManager.default.copyItem(
                atPath: member,
                toPath: folder + "/" + URL(fileURLWithPath: member).lastPathComponent)
        }
        let whole = try WholeReading(of: folder + "/" + name)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: part)))
        let damages = DamagePlan(truncations: truncations, flips: flips, seed: seed)
            .damages(byteCount: bytes.count)
        let report = open(outcomes, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard report >= 0 else { throw ValidationError("\(outcomes) cannot be opened") }
        defer { close(report) }
        for index in damages.indices.dropFirst(from) {
            try Data(damages[index].applied(to: bytes))
                .write(to: URL(fileURLWithPath: folder + "/" + partName))
            write(line: "\(index) started", to: report)
            restartClock()
            let outcome = DamageOutcome(of: folder + "/" + name, comparedTo: whole)
            write(line: "\(index) \(outcome.text)", to: report)
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        write(line: "peak \(usage.ru_maxrss)", to: report)
    }

    private func limit() throws {
        var space = rlimit(rlim_cur: rlim_t(memory) << 20, rlim_max: rlim_t(memory) << 20)
        var core = rlimit(rlim_cur: 0, rlim_max: 0)
        guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space) == 0,
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core) == 0
        else { throw ValidationError("the limits cannot be set") }
    }

    /// SIGPROF ends the process after so many processor seconds, SIGALRM
    /// after ten times as many of the clock.
    private func restartClock() {
        var timer = itimerval()
        timer.it_value.tv_sec = seconds
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
        alarm(UInt32(seconds * 10))
    }

    private func write(line: String, to descriptor: Int32) {
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
