/// Incidents and deaths, and what of them befell civilians.
public struct HarmCount: Hashable, Sendable {
    public var incidents = 0
    /// Sum of the low estimates of all killed, civilians or not.
    public var deathsLow = 0
    /// Sum of the best estimates.
    public var deaths = 0
    /// Sum of the high estimates.
    public var deathsHigh = 0
    /// Incidents that targeted civilians or killed some.
    public var civilianIncidents = 0
    /// Civilians killed, best estimate, where the source says.
    public var civilianDeaths = 0
    /// Of `civilianIncidents` those in which no other class bore arms.
    public var soleCivilianIncidents = 0
    /// Civilians killed in those.
    public var soleCivilianDeaths = 0

    /// Nothing.
    public init() {}

    fileprivate mutating func add(_ incident: Incident) {
        incidents += 1
        deathsLow += incident.deaths.low
        deaths += incident.deaths.best
        deathsHigh += incident.deaths.high
    }

    fileprivate mutating func addHarm(_ incident: Incident, isSole: Bool) {
        let deaths = incident.civilianDeaths ?? 0
        civilianIncidents += 1
        civilianDeaths += deaths
        guard isSole else { return }
        soleCivilianIncidents += 1
        soleCivilianDeaths += deaths
    }
}

/// Who was involved in what: incidents by class of actor, no class left out.
///
/// A class is counted once in each incident in which it is on a side, so the
/// classes overlap and do not add up; `all` counts each incident once. An
/// incident whose source names nobody is one of `unknown`. That a class was
/// involved in an incident that harmed civilians does not say that it did the
/// harm, unless it was the only one to bear arms.
///
/// Of harm to civilians, the classes on a side of unarmed people count only
/// as themselves: an escort that stands with them did not harm them.
public struct HarmTally: Hashable, Sendable {
    /// Each incident once.
    public private(set) var all = HarmCount()
    private var counts: [ActorClass: HarmCount] = [:]

    /// Counts the incidents; their order does not matter.
    public init(_ incidents: some Sequence<Incident>) {
        for incident in incidents { add(incident) }
    }

    /// Of one class; zeros when it was in no incident.
    public subscript(actorClass: ActorClass) -> HarmCount { counts[actorClass] ?? HarmCount() }

    /// Classes that were in any incident, in the order of `ActorClass`.
    public var classes: [ActorClass] { ActorClass.allCases.filter { counts[$0] != nil } }

    private mutating func add(_ incident: Incident) {
        all.add(incident)
        for actorClass in incident.actorClasses {
            counts[actorClass, default: HarmCount()].add(incident)
        }
        guard incident.harmsCivilians else { return }
        var involved = Set(
            incident.sides.filter { !$0.actorClass.isUnarmed }.flatMap(\.classes)
                .filter { !$0.isUnarmed })
        if involved.isEmpty { involved = [.unknown] }
        let unarmed = incident.actorClasses.filter(\.isUnarmed)
        all.addHarm(incident, isSole: involved.count == 1)
        for actorClass in involved.union(unarmed) {
            counts[actorClass, default: HarmCount()]
                .addHarm(incident, isSole: involved == [actorClass])
        }
    }
}
