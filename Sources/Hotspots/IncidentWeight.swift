#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What one incident counts for.
///
/// Deaths are used only when asked for: they are the least certain number in
/// an incident record, and 0 means "none reported".
public enum IncidentWeight: Hashable, Sendable {
    /// Every incident counts 1.
    case events
    /// The reported deaths.
    case fatalities
    /// ln(1 + deaths): many deaths count more, without drowning the rest.
    case logFatalities
    /// The reported deaths, at most `cap`.
    case cappedFatalities(cap: Int)

    /// The weight of an incident; a negative count is taken as 0.
    public func value(fatalities: Int) -> Double {
        let deaths = max(0, fatalities)
        switch self {
        case .events: return 1
        case .fatalities: return Double(deaths)
        case .logFatalities: return log1p(Double(deaths))
        case .cappedFatalities(let cap): return Double(min(deaths, max(0, cap)))
        }
    }

    /// The weight of an incident as mass, exact but for `logFatalities`,
    /// which is rounded to the nearest unit. Counts above 2^30 deaths are
    /// taken as 2^30.
    public func mass(fatalities: Int) -> MassUnits {
        MassUnits(events: value(fatalities: min(fatalities, 1 << 30)))
            ?? MassUnits(units: MassUnits.largest)
    }
}
