import Bases
import Calendar
import Tables

/// The profile of travel that losses and plans are about.
public enum TravelProfileChoice: String, Choice {
    /// Roads, land, rivers and season alone.
    case physical
    /// Slower through hotspots of violence.
    case secured
}

/// `transfer`: which bases can be handed over, kept or closed, in which
/// order.
public struct TransferConfiguration: Hashable, Sendable {
    /// Table of supply hubs.
    public var hubs: ConfiguredPath?
    /// Table of dated evidence.
    public var readiness: ConfiguredPath
    public var profile: TravelProfileChoice
    /// A settlement of so many people is not left without cover.
    public var settlement: Int
    /// Importance from which a base is kept unless its gates are passed.
    public var importance: Double
    /// Incidents this near to a route are its exposure.
    public var routeBuffer: Length
    /// Bases this near to a route depend on each other.
    public var corridor: Length
    public var gates: GatesConfiguration
    public var weights: WeightsConfiguration
    /// Random settings of the weights.
    public var draws: Int
    /// nil: no schedule.
    public var schedule: ScheduleConfiguration?
}

extension TransferConfiguration: ConfigurationSection {
    static let hubs = OptionalKey(
        \Self.hubs, "hubs", .path.example("hubs.csv"),
        "CSV with the columns id, name, longitude and latitude; default: no supply routes.")
    static let readiness = RequiredKey(
        \Self.readiness, "readiness", .path.example("readiness.csv"),
        "CSV with the columns base_id, item, value, as_of and source.")
    static let profile = DefaultKey(
        \Self.profile, "profile", .choice, default: .physical,
        "Travel times that losses and plans are about.")
    static let settlement = DefaultKey(
        \Self.settlement, "settlement", .integer(0...1_000_000, example: "500"), default: 500,
        "Closing is never suggested where a settlement of more people would lose its last cover.")
    static let importance = DefaultKey(
        \Self.importance, "importance", .number(0...1, example: "0.02"), default: 0.02,
        "A base of at least this importance is kept unless its gates are passed.")
    static let routeBuffer = DefaultKey(
        \Self.routeBuffer, "route_buffer", .length(.meters(100)...(.kilometers(100)), example: "5 km"),
        default: .kilometers(5), "Incidents this near to a supply route are its exposure.")
    static let corridor = DefaultKey(
        \Self.corridor, "corridor", .length(.meters(100)...(.kilometers(100)), example: "5 km"),
        default: .kilometers(5), "A base this near to another's supply route cannot leave before it.")
    static let gates = DefaultKey(
        \Self.gates, "gates", .section(), default: GatesConfiguration(),
        "Thresholds of the gates; a gate that is unknown never passes.")
    static let weights = DefaultKey(
        \Self.weights, "weights", .section(), default: WeightsConfiguration(),
        "Weights of the importance; they are made to add up to 1.")
    static let draws = DefaultKey(
        \Self.draws, "draws", .integer(0...100_000, example: "2000"), default: 2000,
        "Random settings of the weights that ranks and verdicts are tried with.")
    static let schedule = OptionalKey(
        \Self.schedule, "schedule", .section(), "Phases of the transfer; default: no schedule.")

    static let keys = SectionKeys<Self>(
        "Which bases can be handed over, kept or closed, in which order.",
        [
            hubs.entry, readiness.entry, profile.entry, settlement.entry, importance.entry,
            routeBuffer.entry, corridor.entry, gates.entry, weights.entry, draws.entry,
            schedule.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        hubs = reader.value(Self.hubs)
        let readiness = reader.value(Self.readiness)
        profile = reader.value(Self.profile)
        settlement = reader.value(Self.settlement)
        importance = reader.value(Self.importance)
        routeBuffer = reader.value(Self.routeBuffer)
        corridor = reader.value(Self.corridor)
        gates = reader.value(Self.gates)
        weights = reader.value(Self.weights)
        draws = reader.value(Self.draws)
        schedule = reader.value(Self.schedule)
        guard let readiness else { return nil }
        self.readiness = readiness
    }
}

/// `transfer.gates`: the thresholds.
public struct GatesConfiguration: Hashable, Sendable {
    public var colocation = Days(30)
    public var personnel = 0.70
    public var serviceability = 0.75
    public var equipment = 0.70
    public var casevac = Minutes(60)
    public var contact = Days(60)
    public var evidenceAge = Days(180)

    public init() {}
}

extension GatesConfiguration: ConfigurationSection {
    private static func share(
        _ path: any KeyPath<Self, Double> & Sendable, _ name: String, _ fallback: Double,
        _ text: String
    ) -> DefaultKey<Self, Double> {
        DefaultKey(path, name, .share(example: "\(fallback)"), default: fallback, text)
    }

    static let colocation = DefaultKey(
        \Self.colocation, "colocation", .days(0...3660, example: "30 days"), default: Days(30),
        "Least time that the host unit has been at the base.")
    static let personnel = share(
        \.personnel, "personnel", 0.70, "Least share of the authorised strength.")
    static let serviceability = share(
        \.serviceability, "serviceability", 0.75, "Least share of equipment that works.")
    static let equipment = share(
        \.equipment, "equipment", 0.70, "Least share of arms, radios and vehicles.")
    static let casevac = DefaultKey(
        \Self.casevac, "casevac", .minutes(1...10_080, example: "60 min"), default: Minutes(60),
        "Longest way of the wounded to care, without an agreement.")
    static let contact = DefaultKey(
        \Self.contact, "contact", .days(0...3660, example: "60 days"), default: Days(60),
        "Greatest age of the last record of contact with the community.")
    static let evidenceAge = DefaultKey(
        \Self.evidenceAge, "evidence_age", .days(1...3660, example: "180 days"),
        default: Days(180), "Older evidence counts as unknown.")

    static let keys = SectionKeys<Self>(
        "Thresholds of the gates.",
        [
            colocation.entry, personnel.entry, serviceability.entry, equipment.entry,
            casevac.entry, contact.entry, evidenceAge.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        colocation = reader.value(Self.colocation)
        personnel = reader.value(Self.personnel)
        serviceability = reader.value(Self.serviceability)
        equipment = reader.value(Self.equipment)
        casevac = reader.value(Self.casevac)
        contact = reader.value(Self.contact)
        evidenceAge = reader.value(Self.evidenceAge)
    }
}

/// `transfer.weights`: of the importance.
public struct WeightsConfiguration: Hashable, Sendable {
    public var population = 0.35
    public var hotspot = 0.20
    public var incidents = 0.15
    public var drought = 0.10
    public var seam = 0.10
    public var corridor = 0.10

    public init() {}
}

extension WeightsConfiguration: ConfigurationSection {
    private static func weight(
        _ path: any KeyPath<Self, Double> & Sendable, _ name: String, _ fallback: Double,
        _ text: String
    ) -> DefaultKey<Self, Double> {
        DefaultKey(path, name, .number(0...1000, example: "\(fallback)"), default: fallback, text)
    }

    static let population = weight(\.population, "population", 0.35, "People who lose cover.")
    static let hotspot = weight(\.hotspot, "hotspot", 0.20, "Hotspot area that loses cover.")
    static let incidents = weight(\.incidents, "incidents", 0.15, "Incidents that lose cover.")
    static let drought = weight(
        \.drought, "drought", 0.10, "People under severe drought who lose cover.")
    static let seam = weight(\.seam, "seam", 0.10, "Gaps that grow at borders between sectors.")
    static let corridor = weight(
        \.corridor, "corridor", 0.10, "Bases whose supply passes this one.")

    static let keys = SectionKeys<Self>(
        "Weights of the importance, each of a share of a fixed total.",
        [
            population.entry, hotspot.entry, incidents.entry, drought.entry, seam.entry,
            corridor.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        population = reader.value(Self.population)
        hotspot = reader.value(Self.hotspot)
        incidents = reader.value(Self.incidents)
        drought = reader.value(Self.drought)
        seam = reader.value(Self.seam)
        corridor = reader.value(Self.corridor)
        if population + hotspot + incidents + drought + seam + corridor <= 0 {
            reader.site.report(
                .outOfRange, "are all 0 (expected at least one above)",
                mend: "Remove the section for the defaults")
        }
    }
}
