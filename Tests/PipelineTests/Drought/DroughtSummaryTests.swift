import Drought
import Geo
import Sectors
import Testing

@testable import Pipeline

@Suite struct DroughtSummaryTests {
    /// Sums of a few numbers.
    private static let tolerance = 1e-12

    private func zone(vci: [(Float, Double)], classes: [(UInt8, Double)]) -> ZoneComposite {
        var zone = ZoneComposite()
        for (value, weight) in vci { zone.vci.add(value, weight: weight) }
        for (code, weight) in classes { zone.classes.add(code, weight: weight) }
        return zone
    }

    @Test func meansAreWeightedByAreaAndNodataIsLeftOut() throws {
        let summary = DroughtSummary(
            zone(vci: [(10, 3), (50, 1), (.nan, 4)], classes: [(2, 3), (5, 1), (0, 4)]),
            zoneAreaInSquareMeters: 16, table: .kogan)
        #expect(abs(try #require(summary.vci) - 20) < Self.tolerance)
        #expect(summary.className == "moderate")
        #expect(abs(summary.validPercent - 25) < Self.tolerance)
        #expect(abs(try #require(summary.droughtPercent) - 75) < Self.tolerance)
        #expect(summary.classPercents.map { $0.map { $0.rounded() } } == [0, 75, 0, 0, 25])
    }

    @Test func aZoneWithoutValuesHasNoFigures() {
        let summary = DroughtSummary(
            zone(vci: [(.nan, 4)], classes: [(0, 4)]), zoneAreaInSquareMeters: 4, table: .ndma)
        #expect(summary.vci == nil)
        #expect(summary.className == nil)
        #expect(summary.droughtPercent == nil)
        #expect(summary.validPercent == 0)
        let beyond = DroughtSummary(ZoneComposite(), zoneAreaInSquareMeters: 4, table: .kogan)
        #expect(beyond.validPercent == 0)
        #expect(beyond.ndvi == nil)
    }

    @Test func cellsAndColumnsOfATableGoTogether() {
        for table in DroughtClassTable.allCases {
            let summary = DroughtSummary(
                ZoneComposite(), zoneAreaInSquareMeters: 1, table: table)
            #expect(summary.cells.count == DroughtSummary.columns(table).count)
        }
    }

    @Test func statisticsMergeLikeOne() throws {
        var whole = OutputStatistics()
        var first = OutputStatistics()
        var second = OutputStatistics()
        for i in 0..<10 {
            whole.add(Double(i))
            if i < 4 { first.add(Double(i)) } else { second.add(Double(i)) }
        }
        whole.total = 20
        first.total = 8
        second.total = 12
        first.merge(second)
        #expect(first.band == whole.band)
        #expect(try #require(whole.band).validPercent == 50)
        #expect(OutputStatistics().band == nil)
    }
}
