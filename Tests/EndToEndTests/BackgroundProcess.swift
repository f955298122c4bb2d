import Foundation
import Glibc
import TestSupport

/// A run of the program that a test watches and breaks off.
///
/// Its log goes to a file, so that what it said before it was killed can be
/// read afterwards.
struct BackgroundProcess {
    private let process = Process()
    private let log = Scratch.file()

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        guard FileManager.default.createFile(atPath: log.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        process.executableURL = JilaalProcess.executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = TestPaths.package
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// What it has said so far.
    func said() throws -> String { try String(contentsOf: log, encoding: .utf8) }

    /// Waits until `condition` holds or the process has ended.
    func wait(until condition: () throws -> Bool) rethrows {
        while process.isRunning, try !condition() { usleep(1_000) }
    }

    /// Sends a signal and waits for the end.
    ///
    /// - Returns: the exit code; nil when the signal ended it.
    func end(with signal: Int32) -> Int32? {
        if process.isRunning { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : nil
    }
}
