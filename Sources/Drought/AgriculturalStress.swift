/// The Agricultural Stress Index of one zone: the share of its crop or range
/// area whose mean vegetation health over the season is below the threshold
/// (FAO ASIS; Rojas, Vrieling and Rembold 2011, Remote Sensing of Environment
/// 115, 343-352).
///
/// Sums in Float64 in the order in which cells and parts are added: add cells
/// by rows and merge parts in one order, and the result does not depend on
/// threads.
public struct AgriculturalStress: Hashable, Sendable {
    /// Cells with a smaller fraction of crops are left out.
    public let minimumFraction: Double
    /// Area of crops, cell area times fraction, in the unit of the areas
    /// given.
    public private(set) var cropArea = 0.0
    /// Of that, with a seasonal mean.
    public private(set) var validArea = 0.0
    /// Of that, stressed.
    public private(set) var stressedArea = 0.0
    public private(set) var cropCells = 0
    public private(set) var validCells = 0
    public private(set) var stressedCells = 0
    private var meanTimesArea = 0.0

    /// - Parameter minimumFraction: 0...1; 0.2 by default. A cell without any
    ///   crops is left out in any case.
    public init(minimumFraction: Double = 0.2) { self.minimumFraction = minimumFraction }

    /// Adds one cell.
    ///
    /// - Parameters:
    ///   - isStressed: nil where the season has no mean.
    ///   - mean: seasonal mean, percent; unread when `isStressed` is nil.
    ///   - fraction: of the cell that is crops, 0...1; NaN counts as none.
    ///   - area: of the cell inside the zone.
    public mutating func add(isStressed: Bool?, mean: Double, fraction: Double, area: Double) {
        guard fraction > 0, fraction >= minimumFraction, area > 0 else { return }
        let crops = fraction * area
        cropArea += crops
        cropCells += 1
        guard let isStressed else { return }
        validArea += crops
        validCells += 1
        meanTimesArea += mean * crops
        if isStressed {
            stressedArea += crops
            stressedCells += 1
        }
    }

    /// Adds the cells of another part of the zone.
    public mutating func merge(_ other: AgriculturalStress) {
        cropArea += other.cropArea
        validArea += other.validArea
        stressedArea += other.stressedArea
        meanTimesArea += other.meanTimesArea
        cropCells += other.cropCells
        validCells += other.validCells
        stressedCells += other.stressedCells
    }

    /// nil when the zone has no crops: no share of nothing, and not 0.
    public var result: Result? {
        guard cropArea > 0 else { return nil }
        let hasValue = validArea > 0
        return Result(
            percentOfArea: hasValue ? 100 * stressedArea / validArea : .nan,
            percentOfCells: hasValue ? 100 * Double(stressedCells) / Double(validCells) : .nan,
            meanVegetationHealth: hasValue ? meanTimesArea / validArea : .nan,
            validShare: validArea / cropArea, cropArea: cropArea, validArea: validArea,
            stressedArea: stressedArea, cropCells: cropCells, validCells: validCells,
            stressedCells: stressedCells)
    }

    /// The index of a zone with crops.
    public struct Result: Hashable, Sendable {
        /// Below this share of the crop area with a value, the index does not
        /// speak for the zone.
        public static let reliableShare = 0.5

        /// The index, percent of the crop area with a value; NaN when there
        /// is none.
        public let percentOfArea: Double
        /// The same of cells, each counted once whatever its fraction, as FAO
        /// counts; NaN when no cell has a value.
        public let percentOfCells: Double
        /// Mean over the crop area with a value, percent; NaN when none.
        public let meanVegetationHealth: Double
        /// Crop area with a value over all crop area, 0...1.
        public let validShare: Double
        public let cropArea: Double
        public let validArea: Double
        public let stressedArea: Double
        public let cropCells: Int
        public let validCells: Int
        public let stressedCells: Int

        /// Whether at least half of the crop area has a value.
        public var isReliable: Bool { validShare >= Self.reliableShare }

        /// The step of FAO's maps; nil without a value.
        public var mapClass: IndicatorClass? {
            IndicatorClassTable.agriculturalStress.indicatorClass(of: percentOfArea)
        }
    }
}
