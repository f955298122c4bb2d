import Diagnostics
import GridCore
import TestSupport
import Testing

@testable import Report

private func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> MultiPolygon {
    MultiPolygon([
        Polygon(exterior: [
            Coordinate(x: x, y: y), Coordinate(x: x + width, y: y),
            Coordinate(x: x + width, y: y + height), Coordinate(x: x, y: y + height),
            Coordinate(x: x, y: y),
        ])
    ])
}

private let table = ClassTable.kogan(codes: [1, 2, 3, 4, 5])

private func emptyMap(
    _ extent: BoundingBox = BoundingBox(minX: 40, minY: -2, maxX: 52, maxY: 8)
) -> MissionMap {
    MissionMap(
        title: "Drought and hotspots", dateLine: "As of 19 December 2010", extent: extent,
        classTable: table)
}

/// Three sectors (extreme, none, no data), a hotspot, a base and dots.
private func sampleMap() -> MissionMap {
    var map = emptyMap()
    map.zones = [
        .init(label: "West", detail: "VCI 5 %", shape: box(40.5, -1, 3, 8), classCode: 1),
        .init(label: "Middle", shape: box(43.5, -1, 3, 8), classCode: 5),
        .init(label: "East", shape: box(46.5, -1, 3, 8), classCode: nil),
    ]
    map.hotspots = [
        .init(label: "1", shape: box(44, 0, 1, 1), confidence: .percent99)
    ]
    map.bases = [.init(name: "Base", position: Coordinate(x: 48, y: 6))]
    map.settlements = [
        .init(name: "Town", position: Coordinate(x: 45, y: 5), rank: 1),
        .init(name: "Village", position: Coordinate(x: 42, y: 5.5), rank: 2),
    ]
    map.roads = [[Coordinate(x: 41, y: 4), Coordinate(x: 49, y: 4.5)]]
    map.outlines = [box(40.2, -1.5, 10, 9)]
    map.notes = ["Sector lines are approximate."]
    map.source = "test"
    return map
}

@Suite struct MissionMapTests {
    @Test func theMapIsAPNGOfTheLayoutsSize() throws {
        let map = sampleMap()
        let drawing = try MissionMapDrawing(map)
        #expect(pngHeaderSize(try map.pngBytes()) == [drawing.width, drawing.height])
        #expect((1200...1500).contains(drawing.width))
        #expect((900...1150).contains(drawing.height))
    }

    @Test func twoRendersAndManyThreadsGiveTheSameBytes() throws {
        let map = sampleMap()
        let first = try map.pngBytes()
        let others = try mapInParallel(count: 6, threads: 3) { _, _ in try map.pngBytes() }
        #expect(others.allSatisfy { $0 == first })
    }

    @Test func sectorsAreFilledByClassAndHatchedWithoutOne() throws {
        let map = sampleMap()
        let projection = try MissionMapDrawing(map).projection
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        func colors(_ x: Double, _ y: Double, radius: Int) -> Set<UInt32> {
            let point = projection.place(Coordinate(x: x, y: y))
            return picture.colors(aroundX: Int(point.x), y: Int(point.y), radius: radius)
        }
        #expect(colors(41.3, 1, radius: 6) == [table.entries[0].color.pixel])
        #expect(colors(45.7, 1, radius: 6) == [table.entries[4].color.pixel])
        #expect(colors(48.9, 1, radius: 8) == [Ink.nodata.pixel, Ink.nodataLine.pixel])
        #expect(colors(50.8, 1, radius: 6) == [Ink.land.pixel], "outside every sector")
    }

    @Test func aSectorSeenInPartIsStripedWithItsClassOverNoData() throws {
        var map = sampleMap()
        map.zones[0].isPartlySeen = true
        let projection = try MissionMapDrawing(map).projection
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        let point = projection.place(Coordinate(x: 41.6, y: 1.5))
        let colors = picture.colors(aroundX: Int(point.x), y: Int(point.y), radius: 20)
        #expect(colors.contains(table.entries[0].color.pixel))
        #expect(colors.contains(Ink.nodata.pixel))
    }

    @Test func withoutAClassTableSectorsArePlain() throws {
        var map = sampleMap()
        map.classTable = nil
        let projection = try MissionMapDrawing(map).projection
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        for longitude in [41.3, 45.7, 48.9] {
            let point = projection.place(Coordinate(x: longitude, y: 1))
            let colors = picture.colors(aroundX: Int(point.x), y: Int(point.y), radius: 5)
            #expect(colors == [Ink.paper.pixel])
        }
    }

    @Test func aSmallHotspotIsNotHiddenByItsLabel() throws {
        var map = sampleMap()
        map.hotspots = [
            .init(label: "12", shape: box(45, 2, 0.1, 0.1), confidence: .percent90)
        ]
        let drawing = try MissionMapDrawing(map)
        let label = try #require(drawing.labels.labels.first { $0.style == .hotspot })
        let middle = drawing.projection.place(Coordinate(x: 45.05, y: 2.05))
        #expect(!label.box.contains(middle))
    }

    @Test func hotspotsHaveARedBorderAndBasesATriangle() throws {
        let map = sampleMap()
        let projection = try MissionMapDrawing(map).projection
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        let edge = projection.place(Coordinate(x: 44, y: 0.5))
        let colors = picture.colors(aroundX: Int(edge.x), y: Int(edge.y), radius: 3)
        #expect(colors.contains(Ink.hotspot.pixel))
        let base = projection.place(Coordinate(x: 48, y: 6))
        #expect(picture[Int(base.x), Int(base.y)] == Ink.base.pixel)
    }

    @Test func theLegendShowsEveryClassInTheTablesOrderThenNodata() throws {
        let map = sampleMap()
        let drawing = try MissionMapDrawing(map)
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        let x = Int(drawing.frame.maxX) + 26 + 3
        let colors = picture.colors(downColumn: x, from: Int(drawing.frame.y) + 20)
        let expected = table.entries.map(\.color.pixel)
        #expect(colors.filter(expected.contains) == expected)
        #expect(colors.contains(Ink.nodata.pixel))
    }

    @Test func placesOutsideTheExtentAreNeitherDrawnNorLabelled() throws {
        var map = sampleMap()
        map.bases.append(.init(name: "Far", position: Coordinate(x: 10, y: 10)))
        let labels = try MissionMapDrawing(map).labels
        #expect(!labels.labels.contains { $0.lines == ["Far"] })
        #expect(!labels.namesLeftOut.contains("Far"))
        #expect(labels.labels.contains { $0.lines == ["Base"] })
    }

    @Test func longNamesEndInAnEllipsis() throws {
        var map = sampleMap()
        map.bases[0].name = String(repeating: "Forward Operating Base ", count: 9)
        let labels = try MissionMapDrawing(map).labels.labels
        let base = try #require(labels.first { $0.style == .base })
        #expect(base.lines[0].hasSuffix("…"))
        #expect(base.box.width < 180)
    }

    @Test func ofManySettlementsTheMostImportantAreDrawn() throws {
        var map = emptyMap()
        var random = SeededGenerator(seed: 4)
        map.settlements = (1...400).map {
            .init(
                name: "S\($0)",
                position: Coordinate(
                    x: .random(in: 41...51, using: &random),
                    y: .random(in: -1...7, using: &random)),
                rank: $0)
        }.reversed()
        let drawing = try MissionMapDrawing(map)
        #expect(
            drawing.settlements.map(\.rank) == Array(1...MissionMapDrawing.mostSettlements))
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func labelsNeverOverlapNorLeaveTheMapNorCoverABase(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func position() -> Coordinate {
            Coordinate(
                x: .random(in: 39...53, using: &random), y: .random(in: -3...9, using: &random))
        }
        func word() -> String {
            String(repeating: "Na", count: .random(in: 1...12, using: &random))
        }
        var map = emptyMap()
        for column in 0..<4 {
            map.zones.append(
                .init(
                    label: word(), detail: word(), shape: box(40 + 3 * Double(column), -2, 3, 10),
                    classCode: column + 1))
        }
        map.hotspots = (0..<8).map { rank in
            let corner = position()
            return .init(
                label: "\(rank + 1)", shape: box(corner.x, corner.y, 0.7, 0.5),
                confidence: .percent95)
        }
        map.bases = (0..<40).map { _ in .init(name: word(), position: position()) }
        map.settlements = (0..<120).map { .init(name: word(), position: position(), rank: $0) }
        let drawing = try MissionMapDrawing(map)
        let labels = drawing.labels.labels
        #expect(labels.count > 40)
        for (index, label) in labels.enumerated() {
            #expect(drawing.frame.contains(label.box), "seed \(seed)")
            for other in labels[(index + 1)...] {
                #expect(!label.box.overlaps(other.box), "seed \(seed)")
            }
            for base in map.bases where drawing.projection.extent.contains(base.position) {
                let symbol = MapSymbols.baseBox(at: drawing.projection.place(base.position))
                #expect(!label.box.overlaps(symbol), "seed \(seed)")
            }
        }
    }

    @Test func anExtentThatIsNotARectangleOfDegreesIsRefused() {
        for extent in [
            BoundingBox(minX: .nan, minY: 0, maxX: 1, maxY: 1),
            BoundingBox(minX: 0, minY: 0, maxX: .infinity, maxY: 1),
            BoundingBox(minX: 0, minY: .nan, maxX: .nan, maxY: .nan),
            BoundingBox(minX: 5, minY: 0, maxX: 1, maxY: 1),
            BoundingBox(minX: 300_000, minY: 0, maxX: 900_000, maxY: 500_000),
        ] {
            #expect { try emptyMap(extent).pngBytes() } throws: {
                ($0 as? ReportError)?.kind == .badExtent
            }
        }
    }

    @Test func anyFiniteExtentIsDrawn() throws {
        for extent in [
            BoundingBox(minX: 0, minY: 0, maxX: 0, maxY: 0),
            BoundingBox(minX: 44, minY: 2, maxX: 44.25, maxY: 2.25),
            BoundingBox(minX: -180, minY: -90, maxX: 180, maxY: 90),
            BoundingBox(minX: 0, minY: 89.9, maxX: 1, maxY: 90),
            BoundingBox(minX: 40, minY: 0, maxX: 60, maxY: 0.01),
        ] {
            var map = sampleMap()
            map.extent = extent
            #expect(pngHeaderSize(try map.pngBytes()) != nil)
        }
    }

    @Test func emptyAndBrokenInputsDoNotTrap() throws {
        #expect(pngHeaderSize(try emptyMap().pngBytes()) != nil)
        var map = sampleMap()
        let broken = [
            MultiPolygon(), MultiPolygon([Polygon(exterior: [])]),
            MultiPolygon([Polygon(exterior: [Coordinate(x: 44, y: 1)])]),
            MultiPolygon([
                Polygon(
                    exterior: [
                        Coordinate(x: .nan, y: 1), Coordinate(x: 44, y: .infinity),
                        Coordinate(x: 45, y: 2), Coordinate(x: 1e300, y: -1e300),
                        Coordinate(x: 44, y: 1),
                    ], holes: [[]])
            ]),
        ]
        for shape in broken {
            map.zones.append(.init(label: "", detail: "", shape: shape, classCode: 99))
            map.zones.append(.init(label: "B\u{0}roken\nname", shape: shape, classCode: nil))
            map.hotspots?.append(.init(label: "", shape: shape, confidence: .percent90))
            map.outlines.append(shape)
        }
        map.bases.append(.init(name: "", position: Coordinate(x: .nan, y: .nan)))
        map.settlements.append(.init(name: "", position: Coordinate(x: 45, y: .nan), rank: 0))
        map.roads += [[], [Coordinate(x: .nan, y: 0)], [Coordinate(x: 44, y: 0)]]
        map.title = ""
        map.dateLine = ""
        map.notes = ["", " "]
        map.hotspots?.append(
            .init(label: "9", shape: box(-180, -90, 360, 180), confidence: .percent90))
        #expect(pngHeaderSize(try map.pngBytes()) != nil)
    }
}
