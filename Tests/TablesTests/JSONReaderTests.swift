import Diagnostics
import Tables
import TestSupport
import Testing

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue {
        try JSONReader.read(Array(text.utf8), file: "x.json")
    }

    @Test("Every kind of value is read, members in their order")
    func values() throws {
        let value = try read(
            #" {"b": [1, -2.5, 1e3, true, false, null, []], "a": {"é\n\"\u00e9\ud83d\ude00": ""}} "#)
        #expect(
            value == [
                "b": [1, -2.5, .number(1000), .bool(true), .bool(false), .null, []],
                "a": .object([JSONMember("é\n\"é\u{1F600}", "")]),
            ])
    }

    @Test("What is written is read back as the same value, in either layout")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let value = Self.value(depth: 0, using: &random)
            for layout in [JSONValue.Layout.compact, .pretty] {
                let bytes = value.utf8(layout)
                #expect(try JSONReader.read(bytes, file: "x").utf8(layout) == bytes)
            }
        }
    }

    private static func value(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer(.random(in: -1000...1000, using: &random))
        case 3: .number(.random(in: -1e6...1e6, using: &random))
        case 4:
            .string(
                String(
                    String.UnicodeScalarView(
                        (0..<4).compactMap { _ in
                            Unicode.Scalar(UInt32.random(in: 1..<0x3000, using: &random))
                        })))
        case 5:
            .array((0..<3).map { _ in value(depth: depth + 1, using: &random) })
        default:
            .object((0..<3).map { JSONMember("m\($0)", value(depth: depth + 1, using: &random)) })
        }
    }

    @Test(
        "What is not JSON is refused with its line",
        arguments: [
            ("", 1), ("{", 1), ("[1,]", 1), ("[1 2]", 1), ("{\"a\":1,\n\"a\":2}", 2), ("tru", 1),
            ("01", 1), ("1.", 1), ("-", 1), ("1e999", 1), ("\"a", 1), ("\"\\x\"", 1),
            ("\"\\ud800\"", 1), ("\"\\u12g4\"", 1), ("{a:1}", 1), ("[]\n\nx", 3), ("\"a\nb\"", 1),
            ("{\"a\" 1}", 1), ("NaN", 1),
        ])
    func refused(_ text: String, _ line: Int) {
        let error = #expect(throws: TablesError.self) { try read(text) }
        #expect(error?.kind == .notJSON)
        #expect(error?.place.line == line)
        #expect(error?.exit == .dataRefused)
    }

    @Test("Nesting is read to the limit and refused beyond it")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try read(nested(JSONReader.maximumDepth)) }
        for depth in [JSONReader.maximumDepth + 1, 100_000] {
            let error = #expect(throws: TablesError.self) { try read(nested(depth)) }
            #expect(error?.kind == .notJSON)
        }
    }

    @Test("A document cut anywhere is refused, never read in part")
    func truncated() throws {
        let text = Array(#"{"a": [1.5, "x\u00e9", {"b": null}], "c": true}"#.utf8)
        #expect(throws: Never.self) { try JSONReader.read(text, file: "x") }
        for count in 0..<text.count {
            #expect(throws: TablesError.self, "\(count)") {
                try JSONReader.read(Array(text[..<count]), file: "x")
            }
        }
    }
}
