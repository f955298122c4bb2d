import Calendar
import TestSupport
import Testing

@testable import Tables

/// Pieces that CSV and JSON find hard.
private let pieces = [
    "a", "Ω", "😀", ",", ";", "\t", "\"", "'", "\n", "\r", "\r\n", " ", "=", "+1", "-", "@", "\\",
    "/", "\u{0}", "\u{1F}", "\u{7F}", "\u{2028}", "é", "e\u{301}", "#x", "0", "1,5", "<",
    "\u{FEFF}",
]

private func randomText(_ generator: inout SeededGenerator, without excluded: [String] = [])
    -> String
{
    let allowed = pieces.filter { !excluded.contains($0) }
    return (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        allowed[Int.random(in: 0..<allowed.count, using: &generator)]
    }.joined()
}

@Suite struct RoundTripTests {
    @Test(arguments: 0..<300)
    func `a printed table reads back as it was`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let columns = (0..<Int.random(in: 1...5, using: &generator)).map {
            ColumnDescription("column \($0)", .string, "")
        }
        var table = CSVTable(columns: columns)
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            // NUL is refused on reading, a row of tags is taken for HXL.
            table.append(
                columns.map { _ in .text(randomText(&generator, without: ["\u{0}", "#x"])) })
        }
        let bytes = CSVWriter(guardsFormulas: false).utf8(table)
        let read = try CSVReader.read(bytes, file: "t").requireTable()
        #expect(read.columns == columns.map(\.name))
        #expect(read.allSatisfy { $0.problem == nil })
        let expected = table.rows.map { row in
            row.map { cell -> String? in
                guard case .text(let text) = cell else { return nil }
                let isBlank = text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
                return isBlank ? nil : text
            }
        }
        #expect(read.map { record in columns.indices.map { record.field($0) } } == expected)
    }

    @Test(arguments: 0..<40)
    func `random bytes are read or refused but never trap`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let alphabet: [UInt8] =
            Array(",;\t\"\r\n\r\n\"\"#a1 .-".utf8) + [0, 0xC3, 0xA9, 0xEF, 0xFF]
        for round in 0..<100 {
            var bytes = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
                round % 2 == 0
                    ? UInt8.random(in: 0...255, using: &generator)
                    : alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            if round % 3 == 0 { bytes = Array("a,b\n".utf8) + bytes }
            let reading = CSVReader.read(bytes, file: "t")
            guard let table = reading.table else {
                #expect(!reading.problems.isEmpty, "round \(round)")
                continue
            }
            for record in table {
                let lengths = (0...record.count).map { record.field($0)?.utf8.count ?? 0 }
                let isSound = record.position >= 1 && lengths.reduce(0, +) <= bytes.count
                let fits = record.problem != nil || record.count == table.columns.count
                #expect(isSound && fits, "round \(round)")
            }
        }
    }

    @Test(arguments: 0..<20)
    func `numbers read back as the same number`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<100 {
            let value = Double(bitPattern: generator.next())
            if value.isFinite {
                #expect(Double(try #require(DecimalText.shortest(value))) == value)
            } else {
                #expect(DecimalText.shortest(value) == nil)
            }
            let ordinary = Double.random(in: -1000...1000, using: &generator)
            #expect(Double(try #require(DecimalText.shortest(ordinary))) == ordinary)
            let text = try #require(DecimalText.fixed(ordinary, decimals: 5))
            let fixed = try #require(Double(text))
            // Half a unit of the last place, and the double nearest to it.
            #expect(abs(fixed - ordinary) <= 0.5e-5 * (1 + 1e-9))
        }
    }

    @Test(arguments: 0..<30)
    func `the formula guard never makes two texts one`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var guarded: [String: String] = [:]
        for _ in 0..<200 {
            let text = randomText(&generator, without: ["e\u{301}", "é"])
            let result = FormulaGuard.guarded(text)
            if let other = guarded[result] { #expect(other == text) }
            guarded[result] = text
        }
    }
}
