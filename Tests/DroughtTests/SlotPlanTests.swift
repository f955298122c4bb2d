import Calendar
import Testing

@testable import Drought

private func composites(_ years: ClosedRange<Int>) -> [CalendarDate] {
    years.flatMap { year in
        (0..<23).map { PeriodScheme.sixteenDay.firstDay(ofSlot: $0, year: year) }
    }
}

@Test func aPlanReadsEveryBaselineYearOfEachWantedPeriod() throws {
    let dates = composites(2000...2011)
    let current = try #require(dates.firstIndex { $0.description == "2010-12-03" })
    let plan = SlotPlan(
        dates: dates, scheme: .sixteenDay, baseline: try #require(YearRange("2000-2009")),
        current: current, seriesStart: try #require(CalendarDate(iso: "2010-10-01")))
    #expect(
        plan.series.map { dates[$0].description } == [
            "2010-10-16", "2010-11-01", "2010-11-17", "2010-12-03",
        ])
    #expect(plan.slots.map(\.index) == [18, 19, 20, 21])
    for slot in plan.slots {
        #expect(slot.baseline.map { dates[$0].year } == Array(2000...2009))
        #expect(slot.baseline.allSatisfy { PeriodScheme.sixteenDay.slot(of: dates[$0]) == slot.index })
    }
    #expect(plan.mostPlanes() == 11)
}

@Test func aCompositeInsideTheBaselineIsReadOnce() throws {
    let dates = composites(2000...2009)
    let plan = SlotPlan(
        dates: dates, scheme: .sixteenDay, baseline: try #require(YearRange("2000-2009")),
        current: dates.count - 1, seriesStart: dates[dates.count - 1])
    #expect(plan.slots.count == 1)
    #expect(plan.slots.first?.wanted == [dates.count - 1])
    #expect(plan.mostPlanes() == 10)
}

@Test func nothingAfterTheAsOfCompositeIsWanted() throws {
    let dates = composites(2000...2009)
    let plan = SlotPlan(
        dates: dates, scheme: .sixteenDay, baseline: try #require(YearRange("2000-2004")),
        current: 100, seriesStart: dates[0])
    #expect(plan.series == Array(0...100))
    #expect(plan.current == 100)
}
