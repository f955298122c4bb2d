import Foundation
import Glibc
import TestSupport

/// One finished run of the program.
struct JilaalProcess {
    /// nil when a signal ended it.
    let exitCode: Int32?
    let standardOutput: String
    let standardError: String

    /// The lines of standard error that begin with `error: `.
    var errors: [String] {
        standardError.split(separator: "\n").map(String.init).filter { $0.hasPrefix("error: ") }
    }

    var warnings: [String] {
        (standardError + standardOutput).split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("warning: ") }
    }

    struct TimedOut: Error, CustomStringConvertible {
        let description: String
    }

    /// The program, built beside the bundle of the tests.
    static let executable = program("jilaal")
    /// The program of measurements and strains.
    static let benchmarks = program("jilaal-benchmarks")

    private static func program(_ name: String) -> URL {
        let bundles = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.bundleURL]
        let folders = bundles.flatMap { [$0, $0.deletingLastPathComponent()] }
        let places = folders + [TestPaths.package.appendingPathComponent(".build/debug")]
        let candidates = places.map { $0.appendingPathComponent(name) }
        return candidates.first { isProgram($0) } ?? candidates[candidates.count - 1]
    }

    private static func isProgram(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: url.path)
    }

    /// Runs the program and waits for its end.
    ///
    /// - Parameters:
    ///   - environment: added to that of the tests.
    ///   - folder: the working directory; the root of the checkout when nil.
    ///   - trace: file for the connections that it opens.
    /// - Throws: `TimedOut` when it was killed after `seconds`.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil,
        seconds: Double = 400, trace: URL? = nil
    ) throws -> JilaalProcess {
        guard let trace else {
            return try run(
                executable, arguments, environment: environment, in: folder, seconds: seconds)
        }
        return try run(
            ConnectionTrace.program, ConnectionTrace.options(trace) + [executable.path] + arguments,
            environment: environment, in: folder, seconds: seconds)
    }

    /// Runs the program through a shell, as `$0` with `$@`.
    ///
    /// The shell must not call `wait`: it may inherit a mask that blocks
    /// SIGCHLD, and then sleeps for ever.
    static func run(
        shell script: String, _ arguments: [String], seconds: Double = 60
    ) throws -> JilaalProcess {
        try run(
            URL(fileURLWithPath: "/bin/sh"), ["-c", script, executable.path] + arguments,
            environment: [:], in: nil, seconds: seconds)
    }

    /// Runs any program and waits for its end.
    static func run(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:],
        in folder: URL? = nil, seconds: Double = 60
    ) throws -> JilaalProcess {
        // Files, not pipes: a full pipe would stop the program.
        let output = Scratch.file()
        let error = Scratch.file()
        for url in [output, error] {
            guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
                throw CocoaError(.fileWriteUnknown)
            }
        }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = folder ?? TestPaths.package
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        let end = Date(timeIntervalSinceNow: seconds)
        while process.isRunning, Date() < end { usleep(20_000) }
        guard !process.isRunning else {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            throw TimedOut(
                description: "\(arguments) took longer than \(seconds) s; it said:\n"
                    + (try String(contentsOf: error, encoding: .utf8)))
        }
        return JilaalProcess(
            exitCode: process.terminationReason == .exit ? process.terminationStatus : nil,
            standardOutput: try String(contentsOf: output, encoding: .utf8),
            standardError: try String(contentsOf: error, encoding: .utf8))
    }
}
