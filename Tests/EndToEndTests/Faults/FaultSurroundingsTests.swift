import Foundation
import TestSupport
import Testing

/// What surrounds the program fails: its streams, the room it is given.
@Suite(.serialized) struct FaultSurroundingsTests {
    private func run(_ script: String, root: URL, quiet: Bool = false) throws -> JilaalProcess {
        let scenario = try FaultScenario.firstRun.get()
        let flags = quiet ? ["--quiet"] : []
        return try JilaalProcess.run(
            shell: script, scenario.command + ["--output", root.path] + flags)
    }

    @Test(
        "A run whose streams are closed, or read by nobody, publishes the same bytes",
        arguments: [
            #"exec "$0" "$@" <&- >&- 2>&-"#,
            #"exec "$0" "$@" >/dev/full 2>/dev/full"#,
            #"{ "$0" "$@"; echo "error: status $?" >&2; } | :"#,
        ])
    func streams(_ script: String) throws {
        let root = try Scratch.folder()
        let process = try run(script, root: root)
        #expect(process.exitCode == 0)
        #expect(process.errors.allSatisfy { $0 == "error: status 0" })
        let look = FaultInspection(scenario: try FaultScenario.firstRun.get(), root: root)
        let faults =
            look.visibleFaults(mayHavePublished: true) + look.resultFaults() + look.leftovers()
        #expect(faults == [])
        let lock = try String(contentsOf: root.appendingPathComponent(".lock"), encoding: .utf8)
        #expect(lock.wholeMatch(of: #/[0-9]+\n/#) != nil, "nothing was printed into a file")
    }

    /// Largest file that may be written, in blocks of 512 bytes: less than
    /// the rasters, and less than the pictures.
    private static let limits: [Int] =
        ProcessInfo.processInfo.environment["JILAAL_FAULT_LOOP"] == nil
        ? [3, 30] : Array(0...128)

    /// The signal that comes with the limit is ignored, as on a full disk,
    /// so that writes fail in every library at every byte.
    @Test("A limit of the size of files ends a run with 73 or 74, and the next is as ever")
    func fileSize() throws {
        let scenario = try FaultScenario.firstRun.get()
        var stopped = 0
        for limit in Self.limits {
            let root = try Scratch.folder()
            let process = try run(
                #"trap "" XFSZ; ulimit -f \#(limit); exec "$0" "$@""#, root: root, quiet: true)
            let look = FaultInspection(scenario: scenario, root: root)
            switch process.exitCode {
            case 0: #expect(look.resultFaults() == [], "\(limit) blocks")
            case 73, 74:
                stopped += 1
                // Standard error is a file too.
                #expect(limit == 0 || process.errors.first?.contains("/") == true, "\(limit) blocks")
            default: Issue.record("\(limit) blocks: \(process.ending)")
            }
            #expect(look.visibleFaults(mayHavePublished: process.exitCode == 0) == [])
            let again = try JilaalProcess.run(scenario.command + ["--output", root.path])
            #expect(again.exitCode == 0)
            #expect(look.resultFaults() + look.leftovers() == [], "after \(limit) blocks")
        }
        #expect(stopped >= 2, "the limits are below what a run writes")
        print("file size loop: \(Self.limits.count) limits, \(stopped) stopped the run")
    }
}
