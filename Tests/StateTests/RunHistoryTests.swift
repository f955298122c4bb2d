import Calendar
import State
import Testing

@Suite struct RunHistoryTests {
    @Test func `A run that never ended is listed as not finished`() throws {
        let place = try Workplace()
        let database = try place.open()
        _ = try database.begin(Sample.beginning(at: 5))
        try database.close()
        let runs = try place.open().runs(limit: 10)
        #expect(runs.map(\.outcome) == [.didNotFinish])
        #expect(runs[0].finishedAtSecond == nil)
        #expect(runs[0].beginning == Sample.beginning(at: 5))
    }

    @Test(arguments: [
        RunOutcome.published(id: "2010-12-19-001"), .nothingToDo,
        .failed(exitCode: 74, message: "disk full"), .interrupted,
    ])
    func `Outcome, stages and counts come back as they were noted`(_ outcome: RunOutcome) throws {
        let database = try Workplace().open()
        let token = try database.begin(Sample.beginning())
        var ending = RunEnding(outcome: outcome, finishedAtSecond: 1_060, knownAtSecond: 1_000)
        ending.asOf = CalendarDate(iso: "2010-12-19")
        ending.stages = [
            StageEntry(name: "drought", isComputed: true, reason: "input changed", seconds: 1.5),
            StageEntry(name: "map", isComputed: false, reason: "", seconds: 0),
        ]
        ending.counts = [CountEntry(stage: "incidents", name: "rows_read", value: 7)]
        try database.finish(token, ending)
        let run = try #require(try database.runs(limit: 1).first)
        #expect(run.outcome == outcome)
        #expect(run.finishedAtSecond == 1_060)
        #expect(run.asOf == ending.asOf)
        #expect(run.stages == ending.stages)
        #expect(run.counts == ending.counts)
    }

    @Test func `The newest come first, no more than asked for`() throws {
        let database = try Workplace().open()
        for day in 1...5 { try Sample.night(database, day: day) }
        #expect(try database.runs(limit: 2).map(\.outcome) == [
            .published(id: "night-5"), .published(id: "night-4"),
        ])
    }
}
