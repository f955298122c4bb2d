extension EventProfile {
    /// Armed Conflict Location & Event Data, CSV export.
    ///
    /// Reads the layout before 2023-03-20 (`data_id`, `event_id_no_cnty`,
    /// `iso3`, numeric actor codes) and the one since (`disorder_type`,
    /// `civilian_targeting`, `tags`). Deaths are one estimate without a range.
    public static let acled = EventProfile(
        id: .acled,
        title: "ACLED event table",
        columns: [
            EventColumn(.key, ["event_id_cnty", "data_id"], required: true, identifies: true),
            EventColumn(.date, ["event_date"], required: true, identifies: true),
            EventColumn(.timePrecision, ["time_precision"]),
            EventColumn(.longitude, ["longitude", "lon", "x"], required: true),
            EventColumn(.latitude, ["latitude", "lat", "y"], required: true),
            EventColumn(.wellKnownText, ["geom_wkt", "wkt"]),
            EventColumn(.locationPrecision, ["geo_precision"], identifies: true),
            EventColumn(.eventType, ["event_type"], required: true, identifies: true),
            EventColumn(.subEventType, ["sub_event_type"], required: true, identifies: true),
            EventColumn(.actor1, ["actor1"]),
            EventColumn(.associates1, ["assoc_actor_1"]),
            EventColumn(.actorType1, ["inter1"]),
            EventColumn(.actor2, ["actor2"]),
            EventColumn(.associates2, ["assoc_actor_2"]),
            EventColumn(.actorType2, ["inter2"]),
            EventColumn(.interaction, ["interaction"]),
            EventColumn(.civilianTargeting, ["civilian_targeting"]),
            EventColumn(.deaths, ["fatalities"], required: true, identifies: true),
            EventColumn(.place, ["location"]),
            EventColumn(.country, ["country"]),
            EventColumn(.admin1, ["admin1"]),
            EventColumn(.admin2, ["admin2"]),
            EventColumn(.revision, ["timestamp"]),
        ],
        citation: "Raleigh, C., Kishi, R. and Linke, A. (2023). Political instability patterns are "
            + "obscured by conflict dataset scope conditions, sources, and coding choices. "
            + "Humanities and Social Sciences Communications. Data: Armed Conflict "
            + "Location & Event Data (ACLED), acleddata.com.",
        shortCitation: "ACLED, acleddata.com (Raleigh, Kishi and Linke 2023)",
        licence: "ACLED terms of use: attribution required; event rows may not be passed on, so "
            + "only aggregates are published.")
}

/// The event types of the ACLED codebook and their sub-event types.
public enum ACLEDEventType: String, CaseIterable, Hashable, Sendable {
    case battles = "Battles"
    case explosions = "Explosions/Remote violence"
    case violenceAgainstCivilians = "Violence against civilians"
    case protests = "Protests"
    case riots = "Riots"
    case strategicDevelopments = "Strategic developments"

    /// The type called `name`; case and edge spaces do not count.
    public init?(name: String) {
        if let exact = Self(rawValue: name) {
            self = exact
            return
        }
        let folded = Self.folded(name)
        guard let type = Self.allCases.first(where: { Self.folded($0.rawValue) == folded }) else {
            return nil
        }
        self = type
    }

    /// Names of the sub-event types in the order of the codebook.
    public var subTypes: [String] {
        switch self {
        case .battles:
            [
                "Armed clash", "Government regains territory",
                "Non-state actor overtakes territory",
            ]
        case .explosions:
            [
                "Chemical weapon", "Air/drone strike", "Suicide bomb",
                "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
            ]
        case .violenceAgainstCivilians:
            ["Sexual violence", "Attack", "Abduction/forced disappearance"]
        case .protests:
            [
                "Peaceful protest", "Protest with intervention",
                Self.excessiveForce,
            ]
        case .riots:
            ["Violent demonstration", Self.mobViolence]
        case .strategicDevelopments:
            [
                "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
                "Headquarters or base established", Self.looting,
                "Non-violent transfer of territory", "Other",
            ]
        }
    }

    /// Whether the codebook has `subType` under this type.
    public func has(subType: String) -> Bool {
        if subTypes.contains(subType) { return true }
        let folded = Self.folded(subType)
        return subTypes.contains { Self.folded($0) == folded }
    }

    /// Whether such an event is political violence: every battle, explosion
    /// and attack on civilians, and of the demonstrations those in which
    /// protesters met excessive force or a mob used violence. Strategic
    /// developments are not violence and not comparable between countries.
    public func isPoliticalViolence(subType: String?) -> Bool {
        switch self {
        case .battles, .explosions, .violenceAgainstCivilians: return true
        case .strategicDevelopments: return false
        case .protests, .riots:
            let folded = subType.map(Self.folded)
            return folded == Self.folded(Self.excessiveForce)
                || folded == Self.folded(Self.mobViolence)
        }
    }

    /// Whether such an event is violence or looting against somebody: all
    /// political violence, every riot, and looting or destruction of property.
    public func isAttack(subType: String?) -> Bool {
        if self == .riots || isPoliticalViolence(subType: subType) { return true }
        return self == .strategicDevelopments
            && subType.map(Self.folded) == Self.folded(Self.looting)
    }

    private static let looting = "Looting/property destruction"
    private static let excessiveForce = "Excessive force against protesters"
    private static let mobViolence = "Mob violence"

    private static func folded(_ name: String) -> String {
        let lower = name.lowercased()
        guard let first = lower.firstIndex(where: { $0 != " " }),
            let last = lower.lastIndex(where: { $0 != " " })
        else { return "" }
        return String(lower[first...last])
    }
}
