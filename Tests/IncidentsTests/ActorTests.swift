import Products
import Testing

@testable import Incidents

private func sides(
    _ name1: String?, _ name2: String? = nil, types: (String?, String?) = (nil, nil),
    associates: (String?, String?) = (nil, nil), interaction: String? = nil,
    country: String? = "Examplia", coding: EventCoding = .acled, mission: [String]? = nil,
    isNonState: Bool = false
) -> [IncidentSide] {
    var classifier = ActorClassifier(coding: coding, missionActors: mission)
    let fields = ActorClassifier.Fields(
        name1: name1, name2: name2, associates1: associates.0, associates2: associates.1,
        type1: types.0, type2: types.1, interaction: interaction, country: country,
        isNonState: isNonState)
    let sides = classifier.sides(fields)
    // Rows that say the same have the same sides.
    #expect(classifier.sides(fields) == sides)
    return sides
}

@Suite struct ActorClassTests {
    @Test func `numbers and words of ACLED mean the same classes`() {
        let pairs: [(String, [String], ActorClass)] = [
            ("1", ["State forces", "State Forces"], .stateForces),
            ("2", ["Rebel group", "Rebel Groups", "Rebel Forces"], .armedGroup),
            ("3", ["Political militia", "Political Militias"], .politicalMilitia),
            ("4", ["Identity militia", "Identity Militias"], .communalMilitia),
            ("5", ["Rioters"], .rioters), ("6", ["Protesters", "Protestors"], .protesters),
            ("7", ["Civilians"], .civilians),
            ("8", ["External/Other forces", "Other Forces", "External Forces"], .externalForces),
        ]
        for (number, words, expected) in pairs {
            #expect(ActorClass(typeOfActor: number) == expected)
            for word in words { #expect(ActorClass(typeOfActor: word) == expected, "\(word)") }
        }
        #expect(ActorClass(typeOfActor: "0") == nil)
        #expect(ActorClass(typeOfActor: "9") == nil)
        #expect(ActorClass(typeOfActor: "") == nil)
        #expect(ActorClass(typeOfActor: "=cmd()") == nil)
    }

    @Test func `the words of tables are read back`() {
        for actorClass in ActorClass.allCases {
            #expect(ActorClass(typeOfActor: actorClass.rawValue) == actorClass)
        }
    }

    @Test func `interactions are read as numbers and as words`() {
        #expect(ActorClass.interaction("17") == [.stateForces, .civilians])
        #expect(ActorClass.interaction("60") == [.protesters])
        #expect(ActorClass.interaction("Rebel group-Civilians") == [.armedGroup, .civilians])
        #expect(ActorClass.interaction("External/Other forces-Rioters") == [.externalForces, .rioters])
        #expect(ActorClass.interaction("Protesters only") == [.protesters])
        #expect(ActorClass.interaction("Sole State Forces") == [.stateForces])
        #expect(ActorClass.interaction("State Forces Versus Civilians") == [.stateForces, .civilians])
        #expect(ActorClass.interaction("").isEmpty)
        #expect(ActorClass.interaction("-").isEmpty)
    }
}

@Suite struct ActorSideTests {
    @Test func `the type of the source decides, but for the mission and aid workers`() {
        let found = sides(
            "MINUSCA: United Nations Multidimensional Integrated Stabilization Mission in X (2014-)",
            "Civilians (Examplia)", types: ("8", "7"), associates: (nil, "Aid Workers (Examplia); Women"))
        #expect(found.map(\.actorClass) == [.mission, .civilians])
        #expect(found[1].classes == [.civilians, .aidWorkers])
        #expect(found[1].associates == ["Aid Workers (Examplia)", "Women"])
        // A word in a name does not outweigh the type of an armed actor.
        #expect(sides("NGO Street Militia", types: ("3", nil)).map(\.actorClass) == [.politicalMilitia])
    }

    @Test func `a joint force is both`() {
        let found = sides(
            "Military Forces of Examplia (2012-)", types: ("State forces", nil),
            associates: ("AMISOM: African Union Mission in Examplia (2007-2022)", nil))
        #expect(found.map(\.classes) == [[.stateForces, .mission]])
    }

    @Test func `a missing second type is taken from the interaction`() {
        let found = sides("A", types: ("Protesters", nil), interaction: "State forces-Protesters")
        #expect(found.map(\.actorClass) == [.protesters, .stateForces])
        #expect(found[1].name == nil)
        #expect(sides("A", types: ("5", nil), interaction: "50").count == 1)
        #expect(sides(nil, interaction: "27").map(\.actorClass) == [.armedGroup, .civilians])
        // Its numbers are sorted, so with names alone they tell nothing.
        #expect(sides("A", "B", interaction: "27").map(\.actorClass) == [.unknown, .unknown])
    }

    @Test func `UCDP is told by names`() {
        func ucdp(_ name: String, _ country: String = "Examplia", nonState: Bool = false) -> [ActorClass] {
            sides(name, country: country, coding: .ucdpGED, isNonState: nonState).flatMap(\.classes)
        }
        #expect(ucdp("Government of Examplia") == [.stateForces])
        #expect(ucdp("Government of Examplia (Old Examplia)", "Examplia (Old Examplia)") == [.stateForces])
        #expect(ucdp("Government of Neighbouria") == [.externalForces])
        #expect(ucdp("Government of Guinea", "Guinea-Bissau") == [.externalForces])
        #expect(ucdp("Government of Examplia, Government of Neighbouria") == [.stateForces, .externalForces])
        #expect(ucdp("Civilians") == [.civilians])
        #expect(ucdp("FPRC, MPC, Self-Defense (A, B)") == [.armedGroup])
        #expect(ucdp("Muslims (Examplia)") == [.communalMilitia])
        #expect(ucdp("Upper militia (Alpha)", nonState: true) == [.communalMilitia])
        #expect(ucdp("Upper militia (Alpha)") == [.armedGroup])
        #expect(ucdp("Unidentified") == [.unknown])
        #expect(ucdp("AMISOM") == [.mission])
        // Words that elsewhere mean the state or aid are part of groups' names.
        #expect(ucdp("Upper National Army") == [.armedGroup])
        #expect(ucdp("FAO - Front of Alpha") == [.armedGroup])
        #expect(sides("Upper National Army", coding: .plain).map(\.actorClass) == [.stateForces])
    }

    @Test func `abbreviations count in capitals and as whole words only`() {
        for name in ["who knows", "Noncare NGOs", "Unison", "Amisomali Front"] {
            let found = sides(name, coding: .plain)
            #expect(found.map(\.actorClass) == [.unknown], "\(name)")
        }
        #expect(sides("WFP convoy", coding: .plain).map(\.actorClass) == [.aidWorkers])
        #expect(sides("UN peacekeepers", coding: .plain).map(\.actorClass) == [.mission])
        #expect(sides("Civilians near the NGO", types: (nil, nil), coding: .plain).map(\.actorClass) == [.aidWorkers])
    }

    @Test func `the mission may be named, and then no other is the mission`() {
        let own = ["Blue Force", " "]
        #expect(sides("Troops of the blue force (2020-)", types: ("8", nil), mission: own)[0].actorClass == .mission)
        #expect(sides("MINUSCA", types: ("8", nil), mission: own)[0].actorClass == .externalForces)
        #expect(sides("Bluer Force", types: ("8", nil), mission: own)[0].actorClass == .externalForces)
    }

    @Test func `nothing said is no side`() {
        #expect(sides(nil).isEmpty)
        #expect(sides(nil, types: ("0", "")).isEmpty)
        #expect(sides(nil, associates: (" ; ", nil)).isEmpty)
    }
}
