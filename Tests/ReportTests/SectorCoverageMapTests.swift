import Diagnostics
import GridCore
import Testing

@testable import Report

private func map() -> SectorCoverageMap {
    SectorCoverageMap(
        caption: MapCaption(title: "Reach", dateLine: "As of 3 May 2024"),
        extent: BoundingBox(minX: 40, minY: 0, maxX: 46, maxY: 4),
        sectors: [
            .init(
                name: "West", shape: InventedCountry.box(40.1, 0.2, 1.8, 3.6), coveredPercent: 15,
                ownPercent: 10),
            .init(
                name: "Middle", shape: InventedCountry.box(42.1, 0.2, 1.8, 3.6),
                coveredPercent: 100),
            .init(
                name: "East", shape: InventedCountry.box(44.1, 0.2, 1.8, 3.6), coveredPercent: nil),
        ], limitText: "At most 120 minutes")
}

@Suite struct SectorCoverageMapTests {
    @Test func `Sectors are filled by their share and hatched without one`() throws {
        let map = map()
        let projection = try SectorCoverageDrawing(map).sheet.panels[0]
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        func colors(_ x: Double) -> Set<UInt32> {
            let point = projection.place(Coordinate(x: x, y: 0.7))
            return picture.colors(aroundX: Int(point.x), y: Int(point.y), radius: 8)
        }
        let entries = ClassTable.coverShare.entries
        #expect(colors(40.7) == [entries[0].color.pixel])
        #expect(colors(42.7) == [entries[4].color.pixel])
        #expect(colors(44.7) == [Ink.nodata.pixel, Ink.nodataLine.pixel])
    }

    @Test func `A share on a limit belongs to the class above, beyond the ends to the last`() {
        let cases = [(0.0, 1), (19.9, 1), (20, 2), (40, 3), (79, 4), (80, 5), (100, 5), (140, 5)]
        for (percent, code) in cases {
            #expect(ClassTable.coverShareCode(percent: percent) == code)
        }
        #expect(ClassTable.coverShareCode(percent: -3) == 1)
    }

    @Test func `The label says what own bases cover, if that is known`() throws {
        let texts = map().sectors.map(\.shareText)
        #expect(texts == ["15 % (10 % by own bases)", "100 %", "no data"])
        var sector = map().sectors[0]
        sector.coveredPercent = .nan
        #expect(sector.shareText == "no data")
        let labels = try SectorCoverageDrawing(map()).labels.labels
        #expect(labels.map { $0.text.details } == texts.map { [$0] })
    }

    @Test func `Without sectors the map is drawn, and on a bad extent it is refused`() throws {
        var map = map()
        map.sectors = []
        #expect(pngHeaderSize(try map.pngBytes()) != nil)
        map.extent = BoundingBox(minX: 0, minY: 0, maxX: .infinity, maxY: 1)
        #expect { try map.pngBytes() } throws: { ($0 as? ReportError)?.kind == .badExtent }
    }
}
