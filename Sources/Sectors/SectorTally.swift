/// Incidents and people killed, counted over some points.
public struct IncidentCount: Hashable, Sendable {
    public var incidents: Int
    public var deaths: Int
    public var civilianDeaths: Int

    public init(incidents: Int = 0, deaths: Int = 0, civilianDeaths: Int = 0) {
        self.incidents = incidents
        self.deaths = deaths
        self.civilianDeaths = civilianDeaths
    }

    fileprivate mutating func add(_ point: TalliedPoint) {
        incidents += 1
        deaths += point.deaths
        civilianDeaths += point.civilianDeaths
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
    public var window: TallyWindow
    public var deaths: Int
    /// A part of `deaths`.
    public var civilianDeaths: Int

    public init(zone: Int?, window: TallyWindow, deaths: Int, civilianDeaths: Int) {
        self.zone = zone
        self.window = window
        self.deaths = deaths
        self.civilianDeaths = civilianDeaths
    }
}

/// How a count moved from the window before to the current one.
public struct CountChange: Hashable, Sendable {
    public var current: Int
    public var previous: Int

    public init(current: Int, previous: Int) {
        self.current = current
        self.previous = previous
    }

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
    public var current = IncidentCount()
    public var previous = IncidentCount()

    public init() {}

    public var incidents: CountChange { change(\.incidents) }
    public var deaths: CountChange { change(\.deaths) }
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
