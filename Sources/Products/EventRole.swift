/// What a column of an event table tells, whatever its source calls it.
///
/// The raw value is the word that a pipeline file uses.
public enum EventRole: String, CaseIterable, Hashable, Sendable {
    /// Identifier of the event.
    case key
    /// First day, or the only one.
    case date
    /// Last day, inclusive.
    case dateEnd = "date_end"
    /// Code of how well the date is known.
    case timePrecision = "time_precision"
    case longitude
    case latitude
    /// `POINT (longitude latitude)`.
    case wellKnownText = "wkt"
    /// Code of how well the place is known.
    case locationPrecision = "location_precision"
    /// PRIO-GRID cell, for checking the coordinates.
    case gridCell = "grid_cell"
    case eventType = "type"
    case subEventType = "sub_type"
    /// Whether civilians were the main target.
    case civilianTargeting = "civilian_targeting"
    /// The first party as the source names it.
    case actor1 = "actor_1"
    /// The second party as the source names it.
    case actor2 = "actor_2"
    /// Actors beside the first party, joined by semicolons.
    case associates1 = "associates_1"
    /// Actors beside the second party, joined by semicolons.
    case associates2 = "associates_2"
    /// Type of the first party.
    case actorType1 = "actor_1_type"
    /// Type of the second party.
    case actorType2 = "actor_2_type"
    /// Types of both parties in one.
    case interaction
    /// Whether the row is one event or sums up several.
    case clarity
    /// Best estimate of deaths.
    case deaths
    case deathsLow = "deaths_low"
    case deathsHigh = "deaths_high"
    /// Deaths of civilians.
    case deathsCivilians = "civilian_deaths"
    /// Deaths of the first side of the conflict.
    case deathsSideA = "deaths_a"
    /// Deaths of the second side of the conflict.
    case deathsSideB = "deaths_b"
    /// Deaths whose side is not known.
    case deathsUnknown = "deaths_unknown"
    /// Name of the place.
    case place
    case country
    case admin1
    case admin2
    /// When the row was last edited: greater = newer.
    case revision
}
