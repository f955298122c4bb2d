import Tables

/// `columns` of a mapped source: which column holds what. nil: none does.
public struct IncidentColumnsConfiguration: Hashable, Sendable {
    /// A key that stays the same when the file is revised.
    public var key: String?
    /// Day of the event, or its first.
    public var date: String
    /// Last day of an event of several days.
    public var dateEnd: String?
    /// Degrees; both or neither. Neither: the geometry of the layer.
    public var longitude: String?
    /// Degrees; both or neither.
    public var latitude: String?
    /// Number of people killed.
    public var deaths: String?
    /// Number of civilians killed.
    public var civilianDeaths: String?
    /// Low estimate of people killed.
    public var deathsLow: String?
    /// High estimate of people killed.
    public var deathsHigh: String?
    /// Whether civilians were the main target: yes or no.
    public var civilianTargeting: String?
    /// The first party.
    public var actor1: String?
    /// The second party.
    public var actor2: String?
    /// Words: a class of actor, or ACLED's types.
    public var actorType1: String?
    /// Words: a class of actor, or ACLED's types.
    public var actorType2: String?
    /// Name of the place.
    public var place: String?
    /// Kind of event.
    public var type: String?
    /// Finer kind of event.
    public var subType: String?
    /// Words: exact, near, district, region, country or sea.
    public var locationPrecision: String?
    /// Words: day, week, month or longer.
    public var timePrecision: String?
}

extension IncidentColumnsConfiguration: ConfigurationSection {
    private static func column(
        _ path: any KeyPath<Self, String?> & Sendable, _ name: String, _ text: String
    ) -> OptionalKey<Self, String> {
        OptionalKey(path, name, .text, emptyIsAbsent: true, text)
    }

    static let key = column(\.key, "key", "A key that stays when the file is revised.")
    static let date = RequiredKey(
        \Self.date, "date", .text.example("day"), "Day of the event, or its first.")
    static let dateEnd = column(\.dateEnd, "date_end", "Last day of the event.")
    static let longitude = column(
        \.longitude, "longitude", "Longitude in degrees; default: the geometry of the layer.")
    static let latitude = column(
        \.latitude, "latitude", "Latitude in degrees; default: the geometry of the layer.")
    static let deaths = column(\.deaths, "deaths", "Number of people killed.")
    static let civilianDeaths = column(
        \.civilianDeaths, "civilian_deaths", "Number of civilians killed.")
    static let deathsLow = column(
        \.deathsLow, "deaths_low", "Low estimate of people killed.")
    static let deathsHigh = column(
        \.deathsHigh, "deaths_high", "High estimate of people killed.")
    static let civilianTargeting = column(
        \.civilianTargeting, "civilian_targeting",
        "Whether civilians were the main target: yes or no, true or false, 1 or 0.")
    static let actor1 = column(\.actor1, "actor_1", "Name of the first party.")
    static let actor2 = column(\.actor2, "actor_2", "Name of the second party.")
    static let actorType1 = column(
        \.actorType1, "actor_1_type",
        "What the first party is: state-forces, external-forces, mission, armed-group, "
            + "political-militia, communal-militia, rioters, protesters, civilians or aid-workers.")
    static let actorType2 = column(
        \.actorType2, "actor_2_type", "What the second party is, in the same words.")
    static let place = column(\.place, "place", "Name of the place.")
    static let type = column(\.type, "type", "Kind of event.")
    static let subType = column(\.subType, "sub_type", "Finer kind of event.")
    static let locationPrecision = column(
        \.locationPrecision, "location_precision",
        "How well the place is known: exact, near, district, region, country or sea.")
    static let timePrecision = column(
        \.timePrecision, "time_precision",
        "How well the day is known: day, week, month or longer.")

    static let keys = SectionKeys<Self>(
        "Which column holds what; an empty value means that none does.",
        rules: [
            .init("dependentRequired", ["longitude": ["latitude"], "latitude": ["longitude"]])
        ],
        [
            key.entry, date.entry, dateEnd.entry, longitude.entry, latitude.entry, deaths.entry,
            civilianDeaths.entry, deathsLow.entry, deathsHigh.entry, civilianTargeting.entry,
            actor1.entry, actor2.entry, actorType1.entry, actorType2.entry, place.entry,
            type.entry, subType.entry, locationPrecision.entry, timePrecision.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let date = reader.value(Self.date)
        key = reader.value(Self.key)
        dateEnd = reader.value(Self.dateEnd)
        longitude = reader.value(Self.longitude)
        latitude = reader.value(Self.latitude)
        deaths = reader.value(Self.deaths)
        civilianDeaths = reader.value(Self.civilianDeaths)
        deathsLow = reader.value(Self.deathsLow)
        deathsHigh = reader.value(Self.deathsHigh)
        civilianTargeting = reader.value(Self.civilianTargeting)
        actor1 = reader.value(Self.actor1)
        actor2 = reader.value(Self.actor2)
        actorType1 = reader.value(Self.actorType1)
        actorType2 = reader.value(Self.actorType2)
        place = reader.value(Self.place)
        type = reader.value(Self.type)
        subType = reader.value(Self.subType)
        locationPrecision = reader.value(Self.locationPrecision)
        timePrecision = reader.value(Self.timePrecision)
        if (longitude == nil) != (latitude == nil) {
            reader.report(
                .contradiction, at: longitude == nil ? "latitude" : "longitude",
                "stands without \(longitude == nil ? "\"longitude\"" : "\"latitude\"")",
                mend: "Name both columns, or neither")
        }
        guard let date else { return nil }
        self.date = date
    }
}
