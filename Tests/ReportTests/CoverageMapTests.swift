import Diagnostics
import GridCore
import TestSupport
import Testing

@testable import Report

private func pixel(
    _ picture: DecodedPNG, _ projection: MapProjection, _ place: Coordinate
) -> UInt32 {
    let point = projection.place(place)
    return picture[Int(point.x), Int(point.y)]
}

/// One sector, one base of each status, a raster of one class on the left
/// and one on the right.
private func smallMap() -> CoverageMap {
    let spec = GridSpec(
        shape: Shape(rows: 2, columns: 2),
        geotransform: Geotransform(
            originX: 40, cellWidth: 2, rowRotation: 0, originY: 4, columnRotation: 0,
            cellHeight: -2), crs: .wgs84)
    let table = ClassTable.travelTime(limitsInMinutes: [60, 120, 240])
    let raster = ClassRaster(Grid(spec, cells: [1, 4, 0, 5] as [UInt8]), table: table, nodata: 0)
    var ground = MapGround(extent: BoundingBox(minX: 40, minY: 0, maxX: 44, maxY: 4))
    ground.sectors = [.init(name: "One", shape: InventedCountry.box(40.2, 0.2, 3.6, 3.6))]
    var map = CoverageMap(
        caption: MapCaption(title: "Reach", dateLine: "As of 3 May 2024"), ground: ground,
        panels: [
            .init(title: "Dry", travelTime: raster), .init(title: "Wet", travelTime: nil),
        ])
    map.bases = zip(CoverageMap.BaseStatus.allCases, 0...).map { status, index in
        .init(
            id: "B\(index)", position: Coordinate(x: 40.6 + 0.8 * Double(index), y: 1.2),
            status: status)
    }
    return map
}

@Suite struct CoverageMapTests {
    @Test func `Each panel shows its raster, its classes by colour and no data hatched`() throws {
        let map = smallMap()
        let panels = try CoverageMapDrawing(map).sheet.panels
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        let table = ClassTable.travelTime(limitsInMinutes: [60, 120, 240])
        #expect(panels.count == 2)
        let places = [(40.7, 3.4, 1), (42.7, 3.4, 4), (43.6, 0.6, 5)]
        for (x, y, code) in places {
            let place = Coordinate(x: x, y: y)
            #expect(pixel(picture, panels[0], place) == table.entry(code)?.color.pixel)
            #expect(pixel(picture, panels[1], place) == Ink.paper.pixel, "not computed: plain")
        }
        let hatched = panels[0].place(Coordinate(x: 41.4, y: 0.6))
        let colors = picture.colors(aroundX: Int(hatched.x), y: Int(hatched.y), radius: 8)
        #expect(colors == [Ink.nodata.pixel, Ink.nodataLine.pixel])
    }

    @Test func `Panels of a wide country are put one above the other`() throws {
        var map = smallMap()
        let beside = try CoverageMapDrawing(map).sheet.panels.map(\.frame)
        #expect(beside[0].y == beside[1].y && beside[0].maxX < beside[1].x)
        map.ground.extent = BoundingBox(minX: 36, minY: 0, maxX: 44, maxY: 4)
        let above = try CoverageMapDrawing(map).sheet.panels.map(\.frame)
        #expect(above[0].x == above[1].x && above[0].maxY < above[1].y)
        #expect(above[0].width > beside[0].width)
    }

    @Test func `The middle of a base has the colour of its status on every panel`() throws {
        let map = smallMap()
        let panels = try CoverageMapDrawing(map).sheet.panels
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        for base in map.bases {
            for panel in panels {
                #expect(pixel(picture, panel, base.position) == base.status.marker.color.pixel)
            }
        }
    }

    @Test func `Statuses and verdicts differ in shape and in colour`() {
        for markers in [
            CoverageMap.BaseStatus.allCases.map(\.marker),
            TransferMap.Verdict.allCases.map(\.marker), WhatIfMap.Role.allCases.map(\.marker),
        ] {
            #expect(Set(markers.map(\.shape)).count == markers.count)
            #expect(Set(markers.map(\.color)).count == markers.count)
        }
    }

    @Test func `Travel-time classes grow darker from near to unreachable`() {
        for limits in [[60], [60, 120], [60, 120, 240]] {
            let entries = ClassTable.travelTime(limitsInMinutes: limits).entries
            #expect(entries.map(\.code) == Array(1...(limits.count + 3)))
            let lightness = entries.dropLast().map(\.color.lightness)
            // Steps of at least 5 are seen side by side.
            for (a, b) in zip(lightness, lightness.dropFirst()) { #expect(a - b > 5) }
        }
    }

    @Test(arguments: [2, 5] as [UInt64])
    func `Labels of a full country never overlap nor leave the map nor cover a base`(
        seed: UInt64
    ) throws {
        let country = InventedCountry(seed: seed, bases: 60, settlements: 200)
        let coverage = try CoverageMapDrawing(country.coverageMap())
        let transfer = try TransferMapDrawing(country.transferMap())
        let whatIf = try WhatIfMapDrawing(country.whatIfMap())
        let sectors = try SectorCoverageDrawing(country.sectorCoverageMap())
        let maps: [(MapLabels, MapProjection, [Coordinate])] = [
            (coverage.labels[0], coverage.sheet.panels[0], country.basePositions),
            (coverage.labels[1], coverage.sheet.panels[1], country.basePositions),
            (transfer.labels, transfer.projection, country.basePositions),
            (whatIf.labels, whatIf.sheet.panels[0], country.basePositions),
            (sectors.labels, sectors.sheet.panels[0], []),
        ]
        for (labels, projection, bases) in maps {
            let boxes = labels.labels.map(\.box)
            #expect(boxes.count >= 8 + bases.count * 9 / 10, "nine of ten bases have a label")
            let symbols = bases.map { Marker.box(at: projection.place($0)) }
            for (index, box) in boxes.enumerated() {
                #expect(projection.frame.contains(box))
                #expect(!boxes[(index + 1)...].contains(where: box.overlaps))
                #expect(!symbols.contains(where: box.overlaps))
            }
        }
    }

    @Test func `A name too wide for its sector is broken in two and stays inside`() throws {
        var map = smallMap()
        map.ground.sectors = [
            .init(
                name: "Sector Foxtrot of the far south",
                shape: InventedCountry.box(41, 1.4, 0.9, 2.4)),
            .init(name: "Tiny district", shape: InventedCountry.box(43.2, 3, 0.1, 0.1)),
        ]
        let drawing = try CoverageMapDrawing(map)
        let labels = drawing.labels[0].labels.filter { $0.style == .sector }
        #expect(labels.map { $0.text.name.count } == [2, 1])
        let rings = Path.rings(of: map.ground.sectors[0].shape, drawing.sheet.panels[0].place)
        let room = try #require(Rectangle(around: rings))
        #expect(room.contains(labels[0].box))
        let tiny = Path.rings(of: map.ground.sectors[1].shape, drawing.sheet.panels[0].place)
        let shape = try #require(Rectangle(around: tiny))
        #expect(!labels[1].box.overlaps(shape), "a tiny sector stays visible beside its name")
    }

    @Test func `The same map gives the same bytes from any thread`() throws {
        let map = smallMap()
        let first = try map.pngBytes()
        let others = try mapInParallel(count: 2, threads: 2) { _, _ in try map.pngBytes() }
        #expect(others.allSatisfy { $0 == first })
    }

    @Test func `Without layers there is still a map, and the legend says what is missing`() throws {
        var map = smallMap()
        map.panels = []
        map.bases = []
        map.ground.sectors = []
        let drawing = try CoverageMapDrawing(map)
        let size = drawing.sheet.size([])
        #expect(drawing.sheet.panels.count == 1)
        let header = try #require(pngHeaderSize(try map.pngBytes()))
        #expect(header[0] == size.width)
        #expect(header[1] >= size.height)
    }

    @Test func `Rasters in metres or rotated are refused`() {
        let transforms = [
            Geotransform(
                originX: 300_000, cellWidth: 1000, rowRotation: 0, originY: 400_000,
                columnRotation: 0, cellHeight: -1000),
            Geotransform(
                originX: 40, cellWidth: 1, rowRotation: 0.1, originY: 4, columnRotation: 0,
                cellHeight: -1),
            Geotransform(
                originX: .nan, cellWidth: 1, rowRotation: 0, originY: 4, columnRotation: 0,
                cellHeight: -1),
        ]
        for transform in transforms {
            let spec = GridSpec(
                shape: Shape(rows: 1, columns: 1), geotransform: transform, crs: .wgs84)
            let raster = ClassRaster(Grid(spec, cells: [1] as [UInt8]), table: .coverChange)
            var map = smallMap()
            map.panels = [.init(title: "", travelTime: raster)]
            #expect { try map.pngBytes() } throws: {
                ($0 as? ReportError)?.kind == .unsupportedRaster
            }
            var whatIf = WhatIfMap(caption: map.caption, ground: map.ground)
            whatIf.cells = raster
            #expect { try whatIf.pngBytes() } throws: {
                ($0 as? ReportError)?.kind == .unsupportedRaster
            }
        }
    }

    @Test func `Broken places, shapes and texts do not trap`() throws {
        var map = smallMap()
        let broken = [
            MultiPolygon(), MultiPolygon([Polygon(exterior: [])]),
            MultiPolygon([
                Polygon(exterior: [
                    Coordinate(x: .nan, y: 1), Coordinate(x: 1e300, y: -1e300),
                    Coordinate(x: 41, y: .infinity), Coordinate(x: 41, y: 1),
                ])
            ]),
        ]
        for shape in broken {
            map.ground.sectors.append(.init(name: "B\u{0}roken", shape: shape))
            map.panels[0].seamGaps.append(.init(label: "gap", shape: shape))
            map.hotspots.append(shape)
        }
        map.bases.append(.init(id: "", position: Coordinate(x: .nan, y: 0), status: .host))
        map.ground.settlements = [
            .init(name: "", position: Coordinate(x: 41, y: .nan), people: 5),
            .init(name: "A", position: Coordinate(x: 41, y: 1), people: .nan),
            .init(name: "B", position: Coordinate(x: 41, y: 1), people: -7),
            .init(name: "C", position: Coordinate(x: 41, y: 1), people: .infinity),
        ]
        map.ground.roads = [[], [Coordinate(x: .nan, y: 0)]]
        #expect(pngHeaderSize(try map.pngBytes()) != nil)
        map.ground.extent = BoundingBox(minX: 5, minY: 0, maxX: 1, maxY: 1)
        #expect { try map.pngBytes() } throws: { ($0 as? ReportError)?.kind == .badExtent }
    }
}
