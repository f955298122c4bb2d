import Bases
import Diagnostics
import Geo
import GridCore
import Hotspots

/// Land, roads, rivers and hotspots of a night on the grid of travel, with
/// the speeds of their classes.
struct TravelGround {
    let layers: FrictionLayers
    let model: FrictionModel
    let rule: MovementRule
    let metric: GroundMetric
    /// Factor less 1 of the secured profile in the strongest hotspots.
    let insecurity: Double
    /// Table of speeds, as written.
    let speedsFile: String
    /// Crossings with the cells that they open.
    let openedCells: [(crossing: CrossingRecord, cells: Int)]

    var spec: GridSpec { layers.landCover.spec }

    /// - Throws: `GeoError` when a raster cannot be read, `TravelError` and
    ///   `PipelineError` when speeds and layers do not fit one another.
    init(
        _ movement: MovementInputs, _ section: TravelConfiguration, hotspots: HotspotRegions?
    ) throws {
        let spec = movement.population.spec
        let classes = TravelClasses(movement, section)
        let toGrid = try CoordinateTransform(from: .wgs84, to: spec.crs)
        var roads = Grid<UInt8>(spec, filledWith: 0)
        var rivers = Grid<UInt8>(spec, filledWith: 0)
        var crossings = Grid<UInt8>(spec, filledWith: 0)
        // The fastest road of a cell counts.
        for code in classes.roadsSlowestFirst {
            for road in movement.roads where classes.roadCode(road.className) == code {
                try Self.draw(road.lines, toGrid, &roads) { $0 = UInt8(code) }
            }
        }
        for river in movement.rivers {
            // One that can be forded somewhere in the year is a crossing all
            // along, open in that season.
            let ford = classes.riverCode(river.className).map { UInt8($0) }
            try Self.draw(river.lines, toGrid, &rivers) { $0 = 1 }
            if let ford { try Self.draw(river.lines, toGrid, &crossings) { $0 = ford } }
        }
        // A larger river in the same cell is not forded with the stream.
        for river in movement.rivers where classes.riverCode(river.className) == nil {
            try Self.draw(river.lines, toGrid, &crossings) { $0 = 0 }
        }
        openedCells = try Self.open(movement.crossings, classes, toGrid, rivers, &crossings)
        let land = try movement.landCover.sampled(on: spec)
        layers = FrictionLayers(
            landCover: Grid(spec, cells: land.cells.map { Self.landCode($0) }),
            landCoverNoData: Self.unknownLand, roads: roads, rivers: rivers, crossings: crossings,
            elevationInMeters: try movement.elevation?.sampled(on: spec),
            insecurity: try hotspots.map { try Self.insecurity($0, on: spec) })
        model = try FrictionModel(
            speeds: classes.table, slope: section.slope == .walk ? .walk : .vehicle())
        rule = MovementRule(
            moves: section.moves == 16 ? .sixteen : .eight,
            corners: section.corners.rule)
        metric = try GroundMetric(spec.crs)
        insecurity = section.insecurity
        speedsFile = section.speeds.written
    }

    /// What journeys cost in a season.
    ///
    /// - Throws: `PipelineError` when nobody can travel anywhere.
    func surface(
        _ season: TravelSeason, _ profile: TravelProfileChoice
    ) throws -> (surface: TravelSurface, log: FrictionLog) {
        let field = try model.friction(
            of: layers, season: season,
            profile: profile == .physical
                ? .physical : TravelProfile(insecurityWeight: insecurity), metric: metric)
        guard field.log.passable > 0 else {
            throw PipelineError(
                .allImpassable, at: Place(file: speedsFile),
                "lets nobody travel in the \(season.rawValue) season: all \(field.log.cells) cells "
                    + "are impassable",
                mend: "Give the codes of the land cover a speed, and check that the rasters overlap")
        }
        return (try TravelSurface(field, rule: rule, metric: metric), field.log)
    }

    /// Not a class of any land cover.
    private static let unknownLand = Int16.min

    private static func landCode(_ value: Float) -> Int16 {
        guard let code = Int16(exactly: value.rounded()), !value.isNaN else { return unknownLand }
        return code
    }

    private static func draw(
        _ lines: [[Coordinate]], _ toGrid: CoordinateTransform, _ grid: inout Grid<UInt8>,
        _ change: (inout UInt8) -> Void
    ) throws {
        for line in lines {
            let cells = grid.spec.cellsTouched(by: try toGrid(line))
            grid.withMutableCells { values in for cell in cells { change(&values[cell]) } }
        }
    }

    /// Opens the river at crossings: the cells of the river in and around the
    /// cell that the crossing lies in, since a river may be two cells wide
    /// where it runs aslant.
    private static func open(
        _ records: [CrossingRecord], _ classes: TravelClasses, _ toGrid: CoordinateTransform,
        _ rivers: Grid<UInt8>, _ crossings: inout Grid<UInt8>
    ) throws -> [(crossing: CrossingRecord, cells: Int)] {
        let shape = rivers.shape
        var opened: [(crossing: CrossingRecord, cells: Int)] = []
        for record in records {
            var count = 0
            if let home = rivers.spec.cell(containing: try toGrid(record.coordinate)),
                let code = classes.crossingCode(record)
            {
                for row in max(0, home.row - 1)...min(shape.rows - 1, home.row + 1) {
                    for column in max(0, home.column - 1)...min(shape.columns - 1, home.column + 1)
                    where rivers[row, column] != 0 {
                        crossings[row, column] = UInt8(code)
                        count += 1
                    }
                }
            }
            opened.append((record, count))
        }
        return opened
    }

    /// 1/3, 2/3 or 1 in hotspots of 90, 95 and 99 % confidence, else 0.
    private static func insecurity(
        _ hotspots: HotspotRegions, on spec: GridSpec
    ) throws -> Grid<Float> {
        let shares = hotspots.regions.map {
            Float(max(0, min(3, $0.strongestBin))) / 3
        }
        return try hotspots.sampled(on: spec).map { $0 > 0 ? shares[Int($0) - 1] : 0 }
    }
}

extension HotspotRegions {
    /// The number of the region at the centre of every cell of another grid,
    /// 0 = none.
    ///
    /// - Throws: `GeoError` when the centres have no place in its CRS.
    func sampled(on target: GridSpec) throws -> Grid<Int32> {
        let transform = try CoordinateTransform(from: target.crs, to: membership.spec.crs)
        var numbers: [Int32] = []
        numbers.reserveCapacity(target.shape.count)
        for row in 0..<target.shape.rows {
            let centers = (0..<target.shape.columns).map {
                target.center(of: CellIndex(row: row, column: $0))
            }
            for center in try transform(centers) {
                numbers.append(
                    membership.spec.cell(containing: center).map { membership[$0] } ?? 0)
            }
        }
        return Grid(target, cells: numbers)
    }
}

extension Grid {
    /// Another grid with a value for each cell.
    func map<Other>(_ value: (Element) -> Other) -> Grid<Other>
    where Other: BitwiseCopyable & Sendable {
        withCells { source in
            Grid<Other>(spec) { cells in
                for index in cells.indices { cells[index] = value(source[index]) }
            }
        }
    }
}

extension CornersChoice {
    fileprivate var rule: MovementRule.Corners {
        switch self {
        case .gap: .gap
        case .strict: .strict
        case .open: .open
        }
    }
}
