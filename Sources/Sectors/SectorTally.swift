/// Incidents and people killed, counted over some points.
public struct IncidentCount: Hashable, Sendable {
    /// Number of points.
    public var incidents: Int
    /// People killed, civilians included.
    public var deaths: Int
    /// Civilians killed.
    public var civilianDeaths: Int
    /// People killed, by the low estimates.
    public var deathsLow: Int
    /// People killed, by the high estimates.
    public var deathsHigh: Int

    /// A count; nothing by default, and no range of deaths where none is
    /// given.
    public init(
        incidents: Int = 0, deaths: Int = 0, civilianDeaths: Int = 0, deathsLow: Int? = nil,
        deathsHigh: Int? = nil
    ) {
        self.incidents = incidents
        self.deaths = deaths
        self.civilianDeaths = civilianDeaths
        self.deathsLow = deathsLow ?? deaths
        self.deathsHigh = deathsHigh ?? deaths
    }

    fileprivate mutating func add(_ point: TalliedPoint) {
        incidents += 1
        deaths += point.deaths
        civilianDeaths += point.civilianDeaths
        deathsLow += point.deathsLow
        deathsHigh += point.deathsHigh
    }
}

/// The two windows of time that a tally compares.
public enum TallyWindow: Hashable, Sendable, CaseIterable {
    /// The window that is reported on.
    case current
    /// The window of the same length just before it.
    case previous
}

/// One incident as the tally sees it.
public struct TalliedPoint: Hashable, Sendable {
    /// Index of its zone; nil when it lies in none.
    public var zone: Int?
    /// The window its date lies in.
    public var window: TallyWindow
    /// People killed, not negative.
    public var deaths: Int
    /// A part of `deaths`.
    public var civilianDeaths: Int
    /// Low estimate of people killed.
    public var deathsLow: Int
    /// High estimate of people killed.
    public var deathsHigh: Int

    /// An incident of a zone and a window; without a range the estimates of
    /// deaths are one.
    public init(
        zone: Int?, window: TallyWindow, deaths: Int, civilianDeaths: Int, deathsLow: Int? = nil,
        deathsHigh: Int? = nil
    ) {
        self.zone = zone
        self.window = window
        self.deaths = deaths
        self.civilianDeaths = civilianDeaths
        self.deathsLow = deathsLow ?? deaths
        self.deathsHigh = deathsHigh ?? deaths
    }
}

/// How a count moved from the window before to the current one.
public struct CountChange: Hashable, Sendable {
    /// The count in the current window.
    public var current: Int
    /// The count in the window before.
    public var previous: Int

    /// The change from `previous` to `current`.
    public init(current: Int, previous: Int) {
        self.current = current
        self.previous = previous
    }

    /// `current` less `previous`.
    public var absolute: Int { current - previous }

    /// Change in percent of the window before (100 = doubled, -100 = none
    /// left); nil when there was nothing before, for then no percentage says
    /// what happened.
    public var percent: Double? {
        previous == 0 ? nil : 100 * Double(absolute) / Double(previous)
    }
}

/// What happened in one sector in the window and in the window before.
public struct SectorTally: Hashable, Sendable {
    /// What happened in the window.
    public var current = IncidentCount()
    /// What happened in the window before.
    public var previous = IncidentCount()

    /// A sector in which nothing happened.
    public init() {}

    /// How the number of incidents moved.
    public var incidents: CountChange { change(\.incidents) }
    /// How the number of people killed moved.
    public var deaths: CountChange { change(\.deaths) }
    /// How the number of civilians killed moved.
    public var civilianDeaths: CountChange { change(\.civilianDeaths) }

    private func change(_ count: KeyPath<IncidentCount, Int>) -> CountChange {
        CountChange(current: current[keyPath: count], previous: previous[keyPath: count])
    }

    fileprivate mutating func add(_ point: TalliedPoint) {
        switch point.window {
        case .current: current.add(point)
        case .previous: previous.add(point)
        }
    }
}

/// The tallies of all sectors, and of the points in none of them, so that
/// the sum is always that of all points.
public struct SectorTallies: Hashable, Sendable {
    /// One per zone, in zone order.
    public private(set) var perZone: [SectorTally]
    /// Points that lie in no zone.
    public private(set) var outside = SectorTally()

    /// Counts the points; their order does not matter.
    ///
    /// Precondition: every zone index is nil or in `0 ..< zoneCount`.
    public init(_ points: some Sequence<TalliedPoint>, zoneCount: Int) {
        perZone = Array(repeating: SectorTally(), count: zoneCount)
        for point in points {
            if let zone = point.zone {
                perZone[zone].add(point)
            } else {
                outside.add(point)
            }
        }
    }
}
