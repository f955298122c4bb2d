import Calendar
import GridCore
import TestSupport
import Testing

@testable import Incidents

@Suite struct EventTimingTests {
    @Test(arguments: [
        ("2024-01-01", "2024-01-01"), ("2024-01-07", "2024-01-01"), ("2024-01-08", "2024-01-08"),
        ("1969-12-31", "1969-12-29"), ("2021-01-03", "2020-12-28"),
    ])
    func `a week runs from Monday to Sunday`(date: String, monday: String) throws {
        let week = EventTiming(weekOf: try day(date))
        #expect(week.first == (try day(monday)))
        #expect(week.spanDays == 7)
    }

    @Test(arguments: [
        ("2024-02-15", 29), ("2023-02-01", 28), ("2023-12-31", 31), ("2023-04-30", 30),
    ])
    func `a month has all its days`(date: String, days: Int) throws {
        let month = EventTiming(monthOf: try day(date))
        #expect(month.spanDays == days)
        #expect(month.first.day == 1)
    }

    @Test(arguments: 0..<200)
    func `adjacent windows share out every day of the span`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let first = CalendarDate(dayNumber: Int.random(in: -1000...30_000, using: &generator))
        let last = first.adding(days: Int.random(in: 0...200, using: &generator))
        let timing = try #require(EventTiming(first: first, last: last))
        var total = 0
        var from = first.adding(days: -Int.random(in: 0...20, using: &generator))
        while from <= last {
            let to = from.adding(days: Int.random(in: 0...40, using: &generator))
            let overlap = timing.overlapDays(from: from, to: to)
            #expect(overlap >= 0 && overlap <= to.days(since: from) + 1)
            total += overlap
            from = to.adding(days: 1)
        }
        #expect(total == timing.spanDays)
    }

    @Test func `a window that ends before it starts or misses the span has no days`() throws {
        let timing = try #require(EventTiming(first: day("2024-01-01"), last: day("2024-01-10")))
        #expect(timing.overlapDays(from: try day("2024-01-05"), to: try day("2024-01-04")) == 0)
        #expect(timing.overlapDays(from: try day("2024-01-11"), to: try day("2024-01-20")) == 0)
        #expect(timing.overlapDays(from: try day("2023-01-11"), to: try day("2023-12-31")) == 0)
        #expect(timing.cut(after: try day("2023-12-31")) == nil)
        #expect(timing.cut(after: try day("2024-01-04"))?.spanDays == 4)
        #expect(EventTiming(first: try day("2024-01-02"), last: try day("2024-01-01")) == nil)
    }
}

@Suite struct EventDateTests {
    @Test(arguments: [
        "2024-01-05", "2024/01/05", "2024-01-05 00:00:00.000", "2024/01/05 00:00:00",
        "2024-01-05T12:30:00Z",
        "2024-01-05T00:00:00.000+00:00", "05 January 2024", "5 Jan 2024", "05-Jan-2024",
        " 05 JANUARY 2024 ",
        "2024-1-5",
    ])
    func `dates are read by pattern`(text: String) throws {
        #expect(
            EventDate.read(text, order: nil, dashedOrder: nil) == .date(try day("2024-01-05")))
    }

    @Test func `numbers with the year last need a stated order`() throws {
        let january = EventDate.Reading.date(try day("2024-01-05"))
        let may = EventDate.Reading.date(try day("2024-05-01"))
        #expect(EventDate.read("05/01/2024", order: nil, dashedOrder: .dayMonthYear) == .ambiguous)
        #expect(EventDate.read("25/01/2024", order: nil, dashedOrder: nil) == .ambiguous)
        #expect(EventDate.read("05-01-2024", order: nil, dashedOrder: .dayMonthYear) == january)
        #expect(EventDate.read("05/01/2024", order: .dayMonthYear, dashedOrder: nil) == january)
        #expect(EventDate.read("05/01/2024", order: .monthDayYear, dashedOrder: nil) == may)
        #expect(EventDate.read("25/01/2024", order: .monthDayYear, dashedOrder: nil) == .unreadable)
    }

    @Test(arguments: [
        "", "2024", "2024-02-30", "2024-13-01", "20240105", "45292", "5-1-24", "January 5, 2024",
        "05 Foo 2024",
        "2024-01-05 noon", "2024-01-05-06", "T", "2024-01-T", "--", "05 J 2024", "２０２４-01-05",
    ])
    func `what is no date is unreadable`(text: String) {
        #expect(EventDate.read(text, order: .dayMonthYear, dashedOrder: nil) == .unreadable)
    }

    @Test(arguments: 0..<20)
    func `random text never traps`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array("0123456789-/ .:TZ+JanFebé٣")
        for _ in 0..<150 {
            let text = String(
                (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                })
            let reading = EventDate.read(text, order: .dayMonthYear, dashedOrder: nil)
            // The year of every date stands in its text.
            if case .date(let date) = reading {
                #expect(text.contains(date.description.prefix(4)))
            }
            if let point = FieldText.point(wellKnownText: "POINT (" + text + ")") {
                #expect(point.x.isFinite && point.y.isFinite)
            }
        }
    }
}

@Suite struct FieldTextTests {
    @Test func `points are read from well-known text`() {
        let expected = Coordinate(x: 47.992194, y: 5.010299)
        for text in [
            "POINT (47.992194 5.010299)", "point(47.992194 5.010299)",
            "POINT Z (47.992194 5.010299 0)",
        ] {
            #expect(FieldText.point(wellKnownText: text) == expected)
        }
        for text in [
            "POINT EMPTY", "POINT (1)", "POINT (1,2)", "MULTIPOINT (1 2)", "POINT (1 2", "",
            "POINT (a b)",
        ] {
            #expect(FieldText.point(wellKnownText: text) == nil)
        }
    }

    @Test(arguments: [
        (-180.0, -90.0, 1), (179.9, -90.0, 720), (180.0, -90.0, 1), (-180.0, 90.0, 259_200 - 719),
        (-179.5, -89.5, 722), (0.0, 0.0, 129_961), (47.992194, 5.010299, 137_256),
        (48.0, 7.0, 140_137),
    ])
    func `a position on an edge is in the cell north or east of it`(x: Double, y: Double, cell: Int)
    {
        #expect(PrioGrid.cell(at: Coordinate(x: x, y: y)) == cell)
    }

    @Test func `what is not on the globe has no cell`() {
        #expect(PrioGrid.cell(at: Coordinate(x: 181, y: 0)) == nil)
        #expect(PrioGrid.cell(at: Coordinate(x: .nan, y: 0)) == nil)
    }
}
