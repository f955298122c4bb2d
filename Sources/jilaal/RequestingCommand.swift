import ArgumentParser
import Calendar
import Diagnostics
import Pipeline
import Tables

/// A command whose flags amount to a pipeline file: it publishes a run of it,
/// or prints all about one place.
protocol RequestingCommand: ReportingCommand {
    var output: String? { get }
    var asOf: CalendarDate? { get }
    var threads: ThreadsOption { get }
    var log: LogOptions { get }
    var json: Bool { get }
}

extension RequestingCommand {
    /// Runs the pipeline and prints what it found.
    func publish(_ file: PipelineFile) throws {
        guard let output else {
            throw ValidationError("Nothing says where to publish: give --output DIR.")
        }
        let night = Night(
            file: file, asOf: asOf, threads: threads.count, logger: log.logger,
            progress: log.progress, retention: nil)
        let outcome = try night.run(output: output)
        guard !json else { return ResultDocument(outcome).print() }
        if !outcome.isNew {
            print("Nothing to do: run \(outcome.run.id) is of this night, with these inputs.")
        }
        for line in outcome.summary { print(line) }
    }

    /// Prints an explanation as JSON or for people.
    func show(_ document: JSONValue, _ warnings: [Warning], _ lines: [String]) {
        guard !json else { return print(document.text(.pretty)) }
        warnings.forEach(Failing.say(warning:))
        for line in lines { print(line) }
    }
}
