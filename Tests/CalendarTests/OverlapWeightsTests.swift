import Testing

@testable import Calendar

@Suite struct OverlapWeightsTests {
    private func firstDays(_ scheme: PeriodScheme, year: Int) -> [CalendarDate] {
        (0..<scheme.periodsPerYear).map { scheme.firstDay(ofSlot: $0, year: year) }
    }

    @Test(arguments: [PeriodScheme.eightDay, .sixteenDay], [PeriodScheme.dekad, .month])
    func theSharesOfAYearAddUpToItsDays(source: PeriodScheme, target: PeriodScheme) {
        for year in [2011, 2012] {
            let weights = OverlapWeights(
                from: source, firstDays: firstDays(source, year: year), to: target)
            #expect(weights.targets.count == target.periodsPerYear)
            for period in weights.targets { #expect(period.coveredDays == period.lengthInDays) }
            var days = [Int](repeating: 0, count: source.periodsPerYear)
            for share in weights.targets.flatMap(\.shares) { days[share.composite] += share.days }
            for slot in days.indices {
                let period = source.period(containing: source.firstDay(ofSlot: slot, year: year))
                #expect(days[slot] == period.last.days(since: period.first) + 1)
            }
        }
    }

    @Test func theSecondDekadOfJanuaryTakesSixDaysOfOneCompositeAndFourOfTheNext() {
        let weights = OverlapWeights(
            from: .sixteenDay, firstDays: firstDays(.sixteenDay, year: 2011), to: .dekad)
        let shares = weights.targets[1].shares
        #expect(shares.map(\.composite) == [0, 1])
        #expect(shares.map(\.days) == [6, 4])
        #expect(weights.targets[0].shares.map(\.days) == [10])
    }

    @Test func aMissingCompositeLeavesItsDaysUncovered() {
        var days = firstDays(.eightDay, year: 2011)
        days.remove(at: 1)
        let weights = OverlapWeights(from: .eightDay, firstDays: days, to: .dekad)
        // 1 to 8 January of ten; then the gap of days 9 to 16.
        #expect(weights.targets[0].coveredDays == 8)
        #expect(weights.targets[1].shares.map(\.composite) == [1])
        #expect(weights.targets[1].coveredDays == 4)
    }

    @Test func compositesLongerThanTheirPeriodReachIntoTheNewYear() {
        let last = PeriodScheme.sixteenDay.firstDay(ofSlot: 22, year: 2011)
        let weights = OverlapWeights(
            from: .sixteenDay, firstDays: [last], to: .dekad, compositeLength: 16)
        #expect(weights.targets.map(\.coveredDays) == [2, 11, 3])
        let none = OverlapWeights(from: .sixteenDay, firstDays: [], to: .dekad)
        #expect(none.targets.isEmpty)
    }

    @Test func theYear9999Ends() {
        let weights = OverlapWeights(
            from: .eightDay, firstDays: firstDays(.eightDay, year: 9999), to: .month)
        #expect(weights.targets.count == 12)
    }
}
