/// What a part of the country weighs, by every measure: people, drought,
/// hotspots, settlements, incidents.
public struct DemandTotals: Sendable, Hashable {
    /// People of the population cells; cells may be split, so not whole.
    public var people: Double
    /// People of the population cells under drought stress.
    public var stressedPeople: Double
    /// Area of hotspots.
    public var hotspotSquareMeters: Double
    /// Number of settlements.
    public var settlements: Int
    /// People of the settlements whose population is known.
    public var settlementPeople: Double
    /// Number of incidents that have a weight.
    public var incidents: Int
    /// Sum of the weights of incidents.
    public var incidentWeight: Double

    public init(
        people: Double = 0, stressedPeople: Double = 0, hotspotSquareMeters: Double = 0,
        settlements: Int = 0, settlementPeople: Double = 0, incidents: Int = 0,
        incidentWeight: Double = 0
    ) {
        self.people = people
        self.stressedPeople = stressedPeople
        self.hotspotSquareMeters = hotspotSquareMeters
        self.settlements = settlements
        self.settlementPeople = settlementPeople
        self.incidents = incidents
        self.incidentWeight = incidentWeight
    }

    /// Nothing at all.
    public static let zero = DemandTotals()

    /// Both, measure by measure.
    public static func + (a: DemandTotals, b: DemandTotals) -> DemandTotals {
        DemandTotals(
            people: a.people + b.people, stressedPeople: a.stressedPeople + b.stressedPeople,
            hotspotSquareMeters: a.hotspotSquareMeters + b.hotspotSquareMeters,
            settlements: a.settlements + b.settlements,
            settlementPeople: a.settlementPeople + b.settlementPeople,
            incidents: a.incidents + b.incidents,
            incidentWeight: a.incidentWeight + b.incidentWeight)
    }

    /// The first less the second, measure by measure.
    public static func - (a: DemandTotals, b: DemandTotals) -> DemandTotals {
        DemandTotals(
            people: a.people - b.people, stressedPeople: a.stressedPeople - b.stressedPeople,
            hotspotSquareMeters: a.hotspotSquareMeters - b.hotspotSquareMeters,
            settlements: a.settlements - b.settlements,
            settlementPeople: a.settlementPeople - b.settlementPeople,
            incidents: a.incidents - b.incidents,
            incidentWeight: a.incidentWeight - b.incidentWeight)
    }

    public static func += (total: inout DemandTotals, other: DemandTotals) { total = total + other }

    /// One measure as a number.
    public subscript(measure: DemandMeasure) -> Double {
        switch measure {
        case .people: people
        case .stressedPeople: stressedPeople
        case .hotspotSquareMeters: hotspotSquareMeters
        case .settlements: Double(settlements)
        case .settlementPeople: settlementPeople
        case .incidentWeight: incidentWeight
        }
    }

    /// This over `whole` by one measure, 0 ... 1 for a part of it; nil when
    /// the whole is nothing.
    public func share(of whole: DemandTotals, by measure: DemandMeasure) -> Double? {
        whole[measure] > 0 ? self[measure] / whole[measure] : nil
    }

    mutating func add(_ settlement: DemandSettlement) {
        settlements += 1
        settlementPeople += Double(max(0, settlement.population ?? 0))
    }

    mutating func add(_ incident: DemandIncident) {
        incidents += 1
        incidentWeight += incident.weight
    }

    /// The measures that cells carry, in the order of `Demand.layers`.
    init(layers: [Double]) {
        self.init(people: layers[0], stressedPeople: layers[1], hotspotSquareMeters: layers[2])
    }
}

/// One way to weigh what bases protect.
public enum DemandMeasure: String, Sendable, Hashable, CaseIterable {
    case people
    case stressedPeople = "stressed-people"
    case hotspotSquareMeters = "hotspot-square-meters"
    case settlements
    case settlementPeople = "settlement-people"
    case incidentWeight = "incident-weight"
}
