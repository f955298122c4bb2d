/// What a set of places adds up to.
public struct BaseTotals: Sendable, Hashable {
    /// Number of settlements, also of those without a known population.
    public var settlements: Int
    /// People in the settlements whose population is known.
    public var population: Int
    public var incidents: Int
    /// All people killed in the incidents.
    public var deaths: Int
    /// Civilians among them.
    public var civilianDeaths: Int
    /// Area of the hotspot cells.
    public var hotspotSquareMeters: Double

    public init(
        settlements: Int = 0, population: Int = 0, incidents: Int = 0, deaths: Int = 0,
        civilianDeaths: Int = 0, hotspotSquareMeters: Double = 0
    ) {
        self.settlements = settlements
        self.population = population
        self.incidents = incidents
        self.deaths = deaths
        self.civilianDeaths = civilianDeaths
        self.hotspotSquareMeters = hotspotSquareMeters
    }

    /// Nothing at all.
    public static let zero = BaseTotals()

    /// A sum that does not fit stays at the largest number: an absurd
    /// population in a file must not stop a run.
    public static func += (total: inout BaseTotals, other: BaseTotals) {
        total.settlements += other.settlements
        total.population = total.population.addingSaturated(other.population)
        total.incidents += other.incidents
        total.deaths = total.deaths.addingSaturated(other.deaths)
        total.civilianDeaths = total.civilianDeaths.addingSaturated(other.civilianDeaths)
        total.hotspotSquareMeters += other.hotspotSquareMeters
    }
}

extension Int {
    fileprivate func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
