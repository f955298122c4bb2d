import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

@Suite struct YAMLReaderTests {
    private func problems(_ bytes: [UInt8]) -> [ConfigurationError] {
        var reader = YAMLReader(file: "p.yml")
        _ = reader.read(bytes)
        return reader.problems
    }

    @Test func `A file of more than a megabyte is refused before it is parsed`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: YAMLReader.maximumBytes + 1)
        #expect(problems(bytes).map(\.kind) == [.fileTooLarge])
    }

    @Test(
        "Nesting deeper than 64 levels is refused, however deep it is",
        arguments: [65, 500, 5000, 500_000])
    func deepNestingIsRefused(_ depth: Int) {
        let flow = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(problems(Array(flow.utf8)).map(\.kind) == [.tooDeep])
        let block = String(repeating: "- ", count: depth) + "a"
        #expect(
            problems(Array(block.utf8)).map(\.kind) == [
                block.utf8.count > YAMLReader.maximumBytes ? .fileTooLarge : .tooDeep
            ])
    }

    @Test func `Sixty-four levels are read`() {
        let text = String(repeating: "[", count: 63) + "a" + String(repeating: "]", count: 63)
        #expect(problems(Array(text.utf8)).isEmpty)
    }

    @Test func `Aliases that would grow without limit end at the first anchor`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for i in 1..<12 {
            let alias = [String](repeating: "*a\(i - 1)", count: 10).joined(separator: ", ")
            text += "a\(i): &a\(i) [\(alias)]\n"
        }
        let found = problems(Array(text.utf8))
        #expect(found.map(\.kind) == [.unsupportedYAML])
        #expect(found.first?.place.line == 1)
    }

    @Test func `Text that is not UTF-8 is refused with its line`() {
        let found = problems(Array("version: 1\nname: ".utf8) + [0xE9, 0x0A])
        #expect(found.map(\.kind) == [.notUTF8])
        #expect(found.first?.place.line == 2)
    }

    @Test func `Every duplicate of every mapping is found`() {
        let text = "a: 1\nb: { c: 1, c: 2, c: 3 }\na: 2\nd: 1\nd: 2\na: 3\n"
        let places = problems(Array(text.utf8)).map { "\($0.kind.code) \($0.place)" }
        #expect(
            places == [
                "duplicate-key p.yml:2:12", "duplicate-key p.yml:2:18", "duplicate-key p.yml:3:1",
                "duplicate-key p.yml:5:1", "duplicate-key p.yml:6:1",
            ])
    }

    @Test func `An empty duplicate key ends with one problem`() {
        #expect(problems(Array("'': 1\n'': 2\n".utf8)).map(\.kind) == [.duplicateKey])
    }

    @Test func `Columns count characters, not bytes`() {
        var reader = YAMLReader(file: "p.yml")
        let root = reader.read(Array("é: { ü: 1, b: 2 }".utf8))
        guard case .mapping(let outer) = root?.content,
            case .mapping(let inner) = outer.first?.value.content
        else {
            Issue.record("expected mappings")
            return
        }
        #expect(inner.map(\.position.column) == [6, 12])
    }

    @Test func `A damaged file ends in a configuration or in problems with lines`() throws {
        let bytes = Array(try PipelineText(fixture: "complete.yaml").text.utf8)
        let alphabet = Array("\t\n :,-[]{}\"'&*!|>#%@`~?\u{0}x9".utf8) + [0xFF, 0xC3]
        for seed in 0..<300 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: damaged.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[index] = alphabet.randomElement(using: &generator) ?? 0
                case 1: damaged.remove(at: index)
                default: damaged = Array(damaged[..<max(1, index)])
                }
            }
            do throws(FailureList) {
                _ = try PipelineFile(
                    name: "p.yml", bytes: damaged, folder: "/pipelines",
                    environment: PipelineText.environment)
            } catch {
                #expect(!error.failures.isEmpty, "seed \(seed)")
                #expect(error.exit == .badConfiguration, "seed \(seed)")
                #expect(error.failures.allSatisfy { !$0.mend.isEmpty }, "seed \(seed)")
            }
        }
    }
}
