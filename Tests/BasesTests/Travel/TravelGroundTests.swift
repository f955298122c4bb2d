import Bases
import GridCore
import Testing

@Suite struct TravelGroundTests {
    private let table = SpeedTable(
        rows: [
            .init(layer: .landCover, code: 1, name: "grass", kilometersPerHour: SeasonalSpeed(dry: 6, wet: 3, flood: 0)),
            .init(layer: .landCover, code: 2, name: "rock", kilometersPerHour: SeasonalSpeed(0.1)),
            .init(layer: .road, code: 1, name: "paved", kilometersPerHour: SeasonalSpeed(60)),
            .init(layer: .crossing, code: 1, name: "bridge", kilometersPerHour: SeasonalSpeed(30)),
            .init(layer: .crossing, code: 2, name: "ferry", kilometersPerHour: SeasonalSpeed(6), crossingMinutes: 20),
        ])
    private let spec = planeSpec(rows: 1, columns: 6, width: 1000, height: 1000)

    private func layers() -> FrictionLayers {
        FrictionLayers(
            landCover: Grid(spec, cells: [1, 2, 1, 7, -1, 1]), landCoverNoData: -1,
            roads: Grid(spec, cells: [0, 0, 1, 0, 0, 1]),
            rivers: Grid(spec, cells: [0, 0, 0, 0, 0, 1]))
    }

    @Test("crossing before river before road before land cover, and all is counted") func order() throws {
        let model = try FrictionModel(speeds: table)
        let field = try model.friction(of: layers(), season: .dry, profile: .physical, metric: plane)
        let expected: [Double] = [0.06 / 6, 0.06 / 0.5, 0.06 / 60, .infinity, .infinity, .infinity]
        #expect(field.minutesPerMeter.cells == expected)
        let log = field.log
        #expect(log.impassable.unknownClass == 1 && log.impassable.noData == 1)
        #expect(log.impassable.river == 1 && log.roadCellsInRivers == 1)
        #expect(log.raisedToSlowest == 1 && log.passable == 3)
        #expect(log.unknownCodes.map(\.code) == [7] && log.unknownCodes.map(\.cells) == [1])
        #expect(log.classes.map(\.cells) == [1, 1, 1, 0, 0])
        var bridged = layers()
        bridged.crossings = Grid(spec, cells: [0, 0, 0, 0, 0, 2])
        let open = try model.friction(of: bridged, season: .dry, profile: .physical, metric: plane)
        #expect(open.minutesPerMeter[0, 5] == 0.06 / 6 && open.crossingMinutes == [5: 20])
    }

    @Test("seasons, multipliers and insecurity act on the cells they name") func factors() throws {
        var speeds = table
        speeds.multipliers = [
            SpeedMultiplier(layer: .landCover, code: 1, season: .wet, factor: 0.5, note: "mud"),
            SpeedMultiplier(layer: .road, code: nil, season: nil, factor: 2, note: "repaired"),
        ]
        let model = try FrictionModel(speeds: speeds)
        var ground = layers()
        ground.insecurity = Grid(spec, cells: [1, 0, 0.5, 0, 0, .nan])
        let wet = try model.friction(of: ground, season: .wet, profile: .secured, metric: plane)
        let expected: [Double] = [0.06 / 1.5 * 2, 0.06 / 0.5, 0.06 / 120 * 1.5]
        #expect(Array(wet.minutesPerMeter.cells.prefix(3)) == expected)
        #expect(wet.log.multipliers.map(\.cells) == [1, 1])
        #expect(wet.log.slowedByInsecurity == 2)
        let flood = try model.friction(of: ground, season: .flood, profile: .physical, metric: plane)
        #expect(flood.minutesPerMeter[0, 0] == .infinity && flood.log.impassable.zeroSpeed == 1)
        let grave = try model.friction(
            of: ground, season: .wet, profile: TravelProfile(insecurityWeight: 50), metric: plane)
        #expect(grave.minutesPerMeter[0, 0] == 0.06 / 1.5 * TravelProfile.largestInsecurityFactor)
    }

    @Test("slope slows by its rule and stops vehicles where it is too steep") func slopes() throws {
        let square = planeSpec(rows: 3, columns: 3, width: 100, height: 100)
        let heights = (0..<9).map { Float($0 % 3) * 10 }
        let ground = FrictionLayers(
            landCover: Grid(square, filledWith: 1),
            elevationInMeters: Grid(square, cells: heights))
        let vehicle = try FrictionModel(
            speeds: table, slope: .vehicle(slowdown: 5, steepest: 0.5)
        ).friction(of: ground, season: .dry, profile: .physical, metric: plane)
        let slope = 0.1
        // Slopes are kept as Float.
        #expect(abs(vehicle.minutesPerMeter[1, 1] / (0.01 * (1 + 5 * slope)) - 1) < 1e-6)
        #expect(vehicle.log.slowedBySlope == 9)
        let steep = try FrictionModel(
            speeds: table, slope: .vehicle(slowdown: 5, steepest: 0.05)
        ).friction(of: ground, season: .dry, profile: .physical, metric: plane)
        #expect(steep.minutesPerMeter[1, 1] == .infinity && steep.log.impassable.tooSteep > 0)
        #expect(SlopeRule.walk.speedFactor(atSlope: 0) == 1)
        #expect(SlopeRule.walk.speedFactor(atSlope: 0.2) < SlopeRule.walk.speedFactor(atSlope: 0.1))
    }

    @Test("tables and layers that cannot be used are refused") func refusals() throws {
        var twice = table
        twice.rows.append(table.rows[0])
        #expect(throws: TravelError.self) { try FrictionModel(speeds: twice) }
        var negative = table
        negative.rows[0].kilometersPerHour.wet = -1
        #expect(throws: TravelError.self) { try FrictionModel(speeds: negative) }
        var stray = table
        stray.multipliers = [
            SpeedMultiplier(layer: .road, code: 9, season: nil, factor: 1, note: "no such road")
        ]
        #expect(throws: TravelError.self) { try FrictionModel(speeds: stray) }
        var shifted = layers()
        shifted.roads = Grid(planeSpec(rows: 1, columns: 6), filledWith: 0)
        let model = try FrictionModel(speeds: table)
        #expect(throws: TravelError.self) {
            try model.friction(of: shifted, season: .dry, profile: .physical, metric: plane)
        }
    }

    @Test("a given friction grid is cleaned and counted") func given() {
        let field = FrictionField(
            minutesPerMeter: Grid(spec, cells: [0.1, .nan, 0, -1, .infinity, 1e9] as [Float]))
        #expect(field.log.impassable.noData == 1 && field.log.impassable.zeroSpeed == 3)
        #expect(field.log.clampedFriction == 1 && field.log.passable == 2)
        #expect(field.minutesPerMeter[0, 5] == FrictionField.largestMinutesPerMeter)
    }

    @Test("grids over the antimeridian or a pole are refused") func refusedGrids() {
        func spec(_ west: Double, _ north: Double) -> GridSpec {
            GridSpec(
                shape: Shape(rows: 4, columns: 4),
                geotransform: Geotransform(
                    originX: west, cellWidth: 1, originY: north, cellHeight: -1), crs: .wgs84)
        }
        for refused in [spec(178, 10), spec(-181, 10), spec(0, 90), spec(0, -86)] {
            #expect(throws: TravelError.self) { try EdgeLengths(refused, metric: .geodesic) }
        }
        #expect(throws: Never.self) { try EdgeLengths(spec(176, 10), metric: .geodesic) }
    }

    @Test("a place snaps to the nearest passable cell within the limit, and says how far") func snapping() throws {
        var friction = Grid(planeSpec(rows: 5, columns: 7, width: 10, height: 10), filledWith: Double.infinity)
        friction[2, 0] = 1
        friction[2, 6] = 1
        let surface = try planeSurface(friction)
        let cell = CellIndex(row: 2, column: 0)
        #expect(surface.snap(Coordinate(x: 5, y: 25)) == .inside(cell))
        #expect(surface.snap(Coordinate(x: 25, y: 25)) == .snapped(cell, meters: 20))
        #expect(surface.snap(Coordinate(x: 35, y: 25)) == .offNetwork)
        #expect(surface.snap(Coordinate(x: 35, y: 25), maximumCells: 3) == .snapped(cell, meters: 30))
        #expect(surface.snap(Coordinate(x: -1, y: 25)) == .outsideGrid)
        #expect(surface.snap(Coordinate(x: .nan, y: 25)) == .outsideGrid)
    }

    @Test("a line takes every cell that it touches") func lines() {
        let spec = planeSpec(rows: 4, columns: 5)
        #expect(spec.cellsTouched(by: [Coordinate(x: 0.5, y: 3.5), Coordinate(x: 4.5, y: 3.5)]) == [0, 1, 2, 3, 4])
        #expect(
            spec.cellsTouched(by: [Coordinate(x: 0.5, y: 3.2), Coordinate(x: 1.5, y: 2.5)])
                == [0, 5, 6])
        #expect(spec.cellsTouched(by: [Coordinate(x: 2, y: 2)]) == [6, 7, 11, 12])
        #expect(spec.cellsTouched(by: [Coordinate(x: -9, y: 0.5), Coordinate(x: 99, y: 0.5)]) == [15, 16, 17, 18, 19])
        #expect(spec.cellsTouched(by: [Coordinate(x: -9, y: 9), Coordinate(x: 9, y: 9)]).isEmpty)
        #expect(spec.cellsTouched(by: [Coordinate(x: .nan, y: 1), Coordinate(x: 1, y: 1)]).isEmpty)
    }
}
