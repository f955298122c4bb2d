import Bases
import Foundation
import Geo
import GridCore
import Sectors
import TestSupport
import Testing

@Suite("Seams between sectors")
struct SeamTests {
    struct File: Decodable {
        struct Seam: Decodable {
            let shared_length: Double
            let zone10: Double
        }
        struct Area: Decodable {
            let name: String
            let wkt: String
            let geodesic_area_km2: Double
        }
        let areas: [Area]
        let sectors: [String: String]
        let seams: [String: Seam]
        let hotspot_area: Double
        let hotspot_in_zone10_AB: Double
    }

    /// Both are GEOS; arcs may begin at another vertex.
    private static let relativeTolerance = 1e-9

    private func anchors() throws -> File {
        let data = try Data(contentsOf: TestPaths.fixture("transfer/areas_seams.json"))
        return try JSONDecoder().decode(File.self, from: data)
    }

    /// A polygon without holes, as well-known text has it.
    private func polygon(_ text: String) -> MultiPolygon {
        let numbers = text.split { !"0123456789.-".contains($0) }.compactMap { Double($0) }
        return MultiPolygon([
            Polygon(
                exterior: stride(from: 0, to: numbers.count - 1, by: 2).map {
                    Coordinate(x: numbers[$0], y: numbers[$0 + 1])
                })
        ])
    }

    @Test("areas on the ellipsoid are those of the anchors, whatever way the rings run")
    func areas() throws {
        for anchor in try anchors().areas {
            let rings = anchor.wkt.split(separator: "), (").map { polygon(String($0)) }
            let shell = try #require(rings[0].polygons.first).exterior
            let holes = rings.dropFirst().flatMap(\.polygons).map(\.exterior)
            let area = MultiPolygon([Polygon(exterior: shell, holes: holes)])
            let squareKilometers = MapMeasure.longitudeLatitude.squareMeters(area) / 1e6
            #expect(close(squareKilometers, anchor.geodesic_area_km2))
        }
    }

    private func close(_ a: Double, _ b: Double) -> Bool {
        abs(a - b) <= Self.relativeTolerance * abs(b)
    }

    private func threeSectors(_ file: File) throws -> SectorSeams {
        try SectorSeams(
            sectors: ["A", "B", "C"].map { polygon(file.sectors[$0] ?? "") },
            measure: .plane(metersPerUnit: 1), widthInMeters: 10, toleranceInMeters: 0)
    }

    @Test("lengths and zones are those of the anchors, and the circle's part in one")
    func anchorsHold() throws {
        let file = try anchors()
        let found = try threeSectors(file)
        #expect(found.seams.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
        for (seam, name) in zip(found.seams, ["AB", "AC", "BC"]) {
            let anchor = try #require(file.seams[name])
            #expect(seam.borderMeters == anchor.shared_length)
            #expect(close(seam.zoneSquareMeters, anchor.zone10))
            #expect(seam.bridgedMeters == 0)
        }
        let circle = try PlaneGeometry(lines: [
            [Coordinate(x: 100, y: 50), Coordinate(x: 100, y: 50)]
        ])
        .buffered(by: 30, segmentsPerQuadrant: 64)
        #expect(close(circle.multiPolygon.planarArea, file.hotspot_area))
        let inside = try found.seams[0].parts.reduce(0) {
            $0 + (try circle.intersection(PlaneGeometry($1)).multiPolygon.planarArea)
        }
        #expect(close(inside, file.hotspot_in_zone10_AB))
    }

    @Test("outlines that no other sector shares are the edge of the mission")
    func edges() throws {
        let found = try threeSectors(try anchors())
        // A: south and west; B: south and east; C: its two slopes.
        let slope = (110.0 * 110 + 100 * 100).squareRoot()
        #expect(found.edges.map(\.sector) == [0, 1, 2])
        for (edge, length) in zip(found.edges, [200, 220, 2 * slope]) {
            #expect(close(edge.lengthInMeters, length))
        }
    }

    @Test("a hotspot on a grid has the exact circle's area in the zone, to the grid's resolution")
    func hotspotOnGrid() throws {
        let file = try anchors()
        let seams = try threeSectors(file)
        let cell = 0.5
        let spec = CoverageCountry.grid(rows: 400, columns: 440, cell: cell)
        let hotspots = Grid<Float>(
            spec,
            cells: (0..<spec.shape.count).map { i in
                let center = spec.center(of: CellIndex(row: i / 440, column: i % 440))
                let (x, y) = (center.x - 100, center.y - 50)
                return x * x + y * y <= 900 ? Float(cell * cell) : 0
            })
        let demand = Demand(people: Grid(spec, filledWith: 0), hotspotSquareMeters: hotspots)
        let audit = SeamAudit(
            seams: seams, demand: demand, travel: CoverageCountry.travel(spec, minutes: []))
        let report = audit.report
        // The circle crosses the zone's sides over some 80 units of outline;
        // cells in or out by their centre leave a share of a cell each.
        #expect(
            abs(report.seams[0].zone.hotspotSquareMeters - file.hotspot_in_zone10_AB) < 80 * cell
                * 0.1)
        #expect(report.seams[0].limits[0].totals.gap == report.seams[0].zone)
        #expect(report.seams[0].limits[0].longestUncoveredMeters > 99.9)
        #expect(report.seams[0].nearestOfFirst == nil)
    }

    @Test("a drawn gap within the tolerance does not hide a seam, and is reported")
    func sliver() throws {
        let west = CoverageCountry.box(0, 0, 50_000, 40_000)
        let east = CoverageCountry.box(50_600, 0, 90_000, 40_000)
        let measure = MapMeasure.plane(metersPerUnit: 1)
        let found = try SectorSeams(sectors: [west, east], measure: measure)
        #expect(found.seams.count == 1)
        let seam = try #require(found.seams.first)
        #expect(seam.bridgedMeters == seam.borderMeters)
        // The border, and what bends round its two ends within 800 m of it.
        #expect(seam.borderMeters >= 40_000 && seam.borderMeters <= 41_601)
        #expect(
            close(seam.between.planarArea, 600 * 40_000) || seam.between.planarArea > 600 * 40_000)
        let exact = try SectorSeams(sectors: [west, east], measure: measure, toleranceInMeters: 0)
        #expect(exact.seams.isEmpty)
        #expect(exact.edges.count == 2)
        let total = found.edges.reduce(0) { $0 + $1.lengthInMeters }
        #expect(total < exact.edges.reduce(0) { $0 + $1.lengthInMeters } - 79_000)
    }

    @Test("sectors that meet at a corner have no seam; none and one sector neither")
    func corners() throws {
        let measure = MapMeasure.plane(metersPerUnit: 1)
        let a = CoverageCountry.box(0, 0, 30_000, 30_000)
        let b = CoverageCountry.box(30_000, 30_000, 60_000, 60_000)
        #expect(try SectorSeams(sectors: [a, b], measure: measure).seams.isEmpty)
        #expect(try SectorSeams(sectors: [], measure: measure).edges.isEmpty)
        let alone = try SectorSeams(sectors: [a], measure: measure)
        #expect(alone.seams.isEmpty)
        #expect(alone.edges.map(\.lengthInMeters) == [120_000])
    }

    @Test("on the ellipsoid the zone is the border's length times twice the width, and two caps")
    func geodesicZone() throws {
        // One degree of the meridian 45 E from 2 N: 110,576.0 m.
        let west = CoverageCountry.box(44, 1, 45, 4)
        let east = CoverageCountry.box(45, 2, 46, 3)
        let found = try SectorSeams(sectors: [west, east], measure: .longitudeLatitude)
        let seam = try #require(found.seams.first)
        let length = Geodesic.distanceInMeters(
            from: Coordinate(x: 45, y: 2), to: Coordinate(x: 45, y: 3))
        #expect(abs(seam.borderMeters - length) < 1e-3)
        // East the strip ends with the sector; west it goes round both ends.
        let width = 15_000.0
        let expected = 2 * width * length + .pi * width * width / 2
        #expect(abs(seam.zoneSquareMeters - expected) < 1e-3 * expected)
        #expect(seam.between.isEmpty)
    }

    /// Two sectors west and east of 10 km, a third north of both, cells of
    /// 1 km, and times that are given for every base.
    private struct Strip {
        let seams: SectorSeams
        let spec = CoverageCountry.grid(rows: 12, columns: 20)
        let demand: Demand

        init() throws {
            let sectors = [
                CoverageCountry.box(0, 0, 10_000, 8_000),
                CoverageCountry.box(10_000, 0, 20_000, 8_000),
                CoverageCountry.box(0, 8_000, 20_000, 12_000),
            ]
            seams = try SectorSeams(
                sectors: sectors, measure: .plane(metersPerUnit: 1), widthInMeters: 2_000,
                toleranceInMeters: 0)
            demand = Demand(
                people: Grid(spec, filledWith: 10),
                hotspotSquareMeters: Grid(spec, filledWith: 1e6),
                settlements: [
                    DemandSettlement(
                        name: "Near", coordinate: Coordinate(x: 9_500, y: 500), cell: 11 * 20 + 9,
                        population: 70)
                ])
        }

        /// Minutes by a rule on the column and the row.
        func minutes(_ rule: (_ row: Int, _ column: Int) -> Double) -> [Double] {
            (0..<spec.shape.count).map { rule($0 / 20, $0 % 20) }
        }

        /// `bases` are the minutes of one base of each sector; nil = none.
        func report(_ bases: [[Double]?]) -> SeamReport {
            let all = bases.compactMap(\.self)
            var audit = SeamAudit(
                seams: seams, demand: demand, travel: CoverageCountry.travel(spec, minutes: all),
                limitsInMinutes: [60])
            var number = 0
            for (sector, minutes) in bases.enumerated() {
                guard let minutes else { continue }
                audit.addOwn(
                    CoverageCountry.travel(spec, minutes: [minutes]), bases: [number],
                    ofSector: sector)
                number += 1
            }
            return audit.report
        }
    }

    @Test("what only the neighbour's base reaches is one-sided, and lost with that base")
    func oneSided() throws {
        let strip = try Strip()
        let report = strip.report([nil, strip.minutes { _, _ in 30 }, nil])
        let gap = report.seams[0].limits[0]
        #expect(gap.totals.gap == .zero)
        // The western half of a strip of 2 km each side and 8 km length.
        #expect(abs(gap.totals.oneSided.hotspotSquareMeters - 16e6) < 1)
        #expect(gap.totals.oneSided.settlementPeople == 70)
        #expect(gap.longestUncoveredMeters == 0)
        #expect(report.seams[0].nearestOfSecond == SeamBase(base: 0, minutes: 30))
        #expect(report.seams[0].nearestOfFirst == nil)
        #expect(gap.growth.map(\.base) == [0])
        let zone = report.seams[0].zone.hotspotSquareMeters
        #expect(abs((gap.growth.first?.added.hotspotSquareMeters ?? 0) - zone) < 1)
    }

    @Test("what only a third sector's base reaches is a gap, and said to be a third party's")
    func thirdParty() throws {
        let strip = try Strip()
        let report = strip.report([nil, nil, strip.minutes { row, _ in row < 8 ? 60 : 61 }])
        let gap = report.seams[0].limits[0]
        #expect(gap.totals.gap == report.seams[0].zone)
        // Rows 4 ... 7 of the strip between the first two sectors.
        #expect(abs(gap.totals.thirdParty.hotspotSquareMeters - 16e6) < 1)
        #expect(abs(gap.longestUncoveredMeters - 4_000) < 1e-6)
        #expect(gap.totals.oneSided == .zero)
    }

    @Test("a cell near two seams counts in both and once in the total")
    func countedOnce() throws {
        let strip = try Strip()
        let report = strip.report([nil, nil, nil])
        let zones = report.seams.reduce(0) { $0 + $1.zone.hotspotSquareMeters }
        #expect(abs(report.listed[0].gap.hotspotSquareMeters - zones) < 1)
        // Near all three borders: the union of the three zones.
        var union: PlaneGeometry?
        for seam in strip.seams.seams {
            for part in seam.parts where !part.isEmpty {
                let geometry = PlaneGeometry(part)
                union =
                    try union.map { known in
                        PlaneGeometry(
                            MultiPolygon(
                                known.multiPolygon.polygons
                                    + (try geometry.subtracting(known)).multiPolygon.polygons))
                    } ?? geometry
            }
        }
        let expected = try #require(union).multiPolygon.planarArea
        // A cell that two zones share in part counts with the larger part.
        #expect(abs(report.once[0].gap.hotspotSquareMeters - expected) < 2e6)
        #expect(report.once[0].gap.hotspotSquareMeters < zones - 5e6)
        #expect(report.once[0].gap.settlements == 1)
    }

    @Test("growth of a gap is what a recount without the base adds", arguments: 1...3)
    func growth(seed: UInt64) throws {
        let country = CoverageCountry(seed: seed)
        let seams = try SectorSeams(
            sectors: country.sectors, measure: .plane(metersPerUnit: 1), widthInMeters: 3_000)
        #expect(seams.seams.count == 3)
        func report(without closed: Int?) -> SeamReport {
            let open = country.minutes.indices.filter { $0 != closed }
            var audit = SeamAudit(
                seams: seams, demand: country.demand, travel: country.travel(open),
                limitsInMinutes: CoverageCountry.limits)
            for sector in country.sectors.indices {
                let own = country.bases(ofSector: sector).filter { $0 != closed }
                audit.addOwn(country.travel(own), bases: own, ofSector: sector)
            }
            return audit.report
        }
        let before = report(without: nil)
        for base in country.minutes.indices {
            let after = report(without: base)
            for seam in before.seams.indices {
                for k in CoverageCountry.limits.indices {
                    let gap = before.seams[seam].limits[k]
                    let added = after.seams[seam].limits[k].totals.gap - gap.totals.gap
                    let told = gap.growth.first { $0.base == base }?.added ?? .zero
                    #expect(difference(told, added, of: before.seams[seam].zone) < sumTolerance)
                }
            }
        }
    }

    @Test(
        "demand near seams, merged by the bases of the two sides, gives the same gaps",
        arguments: 1...3)
    func patterns(seed: UInt64) throws {
        let country = CoverageCountry(seed: seed)
        let seams = try SectorSeams(
            sectors: country.sectors, measure: .plane(metersPerUnit: 1), widthInMeters: 3_000)
        var audit = SeamAudit(
            seams: seams, demand: country.demand, travel: country.travel(), limitsInMinutes: [60])
        for sector in country.sectors.indices {
            let own = country.bases(ofSector: sector)
            audit.addOwn(country.travel(own), bases: own, ofSector: sector)
        }
        let reach = ReachSets(
            country.reached(within: 60), limitInMinutes: 60, cellCount: country.spec.shape.count)
        let patterns = reach.seamPatterns(
            in: country.demand,
            seams: seams.seams.map { seam in
                (
                    [seam.first, seam.second],
                    seam.parts.map { CellCoverage(of: $0, on: country.spec) }
                )
            }, sectorOfBase: country.sectorOfBase)
        for (index, figures) in audit.report.seams.enumerated() {
            let gap = patterns.filter { $0.group == index && $0.reach.isEmpty }
                .reduce(0) { $0 + $1.weight }
            let expected = figures.limits[0].totals.gap.hotspotSquareMeters
            #expect(abs(gap - expected) <= sumTolerance * max(1, expected))
        }
    }
}
