import ArgumentParser
import Pipeline

extension EditionChoice: ExpressibleByArgument {}

/// The options of commands that publish a part of a night.
struct GoalOptions: ParsableArguments {
    @OptionGroup var input: PipelineArgument

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder to publish into, of its own.", valueName: "dir"),
        completion: .directory)
    var output: String

    @Option(
        help: ArgumentHelp(
            "Who the outputs may be given to, public or restricted; wins over the file.",
            valueName: "edition"))
    var edition: EditionChoice?

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var log: LogOptions
    @Flag(help: "Print one JSON object, also when the run fails.")
    var json = false

    /// Runs the stages up to the goal, publishes, and prints what was found.
    func publish(_ goal: NightGoal) throws {
        var file = try input.file()
        if let edition { file = file.with(edition: edition) }
        var night = Night(
            file: file, asOf: input.asOf, threads: threads.count, logger: log.logger,
            progress: log.progress)
        night.goal = goal
        let outcome = try night.run(output: output)
        guard !json else { return ResultDocument(outcome).print() }
        if !outcome.isNew {
            print("Nothing to do: run \(outcome.run.id) is of this night, with these inputs.")
        }
        for line in outcome.summary { print(line) }
    }
}
