import Calendar
import Drought
import GridCore
import Testing

@testable import Pipeline

@Suite struct TileWorkTests {
    /// Four years of months in a grid of six tiles.
    private func work(isInterleaved: Bool) throws -> (SlotPlan, TilePlan, TileWork) {
        let dates = try (0..<48).map {
            try #require(CalendarDate(year: 2000 + $0 / 12, month: $0 % 12 + 1, day: 1))
        }
        let stack = RasterStack(
            composites: [],
            spec: GridSpec(
                shape: Shape(rows: 70, columns: 120),
                geotransform: Geotransform(originX: 0, cellWidth: 1, originY: 0, cellHeight: -1),
                crs: .wgs84),
            scheme: .month, fitsInt16: true, scale: 1, offset: 0, rule: .init(),
            acceptedQuality: nil, block: Shape(rows: 40, columns: 50), bandsPerBlock: 1,
            productTitle: "", citation: "")
        let plan = SlotPlan(
            dates: dates, scheme: .month, baseline: try #require(YearRange(first: 2000, last: 2002)), current: 40,
            seriesStart: dates[34])
        let tiles = TilePlan(stack, threads: 2, cellsWanted: 2000)
        return (plan, tiles, TileWork(plan, tiles, isInterleaved: isInterleaved))
    }

    @Test(arguments: [false, true])
    func `Every composite meets every tile once, in the order of the tiles`(isInterleaved: Bool)
        throws
    {
        let (plan, tiles, work) = try work(isInterleaved: isInterleaved)
        #expect(tiles.tiles.count == 6)
        for composite in plan.series {
            let met = work.parts.filter { $0.slots.contains { $0.wanted.contains(composite) } }
            #expect(met.map(\.tile) == tiles.tiles)
        }
        #expect(Set(work.parts.map(\.name)).count == work.parts.count)
    }

    @Test(arguments: [false, true])
    func `The as-of composite comes last, once for each tile`(isInterleaved: Bool)
        throws
    {
        let (plan, tiles, work) = try work(isInterleaved: isInterleaved)
        let current = work.parts.filter(\.hasCurrent)
        #expect(current.map(\.tile) == tiles.tiles)
        #expect(current.count == 6 && work.parts.suffix(6).allSatisfy(\.hasCurrent))
        #expect(
            current.allSatisfy { $0.slots.last?.wanted.contains(plan.current) == true })
    }

    @Test func `A period's files are met in one go, unless they share their blocks`() throws {
        let apart = try work(isInterleaved: false).2
        #expect(apart.parts.count == 7 * 6)
        let periods = apart.parts.flatMap { $0.slots.map(\.index) }
        #expect(zip(periods, periods.dropFirst()).count { $0 != $1 } == 6)
        let shared = try work(isInterleaved: true).2
        #expect(shared.parts.count == 6)
        #expect(shared.parts.allSatisfy { $0.slots.count == 7 })
    }
}
