import ArgumentParser
import Calendar
import Pipeline

/// The option that `run` and `plan` take.
struct KnownOnOption: ParsableArguments {
    @Option(
        name: .customLong("as-known-on"),
        help: ArgumentHelp(
            "Read inputs as the runs of the output folder knew them at the end of that day (UTC). "
                + "Such a run does not become the latest.", valueName: "date"),
        transform: CalendarDate.init(option:))
    var date: CalendarDate?
}

/// `JILAAL_NOW` sets the time that a run notes, for tests and to repeat a
/// night; published data never depend on it.
enum RunClock {
    /// - Returns: nil when it is not set.
    /// - Throws: `ValidationError` when it is no time.
    static func setTime(in environment: [String: String]) throws -> UTCTime? {
        guard let text = environment["JILAAL_NOW"], !text.isEmpty else { return nil }
        guard let time = UTCTime(iso: text) else {
            throw ValidationError(
                "JILAAL_NOW is \"\(text)\"; expected a time such as 2010-12-19T04:05:06Z.")
        }
        return time
    }
}
