extension EventProfile {
    /// UCDP Georeferenced Event Dataset (yearly and monthly candidate), CSV.
    ///
    /// Reduced exports, as on humanitarian data portals, may lack
    /// `where_prec`, `date_prec` and `type_of_violence`; what these tell is
    /// then unknown.
    public static let ucdpGED = EventProfile(
        id: .ucdpGED,
        title: "UCDP Georeferenced Event Dataset",
        columns: [
            EventColumn(.key, ["id"], required: true),
            EventColumn(.date, ["date_start"], required: true, identifies: true),
            EventColumn(.dateEnd, ["date_end"], required: true, identifies: true),
            EventColumn(.timePrecision, ["date_prec"]),
            EventColumn(.longitude, ["longitude", "lon", "long", "x"], required: true),
            EventColumn(.latitude, ["latitude", "lat", "y"], required: true),
            EventColumn(.wellKnownText, ["geom_wkt", "wkt"]),
            EventColumn(.locationPrecision, ["where_prec"]),
            EventColumn(.gridCell, ["priogrid_gid"], identifies: true),
            EventColumn(.eventType, ["type_of_violence"]),
            EventColumn(.actor1, ["side_a"]),
            EventColumn(.actor2, ["side_b"]),
            EventColumn(.clarity, ["event_clarity"]),
            EventColumn(.deaths, ["best", "best_est"], required: true, identifies: true),
            EventColumn(.deathsLow, ["low", "low_est"], required: true, identifies: true),
            EventColumn(.deathsHigh, ["high", "high_est"], required: true, identifies: true),
            EventColumn(.deathsCivilians, ["deaths_civilians"], identifies: true),
            EventColumn(.deathsSideA, ["deaths_a"], identifies: true),
            EventColumn(.deathsSideB, ["deaths_b"], identifies: true),
            EventColumn(.deathsUnknown, ["deaths_unknown"]),
            EventColumn(.place, ["where_coordinates"]),
            EventColumn(.country, ["country"]),
            EventColumn(.admin1, ["adm_1"]),
            EventColumn(.admin2, ["adm_2"]),
        ],
        citation: "Sundberg, R. and Melander, E. (2013). Introducing the UCDP Georeferenced Event "
            + "Dataset. Journal of Peace Research 50(4). Davies, S., Pettersson, T. and Oberg, M. "
            + "(2023). Organized violence 1989-2022. Journal of Peace Research 60(4).",
        shortCitation: "UCDP Georeferenced Event Dataset (Sundberg and Melander 2013; Davies, "
            + "Pettersson and Oberg 2023)",
        licence: "CC BY 4.0: attribution required.")
}

/// The types of violence of UCDP.
public enum UCDPViolenceType: Int, CaseIterable, Hashable, Sendable {
    case stateBased = 1
    case nonState = 2
    /// Against civilians.
    case oneSided = 3

    /// Name for people.
    public var title: String {
        switch self {
        case .stateBased: "State-based conflict"
        case .nonState: "Non-state conflict"
        case .oneSided: "One-sided violence"
        }
    }
}
