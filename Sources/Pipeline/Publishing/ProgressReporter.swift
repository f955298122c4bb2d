import Diagnostics
import Glibc
import Synchronization
import Tables

/// Tells a person or a log how far a run is. Callable from any thread.
public final class ProgressReporter: Sendable {
    /// How progress is shown.
    public enum Style: Hashable, Sendable {
        /// One line of a terminal that is written over again and again.
        case line(columns: Int, isColored: Bool)
        /// Lines: at the start and end of each stage, and each 10 % or 30 s.
        case plain
        /// Lines of JSON, at the same moments (`LogLine`).
        case structured
        /// Nothing; times are kept nevertheless.
        case silent
    }

    private struct State {
        var stage: String?
        var units = 0
        var completed = 0
        var began = 0.0
        var shownAt = 0.0
        var shownTenth = 0
        var timings: [StageTiming] = []
    }

    /// Between two updates of a terminal line.
    private static let lineInterval = 0.1
    /// Between two plain lines of a slow stage.
    private static let plainInterval = 30.0

    private let style: Style
    private let write: @Sendable (String) -> Void
    private let now: @Sendable () -> Double
    private let state = Mutex(State())

    /// - Parameters:
    ///   - write: takes text, line ends included, one call at a time.
    ///   - now: seconds of a clock that never goes back.
    public init(
        style: Style, write: @escaping @Sendable (String) -> Void,
        now: @escaping @Sendable () -> Double = ProgressReporter.monotonicSeconds
    ) {
        self.style = style
        self.write = write
        self.now = now
    }

    /// Begins a stage, ending the one before.
    ///
    /// - Parameter units: how many units of work it has; 0 when unknown.
    public func begin(_ stage: String, units: Int = 0) {
        state.withLock { state in
            finish(&state)
            let time = now()
            state.stage = TerminalText.sanitized(stage)
            state.units = max(0, units)
            state.completed = 0
            state.began = time
            state.shownAt = time
            state.shownTenth = 0
            switch style {
            case .line: write(line(state, at: time))
            case .plain: write("\(state.stage ?? ""): started\n")
            case .structured: write(LogLine.text("info", "stage started", Self.members(stage)))
            case .silent: break
            }
        }
    }

    /// Counts finished units of the stage.
    public func complete(_ units: Int = 1) {
        state.withLock { state in
            guard state.stage != nil else { return }
            state.completed += units
            show(&state)
        }
    }

    /// Ends the stage.
    public func end() {
        state.withLock { finish(&$0) }
    }

    /// Prints a line of its own, such as a warning, above the progress.
    public func note(_ text: String) {
        state.withLock { state in
            let text = TerminalText.sanitized(text, keepsLineEnds: true)
            switch style {
            case .line:
                write("\r\u{1B}[K" + text + "\n")
                if state.stage != nil { write(line(state, at: now())) }
            case .plain: write(text + "\n")
            case .structured: write(LogLine.text("notice", text))
            case .silent: break
            }
        }
    }

    /// Prints a warning above the progress.
    public func warn(_ warning: Warning) {
        guard style == .structured else { return note("warning: \(warning)") }
        state.withLock { _ in write(LogLine.text(warning)) }
    }

    private static func members(_ stage: String) -> [JSONMember] {
        [JSONMember("stage", .string(stage))]
    }

    /// The ended stages in their order.
    public var timings: [StageTiming] { state.withLock { $0.timings } }

    private func show(_ state: inout State) {
        let time = now()
        switch style {
        case .line:
            guard time - state.shownAt >= Self.lineInterval else { return }
            state.shownAt = time
            write(line(state, at: time))
        case .plain, .structured:
            guard let percent = percent(state), percent < 100 else { return }
            guard
                percent / 10 > state.shownTenth || time - state.shownAt >= Self.plainInterval
            else { return }
            state.shownTenth = percent / 10
            state.shownAt = time
            let stage = state.stage ?? ""
            write(
                style == .structured
                    ? LogLine.text(
                        "info", "stage going on",
                        Self.members(stage) + [JSONMember("percent", .integer(percent))])
                    : "\(stage): \(percent) %, \(Self.elapsed(time - state.began))\n")
        case .silent: break
        }
    }

    private func finish(_ state: inout State) {
        guard let stage = state.stage else { return }
        let seconds = now() - state.began
        state.timings.append(StageTiming(stage: stage, seconds: seconds))
        state.stage = nil
        switch style {
        case .line(_, let isColored):
            let mark = isColored ? "\u{1B}[32mdone\u{1B}[0m" : "done"
            write("\r\u{1B}[K\(stage): \(mark) in \(Self.elapsed(seconds))\n")
        case .plain: write("\(stage): done in \(Self.elapsed(seconds))\n")
        case .structured:
            write(
                LogLine.text(
                    "info", "stage done",
                    Self.members(stage) + [JSONMember("seconds", .rounded(seconds, decimals: 3))]))
        case .silent: break
        }
    }

    /// nil when the number of units is unknown.
    private func percent(_ state: State) -> Int? {
        state.units > 0 ? min(100, state.completed * 100 / state.units) : nil
    }

    private func line(_ state: State, at time: Double) -> String {
        guard case .line(let columns, _) = style else { return "" }
        let percent = percent(state).map { " \($0) %" } ?? ""
        let text = "\(state.stage ?? "")\(percent) \(Self.elapsed(time - state.began))"
        // A full line would wrap, and could not be written over.
        return "\r\u{1B}[K" + text.prefix(max(1, columns - 1))
    }

    /// `0.4 s`, `12 s`, `3 min 05 s`.
    static func elapsed(_ seconds: Double) -> String {
        if seconds < 9.95 {
            return (DecimalText.fixed(max(0, seconds), decimals: 1) ?? "0.0") + " s"
        }
        let whole = Int(seconds.rounded())
        guard whole >= 60 else { return "\(whole) s" }
        return "\(whole / 60) min \(whole % 60 < 10 ? "0" : "")\(whole % 60) s"
    }
}

extension ProgressReporter {
    /// The style for standard error: a line on a terminal that can do it.
    ///
    /// - Parameters:
    ///   - isTerminal: whether standard error is one.
    ///   - environment: `TERM`, `NO_COLOR` (no-color.org: any value that is
    ///     not empty) and `COLUMNS` are looked at.
    public static func style(isTerminal: Bool, environment: [String: String]) -> Style {
        let terminal = environment["TERM"] ?? ""
        guard isTerminal, !terminal.isEmpty, terminal != "dumb" else { return .plain }
        let columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        return .line(
            columns: columns ?? 80, isColored: (environment["NO_COLOR"] ?? "").isEmpty)
    }

    /// Reports on standard error.
    ///
    /// - Parameters:
    ///   - isQuiet: prints nothing.
    ///   - isStructured: prints lines of JSON.
    public static func standardError(
        environment: [String: String], isQuiet: Bool = false, isStructured: Bool = false
    ) -> ProgressReporter {
        let spoken: Style =
            isStructured
            ? .structured
            : style(isTerminal: isatty(STDERR_FILENO) == 1, environment: environment)
        return ProgressReporter(
            style: isQuiet ? .silent : spoken,
            write: { text in
                // Progress that cannot be shown does not stop a run.
                _ = Array(text.utf8).withUnsafeBytes {
                    Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
                }
            })
    }

    /// Seconds of a clock that never goes back.
    @Sendable public static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
