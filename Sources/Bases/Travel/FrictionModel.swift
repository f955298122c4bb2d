import Diagnostics
import GridCore

/// Rasters on one grid that say what the ground is like.
public struct FrictionLayers: Sendable {
    /// Class of land cover.
    public var landCover: Grid<Int16>
    /// Value of land cover that means nothing is known.
    public var landCoverNoData: Int16?
    /// Class of the road in the cell; 0 without one.
    public var roads: Grid<UInt8>?
    /// Not 0 where a river flows.
    public var rivers: Grid<UInt8>?
    /// Class of the bridge, ford or ferry in the cell; 0 without one.
    public var crossings: Grid<UInt8>?
    /// Metres; NaN where unknown, taken as flat.
    public var elevationInMeters: Grid<Float>?
    /// 0 calm ... 1 worst; NaN where unknown, taken as 0.
    public var insecurity: Grid<Float>?

    public init(
        landCover: Grid<Int16>, landCoverNoData: Int16? = nil, roads: Grid<UInt8>? = nil,
        rivers: Grid<UInt8>? = nil, crossings: Grid<UInt8>? = nil,
        elevationInMeters: Grid<Float>? = nil, insecurity: Grid<Float>? = nil
    ) {
        self.landCover = landCover
        self.landCoverNoData = landCoverNoData
        self.roads = roads
        self.rivers = rivers
        self.crossings = crossings
        self.elevationInMeters = elevationInMeters
        self.insecurity = insecurity
    }
}

/// What a journey has to reckon with.
public struct TravelProfile: Sendable, Hashable {
    /// Friction is multiplied by 1 + this times insecurity, at most by
    /// `largestInsecurityFactor`.
    public var insecurityWeight: Double

    public static let largestInsecurityFactor = 5.0

    /// Precondition: finite and not negative.
    public init(insecurityWeight: Double) {
        precondition(
            insecurityWeight.isFinite && insecurityWeight >= 0, "a weight of insecurity")
        self.insecurityWeight = insecurityWeight
    }

    /// Ground alone.
    public static let physical = TravelProfile(insecurityWeight: 0)
    /// Twice the time where insecurity is worst.
    public static let secured = TravelProfile(insecurityWeight: 1)
}

/// Turns layers of the ground into friction.
///
/// The speed v of a cell is that of its crossing, else of its road, else of
/// its land cover, in the season, times the user's multipliers, times the
/// factor of the slope; it is kept within 0.5 and 120 km/h. Friction is
/// 0.06 / v minutes per metre, times 1 + weight * insecurity. A river without
/// a crossing is impassable, also for a road; so are speeds of 0, unknown
/// classes and nodata.
public struct FrictionModel: Sendable {
    public var speeds: SpeedTable
    public var slope: SlopeRule

    /// Speeds outside are set to the nearest end, km/h.
    public static let speedsInKilometersPerHour = 0.5...120.0

    /// - Throws: `TravelError` of `SpeedTable.check` and `SlopeRule.check`.
    public init(speeds: SpeedTable, slope: SlopeRule = .vehicle()) throws(TravelError) {
        try speeds.check()
        try slope.check()
        self.speeds = speeds
        self.slope = slope
    }

    /// Friction of a season and profile.
    ///
    /// - Parameter metric: how coordinates become metres, for the slope; by
    ///   default what the CRS of the grid says.
    /// - Throws: `TravelError` when the layers are not on one grid, and, with
    ///   elevation, for a grid that `EdgeLengths` refuses.
    public func friction(
        of layers: FrictionLayers, season: TravelSeason, profile: TravelProfile,
        metric: GroundMetric? = nil
    ) throws(TravelError) -> FrictionField {
        try checkGrids(layers)
        var slopes: Grid<Float>?
        if let elevation = layers.elevationInMeters {
            let ground: GroundMetric
            if let metric { ground = metric } else { ground = try GroundMetric(elevation.spec.crs) }
            slopes = slopeTangent(
                of: elevation, lengths: try EdgeLengths(elevation.spec, metric: ground))
        }
        let classes = SeasonSpeeds(speeds, season)
        var tally = FrictionTally(layers: layers, classes: classes, slope: slope, profile: profile)
        let minutes = Grid<Double>(layers.landCover.spec) { cells in
            tally.fill(cells, slopes: slopes)
        }
        let (log, crossings) = tally.finish(speeds, season)
        return FrictionField(minutesPerMeter: minutes, crossingMinutes: crossings, log: log)
    }

    private func checkGrids(_ layers: FrictionLayers) throws(TravelError) {
        let spec = layers.landCover.spec
        let others: [(String, GridSpec?)] = [
            ("roads", layers.roads?.spec), ("rivers", layers.rivers?.spec),
            ("crossings", layers.crossings?.spec), ("elevation", layers.elevationInMeters?.spec),
            ("insecurity", layers.insecurity?.spec),
        ]
        for case (let name, let other?) in others where other != spec {
            throw TravelError(
                .mismatch, at: Place(field: name),
                "is on another grid than the land cover (found \(other.shape.rows) rows and "
                    + "\(other.shape.columns) columns from \(other.geotransform.originX), "
                    + "\(other.geotransform.originY), expected \(spec.shape.rows) and "
                    + "\(spec.shape.columns) from \(spec.geotransform.originX), "
                    + "\(spec.geotransform.originY))",
                mend: "Warp all layers to one grid")
        }
    }
}

/// The speeds of one season, by code.
struct SeasonSpeeds {
    /// Speeds with multipliers, km/h; NaN for a code that the table does not
    /// have.
    var landCover = Array(repeating: Double.nan, count: 1 << 16)
    var roads = Array(repeating: Double.nan, count: 256)
    var crossings = Array(repeating: Double.nan, count: 256)
    var crossingMinutes = Array(repeating: 0.0, count: 256)

    init(_ table: SpeedTable, _ season: TravelSeason) {
        for row in table.rows {
            let speed = Self.speed(of: row, table, season)
            switch row.layer {
            case .landCover: landCover[Self.slot(Int16(row.code))] = speed
            case .road: roads[row.code] = speed
            case .crossing:
                crossings[row.code] = speed
                crossingMinutes[row.code] = row.crossingMinutes
            }
        }
    }

    static func speed(
        of row: SpeedTable.Row, _ table: SpeedTable, _ season: TravelSeason
    ) -> Double {
        table.multipliers.reduce(row.kilometersPerHour[season]) {
            $1.applies(to: row, in: season) ? $0 * $1.factor : $0
        }
    }

    @inline(__always)
    static func slot(_ code: Int16) -> Int { Int(code) + 32768 }
}
