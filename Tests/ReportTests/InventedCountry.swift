import GridCore
import TestSupport

@testable import Report

/// A seeded country to draw: wavy sectors, some of them tiny, many bases,
/// long names.
struct InventedCountry {
    var random: SeededGenerator
    var ground: MapGround
    var baseIDs: [String] = []
    var basePositions: [Coordinate] = []
    var baseNames: [String] = []

    private static let syllables = [
        "ba", "dhu", "gar", "ho", "jil", "ka", "laas", "mo", "qor", "raa", "shi", "tu", "wa", "xar",
    ]

    init(seed: UInt64, bases: Int, settlements: Int) {
        random = SeededGenerator(seed: seed)
        ground = MapGround(extent: BoundingBox(minX: 41, minY: -1.5, maxX: 48, maxY: 5))
        addSectors()
        for _ in 0..<settlements {
            let people = 200 * Double(1 + Int.random(in: 0..<30, using: &random))
            let isTown = Int.random(in: 0..<14, using: &random) == 0
            let settlement = MapGround.Settlement(
                name: word(longest: 5), position: position(), people: isTown ? people * 30 : people)
            ground.settlements.append(settlement)
        }
        for index in 0..<bases {
            baseIDs.append(index < 9 ? "B0\(index + 1)" : "B\(index + 1)")
            baseNames.append(word(longest: 9))
            basePositions.append(position())
        }
        for _ in 0..<9 { ground.roads.append(way(from: position(), to: position())) }
    }

    mutating func word(longest: Int) -> String {
        let count = Int.random(in: 2...max(2, longest), using: &random)
        let text = (0..<count).map { _ in Self.syllables.randomElement(using: &random) ?? "" }
        return text.joined().prefix(1).uppercased() + text.joined().dropFirst()
    }

    mutating func position() -> Coordinate {
        Coordinate(
            x: .random(in: 41.3...47.6, using: &random),
            y: .random(in: -1.2...4.7, using: &random))
    }

    mutating func way(from start: Coordinate, to end: Coordinate) -> [Coordinate] {
        (0...12).map { step in
            let share = Double(step) / 12
            let isEnd = step == 0 || step == 12
            let wobble = isEnd ? 0 : Double.random(in: -0.07...0.07, using: &random)
            return Coordinate(
                x: start.x + (end.x - start.x) * share + wobble,
                y: start.y + (end.y - start.y) * share - wobble)
        }
    }

    /// Six large sectors and two tiny ones.
    private mutating func addSectors() {
        let names = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot of the far south"]
        for (index, name) in names.enumerated() {
            let column = Double(index % 3)
            let row = Double(index / 3)
            ground.sectors.append(
                .init(
                    name: "Sector \(name)",
                    shape: Self.box(41.2 + column * 2.2, -1.3 + row * 3.05, 2.2, 3.05)))
        }
        for (index, name) in ["Port", "Capital district"].enumerated() {
            ground.sectors.append(
                .init(name: name, shape: Self.box(47.85, 1 + Double(index) * 0.3, 0.12, 0.2)))
        }
    }

    static func box(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double
    ) -> MultiPolygon {
        MultiPolygon([
            Polygon(exterior: [
                Coordinate(x: x, y: y), Coordinate(x: x + width, y: y),
                Coordinate(x: x + width, y: y + height), Coordinate(x: x, y: y + height),
                Coordinate(x: x, y: y),
            ])
        ])
    }

    /// Classes by straight distance to the nearest base; `slowness` makes
    /// the wet season.
    func travelTime(slowness: Double) -> ClassRaster {
        let spec = GridSpec(
            shape: Shape(rows: 130, columns: 140),
            geotransform: Geotransform(
                originX: 41, cellWidth: 0.05, rowRotation: 0, originY: 5, columnRotation: 0,
                cellHeight: -0.05), crs: .wgs84)
        var codes: [UInt8] = []
        for row in 0..<130 {
            for column in 0..<140 {
                let cell = spec.center(of: CellIndex(row: row, column: column))
                var nearest = Double.infinity
                for base in basePositions {
                    let (x, y) = (cell.x - base.x, cell.y - base.y)
                    nearest = min(nearest, x * x + y * y)
                }
                let minutes = nearest.squareRoot() * 200 * slowness
                let code: UInt8 =
                    cell.x > 47.8
                    ? 6 : minutes <= 60 ? 1 : minutes <= 120 ? 2 : minutes <= 240 ? 3 : 4
                codes.append(code == 4 && cell.y < -0.6 ? 5 : code)
            }
        }
        return ClassRaster(
            Grid(spec, cells: codes), table: .travelTime(limitsInMinutes: [60, 120, 240]))
    }

    /// Lost, gained and kept cells in stripes of longitude.
    func coverChange() -> ClassRaster {
        let travel = travelTime(slowness: 1.3)
        var codes: [UInt8] = []
        travel.indices.withCells { cells in
            for (index, mark) in cells.enumerated() {
                let column = index % 140
                let isReached = mark < 2
                let isLost = (40..<56).contains(column)
                let code: UInt8 = isLost ? 1 : (80..<92).contains(column) ? 2 : 3
                codes.append(mark == 5 ? 5 : isReached ? code : 4)
            }
        }
        return ClassRaster(Grid(travel.indices.spec, cells: codes), table: .coverChange)
    }

    var caption: MapCaption {
        MapCaption(
            title: "Jilaal land: who is within reach of a base",
            dateLine: "As of 3 May 2024. Physical travel time, limit 120 minutes.",
            banner: "SYNTHETIC DATA", notes: ["An invented country."],
            source: "Sources: invented. Program version 1.")
    }

    // MARK: Pictures

    func coverageMap() -> CoverageMap {
        var map = CoverageMap(
            caption: caption, ground: ground,
            panels: [
                .init(
                    title: "Dry season", travelTime: travelTime(slowness: 1),
                    seamGaps: [
                        .init(
                            label: "Alpha - Delta, 8,400 people",
                            shape: Self.box(42.1, 1.6, 0.7, 0.3))
                    ]),
                .init(
                    title: "Wet season", travelTime: travelTime(slowness: 1.8),
                    seamGaps: [
                        .init(
                            label: "Alpha - Delta, 21,900 people",
                            shape: Self.box(41.8, 1.5, 1.3, 0.5)),
                        .init(
                            label: "Echo - Foxtrot, 3,100 people",
                            shape: Self.box(45.4, 2.4, 0.4, 0.6)),
                    ]),
            ])
        for (index, id) in baseIDs.enumerated() {
            let status: CoverageMap.BaseStatus =
                index % 9 == 8 ? .closed : index % 5 == 4 ? .host : .mission
            map.bases.append(.init(id: id, position: basePositions[index], status: status))
        }
        map.hotspots = [Self.box(43.2, 0.2, 0.8, 0.6), Self.box(46.1, 3.1, 0.5, 0.7)]
        return map
    }

    func transferMap() -> TransferMap {
        var map = TransferMap(caption: caption, ground: ground)
        var country = self
        let hub = Coordinate(x: 47.5, y: 2.1)
        map.hubs = [.init(name: "Hub Port", position: hub)]
        let verdicts = TransferMap.Verdict.allCases
        for (index, id) in baseIDs.enumerated() {
            let verdict = verdicts[index % verdicts.count]
            let leaves = verdict == .transferReady || verdict == .closeCandidate
            map.bases.append(
                .init(
                    id: id, name: baseNames[index], position: basePositions[index],
                    verdict: verdict, phase: leaves ? "phase \(index % 4 + 1)" : nil,
                    peopleLosingCover: index % 7 == 6 ? nil : Double(index * 731 % 14_000)))
            map.routes.append(
                .init(
                    line: country.way(from: hub, to: basePositions[index]),
                    exposurePerKilometer: index % 11 == 10 ? nil : Double(index % 10) * 0.03,
                    isCutInFloodSeason: index % 3 == 0, isSingleRoute: index % 4 == 0))
        }
        map.losingSettlements = ground.settlements.enumerated().filter { $0.offset % 12 == 0 }
            .map(\.element)
        map.seamGaps = [
            .init(label: "Alpha - Delta", shape: Self.box(42.1, 1.6, 0.7, 0.3))
        ]
        return map
    }

    func whatIfMap() -> WhatIfMap {
        var map = WhatIfMap(caption: caption, ground: ground)
        for (index, id) in baseIDs.enumerated() {
            map.bases.append(
                .init(
                    id: id, position: basePositions[index],
                    role: index == 6 || index == 10 ? .closed : .unchanged))
        }
        map.bases.append(.init(id: "New", position: Coordinate(x: 44.9, y: 2.2), role: .opened))
        for (index, place) in ground.settlements.enumerated() {
            let change: WhatIfMap.Change =
                index % 17 == 0
                ? .lost : index % 23 == 0 ? .gained : index % 9 == 0 ? .never : .kept
            map.settlements.append(.init(place: place, change: change))
        }
        map.figures = [
            .init(name: "People covered", before: "812,400", after: "790,100", change: "−22,300"),
            .init(name: "Share of people", before: "81.2 %", after: "79.0 %", change: "−2.2"),
            .init(name: "Settlements covered", before: "214", after: "209", change: "−5"),
        ]
        return map
    }

    func sectorCoverageMap() -> SectorCoverageMap {
        SectorCoverageMap(
            caption: caption, extent: ground.extent,
            sectors: ground.sectors.enumerated().map { index, sector in
                .init(
                    name: sector.name, shape: sector.shape,
                    coveredPercent: index == 4 ? nil : Double(15 + index * 20 % 85),
                    ownPercent: index == 2 ? nil : Double(10 + index * 20 % 85))
            }, limitText: "At most 120 minutes, wet season, rounded to 5 %.")
    }

    func scheduleSheet() -> ScheduleSheet {
        var sectors: [ScheduleSheet.Sector] = []
        for (index, sector) in ground.sectors.prefix(6).enumerated() {
            var bases: [ScheduleSheet.Base] = []
            for base in stride(from: index, to: baseIDs.count, by: 6) {
                let leave = 1 + base % 6
                bases.append(
                    .init(
                        id: baseIDs[base], name: baseNames[base],
                        states: (0..<5).map {
                            $0 < leave ? .mission : base % 5 == 0 ? .closed : .host
                        }, routeCutPhases: base % 7 == 3 ? [2, 4] : []))
            }
            let start = 0.6 + 0.07 * Double(index)
            sectors.append(
                .init(
                    name: sector.name, bases: bases,
                    coverage: (0..<5).map { phase in
                        let share = start - 0.025 * Double(phase)
                        let isBroken = index == 3 && phase > 2
                        return .init(
                            share: isBroken ? share - 0.05 : share, floor: start - 0.12,
                            shortfallInPeople: isBroken ? 12_300 : nil)
                    }))
        }
        return ScheduleSheet(
            caption: caption,
            phases: [
                .init(label: "Today", dates: "May 2024", season: "gu rains"),
                .init(label: "Phase 1", dates: "Jun - Aug 2024", season: "xagaa, dry"),
                .init(label: "Phase 2", dates: "Sep - Nov 2024", season: "deyr rains, floods"),
                .init(label: "Phase 3", dates: "Dec 2024 - Mar 2025", season: "jilaal, dry"),
                .init(label: "Phase 4", dates: "Apr - Jun 2025", season: "gu rains"),
            ], sectors: sectors,
            certificate: .init(
                measure: "People protected, summed over phases", value: 10_378_421,
                bound: 10_402_100, gap: 0.00228))
    }
}
