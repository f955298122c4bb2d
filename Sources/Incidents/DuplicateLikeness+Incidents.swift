import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DuplicateLikeness {
    /// Of one record of one source in two files.
    static let sameRecord = DuplicateLikeness(
        daysApart: 0, kilometersApart: 0, toleranceInKilometers: 1, deathSimilarity: 1,
        actorSimilarity: 1, placeWeight: 1, isSameRecord: true, isRange: false,
        haveNoDeaths: false)

    /// Mean radius of the earth, kilometres (IUGG).
    static let earthRadius = 6371.0088

    static func kilometers(from a: Coordinate, to b: Coordinate) -> Double {
        let radians = Double.pi / 180
        let latitude = sin((b.latitude - a.latitude) * radians / 2)
        let longitude = sin((b.longitude - a.longitude) * radians / 2)
        let chord =
            latitude * latitude + cos(a.latitude * radians) * cos(b.latitude * radians)
            * longitude * longitude
        return 2 * earthRadius * asin(min(1, chord.squareRoot()))
    }

    /// (fewer + 1) / (more + 1) of the best estimates, a half where nobody
    /// was killed in either. Below a half only
    /// ranges that overlap make it one event, with a half.
    static func deathSimilarity(_ a: DeathEstimate, _ b: DeathEstimate) -> Double? {
        if a.high <= 0, b.high <= 0 { return 0.5 }
        let ratio = Double(min(a.best, b.best) + 1) / Double(max(a.best, b.best) + 1)
        if ratio >= 0.5 { return ratio }
        let first = min(a.low, a.best)...max(a.best, a.high)
        let second = min(b.low, b.best)...max(b.best, b.high)
        return first.overlaps(second) ? 0.5 : nil
    }
}
