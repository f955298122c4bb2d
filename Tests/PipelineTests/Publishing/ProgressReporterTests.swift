import Synchronization
import Testing

@testable import Pipeline

/// Collects what a reporter writes, with a clock that the test moves.
private final class Terminal: Sendable {
    private let text = Mutex("")
    private let time = Mutex(0.0)

    var written: String { text.withLock { $0 } }
    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }

    func reporter(_ style: ProgressReporter.Style) -> ProgressReporter {
        ProgressReporter(
            style: style, write: { piece in self.text.withLock { $0 += piece } },
            now: { self.time.withLock { $0 } })
    }
}

@Suite struct ProgressReporterTests {
    @Test func `Plain progress has a line at the start, each 10 % and at the end`() {
        let terminal = Terminal()
        let reporter = terminal.reporter(.plain)
        reporter.begin("drought", units: 40)
        for _ in 0..<40 {
            terminal.advance(0.25)
            reporter.complete()
        }
        reporter.end()
        let lines = terminal.written.split(separator: "\n").map(String.init)
        #expect(lines.first == "drought: started")
        #expect(lines.last == "drought: done in 10 s")
        #expect(lines.count == 11)
        #expect(lines[1] == "drought: 10 %, 1.0 s")
        #expect(reporter.timings == [StageTiming(stage: "drought", seconds: 10)])
    }

    @Test func `A slow stage has a plain line each 30 s`() {
        let terminal = Terminal()
        let reporter = terminal.reporter(.plain)
        reporter.begin("hotspots", units: 1000)
        for _ in 0..<7 {
            terminal.advance(10)
            reporter.complete()
        }
        #expect(
            terminal.written
                == "hotspots: started\nhotspots: 0 %, 30 s\nhotspots: 0 %, 1 min 00 s\n")
    }

    @Test func `A terminal line is written over and never wraps`() {
        let terminal = Terminal()
        let reporter = terminal.reporter(.line(columns: 20, isColored: false))
        reporter.begin("a stage with a long name", units: 4)
        terminal.advance(0.05)
        reporter.complete()
        terminal.advance(0.1)
        reporter.complete()
        reporter.note("a warning")
        reporter.end()
        let pieces = terminal.written.split(separator: "\r\u{1B}[K").map(String.init)
        #expect(
            pieces == [
                "a stage with a long", "a stage with a long", "a warning\n", "a stage with a long",
                "a stage with a long name: done in 0.2 s\n",
            ])
    }

    @Test func `Colour is used on a terminal only, and not with NO_COLOR`() {
        let colored = Terminal()
        let reporter = colored.reporter(.line(columns: 80, isColored: true))
        reporter.begin("sectors")
        reporter.end()
        #expect(colored.written.contains("\u{1B}[32mdone\u{1B}[0m"))
        typealias Reporter = ProgressReporter
        let xterm = ["TERM": "xterm"]
        #expect(
            Reporter.style(isTerminal: true, environment: xterm)
                == .line(columns: 80, isColored: true))
        #expect(
            Reporter.style(
                isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "40"])
                == .line(columns: 40, isColored: false))
        #expect(Reporter.style(isTerminal: true, environment: ["TERM": "dumb"]) == .plain)
        #expect(Reporter.style(isTerminal: true, environment: [:]) == .plain)
        #expect(Reporter.style(isTerminal: false, environment: xterm) == .plain)
        #expect(
            Reporter.style(isTerminal: true, environment: ["TERM": "xterm", "COLUMNS": "-1"])
                == .line(columns: 80, isColored: true))
    }

    @Test func `Control characters of names and notes are not printed`() {
        let terminal = Terminal()
        let reporter = terminal.reporter(.plain)
        reporter.begin("a\u{1B}[31m")
        reporter.note("b\u{7}\u{1B}]0;x\u{7}")
        reporter.end()
        #expect(!terminal.written.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func `A silent reporter keeps times, and a new stage ends the one before`() {
        let terminal = Terminal()
        let reporter = terminal.reporter(.silent)
        reporter.begin("a")
        terminal.advance(1)
        reporter.begin("b")
        terminal.advance(2)
        reporter.end()
        reporter.end()
        reporter.complete()
        #expect(terminal.written.isEmpty)
        #expect(reporter.timings.map(\.stage) == ["a", "b"])
        #expect(reporter.timings.map(\.seconds) == [1, 2])
    }

    @Test func `Units from several threads are all counted`() async {
        let terminal = Terminal()
        let reporter = terminal.reporter(.plain)
        reporter.begin("drought", units: 1000)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<125 { reporter.complete() } }
            }
        }
        reporter.end()
        let lines = terminal.written.split(separator: "\n")
        #expect(lines.count == 11)
        #expect(lines.dropFirst().dropLast().map { $0.prefix(12) }.first == "drought: 10 ")
        #expect(lines.last == "drought: done in 0.0 s")
    }
}
