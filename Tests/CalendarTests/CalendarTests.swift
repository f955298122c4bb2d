import Foundation
import TestSupport
import Testing

@testable import Calendar

@Test func everyDayOfFourCenturiesSurvivesTheRoundTripThroughItsNumber() {
    var expected = CalendarDate(dayNumber: -62_000)
    for number in -62_000...90_000 {
        let date = CalendarDate(dayNumber: number)
        #expect(date.dayNumber == number)
        if number > -62_000 {
            #expect(date > expected)
            let next = expected.day < CalendarDate.days(inMonth: expected.month, of: expected.year)
            #expect(date.day == (next ? expected.day + 1 : 1))
        }
        expected = date
    }
}

@Test func knownDaysHaveTheirNumbers() {
    #expect(CalendarDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
    #expect(CalendarDate(year: 2000, month: 3, day: 1)?.dayNumber == 11_017)
    #expect(CalendarDate(iso: "2010-12-03")?.dayOfYear == 337)
    #expect(CalendarDate(year: 2012, dayOfYear: 366)?.description == "2012-12-31")
    #expect(CalendarDate(year: 2011, dayOfYear: 366) == nil)
}

@Test(arguments: [
    "2010-13-01", "2010-02-29", "10-02-03", "2010-2-3", "2010/02/03", "", "2010-02-30x",
    "2010-02-", "+201-01-01",
])
func whatIsNoIsoDateIsRefused(text: String) {
    #expect(CalendarDate(iso: text) == nil)
}

@Test func dekadsEqualTheReferenceCalendar() throws {
    let text = try String(
        contentsOf: TestPaths.fixture("drought/dekads.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count > 50)
    for row in rows {
        let date = try #require(CalendarDate(iso: row[0]))
        #expect(String(PeriodScheme.dekad.slot(of: date) + 1) == row[3], "\(date)")
        let period = PeriodScheme.dekad.period(containing: date)
        #expect(period.first.description == row[4])
        #expect(period.last.description == row[5])
        #expect(String(period.last.days(since: period.first) + 1) == row[6].trimming)
    }
}

@Test(arguments: PeriodScheme.allCases)
func periodsTileTheYearWithoutGapsOrOverlaps(scheme: PeriodScheme) throws {
    for year in [1999, 2000, 2011, 2012, 2100, 9999] {
        var day = try #require(CalendarDate(year: year, month: 1, day: 1))
        for slot in 0..<scheme.periodsPerYear {
            #expect(scheme.firstDay(ofSlot: slot, year: year) == day)
            let period = scheme.period(containing: day)
            #expect(period.first == day)
            #expect(scheme.slot(of: period.last) == slot)
            day = period.last.adding(days: 1)
        }
        #expect(day.adding(days: -1) == CalendarDate(year: year, month: 12, day: 31))
    }
}

@Test func modisCompositesStartTheirSlots() throws {
    for (slot, day) in stride(from: 1, through: 353, by: 16).enumerated() {
        let date = try #require(CalendarDate(year: 2012, dayOfYear: day))
        #expect(PeriodScheme.sixteenDay.slot(of: date) == slot)
    }
}

@Test(arguments: [
    ("NDVI_{yyyy}{mm}{dd}.tif", "NDVI_20101203.tif", "2010-12-03"),
    ("X{yyyy}.{mm}.{dd}", "X2000.02.18", "2000-02-18"),
    ("*.A{yyyy}{doy}.*", "MOD13A2.A2025017.h18v09.061.hdf", "2025-01-17"),
    ("*_{yyyy}{dekad}", "chirps_202436", "2024-12-21"),
    ("r{yyyy}-{mm}", "r2024-02", "2024-02-01"),
])
func datesAreReadOutOfNames(pattern: String, name: String, expected: String) throws {
    #expect(try DatePattern(pattern).date(in: name)?.description == expected)
}

@Test func namesThatDoNotFitGiveNoDate() throws {
    let pattern = try DatePattern("NDVI_{yyyy}{mm}{dd}.tif")
    for name in ["NDVI_20101303.tif", "NDVI_2010120.tif", "ndvi_20101203.tif", "", "NDVI_"] {
        #expect(pattern.date(in: name) == nil, "\(name)")
    }
}

@Test(arguments: [
    ("{yy}{pentad}", "2407", "2024-02-01"), ("P{yyyy}{week}", "P2024052", "2024-12-23"),
    ("{yyyy}.{mm}.{month-dekad}", "2011.10.3", "2011-10-21"),
    ("{yyyy}.{mm}.{month-pentad}", "2011.10.6", "2011-10-26"),
    ("{yyyy}{dekad}", "201136", "2011-12-21"),
])
func periodsAreNamedByTheirNumbers(pattern: String, name: String, date: String) throws {
    #expect(try DatePattern(pattern).date(in: name)?.description == date)
}

@Test func periodsThatAYearOrMonthLacksGiveNoDate() throws {
    for (pattern, name) in [
        ("{yy}{pentad}", "2473"), ("{yyyy}{week}", "2024053"), ("{yyyy}{week}", "2024000"),
        ("{yyyy}.{mm}.{month-dekad}", "2011.10.4"), ("{yyyy}.{mm}.{month-pentad}", "2011.13.1"),
    ] {
        #expect(try DatePattern(pattern).date(in: name) == nil, "\(pattern) \(name)")
    }
}

@Test func weeksAreCountedFromTheFirstOfJanuaryAndTheLastTakesTheRest() throws {
    let last = try #require(CalendarDate(iso: "2024-12-31"))
    #expect(PeriodScheme.week.slot(of: last) == 51)
    #expect(PeriodScheme.week.period(containing: last).first.description == "2024-12-23")
    #expect(PeriodScheme.week.period(containing: last).last == last)
}

@Test func patternsWithoutADateAreRefused() {
    #expect(throws: DatePattern.Defect.noYear) { try DatePattern("*.tif") }
    #expect(throws: DatePattern.Defect.noDay) { try DatePattern("{yyyy}") }
    #expect(throws: DatePattern.Defect.unknownField("y")) { try DatePattern("{y}{mm}") }
    #expect(throws: DatePattern.Defect.unclosedBrace) { try DatePattern("{yyyy}{mm") }
}

@Test func yearRangesAreReadAndRefused() {
    #expect(YearRange("2000-2009")?.count == 10)
    #expect(YearRange("2005")?.description == "2005-2005")
    for text in ["2009-2000", "2000-", "00-09", "2000-2001-2002", "a"] {
        #expect(YearRange(text) == nil, "\(text)")
    }
}

extension Substring {
    fileprivate var trimming: String { filter { $0 != "\r" } }
}
