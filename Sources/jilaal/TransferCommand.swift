import ArgumentParser
import Pipeline

struct TransferCommand: AsyncParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Say which bases can be handed over, kept or closed, why, and in which order.",
        discussion: """
            Computes for every base what people lose if it goes, whether the evidence on the host \
            unit passes the gates, a verdict with its reasons and the smallest change that would \
            turn it, and a phased schedule with a proven bound, below OUTPUT/latest/transfer. It \
            runs the stages of a pipeline file that the plan needs, and no others.

            Unknown evidence never passes a gate, and no score makes up for one. Phases follow \
            conditions: dates are what comes out.

            EXAMPLES
              jilaal transfer pipelines/sample.yaml --output out/transfer --edition restricted
              jilaal transfer pipelines/sample.yaml --output out/public
            """)

    @OptionGroup var options: GoalOptions

    var logFormat: LogFormat { options.log.format }
    var printsJSON: Bool { options.json }

    func run() async throws { try options.publish(.transfer) }
}
