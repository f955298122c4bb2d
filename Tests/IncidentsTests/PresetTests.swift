import Diagnostics
import Products
import Testing

@testable import Incidents
@testable import Tables

private let mission = "MINUSCA: United Nations Mission in Examplia"

/// Key, type, sub-type, sides with their types, associate of the second.
private let acled = [
    "event_id_cnty,event_date,event_type,sub_event_type,actor1,inter1,actor2,assoc_actor_2,inter2,"
        + "civilian_targeting,latitude,longitude,fatalities",
    "battle,2024-01-01,Battles,Armed clash,Military Forces of Examplia,1,Group,,2,,4.5,45,2",
    "communal,2024-01-01,Battles,Armed clash,Upper Clan Militia,4,Lower Clan Militia,,4,,4.5,45,0",
    "raid,2024-01-01,Violence against civilians,Attack,Upper Clan Militia,4,Civilians (Examplia),,7,"
        + "Civilian targeting,4.5,45,1",
    "ambush,2024-01-01,Battles,Armed clash,Group,2,\(mission),,8,,4.5,45,1",
    "by-mission,2024-01-01,Violence against civilians,Attack,\(mission),8,Civilians (Examplia),,7,"
        + "Civilian targeting,4.5,45,1",
    "stoning,2024-01-01,Riots,Violent demonstration,Rioters (Examplia),5,\(mission),,8,,4.5,45,0",
    "march,2024-01-01,Protests,Peaceful protest,Protesters (Examplia),6,,,,,4.5,45,0",
    "convoy,2024-01-01,Strategic developments,Looting/property destruction,Group,2,"
        + "Civilians (Examplia),Aid Workers (Examplia),7,,4.5,45,0",
    "aid,2024-01-01,Violence against civilians,Abduction/forced disappearance,"
        + "Military Forces of Examplia,1,Civilians (International),Red Cross; Women (Examplia),7,"
        + "Civilian targeting,4.5,45,0",
    "base,2024-01-01,Strategic developments,Headquarters or base established,\(mission),8,,,,,4.5,45,0",
].joined(separator: "\n") + "\n"

private func keys(_ preset: IncidentPreset, _ text: String = acled) throws -> [String] {
    let reading = try IncidentReader.read(
        table(text), as: .profile(.acled), options: IncidentOptions(preset: preset))
    // What is left out is in the ledger, never gone.
    #expect(reading.rowsRead == reading.incidents.count + reading.rejects.count)
    #expect(reading.rejects.allSatisfy { $0.reason == .outsidePreset })
    #expect(reading.rejects.allSatisfy { $0.expected == "preset \(preset.rawValue)" })
    return reading.incidents.map(\.key)
}

@Suite struct PresetTests {
    @Test func `each preset takes its events of ACLED`() throws {
        #expect(
            try keys(.politicalViolence)
                == ["battle", "communal", "raid", "ambush", "by-mission", "aid"])
        #expect(try keys(.civilian) == ["raid", "by-mission", "aid"])
        #expect(try keys(.lethal) == ["battle", "raid", "ambush", "by-mission"])
        #expect(try keys(.communal) == ["communal", "raid"])
        #expect(try keys(.attacksOnMission) == ["ambush", "stoning"])
        #expect(try keys(.attacksOnAid) == ["convoy", "aid"])
        #expect(try keys(.all).count == 10)
    }

    @Test func `words for types of actors give the same as numbers`() throws {
        var text = acled
        for (number, word) in [
            (",1,", ",State forces,"), (",2,", ",Rebel group,"), (",4,", ",Identity militia,"),
            (",5,", ",Rioters,"), (",6,", ",Protesters,"), (",7,", ",Civilians,"),
            (",8,", ",External/Other forces,"),
        ] {
            text = text.replacing(number, with: word)
        }
        for preset in IncidentPreset.allCases {
            #expect(try keys(preset, text) == keys(preset), "\(preset)")
        }
    }

    @Test func `a table that cannot tell is refused, not taken for empty`() throws {
        let plain = "event_id_cnty,event_date,event_type,sub_event_type,latitude,longitude,fatalities\n"
            + "a,2024-01-01,Battles,Armed clash,4.5,45,1\n"
        for preset in [IncidentPreset.communal, .attacksOnMission, .attacksOnAid, .civilian] {
            let list = failures {
                try IncidentReader.read(
                    table(plain), as: .profile(.acled), options: .init(preset: preset))
            }
            #expect(list.map(\.code) == ["missing-column"], "\(preset)")
        }
        let ged = failures {
            try IncidentReader.read(
                fixture("ged-full.csv"), as: .profile(.ucdpGED), options: .init(preset: .attacksOnAid))
        }
        #expect(ged.map(\.code) == ["preset-not-told"])
        #expect(ged.first?.exit == .badConfiguration)
        #expect(ged.first?.description.contains("preset attacks-on-aid") == true)
        let own = ColumnMapping(
            name: "own", columns: [.date: "event_date", .longitude: "longitude", .latitude: "latitude"])
        let mapped = failures {
            try IncidentReader.read(table(plain), as: .mapping(own), options: .init(preset: .communal))
        }
        #expect(mapped.map(\.code) == ["missing-column"])
    }

    @Test func `UCDP tells communal violence and the mission by its names of sides`() throws {
        let text = """
            id,date_start,date_end,type_of_violence,side_a,side_b,latitude,longitude,best,low,high,country,event_clarity
            1,2024-01-01,2024-01-01,2,Muslims (Examplia),Christians (Examplia),4.5,45,2,1,5,Examplia,1
            2,2024-01-01,2024-03-31,1,Government of Examplia,Group,4.5,45,2,1,5,Examplia,2
            3,2024-01-01,2024-01-01,1,Group,AMISOM,4.5,45,2,1,5,Examplia,1
            4,2024-01-01,2024-01-01,3,AMISOM,Civilians,4.5,45,2,1,5,Examplia,
            """
        func keys(_ preset: IncidentPreset) throws -> [String] {
            try IncidentReader.read(
                table(text), as: .profile(.ucdpGED), options: .init(preset: preset)
            ).incidents.map(\.key)
        }
        #expect(try keys(.communal) == ["1"])
        #expect(try keys(.attacksOnMission) == ["3"])
        #expect(try keys(.civilian) == ["4"])
        #expect(try keys(.politicalViolence).count == 4)
        let all = try IncidentReader.read(table(text), as: .profile(.ucdpGED)).incidents
        #expect(all.map(\.isSummary) == [false, true, false, nil])
        // A summary of months is spread over them.
        #expect(all[1].timing.spanDays == 91)
        #expect(all.map(\.deaths).allSatisfy { $0[.low] == 1 && $0[.best] == 2 && $0[.high] == 5 })
    }

    @Test func `a table of one's own may name actors and their classes`() throws {
        let text = """
            day,lon,lat,who,what,whom,least,most,killed,village
            2024-01-01,45,4,Blue helmets,mission,Group of ten,0,4,2,Alpha
            2024-01-02,45,4,Group of ten,armed-group,Blue helmets,,,1,
            """
        let mapping = ColumnMapping(
            name: "own",
            columns: [
                .date: "day", .longitude: "lon", .latitude: "lat", .actor1: "who",
                .actorType1: "what", .actor2: "whom", .deaths: "killed", .deathsLow: "least",
                .deathsHigh: "most", .place: "village",
            ])
        let reading = try IncidentReader.read(
            table(text), as: .mapping(mapping),
            options: .init(preset: .attacksOnMission, missionActors: ["blue helmets"]))
        #expect(reading.incidents.map { $0.sides.map(\.actorClass) }
            == [[.mission, .unknown], [.armedGroup, .mission]])
        #expect(reading.incidents.map(\.deaths)
            == [DeathEstimate(best: 2, low: 0, high: 4), DeathEstimate(best: 1, low: 1, high: 1)])
        #expect(reading.incidents.map(\.place) == ["Alpha", nil])
    }
}
