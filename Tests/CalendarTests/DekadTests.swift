import Foundation
import TestSupport
import Testing

@testable import Calendar

@Suite struct DekadTests {
    @Test func integersAndLabelsEqualTheReferenceCalendar() throws {
        let text = try String(
            contentsOf: TestPaths.fixture("drought/dekads.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",").map { $0.filter { $0 != "\r" } }
        }
        #expect(rows.count > 50)
        for row in rows {
            let date = try #require(CalendarDate(iso: row[0]))
            let dekad = Dekad(containing: date)
            #expect(dekad.description == row[1])
            #expect(String(dekad.rawValue) == row[2])
            #expect(String(dekad.dekadOfYear) == row[3])
            #expect(dekad.first.description == row[4])
            #expect(dekad.last.description == row[5])
            #expect(String(dekad.lengthInDays) == row[6])
            #expect(Dekad(label: row[1]) == dekad)
            #expect(Int(row[2]).flatMap(Dekad.init(rawValue:)) == dekad)
        }
    }

    @Test func theThirdDekadOfALeapFebruaryHasNineDays() throws {
        let date = try #require(CalendarDate(iso: "2024-02-29"))
        #expect(Dekad(containing: date).description == "202402d3")
        #expect(Dekad(containing: date).lengthInDays == 9)
    }

    @Test func integersThatFollowEachOtherAreDekadsThatFollowEachOther() throws {
        var dekad = try #require(Dekad(year: 1999, dekadOfYear: 1))
        for _ in 0..<150 {
            let next = try #require(dekad.adding(1))
            #expect(next.first == dekad.last.adding(days: 1))
            #expect(next > dekad)
            #expect(Dekad(year: dekad.year, dekadOfYear: dekad.dekadOfYear) == dekad)
            #expect((dekad.month - 1) * 3 + dekad.dekadOfMonth == dekad.dekadOfYear)
            dekad = next
        }
    }

    @Test(arguments: [
        "202402d4", "202402d0", "202413d1", "202400d1", "202402D1", "20240d1", "202402d",
        "", "202402d11", "2024-2d1",
    ])
    func whatIsNoLabelIsRefused(text: String) {
        #expect(Dekad(label: text) == nil)
    }

    @Test func thereAreNoDekadsOutsideTheYears() {
        #expect(Dekad(rawValue: -1) == nil)
        #expect(Dekad(rawValue: 360_000) == nil)
        #expect(Dekad(rawValue: 359_999)?.last.description == "9999-12-31")
        #expect(Dekad(rawValue: 0)?.description == "000001d1")
        #expect(Dekad(year: 2000, dekadOfYear: 37) == nil)
        #expect(Dekad(year: 10_000, dekadOfYear: 1) == nil)
    }
}
