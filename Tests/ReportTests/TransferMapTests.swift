import GridCore
import Testing

@testable import Report

private let caption = MapCaption(title: "Transfer", dateLine: "As of 3 May 2024")

private func ground() -> MapGround {
    var ground = MapGround(extent: BoundingBox(minX: 40, minY: 0, maxX: 44, maxY: 4))
    ground.sectors = [.init(name: "One", shape: InventedCountry.box(40.2, 0.2, 3.6, 3.6))]
    return ground
}

/// A base of each verdict in a row.
private func smallMap() -> TransferMap {
    var map = TransferMap(caption: caption, ground: ground())
    map.bases = zip(TransferMap.Verdict.allCases, 0...).map { verdict, index in
        .init(
            id: "B0\(index)", position: Coordinate(x: 40.5 + 0.6 * Double(index), y: 3),
            verdict: verdict, phase: index == 2 ? "phase 2" : nil,
            peopleLosingCover: index == 5 ? nil : 1000)
    }
    return map
}

private func route(
    _ exposure: Double?, cut: Bool = false, single: Bool = false
) -> TransferMap.Route {
    TransferMap.Route(
        line: [Coordinate(x: 40.5, y: 1), Coordinate(x: 43.5, y: 1)],
        exposurePerKilometer: exposure, isCutInFloodSeason: cut, isSingleRoute: single)
}

@Suite struct TransferMapTests {
    @Test func `The middle of a base has the colour of its verdict`() throws {
        let map = smallMap()
        let projection = try TransferMapDrawing(map).projection
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        for base in map.bases {
            let point = projection.place(base.position)
            #expect(picture[Int(point.x), Int(point.y)] == base.verdict.marker.color.pixel)
        }
    }

    @Test func `Verdicts can be told apart without any colour vision or by their shapes`() {
        let markers = TransferMap.Verdict.allCases.map(\.marker)
        for (index, a) in markers.enumerated() {
            for b in markers[(index + 1)...] { #expect(a.shape != b.shape) }
        }
    }

    @Test func `Labels carry the phase and are all placed when there is room`() throws {
        let labels = try TransferMapDrawing(smallMap()).labels
        let texts = labels.labels.filter { $0.style == .base }.map { $0.text.name[0] }
        #expect(texts == ["B00", "B01", "B02 · phase 2", "B03", "B04", "B05"])
        #expect(labels.namesLeftOut.isEmpty)
    }

    @Test func `Routes are classed at their limits, and what is not a number is unknown`() {
        let map = smallMap()
        let cases: [(Double?, RouteExposure)] = [
            (0, .low), (0.049, .low), (0.05, .moderate), (0.2, .high), (nil, .unknown),
            (.nan, .unknown), (.infinity, .unknown),
        ]
        for (exposure, expected) in cases {
            #expect(RouteExposure(route(exposure), map) == expected)
        }
        let dashes = [(false, false), (true, false), (false, true), (true, true)].map {
            RouteSymbol.dashes(of: route(0, cut: $0.0, single: $0.1))
        }
        #expect(Set(dashes).count == 4)
        #expect(dashes[0].isEmpty)
    }

    @Test func `Where routes share a road the most exposed is seen`() throws {
        var map = smallMap()
        map.routes = [route(0.5), route(0.01), route(nil)]
        let point = try TransferMapDrawing(map).projection.place(Coordinate(x: 42.2, y: 1))
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        #expect(picture[Int(point.x), Int(point.y)] == RouteExposure.high.stroke.color.pixel)
    }

    @Test func `A settlement that loses its last cover is a red dot in a ring`() throws {
        var map = smallMap()
        let place = Coordinate(x: 42, y: 1.7)
        map.ground.settlements = [.init(name: "Town", position: place, people: 9000)]
        map.losingSettlements = map.ground.settlements
        let drawing = try TransferMapDrawing(map)
        let point = drawing.projection.place(place)
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        #expect(picture[Int(point.x), Int(point.y)] == LosingSymbol.color.pixel)
        #expect(drawing.labels.labels.count { $0.text.name == ["Town"] } == 1, "named once")
    }

    @Test func `The sheet grows with its table, and without bases it is still drawn`() throws {
        let country = InventedCountry(seed: 1, bases: 90, settlements: 0)
        let few = try TransferMapDrawing(smallMap()).size
        let many = try TransferMapDrawing(country.transferMap()).size
        #expect(many.height > few.height)
        let none = TransferMap(caption: caption, ground: ground())
        let size = try TransferMapDrawing(none).size
        #expect(pngHeaderSize(try none.pngBytes()) == [size.width, size.height])
    }
}

@Suite struct WhatIfMapTests {
    @Test func `Lost is red, gained blue; closed and opened bases have their signs`() throws {
        var map = WhatIfMap(caption: caption, ground: ground())
        map.settlements = zip(WhatIfMap.Change.allCases, 0...).map { change, index in
            .init(
                place: .init(
                    name: "S\(index)", position: Coordinate(x: 40.8 + 0.7 * Double(index), y: 1),
                    people: 40_000), change: change)
        }
        map.bases = zip(WhatIfMap.Role.allCases, 0...).map { role, index in
            .init(
                id: "B\(index)", position: Coordinate(x: 41 + Double(index), y: 3), role: role)
        }
        let projection = try WhatIfMapDrawing(map).sheet.panels[0]
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        func color(_ place: Coordinate) -> UInt32 {
            let point = projection.place(place)
            return picture[Int(point.x), Int(point.y)]
        }
        for settlement in map.settlements {
            #expect(color(settlement.place.position) == settlement.change.color.pixel)
        }
        for base in map.bases { #expect(color(base.position) == base.role.marker.color.pixel) }
    }

    @Test func `Of many settlements all that change are drawn`() throws {
        let country = InventedCountry(seed: 9, bases: 3, settlements: 600)
        let map = country.whatIfMap()
        let changed = map.settlements.filter { $0.change == .lost || $0.change == .gained }
        let labels = try WhatIfMapDrawing(map).labels
        #expect(changed.count > 40)
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        let projection = try WhatIfMapDrawing(map).sheet.panels[0]
        #expect(!labels.labels.isEmpty)
        var found = 0
        for settlement in changed {
            let point = projection.place(settlement.place.position)
            let colors = picture.colors(aroundX: Int(point.x), y: Int(point.y), radius: 4)
            if colors.contains(settlement.change.color.pixel) { found += 1 }
        }
        // A few lie under a base, a label or a larger place.
        #expect(found * 10 >= changed.count * 9)
    }

    @Test func `Cells have the colour of their change`() throws {
        let country = InventedCountry(seed: 3, bases: 12, settlements: 0)
        var map = WhatIfMap(caption: caption, ground: ground())
        map.ground.extent = country.ground.extent
        map.ground.sectors = []
        map.cells = country.coverChange()
        let picture = try #require(DecodedPNG(try map.pngBytes()))
        let frame = try WhatIfMapDrawing(map).sheet.panels[0].frame
        var seen: Set<UInt32> = []
        for y in stride(from: Int(frame.y), to: Int(frame.maxY), by: 7) {
            for x in stride(from: Int(frame.x), to: Int(frame.maxX), by: 7) {
                seen.insert(picture[x, y])
            }
        }
        for entry in ClassTable.coverChange.entries {
            #expect(seen.contains(entry.color.pixel), "\(entry.label)")
        }
    }

    @Test func `An empty question gives an empty map`() throws {
        let map = WhatIfMap(caption: caption, ground: ground())
        #expect(pngHeaderSize(try map.pngBytes()) != nil)
    }
}
