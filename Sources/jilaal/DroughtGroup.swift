import ArgumentParser

/// `jilaal drought`: what belongs to drought alone. Without the name of a
/// subcommand, indicators are computed.
struct DroughtGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drought",
        abstract: "Compute drought indicators from a folder of rasters, without a pipeline file.",
        discussion: """
            jilaal drought RASTERS --product NAME --baseline YEARS ... computes indicators; \
            `jilaal drought compute --help` lists its options, and "compute" may be left out. \
            jilaal drought selftest compares the program with reference numbers.

            EXAMPLES
              jilaal drought ndvi/ --product mod13a2 --baseline 2003-2022 --output out
              jilaal drought ndvi/ --product mod13a2 --baseline 2003-2022 --output out \\
                --indicators vci3m,trend,runs --smooth
              jilaal drought stack.tif --product custom --periods month --dates "{yyyy}-{mm}-{dd}" \\
                --scale 0.0001 --baseline 2000-2009 --explain 45.3,2.1
              jilaal drought selftest
            """,
        subcommands: [DroughtCommand.self, DroughtSelfTestCommand.self],
        defaultSubcommand: DroughtCommand.self)
}
