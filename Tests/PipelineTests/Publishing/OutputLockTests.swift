import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

@Suite struct OutputLockTests {
    @Test func `A second run in the same folder ends with exit code 75 and names the process`()
        throws
    {
        let root = try TestPaths.temporaryDirectory().path
        let first = try RunDirectory(root: root)
        let error = #expect(throws: PublishError.self) { try RunDirectory(root: root + "/.") }
        #expect(error?.kind == .locked)
        #expect(error?.exit == .temporary)
        #expect(error?.cause == "another run writes there (process \(getpid()))")
        #expect(FileManager.default.fileExists(atPath: first.staging), "the first run goes on")
        _ = try ManifestExample.publish("x", in: first)
    }

    @Test func `The lock ends with its run`() throws {
        let root = try TestPaths.temporaryDirectory().path
        do { _ = try RunDirectory(root: root) }
        _ = try RunDirectory(root: root)
    }

    @Test func `A copy of the descriptor, as a forked child has, does not keep the lock`() throws {
        let root = try TestPaths.temporaryDirectory().path
        var copies: [Int32] = []
        defer { copies.forEach { close($0) } }
        do {
            let run = try RunDirectory(root: root)
            let lock = run.root + "/.lock"
            for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
                let target = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/self/fd/" + name)
                guard target == lock, let number = Int32(name) else { continue }
                copies.append(dup(number))
                // The copy has a number that may stand further down the list.
                break
            }
        }
        #expect(copies.count == 1)
        _ = try RunDirectory(root: root)
    }

    @Test func `A lock that another process holds is respected, and free when it is killed`()
        async throws
    {
        let root = try TestPaths.temporaryDirectory().path
        // util-linux `flock` takes the same lock; `cat` keeps it until its
        // input ends, and writes its first line when it has it.
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        holder.arguments = [root + "/.lock", "sh", "-c", "echo locked; exec cat"]
        let (input, output) = (Pipe(), Pipe())
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        _ = output.fileHandleForReading.availableData
        let error = #expect(throws: PublishError.self) { try RunDirectory(root: root) }
        #expect(error?.kind == .locked)
        #expect(error?.cause == "another run writes there", "an empty lock names nobody")
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        _ = try RunDirectory(root: root)
    }

    @Test func `Of many runs at the same moment one gets the folder`() async throws {
        let root = try TestPaths.temporaryDirectory().path
        let runs = try await withThrowingTaskGroup(of: RunDirectory?.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do throws(PublishError) {
                        return try RunDirectory(root: root)
                    } catch {
                        #expect(error.kind == .locked)
                        return nil
                    }
                }
            }
            var runs: [RunDirectory?] = []
            for try await run in group { runs.append(run) }
            return runs
        }
        #expect(runs.compactMap(\.self).count == 1)
    }
}
