import ArgumentParser
import Foundation

/// The option of commands that work on several threads.
struct ThreadsOption: ParsableArguments {
    // Not with a default value: help and manual would tell the number of
    // processors of the machine that they were made on.
    @Option(
        help: ArgumentHelp(
            "Threads to work with; default: all processors. The results do not depend on it.",
            valueName: "n"))
    var threads: Int?

    var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        guard let threads, !(1...1024).contains(threads) else { return }
        throw ValidationError("--threads is \(threads); expected 1 to 1024.")
    }
}
