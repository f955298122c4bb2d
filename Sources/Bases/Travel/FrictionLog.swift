/// What was counted while friction was computed.
public struct FrictionLog: Sendable, Hashable {
    /// Cells that nobody can travel, by the first reason that applies.
    public struct Impassable: Sendable, Hashable {
        /// Land cover is nodata, and there is no road or crossing; or the
        /// friction given is NaN.
        public var noData = 0
        /// A class that the speed table does not have.
        public var unknownClass = 0
        /// A speed of zero, in this season or by a multiplier; or friction
        /// given that is not positive and finite.
        public var zeroSpeed = 0
        /// A river without a crossing.
        public var river = 0
        /// Steeper than the vehicle's limit.
        public var tooSteep = 0

        public init() {}

        public var total: Int { noData + unknownClass + zeroSpeed + river + tooSteep }
    }

    /// One class and its cells.
    public struct ClassCount: Sendable, Hashable {
        public var layer: SpeedTable.Layer
        public var code: Int
        /// Name in the speed table.
        public var name: String
        /// Cells whose speed this class gives.
        public var cells: Int
        /// Speed of the season with all multipliers, before slope and limits.
        public var kilometersPerHour: Double
    }

    /// A code that the speed table does not have.
    public struct UnknownCode: Sendable, Hashable {
        public var layer: SpeedTable.Layer
        public var code: Int
        public var cells: Int
    }

    /// A multiplier and the cells whose speed it changed.
    public struct AppliedMultiplier: Sendable, Hashable {
        public var multiplier: SpeedMultiplier
        public var cells: Int
    }

    public var cells: Int
    public var impassable = Impassable()
    /// Every class of the table, in its order, also those without cells.
    public var classes: [ClassCount] = []
    /// By layer, then code.
    public var unknownCodes: [UnknownCode] = []
    /// Every multiplier, in its order, also those that touched nothing.
    public var multipliers: [AppliedMultiplier] = []
    /// Cells set to the slowest speed allowed.
    public var raisedToSlowest = 0
    /// Cells set to the fastest speed allowed.
    public var loweredToFastest = 0
    /// Cells of friction above the largest allowed.
    public var clampedFriction = 0
    /// Road cells closed by a river: where a crossing may be missing from the
    /// data.
    public var roadCellsInRivers = 0
    /// Cells slowed by slope.
    public var slowedBySlope = 0
    /// Passable cells without elevation, taken as flat.
    public var missingElevation = 0
    /// Cells slowed by insecurity.
    public var slowedByInsecurity = 0
    /// Passable cells without an insecurity value, taken as 0.
    public var missingInsecurity = 0
    /// Insecurity values outside 0...1, moved to the nearest end.
    public var clampedInsecurity = 0

    public init(cells: Int) { self.cells = cells }

    /// Cells that can be travelled.
    public var passable: Int { cells - impassable.total }
}
