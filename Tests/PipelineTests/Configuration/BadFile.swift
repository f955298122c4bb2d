import Diagnostics
import Testing

@testable import Pipeline

/// A pipeline file with one fault: its kind and the beginning of its message.
struct BadFile: Sendable, CustomTestStringConvertible {
    var rule: String
    var kind: ConfigurationFailureKind
    var text: String
    var message: String

    init(_ rule: String, _ kind: ConfigurationFailureKind, _ text: String, _ message: String) {
        self.rule = rule
        self.kind = kind
        self.text = text
        self.message = message
    }

    /// Three right lines, then `rest` from line 4 on.
    static func after(
        _ rule: String, _ kind: ConfigurationFailureKind, _ rest: String, _ message: String
    ) -> BadFile {
        BadFile(rule, kind, PipelineText(after: rest).text, message)
    }

    var testDescription: String { rule }

    /// One message with kind and mend, at its line, column and path.
    func check() {
        let problems = PipelineText(text).problems()
        #expect(problems.count == 1, "\(problems)")
        let problem = problems.first
        #expect(problem?.description.hasPrefix(message) == true, "\(String(describing: problem))")
        #expect(problem?.kind == kind)
        #expect(problem?.mend.isEmpty == false)
        #expect(problem?.exit == .badConfiguration)
    }
}
