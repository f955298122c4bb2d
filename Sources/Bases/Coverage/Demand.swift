import Glibc
import GridCore

/// A settlement that bases may reach, on the travel grid.
public struct DemandSettlement: Sendable, Hashable {
    public var name: String
    /// Where it lies, in the CRS of the grid.
    public var coordinate: Coordinate
    /// Row-major number of its cell, after snapping; nil when it is off the
    /// network, and then no base ever reaches it.
    public var cell: Int?
    /// People who live there; nil when unknown: a settlement without people.
    public var population: Int?
    /// Index of its sector; nil outside all.
    public var sector: Int?
    /// Index of its district; nil outside all.
    public var district: Int?

    public init(
        name: String, coordinate: Coordinate, cell: Int?, population: Int?, sector: Int? = nil,
        district: Int? = nil
    ) {
        self.name = name
        self.coordinate = coordinate
        self.cell = cell
        self.population = population
        self.sector = sector
        self.district = district
    }
}

/// A recorded incident, on the travel grid.
public struct DemandIncident: Sendable, Hashable {
    /// Where it was, in the CRS of the grid.
    public var coordinate: Coordinate
    /// Row-major number of its cell; nil when it is off the network.
    public var cell: Int?
    /// Not negative; see `recencyWeight`.
    public var weight: Double
    /// Index of its sector; nil outside all.
    public var sector: Int?
    /// Index of its district; nil outside all.
    public var district: Int?

    public init(
        coordinate: Coordinate, cell: Int?, weight: Double, sector: Int? = nil,
        district: Int? = nil
    ) {
        self.coordinate = coordinate
        self.cell = cell
        self.weight = weight
        self.sector = sector
        self.district = district
    }

    /// The weight of an incident `ageInDays` old: it halves every
    /// `halfLifeInDays`.
    ///
    /// - Returns: nil for an incident that does not count: older than
    ///   `windowInDays` (the last day counts) or in the future.
    public static func recencyWeight(
        ageInDays: Double, halfLifeInDays: Double = 180, windowInDays: Double = 365
    ) -> Double? {
        guard ageInDays >= 0, ageInDays <= windowInDays else { return nil }
        return exp2(-ageInDays / halfLifeInDays)
    }
}

/// What bases are there to protect, on the travel grid.
public struct Demand: Sendable {
    /// The travel grid.
    public let spec: GridSpec
    /// People per cell: counts, not density.
    public let people: Grid<Float>
    /// People under drought stress per cell; nil when not known.
    public let stressedPeople: Grid<Float>?
    /// Hotspot area per cell in square metres; nil when not known.
    public let hotspotSquareMeters: Grid<Float>?
    public let settlements: [DemandSettlement]
    public let incidents: [DemandIncident]
    /// Cells whose people, stressed people or hotspot area were negative or
    /// not a finite number, and were taken as 0.
    public let unusableCells: UnusableCells

    /// Cells that were taken as 0, by layer.
    public struct UnusableCells: Sendable, Hashable {
        public var people = 0
        public var stressedPeople = 0
        public var hotspotSquareMeters = 0
    }

    /// Takes what is not a number, infinite or negative as 0, and counts it.
    ///
    /// Preconditions: grids of one shape; cells of settlements and incidents
    /// inside it; weights of incidents finite and not negative.
    public init(
        people: Grid<Float>, stressedPeople: Grid<Float>? = nil,
        hotspotSquareMeters: Grid<Float>? = nil, settlements: [DemandSettlement] = [],
        incidents: [DemandIncident] = []
    ) {
        let cells = people.count
        precondition(
            [stressedPeople, hotspotSquareMeters].allSatisfy {
                ($0?.shape ?? people.shape) == people.shape
            },
            "layers of different shapes")
        precondition(
            (settlements.map(\.cell) + incidents.map(\.cell))
                .allSatisfy { $0.map { (0..<cells).contains($0) } ?? true },
            "a cell outside the grid")
        precondition(
            incidents.allSatisfy { $0.weight >= 0 && $0.weight.isFinite }, "a negative weight")
        spec = people.spec
        var unusable = UnusableCells()
        self.people = Self.usable(people, &unusable.people)
        self.stressedPeople = stressedPeople.map { Self.usable($0, &unusable.stressedPeople) }
        self.hotspotSquareMeters = hotspotSquareMeters.map {
            Self.usable($0, &unusable.hotspotSquareMeters)
        }
        self.settlements = settlements
        self.incidents = incidents
        unusableCells = unusable
    }

    /// The same grid when all cells are usable, without a copy.
    private static func usable(_ grid: Grid<Float>, _ count: inout Int) -> Grid<Float> {
        let bad = grid.withCells { cells in
            cells.reduce(0) { $0 + ($1 >= 0 && $1.isFinite ? 0 : 1) }
        }
        guard bad > 0 else { return grid }
        count = bad
        var clean = grid
        clean.withMutableCells { cells in
            for i in cells.indices where !(cells[i] >= 0 && cells[i].isFinite) { cells[i] = 0 }
        }
        return clean
    }

    /// Number of layers of cells.
    static let layerCount = 3

    /// Calls `body` with the cells of people, stressed people and hotspot
    /// area; nil = not known.
    func withLayers<Result>(
        _ body: ([UnsafeBufferPointer<Float>?]) -> Result
    ) -> Result {
        people.withCells { people in
            guard let stressedPeople else {
                return Self.withCells(hotspotSquareMeters) { body([people, nil, $0]) }
            }
            return stressedPeople.withCells { stressed in
                Self.withCells(hotspotSquareMeters) { body([people, stressed, $0]) }
            }
        }
    }

    private static func withCells<Result>(
        _ grid: Grid<Float>?, _ body: (UnsafeBufferPointer<Float>?) -> Result
    ) -> Result {
        guard let grid else { return body(nil) }
        return grid.withCells { body($0) }
    }

    /// Settlement indices, the largest population first, unknown ones last;
    /// then by name, then by index.
    func sortedByPeople(_ indices: some Sequence<Int>) -> [Int] {
        indices.sorted { a, b in
            let first = settlements[a].population ?? -1
            let second = settlements[b].population ?? -1
            guard first == second else { return first > second }
            return (settlements[a].name, a) < (settlements[b].name, b)
        }
    }
}
