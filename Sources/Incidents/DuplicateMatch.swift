/// Two incidents of different sources that are probably one event, and why.
public struct DuplicateMatch: Hashable, Sendable {
    /// The one that is located better, by its index in the list searched.
    public let kept: Int
    /// The other one, by its index.
    public let other: Int
    public let likeness: DuplicateLikeness
}

/// How alike two incidents are.
public struct DuplicateLikeness: Hashable, Sendable {
    /// Days between the last of the earlier and the first of the later; 0
    /// when they share a day.
    public let daysApart: Int
    /// On a sphere of the earth's mean radius.
    public let kilometersApart: Double
    /// Farthest that two positions of such precision may lie apart.
    public let toleranceInKilometers: Double
    /// 1 for the same best estimates, else less, 0 to 1; a half when nobody
    /// is reported killed in either, which most incidents have in common.
    public let deathSimilarity: Double
    /// 1 for the same names, 0 for nothing in common; nil when one source
    /// names nobody.
    public let actorSimilarity: Double?
    /// What being near says when places are known so well, 0 to 1.
    let placeWeight: Double
    /// Whether both are one record of one source, in two files.
    public let isSameRecord: Bool
    /// Whether a date is a range, a week or so: then sharing a day says less.
    let isRange: Bool
    /// Whether neither reports anybody killed.
    let haveNoDeaths: Bool

    /// 0 to 1: the mean of time, place, deaths and actors; the last count a
    /// half when they are not told.
    public var score: Double {
        if isSameRecord { return 1 }
        let time =
            (1 - Double(daysApart) / Double(DuplicateFinder.longestGapInDays + 1))
            * (isRange ? DuplicateFinder.rangeDiscount : 1)
        let place = placeWeight * (1 - kilometersApart / toleranceInKilometers)
        return (time + place + deathSimilarity + (actorSimilarity ?? 0.5)) / 4
    }

    /// The same for people: `same day, 1.2 km apart, same deaths, actors 0.8`.
    public var explanation: String {
        if isSameRecord { return "same record of the same source" }
        let days =
            daysApart == 0
            ? (isRange ? "days in common" : "same day")
            : "\(daysApart) day\(daysApart == 1 ? "" : "s") apart"
        let place = "\(Self.oneDecimal(kilometersApart)) km apart"
        let deaths =
            haveNoDeaths
            ? "no deaths in either"
            : deathSimilarity == 1
                ? "same deaths" : "deaths \(Self.oneDecimal(deathSimilarity)) alike"
        let actors =
            actorSimilarity.map { "actors \(Self.oneDecimal($0)) alike" } ?? "actors not told"
        return "\(days), \(place), \(deaths), \(actors)"
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
