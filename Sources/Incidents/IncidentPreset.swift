import Products

/// Which events are taken; the others are in the ledger as outside the
/// preset. The raw value is the word of a pipeline file.
public enum IncidentPreset: String, CaseIterable, Hashable, Sendable {
    /// ACLED: battles, explosions and remote violence, violence against
    /// civilians, excessive force against protesters, mob violence. All
    /// events of UCDP and of tables of one's own.
    case politicalViolence = "political-violence"
    /// Events that targeted civilians or killed some of them: ACLED
    /// `civilian_targeting`; UCDP one-sided violence, or `deaths_civilians`.
    case civilian
    /// Events with at least one death in the best estimate.
    case lethal
    /// Political violence with a militia of a community on either side:
    /// ACLED actors of type 4, identity militia; elsewhere by their names.
    case communal
    /// Violence and looting in which the mission is a side, but not that in
    /// which it alone bears arms.
    case attacksOnMission = "attacks-on-mission"
    /// Violence and looting in which aid workers are a side or beside one.
    case attacksOnAid = "attacks-on-aid"
    /// Every event of the table.
    case all

    /// What the columns of a table must tell for this preset, in the terms of
    /// its source: one of them is enough. Empty: nothing.
    func deciding(_ coding: EventCoding) -> [EventRole] {
        let names: [EventRole] = [.actor1, .actor2]
        let types: [EventRole] = [.actorType1, .actorType2]
        switch (self, coding) {
        case (.all, _), (.politicalViolence, _), (.lethal, _): return []
        case (.civilian, .acled): return [.civilianTargeting]
        case (.civilian, .ucdpGED): return [.eventType, .deathsCivilians]
        case (.civilian, .plain): return [.civilianTargeting, .deathsCivilians]
        case (.communal, .acled): return types + [.interaction]
        case (.communal, .ucdpGED): return names
        case (.communal, .plain): return types + names
        case (.attacksOnMission, .plain): return names + types
        case (.attacksOnMission, _): return names
        case (.attacksOnAid, .acled): return names + [.associates1, .associates2]
        case (.attacksOnAid, .plain): return names + types
        case (.attacksOnAid, .ucdpGED): return []
        }
    }

    /// Whether the source never tells what this preset asks for, whatever
    /// columns a table has: UCDP has one word, civilians, for all who bear no
    /// arms.
    func isBeyond(_ coding: EventCoding) -> Bool { self == .attacksOnAid && coding == .ucdpGED }

    /// Whether an incident is taken.
    ///
    /// - Parameters:
    ///   - isPoliticalViolence: by the type that its source gives.
    ///   - isAttack: the same; riots and looting count too.
    func takes(_ incident: Incident, isPoliticalViolence: Bool, isAttack: Bool) -> Bool {
        func isSide(_ wanted: ActorClass) -> Bool {
            incident.sides.contains { $0.classes.contains(wanted) }
        }
        switch self {
        case .all: return true
        case .politicalViolence: return isPoliticalViolence
        case .lethal: return incident.deaths.best > 0
        case .civilian:
            return incident.civilianTargeting == true || incident.civilianDeaths ?? 0 > 0
        case .communal: return isPoliticalViolence && isSide(.communalMilitia)
        case .attacksOnAid: return isAttack && isSide(.aidWorkers)
        case .attacksOnMission:
            guard isAttack, isSide(.mission) else { return false }
            let others = incident.sides.filter { !$0.classes.contains(.mission) }
            return others.isEmpty || others.contains { !$0.isUnarmed }
        }
    }
}
