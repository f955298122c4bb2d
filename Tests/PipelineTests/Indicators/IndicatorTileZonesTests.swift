import Drought
import GridCore
import Sectors
import Testing

@testable import Pipeline

/// A tile of four cells in a row of 1 m: the zone covers three and a half.
@Suite struct IndicatorTileZonesTests {
    private static let spec = GridSpec(
        shape: Shape(rows: 1, columns: 4),
        geotransform: Geotransform(originX: 0, cellWidth: 1, originY: 1, cellHeight: -1),
        crs: CRSIdentifier("local"))
    private static let outputs = [
        IndicatorOutput(
            name: "vci", title: "", quantity: "VCI", unit: "%", content: .values(.condition)),
        IndicatorOutput(
            name: StressMethod.className, title: "", quantity: "", unit: "",
            content: .classes([
                .init(code: 1, name: "unstressed", label: "", color: 0),
                .init(code: 2, name: "stressed", label: "", color: 0),
            ])),
    ]

    private func entry(_ shares: [Float]?, _ people: [Float]?, counts: Bool = false)
        -> IndicatorZoneEntry
    {
        let ring = [(0, 0), (3.5, 0), (3.5, 1), (0, 1), (0, 0)].map {
            Coordinate(x: $0.0, y: $0.1)
        }
        let zones = ZoneIndex(
            zones: [MultiPolygon([Polygon(exterior: ring)])], spec: Self.spec,
            cellAreas: CellAreas(projected: Self.spec, metersPerUnit: 1))
        let layers = IndicatorLayers(outputs: Self.outputs, reasonNames: [], cells: 4)
        for (cell, value) in [Float(10), .nan, 30, 50].enumerated() { layers.values(0)[cell] = value }
        for (cell, code) in [UInt8(2), 0, 1, 2].enumerated() { layers.codes(1)[cell] = code }
        func with<Result>(
            _ values: [Float]?, _ body: (UnsafePointer<Float>?) -> Result
        ) -> Result {
            values.map { $0.withUnsafeBufferPointer { body($0.baseAddress) } } ?? body(nil)
        }
        return with(shares) { shares in
            with(people) { people in
                IndicatorTileZones(
                    zones: zones, tile: CellWindow(Self.spec.shape), shares: shares,
                    people: people
                ).entry(0, of: layers, countsStress: counts)
            }
        }
    }

    @Test func `Cells count by the area that the zone covers of them`() {
        let entry = entry(nil, nil)
        // 10, 30 and half of 50 of 3.5.
        #expect(entry.values[0].mean == 65.0 / 2.5)
        #expect(entry.values[0].median == 30)
        #expect(entry.values[0].sum.validWeight == 2.5)
        #expect(entry.values[0].sum.coveredWeight == 3.5)
        #expect(entry.classes[1][code: 2] == 1.5)
        #expect(entry.classes[1][code: 1] == 1)
        #expect(entry.stressCells.isEmpty)
    }

    @Test func `A mask weighs cells, and people go by their cells`() {
        let entry = entry([0.5, 1, 0.25, 0], [8, 4, 2, 6], counts: true)
        #expect(entry.values[0].mean == (5 + 7.5) / 0.75)
        #expect(entry.values[0].sum.coveredWeight == 1.75)
        #expect(entry.classes[1][code: 2] == 0.5)
        #expect(entry.classes[1].totalWeight == 1.75)
        // People are not masked: they live where they live.
        #expect(entry.people[1][code: 2] == 8 + 3)
        #expect(entry.people[1][code: 1] == 2)
        #expect(entry.people[1].weight(of: [0]) == 4)
        // The last cell is masked; it is half in the zone.
        #expect(Array(entry.stressCells[0...2]) == [1, 1, 1])
    }

    @Test func `Parts merge in any order`() {
        let one = entry([0.5, 1, 0.25, 0], [8, 4, 2, 6], counts: true)
        let other = entry([0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4], counts: true)
        var a = one
        a.merge(other)
        var b = other
        b.merge(one)
        let areSame = a.values == b.values && a.classes == b.classes && a.people == b.people
        #expect(areSame)
        #expect(a.stressCells == b.stressCells)
        #expect(a.stressCells[2] == 3)
    }
}
