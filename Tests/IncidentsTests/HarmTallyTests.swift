import Testing

@testable import Incidents

@Suite struct HarmTallyTests {
    private func incident(
        _ sides: [IncidentSide], deaths: (Int, Int, Int) = (1, 2, 4), civilians: Int? = 0,
        targeted: Bool? = false
    ) throws -> Incident {
        var incident = try example()
        incident.sides = sides
        incident.deaths = DeathEstimate(best: deaths.1, low: deaths.0, high: deaths.2)
        incident.civilianDeaths = civilians
        incident.civilianTargeting = targeted
        return incident
    }

    private func side(_ actorClass: ActorClass, _ others: ActorClass...) -> IncidentSide {
        IncidentSide(name: "n", actorClass: actorClass, associateClasses: others)
    }

    @Test func `harm by the state and by the mission is counted like any other`() throws {
        let tally = HarmTally([
            try incident([side(.stateForces), side(.civilians)], civilians: 2, targeted: true),
            try incident([side(.mission), side(.civilians)], civilians: 1, targeted: true),
            try incident([side(.stateForces, .mission), side(.armedGroup)], civilians: 3),
            try incident([side(.armedGroup), side(.mission)]),
        ])
        #expect(tally.all.incidents == 4)
        #expect(tally.all.deathsLow == 4 && tally.all.deaths == 8 && tally.all.deathsHigh == 16)
        #expect(tally.all.civilianIncidents == 3 && tally.all.civilianDeaths == 6)
        #expect(tally.classes == [.stateForces, .mission, .armedGroup, .civilians])
        #expect(tally[.stateForces].incidents == 2)
        #expect(tally[.stateForces].civilianDeaths == 5)
        #expect(tally[.stateForces].soleCivilianDeaths == 2)
        #expect(tally[.mission].incidents == 3)
        #expect(tally[.mission].civilianIncidents == 2)
        #expect(tally[.mission].soleCivilianIncidents == 1)
        #expect(tally[.armedGroup].civilianIncidents == 1)
        #expect(tally[.armedGroup].soleCivilianIncidents == 0)
        #expect(tally[.civilians].incidents == 2)
        #expect(tally[.rioters] == HarmCount())
    }

    @Test func `who stands beside civilians is not counted among those that harmed them`() throws {
        let tally = HarmTally([
            try incident([side(.armedGroup), side(.civilians, .aidWorkers, .stateForces)], civilians: 1, targeted: true)
        ])
        #expect(tally[.stateForces].incidents == 1)
        #expect(tally[.stateForces].civilianIncidents == 0)
        #expect(tally[.armedGroup].soleCivilianIncidents == 1)
        #expect(tally[.aidWorkers].civilianIncidents == 1)
    }

    @Test func `an incident of nobody is one of unknown`() throws {
        let tally = HarmTally([try incident([], civilians: nil, targeted: true)])
        #expect(tally.classes == [.unknown])
        #expect(tally[.unknown].civilianIncidents == 1)
        #expect(tally.all.soleCivilianIncidents == 1)
        #expect(HarmTally([]).classes.isEmpty)
        #expect(HarmTally([]).all == HarmCount())
    }

    @Test func `tables that do not say who was targeted are judged by their sides`() throws {
        let unsaid = try incident([side(.armedGroup), side(.civilians)], civilians: nil, targeted: nil)
        #expect(unsaid.harmsCivilians)
        let battle = try incident([side(.armedGroup), side(.stateForces)], civilians: nil, targeted: nil)
        #expect(!battle.harmsCivilians)
    }
}
