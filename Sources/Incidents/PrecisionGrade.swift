/// How well the place of an incident is known, in the same words for every
/// source. Finest first.
public enum LocationGrade: String, CaseIterable, Hashable, Sendable {
    /// The named place itself.
    case exact
    /// Within about 25 km of a named place.
    case near
    /// Somewhere in the second-level division; the position is a representative one.
    case district
    /// Somewhere in the first-level division, or along a line; the position
    /// is a representative one, often the capital.
    case region
    /// Somewhere in the country.
    case country
    /// At sea or in international airspace.
    case sea
    /// The source does not say.
    case unknown
}

/// How well the date of an incident is known, in the same words for every
/// source. Finest first.
public enum TimeGrade: String, CaseIterable, Hashable, Sendable {
    case day
    /// Some day or days of a week.
    case week
    /// Some day or days of a month.
    case month
    /// More than a month.
    case longer
    /// The source does not say.
    case unknown
}

/// Whose codes a table uses for precision and types.
public enum EventCoding: String, CaseIterable, Hashable, Sendable {
    /// ACLED codebook.
    case acled
    /// UCDP GED codebook.
    case ucdpGED = "ucdp-ged"
    /// The words of `LocationGrade` and `TimeGrade`; types are free text.
    case plain

    /// The common grade for a source's code of place; nil when the codebook
    /// has no such code. ACLED `geo_precision` 1-3, UCDP `where_prec` 1-7.
    public func locationGrade(_ code: String) -> LocationGrade? {
        switch (self, Self.wholeNumber(code)) {
        case (.acled, "1"), (.ucdpGED, "1"): .exact
        case (.acled, "2"), (.ucdpGED, "2"): .near
        case (.ucdpGED, "3"): .district
        case (.acled, "3"), (.ucdpGED, "4"), (.ucdpGED, "5"): .region
        case (.ucdpGED, "6"): .country
        case (.ucdpGED, "7"): .sea
        case (.plain, let word): LocationGrade(rawValue: word)
        default: nil
        }
    }

    /// The common grade for a source's code of time; nil when the codebook
    /// has no such code. ACLED `time_precision` 1-3, UCDP `date_prec` 1-5.
    public func timeGrade(_ code: String) -> TimeGrade? {
        switch (self, Self.wholeNumber(code)) {
        case (.acled, "1"), (.ucdpGED, "1"): .day
        case (.acled, "2"), (.ucdpGED, "2"), (.ucdpGED, "3"): .week
        case (.acled, "3"), (.ucdpGED, "4"): .month
        case (.ucdpGED, "5"): .longer
        case (.plain, let word): TimeGrade(rawValue: word)
        default: nil
        }
    }

    /// Statistical packages write whole numbers as `1.0`.
    private static func wholeNumber(_ code: String) -> String {
        let word = code.trimmed.lowercased()
        return word.hasSuffix(".0") ? String(word.dropLast(2)) : word
    }
}
