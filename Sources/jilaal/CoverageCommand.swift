import ArgumentParser
import Pipeline

struct CoverageCommand: AsyncParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Say who the bases reach, how fast, and who is not reached.",
        discussion: """
            Computes travel times over land, roads and rivers for the dry and the wet season, and \
            publishes who is reached per sector, district and in total, who has a second base as \
            backup, who depends on another sector's base, and the seams between sectors that \
            nobody reaches, below OUTPUT/latest/coverage. It runs the stages of a pipeline file \
            that coverage needs, and no others.

            The public edition, which is the default, has sector aggregates only, rounded. The \
            restricted one has travel-time rasters, seams and base names as well. Coverage by a \
            base is physical protection only: one of three tiers.

            EXAMPLES
              jilaal coverage pipelines/sample.yaml --output out/coverage
              jilaal coverage pipelines/sample.yaml --output out/restricted --edition restricted
            """)

    @OptionGroup var options: GoalOptions

    var logFormat: LogFormat { options.log.format }
    var printsJSON: Bool { options.json }

    func run() async throws { try options.publish(.coverage) }
}
