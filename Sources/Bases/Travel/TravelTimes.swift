import GridCore

/// Minutes to the nearest and to the second nearest base, cell by cell.
///
/// A cell that no base reaches has `+infinity` and `noBase`; so has the
/// second of a cell that one base alone reaches. The second base is always
/// another one than the first. Equal times go to the lower base index.
public struct TravelTimes: Sendable {
    /// Minutes to the nearest base.
    public var firstMinutes: Grid<Double>
    /// Index of the nearest base.
    public var firstBase: Grid<UInt16>
    /// Minutes to the nearest base but that one: what remains when it leaves.
    public var secondMinutes: Grid<Double>
    /// Index of the second nearest base.
    public var secondBase: Grid<UInt16>

    /// In place of a base where there is none.
    public static let noBase = UInt16.max

    /// Precondition: four grids of one shape.
    public init(
        firstMinutes: Grid<Double>, firstBase: Grid<UInt16>, secondMinutes: Grid<Double>,
        secondBase: Grid<UInt16>
    ) {
        precondition(
            firstMinutes.shape == firstBase.shape && firstMinutes.shape == secondMinutes.shape
                && firstMinutes.shape == secondBase.shape, "grids of different shapes")
        self.firstMinutes = firstMinutes
        self.firstBase = firstBase
        self.secondMinutes = secondMinutes
        self.secondBase = secondBase
    }

    /// The grid of the cells.
    public var spec: GridSpec { firstMinutes.spec }
}

/// The cells that one base reaches within a limit, and how fast.
public struct ReachedCells: Sendable {
    /// Row-major numbers of the cells, ascending.
    public var cells: [Int32]
    /// Minutes to each, not above the limit.
    public var minutes: [Double]

    /// Precondition: as many minutes as cells.
    public init(cells: [Int32], minutes: [Double]) {
        precondition(cells.count == minutes.count, "a time for every cell")
        self.cells = cells
        self.minutes = minutes
    }
}
