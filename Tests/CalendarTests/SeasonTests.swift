import Foundation
import TestSupport
import Testing

@testable import Calendar

private func season(_ name: String, _ first: String, _ last: String) throws -> Season {
    let first = try #require(MonthDay(first))
    let last = try #require(MonthDay(last))
    return try #require(Season(name: name, first: first, last: last))
}

private func day(_ iso: String) throws -> CalendarDate { try #require(CalendarDate(iso: iso)) }

@Suite struct SeasonTests {
    @Test func labelsEqualTheReferenceAlsoAcrossTheYearsEnd() throws {
        let text = try String(
            contentsOf: TestPaths.fixture("drought/seasons_somalia.csv"), encoding: .utf8)
        // The header holds commas inside a quoted name.
        let rows = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",").map { $0.filter { $0 != "\r" } }
        }
        #expect(rows.count == 72)
        func calendar(_ lastOfDeyr: Int) throws -> SeasonCalendar {
            let gu = try #require(Season(name: "Gu", firstDekad: 10, lastDekad: 18))
            let deyr = try #require(Season(name: "Deyr", firstDekad: 28, lastDekad: lastOfDeyr))
            return try SeasonCalendar(name: "test", seasons: [gu, deyr])
        }
        let plain = try calendar(36)
        let crossing = try calendar(2)
        for row in rows {
            let dekadOfYear = try #require(Int(row[0]))
            let year = try #require(Int(row[1]))
            let dekad = try #require(Dekad(year: year, dekadOfYear: dekadOfYear))
            for date in [dekad.first, dekad.last] {
                #expect(String(plain.label(of: date)) == row[2], "\(date)")
                #expect(String(crossing.label(of: date)) == row[3], "\(date)")
            }
        }
    }

    @Test func theBuiltInCalendarsHaveNoSharedDays() throws {
        for calendar in SeasonCalendar.builtIn {
            #expect(
                try SeasonCalendar(name: calendar.name, seasons: calendar.seasons) == calendar)
            #expect(SeasonCalendar.named(calendar.name) == calendar)
        }
        #expect(SeasonCalendar.named("nowhere") == nil)
        #expect(SeasonCalendar.somalia.seasons.count == 4)
        #expect(SeasonCalendar.somaliaVegetation.seasons.count == 2)
    }

    @Test func everyDayOfTheRainCalendarIsInExactlyOneSeason() throws {
        for year in [2011, 2012] {
            var date = try day("\(year)-01-01")
            while date.year == year {
                let found = try #require(SeasonCalendar.somalia.season(of: date))
                let dates = try #require(
                    SeasonCalendar.somalia.dates(of: found.season, startYear: found.startYear))
                #expect(dates.contains(date))
                date = date.adding(days: 1)
            }
        }
    }

    @Test func aSeasonAcrossTheYearsEndIsNamedByItsFirstYear() throws {
        let deyr = try #require(SeasonCalendar.somaliaVegetation["Deyr"])
        #expect(deyr.crossesYearEnd)
        #expect(deyr.startYear(of: try day("2011-01-31")) == 2010)
        #expect(deyr.startYear(of: try day("2011-02-01")) == nil)
        #expect(deyr.startYear(of: try day("2010-10-11")) == 2010)
        #expect(deyr.startYear(of: try day("2010-10-10")) == nil)
        let dates = try #require(deyr.dates(startYear: 2010))
        #expect(dates.lowerBound.description == "2010-10-11")
        #expect(dates.upperBound.description == "2011-01-31")
        let dekads = deyr.periods(of: .dekad, startYear: 2010)
        #expect(dekads.map { Dekad(containing: $0).dekadOfYear } == Array(29...36) + [1, 2, 3])
        #expect(deyr.dates(startYear: 9999) == nil)
        #expect(deyr.periods(of: .dekad, startYear: 9999).isEmpty)
    }

    @Test func anEndOn29FebruaryIsTheLastDayOfFebruaryInEveryYear() throws {
        let winter = try #require(Season(name: "w", firstDekad: 34, lastDekad: 6))
        #expect(winter.last.description == "02-29")
        #expect(winter.dates(startYear: 2010)?.upperBound.description == "2011-02-28")
        #expect(winter.dates(startYear: 2011)?.upperBound.description == "2012-02-29")
        #expect(winter.startYear(of: try day("2011-02-28")) == 2010)
        #expect(winter.startYear(of: try day("2011-03-01")) == nil)
        let leapDay = try #require(MonthDay("02-29"))
        #expect(Season(name: "x", first: leapDay, last: leapDay) == nil)
    }

    @Test func seasonsThatShareADayAreRefusedWithTheDay() throws {
        let gu = try season("Gu", "04-01", "06-30")
        let late = try season("late", "06-30", "07-31")
        #expect(
            throws: SeasonCalendar.Defect.overlap(
                "Gu", "late", firstSharedDay: try #require(MonthDay("06-30")))
        ) { try SeasonCalendar(name: "t", seasons: [gu, late]) }
        let around = try season("around", "12-01", "04-01")
        #expect(
            throws: SeasonCalendar.Defect.overlap(
                "Gu", "around", firstSharedDay: try #require(MonthDay("04-01")))
        ) { try SeasonCalendar(name: "t", seasons: [gu, around]) }
        #expect(throws: SeasonCalendar.Defect.repeatedName("Gu")) {
            try SeasonCalendar(name: "t", seasons: [gu, season("Gu", "10-01", "10-02")])
        }
        #expect(throws: SeasonCalendar.Defect.noSeasons) {
            try SeasonCalendar(name: "t", seasons: [])
        }
        #expect(throws: SeasonCalendar.Defect.unnamedSeason(position: 2)) {
            try SeasonCalendar(name: "t", seasons: [gu, season("", "10-01", "10-02")])
        }
    }

    @Test func aCompositeBelongsToTheSeasonOfItsMiddleDay() throws {
        // Days 81 to 96: 22 March to 6 April 2011; the ninth is 30 March.
        let march = try #require(CalendarDate(year: 2011, dayOfYear: 81))
        #expect(CompositeDay.middle(of: .sixteenDay, containing: march).description == "2011-03-30")
        #expect(
            SeasonCalendar.somalia.season(of: .sixteenDay, containing: march)?.season.name
                == "Jilaal")
        // Days 97 to 112 start on 7 April.
        let april = try #require(CalendarDate(year: 2011, dayOfYear: 97))
        #expect(
            SeasonCalendar.somalia.season(of: .sixteenDay, containing: april)?.season.name == "Gu")
        let gu = try #require(SeasonCalendar.somalia["Gu"])
        let composites = gu.periods(of: .sixteenDay, startYear: 2011)
        #expect(composites.map(\.dayOfYear) == [97, 113, 129, 145, 161])
    }

    @Test func theDayOfAYearInACompositeMayLieInTheNewYear() throws {
        let first = try #require(CalendarDate(year: 2011, dayOfYear: 353))
        func found(_ dayOfYear: Int) -> String? {
            CompositeDay.day(dayOfYear: dayOfYear, compositeFirst: first, lengthInDays: 16)?
                .description
        }
        #expect(found(353) == "2011-12-19")
        #expect(found(365) == "2011-12-31")
        #expect(found(1) == "2012-01-01")
        #expect(found(3) == "2012-01-03")
        #expect(found(4) == nil)
        #expect(found(352) == nil)
        #expect(found(0) == nil)
        #expect(found(366) == nil)
        let offsets = CompositeDay.offsets(compositeFirst: first, lengthInDays: 16)
        #expect(offsets.count == 367)
        #expect(offsets[353] == 0 && offsets[3] == 15 && offsets[0] == -1 && offsets[4] == -1)
        #expect(offsets.filter { $0 >= 0 }.sorted() == Array(0..<16))
    }
}
