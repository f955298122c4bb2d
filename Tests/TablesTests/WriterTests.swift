import Calendar
import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite struct DecimalTextTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (1e-6, "0.000001"),
        (1e-7, "1e-7"), (1.5e-9, "1.5e-9"), (1e20, "100000000000000000000"), (1e21, "1e21"),
        (123456789.125, "123456789.125"), (Double.leastNonzeroMagnitude, "5e-324"),
        (-1.7976931348623157e308, "-1.7976931348623157e308"),
        (9007199254740993.0, "9007199254740992"), (0.000123, "0.000123"),
        (1234567890123456789.0, "1234567890123456800"),
    ])
    func `the shortest decimal is plain where a reader expects it`(value: Double, text: String) {
        #expect(DecimalText.shortest(value) == text)
    }

    @Test(arguments: [
        (2.675, 2, "2.68"), (0.005, 2, "0.01"), (0.0049, 2, "0.00"), (-0.004, 2, "0.00"),
        (-0.005, 2, "-0.01"), (999.995, 2, "1000.00"), (9.5, 0, "10"), (0.5, 0, "1"),
        (0.05, 0, "0"),
        (1e-30, 3, "0.000"), (1e22, 1, "10000000000000000000000.0"), (12.5, 3, "12.500"),
        (0.0, 2, "0.00"), (-1.25, 1, "-1.3"), (0.99, 1, "1.0"),
    ])
    func `a stated number of decimals rounds half away from zero`(
        value: Double, decimals: Int, text: String
    ) {
        #expect(DecimalText.fixed(value, decimals: decimals) == text)
    }

    @Test func `numbers that are not finite have no text`() {
        for value in [Double.nan, .infinity, -.infinity] {
            #expect(DecimalText.shortest(value) == nil)
            #expect(DecimalText.fixed(value, decimals: 2) == nil)
        }
    }
}

@Suite struct CSVWriterTests {
    private let columns = [
        ColumnDescription("name", .string, "A name."),
        ColumnDescription("n", .integer, "A count."),
        ColumnDescription("area", .number, unit: "km2", decimals: 2, "An area."),
        ColumnDescription("share", .number, "A share."),
        ColumnDescription("day", .date, "A day."),
        ColumnDescription("hot", .boolean, "Whether."),
    ]

    @Test func `cells are printed by their type`() throws {
        var table = CSVTable(columns: columns)
        let day = try #require(CalendarDate(iso: "2024-02-29"))
        table.append([
            .text("a,\"b\""), .integer(-3), .number(1.005), .number(-0.0), .date(day),
            .boolean(true),
        ])
        table.append([.missing, .missing, .number(.nan), .number(0.1), .missing, .boolean(false)])
        table.append([.text(" x"), .integer(0), .integer(7), .integer(7), .missing, .missing])
        #expect(
            CSVWriter().text(table)
                == "name,n,area,share,day,hot\r\n\"a,\"\"b\"\"\",-3,1.01,0,2024-02-29,true\r\n"
                + ",,,0.1,,false\r\n\" x\",0,7.00,7,,\r\n")
    }

    @Test func `a missing value alone in its row is still a row`() throws {
        var table = CSVTable(columns: [ColumnDescription("a", .string, "")])
        table.append([.missing])
        let bytes = CSVWriter().utf8(table)
        #expect(String(decoding: bytes, as: UTF8.self) == "a\r\n\"\"\r\n")
        #expect(try CSVReader.read(bytes, file: "t").requireTable().count == 1)
    }

    @Test(arguments: [
        ("=1+1", true), ("+1", true), ("-1", true), ("@SUM(A1)", true), ("\t=1", true),
        ("\rx", true),
        ("  =1", true), ("\"=1", true), ("' -1", true), ("＝1", true), ("＋1", true), ("－1", true),
        ("＠x", true), ("\u{A0}=1", true), ("a=1", false), ("1-2", false), ("", false),
        ("  ", false),
        ("O'Neil", false), ("#adm1", false), ("Caad village", false),
    ])
    func `text that a spreadsheet might run gets an apostrophe`(text: String, isDangerous: Bool) {
        #expect(FormulaGuard.guarded(text) == (isDangerous ? "'" + text : text))
    }

    @Test func `numbers are never guarded and the guard can be switched off`() {
        var table = CSVTable(columns: Array(columns.prefix(2)))
        table.append([.text("-x"), .integer(-3)])
        #expect(CSVWriter().text(table).hasSuffix("\r\n'-x,-3\r\n"))
        #expect(CSVWriter(guardsFormulas: false).text(table).hasSuffix("\r\n-x,-3\r\n"))
    }

    @Test func `the dictionary describes the columns of its table`() throws {
        let dictionary = DataDictionary(
            resourcePath: "tables/Sectors.csv", title: "Sectors", columns: columns,
            licences: [.init(name: "CC-BY-4.0", title: "CC BY 4.0")],
            sources: [.init(title: "A source", path: "https://example.org/")])
        let object = try JSONSerialization.jsonObject(with: Data(dictionary.text.utf8))
        let package = try #require(object as? [String: Any])
        #expect(package["name"] as? String == "sectors")
        let resource = try #require((package["resources"] as? [[String: Any]])?.first)
        #expect(resource["path"] as? String == "tables/Sectors.csv")
        let schema = try #require(resource["schema"] as? [String: Any])
        let fields = try #require(schema["fields"] as? [[String: Any]])
        #expect(fields.compactMap { $0["name"] as? String } == columns.map(\.name))
        #expect(fields.compactMap { $0["type"] as? String } == columns.map(\.type.rawValue))
        #expect(fields[2]["unit"] as? String == "km2")
        #expect(schema["missingValues"] as? [String] == [""])
        #expect((package["licenses"] as? [[String: Any]])?.first?["name"] as? String == "CC-BY-4.0")
    }
}

/// Foundation's parser goes through a decimal type that may miss the nearest
/// double by one unit; that ours reads back exactly is tested elsewhere.
private let foundationTolerance = 1e-14

@Suite struct JSONValueTests {
    @Test func `members keep their order and numbers are finite`() {
        let value: JSONValue = [
            "z": 1, "a": [nil, true, 1.5, "x"], "e": [:], "f": [], "n": .number(.nan),
            "m": .number(-0.0), "r": .rounded(1.23456, decimals: 2),
        ]
        #expect(
            value.text()
                == #"{"z":1,"a":[null,true,1.5,"x"],"e":{},"f":[],"n":null,"m":0,"r":1.23}"#)
        #expect(
            JSONValue.array([["a": 1], []]).text(.pretty) == "[\n  {\n    \"a\": 1\n  },\n  []\n]")
    }

    @Test func `what must be escaped is escaped`() {
        #expect(
            JSONValue.string("\"\\\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}é😀/").text()
                == #""\"\\\b\t\n\f\r\u0000\u001f\u007fé😀/""#)
    }

    @Test(arguments: 0..<300)
    func `another parser reads the same document`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let value = Self.random(&generator, depth: 0)
        for layout in [JSONValue.Layout.compact, .pretty] {
            let object = try JSONSerialization.jsonObject(
                with: Data(value.utf8(layout)), options: .fragmentsAllowed)
            #expect(Self.agrees(value, object))
        }
    }

    private static func random(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int.random(in: -1_000_000...1_000_000, using: &generator))
        case 3: return .number(Double.random(in: -1e9...1e9, using: &generator))
        case 4:
            return .string(
                String(
                    (0..<5).map { _ in
                        Character(Unicode.Scalar(UInt8.random(in: 0...255, using: &generator)))
                    }))
        case 5: return .array((0..<3).map { _ in random(&generator, depth: depth + 1) })
        default:
            return .object(
                (0..<3).map { JSONMember("k\($0)", random(&generator, depth: depth + 1)) })
        }
    }

    private static func agrees(_ value: JSONValue, _ object: Any) -> Bool {
        switch value {
        case .null: return object is NSNull
        case .bool(let flag): return (object as? NSNumber)?.boolValue == flag
        case .integer(let number): return (object as? NSNumber)?.intValue == number
        case .number(let number):
            guard let other = (object as? NSNumber)?.doubleValue else { return false }
            return abs(other - number) <= foundationTolerance * abs(number)
        case .string(let text): return object as? String == text
        case .array(let elements):
            guard let objects = object as? [Any], objects.count == elements.count else {
                return false
            }
            return zip(elements, objects).allSatisfy { agrees($0, $1) }
        case .object(let members):
            guard let objects = object as? [String: Any], objects.count == members.count else {
                return false
            }
            return members.allSatisfy { member in
                objects[member.name].map { agrees(member.value, $0) } ?? false
            }
        }
    }
}

@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"), ("a\r\nb\tc", "a  b c"),
        ("x\u{7}\u{7F}\u{9B}31m", "x31m"),
        ("a\u{202E}b\u{2066}c", "abc"), ("Gaalkacyo é 😀", "Gaalkacyo é 😀"),
    ])
    func `control characters do not reach the terminal`(text: String, expected: String) {
        #expect(TerminalText.sanitized(text) == expected)
    }

    @Test func `line ends stay when asked and long values are cut`() {
        #expect(TerminalText.sanitized("a\n\u{1B}b", keepsLineEnds: true) == "a\nb")
        #expect(TerminalText.excerpt("abcdef", limit: 3) == "abc...")
        #expect(TerminalText.excerpt("abc", limit: 3) == "abc")
    }
}
