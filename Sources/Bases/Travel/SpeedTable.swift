import Diagnostics

/// The states of the ground that speeds are given for.
public enum TravelSeason: String, Sendable, Hashable, CaseIterable {
    case dry
    case wet
    /// Rivers over their banks.
    case flood
}

/// A speed for each season, in kilometres per hour; 0 is impassable.
public struct SeasonalSpeed: Sendable, Hashable {
    public var dry: Double
    public var wet: Double
    public var flood: Double

    public init(dry: Double, wet: Double, flood: Double) {
        self.dry = dry
        self.wet = wet
        self.flood = flood
    }

    /// The same all year.
    public init(_ allYear: Double) { self.init(dry: allYear, wet: allYear, flood: allYear) }

    public subscript(season: TravelSeason) -> Double {
        switch season {
        case .dry: dry
        case .wet: wet
        case .flood: flood
        }
    }
}

/// How fast each class of ground, road and crossing is travelled.
public struct SpeedTable: Sendable, Hashable {
    /// Where a class comes from. A crossing goes before a road, a road before
    /// land cover.
    public enum Layer: String, Sendable, Hashable, CaseIterable {
        case landCover = "land-cover"
        case road
        case crossing
    }

    public struct Row: Sendable, Hashable {
        public var layer: Layer
        /// Value in the layer's raster: any 16-bit number for land cover,
        /// 1...255 for roads and crossings.
        public var code: Int
        /// What people call the class.
        public var name: String
        public var kilometersPerHour: SeasonalSpeed
        /// Minutes that a crossing takes on top of its speed, once per cell:
        /// waiting for a ferry and crossing. 0 for a bridge or ford.
        public var crossingMinutes: Double

        public init(
            layer: Layer, code: Int, name: String, kilometersPerHour: SeasonalSpeed,
            crossingMinutes: Double = 0
        ) {
            self.layer = layer
            self.code = code
            self.name = name
            self.kilometersPerHour = kilometersPerHour
            self.crossingMinutes = crossingMinutes
        }
    }

    public var rows: [Row]
    /// Applied to speeds one after the other; the order does not matter.
    public var multipliers: [SpeedMultiplier]

    public init(rows: [Row], multipliers: [SpeedMultiplier] = []) {
        self.rows = rows
        self.multipliers = multipliers
    }

    /// - Throws: `TravelError` for a class given twice, a code outside its
    ///   range, a speed, factor or crossing time that is negative or not
    ///   finite, crossing minutes of something else, and a multiplier of a
    ///   class that the table does not have.
    public func check() throws(TravelError) {
        for (index, row) in rows.enumerated() { try check(row, rows[..<index]) }
        for multiplier in multipliers {
            let place = Place(field: "speed multiplier \"\(multiplier.note)\"")
            guard multiplier.factor.isFinite, multiplier.factor >= 0 else {
                throw TravelError(
                    .unsuitableParameter, at: place,
                    "has to be finite and not negative (found \(multiplier.factor))",
                    mend: "Give a factor such as 0.5; 0 makes a class impassable")
            }
            guard
                multiplier.code == nil
                    || rows.contains(where: {
                        $0.layer == multiplier.layer && $0.code == multiplier.code
                    })
            else {
                throw TravelError(
                    .unsuitableClass, at: place,
                    "names a class of \(multiplier.layer.rawValue) that the speed table does not "
                        + "have (found code \(multiplier.code ?? 0))",
                    mend: "Correct the code, or leave it out to mean all classes")
            }
        }
    }

    private func check(_ row: Row, _ before: ArraySlice<Row>) throws(TravelError) {
        let place = Place(field: "speed of \(row.layer.rawValue) \(row.code) \"\(row.name)\"")
        let codes = row.layer == .landCover ? Int(Int16.min)...Int(Int16.max) : 1...255
        guard codes.contains(row.code) else {
            throw TravelError(
                .unsuitableClass, at: place,
                "has a code out of range (found \(row.code), expected \(codes.lowerBound) to "
                    + "\(codes.upperBound))", mend: "Use the value that the raster has")
        }
        guard !before.contains(where: { $0.layer == row.layer && $0.code == row.code }) else {
            throw TravelError(
                .unsuitableClass, at: place, "is given twice",
                mend: "Keep one row for each class of a layer")
        }
        for season in TravelSeason.allCases {
            let speed = row.kilometersPerHour[season]
            guard speed.isFinite, speed >= 0 else {
                throw TravelError(
                    .unsuitableParameter, at: place,
                    "has to be finite and not negative in the \(season.rawValue) season (found "
                        + "\(speed) km/h)", mend: "Give km/h; 0 makes the class impassable")
            }
        }
        guard row.crossingMinutes.isFinite, row.crossingMinutes >= 0,
            row.crossingMinutes == 0 || row.layer == .crossing
        else {
            throw TravelError(
                .unsuitableParameter, at: place,
                "has crossing minutes that cannot be used (found \(row.crossingMinutes))",
                mend: "Give minutes that are not negative, and only for crossings")
        }
    }
}

/// A user's correction of speeds, which is always reported.
public struct SpeedMultiplier: Sendable, Hashable {
    public var layer: SpeedTable.Layer
    /// The class; nil for all of the layer.
    public var code: Int?
    /// The season; nil for all.
    public var season: TravelSeason?
    /// What speeds are multiplied by; 0 makes impassable.
    public var factor: Double
    /// Why.
    public var note: String

    public init(
        layer: SpeedTable.Layer, code: Int?, season: TravelSeason?, factor: Double, note: String
    ) {
        self.layer = layer
        self.code = code
        self.season = season
        self.factor = factor
        self.note = note
    }

    func applies(to row: SpeedTable.Row, in travelSeason: TravelSeason) -> Bool {
        layer == row.layer && (code == nil || code == row.code)
            && (season == nil || season == travelSeason)
    }
}
