import Diagnostics
import Testing

@testable import Tables

private func read(_ text: String) -> CSVReading { CSVReader.read(Array(text.utf8), file: "t.csv") }

private func rows(_ text: String) throws -> [[String?]] {
    let table = try read(text).requireTable()
    return table.map { record in table.columns.indices.map { record.field($0) } }
}

/// What one problem looks like to the user: code and line.
private struct Found: Equatable {
    var kind: TablesFailureKind
    var line: Int?
}

private func problems(_ bytes: [UInt8]) -> [Found] {
    CSVReader.read(bytes, file: "t.csv").problems.map { Found(kind: $0.kind, line: $0.place.line) }
}

@Suite struct CSVReaderTests {
    @Test func `names and fields are read in order and empty means missing`() throws {
        #expect(try rows("a,b,c\n1,,3\n , x ,\n") == [["1", nil, "3"], [nil, " x ", nil]])
        let table = try read("a,b\n1,2").requireTable()
        #expect(table.columns == ["a", "b"])
        #expect(table[0].field(1) == "2")
        #expect(table[0].field(7) == nil)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `every line end is read alike`(end: String) throws {
        let text = ["a,b", "1,\"x\(end)y\"", "2,z"].joined(separator: end)
        let table = try read(text).requireTable()
        #expect(table.map(\.position) == [2, 4])
        #expect(table[0].field(1) == "x\(end)y")
        #expect(try read(text + end).requireTable().count == 2)
    }

    @Test func `quotes hide delimiters and doubled quotes are one`() throws {
        #expect(try rows("a,b\n\"x,\"\"y\"\"\",\"\"\n") == [["x,\"y\"", nil]])
        #expect(try rows("a,b\n5\" pipe,6'\n") == [["5\" pipe", "6'"]])
    }

    @Test func `a byte order mark is not part of the first name`() throws {
        let bytes = [0xEF, 0xBB, 0xBF] + Array("a,b\n1,2\n".utf8)
        let table = try CSVReader.read(bytes, file: "t.csv").requireTable()
        #expect(table.columns == ["a", "b"])
        #expect(table[0].position == 2)
    }

    @Test(arguments: [",", ";", "\t"])
    func `the delimiter is taken from the header`(delimiter: String) throws {
        let text = "a\(delimiter)\"b,;\t,;\t\"\(delimiter)c\n1\(delimiter)2\(delimiter)3\n"
        #expect(try rows(text) == [["1", "2", "3"]])
    }

    @Test func `a sep line of a spreadsheet states the delimiter`() throws {
        let table = try read("sep=;\r\na;b\r\n1;2\r\n").requireTable()
        #expect(table.columns == ["a", "b"])
        #expect(table[0].position == 3)
    }

    @Test func `decimal commas are warned of once a column`() throws {
        let reading = read("lat;lon;n\n4,5;-45,25;1\n4,6;45,5;2\n")
        #expect(reading.warnings.map(\.code) == ["decimal-comma", "decimal-comma"])
        #expect(reading.warnings.map(\.place.field) == ["lat", "lon"])
        #expect(reading.warnings[0].place.line == 2)
    }

    @Test func `a row of HXL tags is kept apart from the data`() throws {
        let table = try read("name,lat,n\n#adm1+name,#geo+lat,\nX,4.5,1\n").requireTable()
        #expect(table.hashtags == ["#adm1+name", "#geo+lat", ""])
        #expect(table.count == 1)
        #expect(table[0].position == 3)
        #expect(try read("a,b\n#1,#2\n").requireTable().count == 1)
    }

    @Test func `blank lines are no rows and keep the line numbers`() throws {
        let table = try read("\n\na,b\n\n1,2\r\n\r\n3,4\n\n").requireTable()
        #expect(table.map(\.position) == [5, 7])
    }

    @Test func `a header without rows is a table with a warning`() throws {
        let reading = read("a,b\n")
        #expect(try reading.requireTable().isEmpty)
        #expect(reading.warnings.map(\.code) == ["no-rows"])
    }

    @Test func `names are found exactly, then by case when that is unambiguous`() throws {
        let table = try read("Lat,lat,LON\n1,2,3\n").requireTable()
        #expect(table.column(named: "lat") == 1)
        #expect(table.column(named: "LAT") == nil)
        #expect(table.column(named: "lon") == 2)
        #expect(table.column(named: "x") == nil)
    }
}

@Suite struct CSVRefusalTests {
    @Test func `other kinds of files are named`() throws {
        let cases: [(String, String)] = [
            ("<!DOCTYPE html><html>", "HTML"), ("\n <html lang=en>", "HTML"),
            ("<?xml version=\"1.0\"?>", "XML"), ("PK\u{03}\u{04}rest", "Excel"),
            ("{\"type\":\"FeatureCollection\"}", "JSON"),
        ]
        for (text, word) in cases {
            let problem = try #require(read(text).problems.first)
            #expect(problem.kind == .notCSV)
            #expect(problem.cause.contains(word))
        }
        #expect(problems([0x1F, 0x8B, 8, 0]).first?.kind == .notCSV)
        #expect(problems([0xD0, 0xCF, 0x11, 0xE0]).first?.kind == .notCSV)
    }

    @Test(arguments: ["", " \n\r\n\t", "\u{FEFF}"])
    func `an empty file is refused`(text: String) {
        #expect(problems(Array(text.utf8)) == [Found(kind: .emptyFile, line: nil)])
    }

    @Test(arguments: [true, false], [true, false])
    func `UTF-16 is refused with or without a mark`(isBigEndian: Bool, hasMark: Bool) {
        var bytes: [UInt8] = hasMark ? (isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []
        for unit in "lat,lon\r\n1,2\r\n".utf16 {
            let pair = [UInt8(unit >> 8), UInt8(unit & 255)]
            bytes += isBigEndian ? pair : pair.reversed()
        }
        #expect(problems(bytes) == [Found(kind: .notUTF8, line: 1)])
    }

    @Test func `Latin-1 is refused with each line and all other problems`() {
        let bytes: [UInt8] =
            Array("a,a\n1,Gal".utf8) + [0xE9] + Array("\n\"x\ny\",".utf8) + [0xE8, 0xE9]
            + Array("\n2,\"open\n\n".utf8)
        #expect(
            problems(bytes) == [
                Found(kind: .notUTF8, line: 2), Found(kind: .notUTF8, line: 4),
                Found(kind: .duplicateColumn, line: 1), Found(kind: .openQuote, line: 5),
            ])
        let first = CSVReader.read(bytes, file: "t.csv").problems.first
        #expect(first?.cause.contains("0xE9") == true)
        #expect(first?.cause.contains("2 lines") == true)
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8],
            [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `overlong, surrogate, cut and stray sequences are not UTF-8`(sequence: [UInt8]) {
        #expect(problems(Array("a\n".utf8) + sequence) == [Found(kind: .notUTF8, line: 2)])
    }

    @Test func `UTF-8 of every length is read`() throws {
        #expect(try rows("a,b\nGaalkacyo é,€ 😀\n") == [["Gaalkacyo é", "€ 😀"]])
    }

    @Test func `a quote open at the end names the line where it opens`() {
        #expect(
            problems(Array("a,b\n\"x\ny\",2\n3,\"z\n4,5\n".utf8))
                == [Found(kind: .openQuote, line: 4)])
        #expect(problems(Array("a,\"b\n1,2\n".utf8)) == [Found(kind: .openQuote, line: 1)])
    }

    @Test func `repeated names are listed with their columns`() throws {
        let problem = try #require(read("id,lat,id,,\n1,2,3,4,5\n").problems.first)
        #expect(problem.kind == .duplicateColumn)
        #expect(problem.cause.contains("columns 1, 3"))
        #expect(problem.exit == .dataRefused)
    }

    @Test func `broken rows stay in the table with their reason`() throws {
        let text = "a,b\n1\n1,2,3\n1,2\n\"x\"y,2\n3,\u{0}4\n"
        let table = try read(text).requireTable()
        #expect(
            table.map { $0.problem?.kind }
                == [.raggedRow, .raggedRow, nil, .strayQuote, .nulByte])
        let problem = try #require(table[0].problem)
        #expect(problem.description.hasPrefix("t.csv:2: the row has 1 field (expected 2"))
        #expect(table[4].problem?.place.field == "column \"b\"")
    }

    @Test func `a field over the limit is the row's problem`() throws {
        let limit = CSVReader.maximumFieldLength
        let exact = try read("a,b\n\(String(repeating: "x", count: limit)),1\n").requireTable()
        #expect(exact[0].problem == nil)
        let over = try read("a,b\n\"\(String(repeating: "x", count: limit + 1))\",1\n2,3\n")
            .requireTable()
        #expect(over.map { $0.problem?.kind } == [.fieldTooLong, nil])
    }
}
