import ArgumentParser
import Diagnostics
import Geo
import Glibc
import Pipeline

@main
struct JilaalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jilaal",
        abstract: "Drought and violence hotspots per mission sector, for the protection of people.",
        discussion: """
            Reads vegetation rasters and incident records as they are, and writes maps, tables \
            and rasters from which planners see what people lose when a base goes.

            EXAMPLES
              jilaal run sample-data/pipeline.yaml --output out/sample
              jilaal run pipelines/somalia-2010.yaml --as-of 2010-12-03
              jilaal hotspots events.csv --output out/hotspots
              jilaal runs out/sample
              jilaal validate pipeline.yaml
              jilaal inspect ndvi/MOD13A2.A2025001.h18v09.061.2025022080611.hdf
              jilaal schema > pipeline.schema.json

            Results go to standard output (with --json one JSON object, also on failure), progress \
            and messages to standard error. Exit codes: \
            0 done, 2 data refused, 64 usage, 65 pipeline file wrong, 66 input missing, \
            73 output cannot be created, 74 reading or writing failed, 75 output in use.
            """,
        version: Versions.text,
        subcommands: [
            RunCommand.self, DroughtGroup.self, HotspotsCommand.self, CoverageCommand.self,
            TransferCommand.self, WhatIfCommand.self, CheckPlanCommand.self, SeriesCommand.self, PlanCommand.self,
            RunsCommand.self, DiffCommand.self, VerifyCommand.self, PruneCommand.self,
            EventsCommand.self, DoctorCommand.self, ValidateCommand.self, BaselineCommand.self,
            InspectCommand.self, ZonalCommand.self, SchemaCommand.self,
        ])

    static func main() async {
        // A reader that goes away is reported by the write that fails.
        signal(SIGPIPE, SIG_IGN)
        StopSignals.listen()
        var parsed: (any ParsableCommand)?
        do {
            var command = try parseAsRoot()
            parsed = command
            try KernelRequest.check()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            // A run that is published stands, whoever could read of it.
            if !(command is RunCommand) { try StandardOutput.flush() }
        } catch {
            Failing(parsed).end(with: error, of: self)
        }
    }
}

/// Where results are printed.
enum StandardOutput {
    /// Prints what is still held back.
    ///
    /// - Throws: `PublishError` of kind `inputOutput` when it cannot be
    ///   printed, such as on a full disk. A reader that went away, or a
    ///   stream that was closed from the start, wanted nothing: no error.
    static func flush() throws {
        guard fflush(nil) != 0, errno != EPIPE, errno != EBADF else { return }
        throw PublishError(
            .inputOutput, at: Place(file: "standard output"),
            "cannot be written (\(String(cString: strerror(errno))))",
            mend: "Free space, or print to another place")
    }
}

/// What `--version` prints.
enum Versions {
    static var text: String {
        ([Jilaal.nameAndVersion] + GDALRuntime.versions.map { "\($0.name) \($0.version)" })
            .joined(separator: "\n")
    }
}
