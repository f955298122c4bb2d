import Calendar
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents
import Products
import Tables
import Testing

@testable import Pipeline

private let asOf = CalendarDate(dayNumber: 19_813)  // 2024-03-31
private let window = TimeWindow(days: 31, endingOn: asOf)

/// One sector of a degree at the equator.
private let sectors: ZoneSet = {
    let area = MultiPolygon([
        Polygon(exterior: [
            Coordinate(x: 40, y: 0), Coordinate(x: 41, y: 0), Coordinate(x: 41, y: 1),
            Coordinate(x: 40, y: 1), Coordinate(x: 40, y: 0),
        ])
    ])
    return ZoneSet(
        file: "zones",
        zones: [
            Zone(
                id: "Z", name: "Z", area: area,
                areaInSquareMeters: Geodesic.areaInSquareMeters(of: area))
        ], isApproximate: false)
}()

/// Incidents of one death each, on the last twenty days.
private func incidents(_ places: [(x: Double, y: Double)]) throws -> [Incident] {
    let rows = places.enumerated().map { index, place in
        "\(index),\(asOf.adding(days: -(index % 20))),\(place.x),\(place.y)"
    }
    let text = "id,day,lon,lat\n" + rows.joined(separator: "\n") + "\n"
    let table = try CSVReader.read(Array(text.utf8), file: "rows.csv").requireTable()
    let mapping = ColumnMapping(
        name: "rows", columns: [.key: "id", .date: "day", .longitude: "lon", .latitude: "lat"])
    return try IncidentReader.read(
        table, as: .mapping(mapping), options: IncidentOptions(asOf: asOf, preset: .all)
    ).incidents
}

/// Sixty places in the north-east, in a square of a fifth of a degree.
private let places: [(x: Double, y: Double)] = (0..<60).map { index in
    let x: Double = 40.7 + Double(index % 8) * 0.025
    let y: Double = 0.7 + Double(index / 8) * 0.025
    return (x: x, y: y)
}

private func stage(
    density: DensityConfiguration = DensityConfiguration(), moran: Bool = false, threads: Int = 1
) -> HotspotStage {
    let section = LocalMoranConfiguration(
        permutations: 9999, correction: .bh, level: Percent(5), seed: 1)
    return HotspotStage(
        configuration: HotspotsConfiguration(
            cell: .kilometers(5), window: Days(31), weight: .events, density: density,
            giStar: GiStarConfiguration(), universe: .mask, confidence: Percent(90),
            moran: moran ? section : nil),
        precision: .spread, deaths: .best, sectors: sectors, districts: nil, asOf: asOf,
        threads: threads)
}

@Suite struct ViolenceMoranTests {
    private func map(
        _ places: [(x: Double, y: Double)], threads: Int = 1
    ) throws -> MoranMap? {
        let list = places.isEmpty ? [] : try incidents(places)
        let field = try stage(moran: true, threads: threads).field(of: list)
        let mass = try MassGrid(of: field.placed(in: window).map(\.weighted), on: field.area.spec)
        return try field.moran(of: mass.units)
    }

    @Test func `a cluster of incidents is high among high, the rest of the area is not`() throws {
        let field = try stage(moran: true).field(of: incidents(places))
        let map = try #require(try map(places))
        #expect(map.count(.highHigh) >= 9)
        let transform = try CoordinateTransform(from: .wgs84, to: field.area.spec.crs)
        let inside = try #require(
            field.area.spec.cell(containing: try transform(Coordinate(x: 40.79, y: 0.79))))
        let outside = try #require(
            field.area.spec.cell(containing: try transform(Coordinate(x: 40.2, y: 0.2))))
        #expect(map.labels[inside] == Float(LocalMoranLabel.highHigh.rawValue))
        #expect(map.labels[outside] != Float(LocalMoranLabel.highHigh.rawValue))
        #expect(map.labels.cells.count { $0.isNaN } == map.count(.masked))
        for (label, valid) in zip(map.labels.cells, field.valid.cells) {
            #expect(label.isNaN == (valid == 0))
        }
    }

    @Test func `threads change no label; without the section there is no map`() throws {
        let one = try #require(try map(places))
        let three = try #require(try map(places, threads: 3))
        #expect(one.labels.cells.map(\.bitPattern) == three.labels.cells.map(\.bitPattern))
        let field = try stage().field(of: incidents(places))
        #expect(try field.moran(of: Grid(field.area.spec, filledWith: 0)) == nil)
    }

    @Test(arguments: [0, 1])
    func `no incident or one makes no cluster`(count: Int) throws {
        let map = try #require(try map(Array(places.prefix(count))))
        #expect(map.count(.highHigh) == 0 && map.count(.lowLow) == 0)
    }
}

@Suite struct RelationMoranTests {
    /// VCI of 5 % in the north-east quarter of the sector and 80 % elsewhere,
    /// without the southernmost tenth; cells of a fortieth of a degree.
    private func vci() throws -> RasterReference {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("vci-\(UUID().uuidString).tif").path
        let spec = GridSpec(
            shape: Shape(rows: 36, columns: 40),
            geotransform: Geotransform(
                originX: 40, cellWidth: 0.025, originY: 1, cellHeight: -0.025),
            crs: .wgs84)
        let writer = try RasterWriter(
            path: path,
            description: RasterDescription(
                spec: spec, type: .float32, nodata: .nan,
                bands: [.init(description: "VCI", unit: "%")]))
        let cells = (0..<spec.shape.count).map { cell -> Float in
            let (row, column) = cell.quotientAndRemainder(dividingBy: 40)
            // Uneven, so that permutations differ.
            return (row < 20 && column >= 20 ? 5 : 80) + Float(column % 5)
        }
        try cells.withUnsafeBufferPointer { cells throws(GeoError) in
            guard let base = cells.baseAddress else { return }
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
        return RasterReference(name: "vci.tif", path: path)
    }

    @Test func `dryness is 100 - VCI of the raster's cell, NaN where there is none`() throws {
        let reference = try vci()
        defer { try? FileManager.default.removeItem(atPath: reference.path) }
        let spec = GridSpec(
            shape: Shape(rows: 10, columns: 12),
            geotransform: Geotransform(originX: 39.91, cellWidth: 0.1, originY: 1, cellHeight: -0.1),
            crs: .wgs84)
        let dryness = try DrynessSampling(vci: reference).dryness(on: spec)
        // Centres at 40.06 and 40.56 lie in the columns 2 and 22 of the raster.
        #expect(dryness[0, 1] == 100 - 82)
        #expect(dryness[0, 6] == 100 - 7)
        #expect(dryness[8, 6] == 100 - 82)
        for row in 0..<10 {
            #expect(dryness[row, 0].isNaN && dryness[row, 11].isNaN)
        }
        for column in 0..<12 { #expect(dryness[9, column].isNaN) }
    }

    @Test func `violence where it is dry is high among high, seen from both sides`() throws {
        let reference = try vci()
        defer { try? FileManager.default.removeItem(atPath: reference.path) }
        func relation(moran: Bool, threads: Int) throws -> RelationMoran? {
            try RelationStage(
                section: RelationConfiguration(lags: 1, dryBelow: 35, replicates: 99, seed: 1),
                hotspots: stage(moran: moran), threads: threads
            ).moran(incidents(places), vci: reference)
        }
        let found = try #require(try relation(moran: true, threads: 1))
        #expect(found.violenceAmongDryness.count(.highHigh) >= 9)
        #expect(found.drynessAmongViolence.count(.highHigh) >= 9)
        // Where it is dry and quiet, low violence lies among high dryness.
        #expect(found.violenceAmongDryness.count(.lowHigh) > 0)
        let other = try #require(try relation(moran: true, threads: 3))
        #expect(
            found.violenceAmongDryness.labels.cells.map(\.bitPattern)
                == other.violenceAmongDryness.labels.cells.map(\.bitPattern))
        #expect(found.cells == found.violenceAmongDryness.labels.cells.count { !$0.isNaN })
        #expect(try relation(moran: false, threads: 1) == nil)
    }
}

@Suite struct ViolenceDensityTests {
    private func density(
        _ section: DensityConfiguration, _ places: [(x: Double, y: Double)] = places
    ) throws -> (made: ViolenceDensity, field: ViolenceField, placed: [PlacedIncident]) {
        let list = places.isEmpty ? [] : try incidents(places)
        let field = try stage(density: section).field(of: list)
        let placed = try field.placed(in: window).map(\.weighted)
        return (try field.density(of: placed), field, placed)
    }

    private func bits(_ grid: Grid<Double>) -> [UInt64] { grid.cells.map(\.bitPattern) }

    @Test func `without options the density is the plain one`() throws {
        let (made, field, placed) = try density(DensityConfiguration())
        let plain = try kernelDensity(
            of: placed, on: field.area.spec, radiusInMeters: 15_000, halfLifeInDays: 30,
            threads: 1)
        #expect(bits(made.grid) == bits(plain))
        #expect(made.radius == .kilometers(15) && made.rule == nil)
        #expect(DensityConfiguration().options(made).isEmpty)
    }

    @Test func `an edge correction raises the density inside and leaves none outside`() throws {
        let plain = try density(DensityConfiguration()).made.grid
        for edge in [EdgeChoice.uniform, .diggle] {
            let (made, field, _) = try density(DensityConfiguration(edge: edge))
            for (cell, mask) in field.area.mask.cells.enumerated() {
                #expect(made.grid.cells[cell].isNaN == (mask == 0))
                if mask != 0 { #expect(made.grid.cells[cell] >= plain.cells[cell]) }
            }
        }
    }

    @Test func `a rule gives its radius and says so; with one incident the radius stays`() throws {
        for choice in [BandwidthChoice.scott, .silverman, .arcgis] {
            let section = DensityConfiguration(bandwidth: choice)
            let (made, _, placed) = try density(section)
            let rule = try #require(BandwidthRule(rawValue: choice.rawValue))
            let estimate = try #require(try rule.estimate(for: placed, halfLifeInDays: 30))
            #expect(made.radius.meters == estimate.radiusInMeters.rounded())
            #expect(section.options(made) == ["radius by the rule \(choice.rawValue)"])
            let alone = try density(section, Array(places.prefix(1))).made
            #expect(alone.radius == .kilometers(15) && alone.rule == nil)
            #expect(
                section.options(alone) == ["too few incidents for the rule \(choice.rawValue)"])
        }
    }

    @Test func `adaptive radii sharpen the peak; averages change narrow kernels only`() throws {
        let lone: [(x: Double, y: Double)] = places + [(x: 40.2, y: 0.2)]
        let plain = try density(DensityConfiguration(), lone).made.grid.cells
        let adaptive = try density(DensityConfiguration(adaptive: true), lone).made.grid.cells
        #expect((adaptive.max() ?? 0) > (plain.max() ?? 0))
        let average = DensityConfiguration(sampling: .average)
        #expect(try bits(density(average, lone).made.grid) == plain.map(\.bitPattern))
        let narrow = DensityConfiguration(radius: .kilometers(6))
        var averaged = narrow
        averaged.sampling = .average
        #expect(try bits(density(averaged).made.grid) != bits(density(narrow).made.grid))
    }

    @Test func `no incident gives no density under any option`() throws {
        for edge in EdgeChoice.allCases {
            for adaptive in [false, true] where !(adaptive && edge == .uniform) {
                let made = try density(
                    DensityConfiguration(edge: edge, adaptive: adaptive, bandwidth: .scott), []
                ).made
                #expect(made.grid.cells.allSatisfy { $0 == 0 || $0.isNaN })
            }
        }
    }
}
