import Testing

@testable import Products

private let newACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "inter1", "civilian_targeting", "iso", "country", "admin1",
    "admin2",
    "latitude", "longitude", "geo_precision", "fatalities", "tags", "timestamp",
]
private let reducedGED = [
    "id", "year", "adm_1", "geom_wkt", "priogrid_gid", "country", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "lon",
    "lat",
]

@Suite struct EventProfileTests {
    @Test func `each known layout is recognised whole`() throws {
        let old =
            newACLED.filter { !["disorder_type", "civilian_targeting", "tags"].contains($0) }
            + ["data_id", "event_id_no_cnty", "iso3"]
        for (columns, id) in [
            (newACLED, EventProfile.Identifier.acled), (old, .acled), (reducedGED, .ucdpGED),
            (reducedGED + ["where_prec", "date_prec", "type_of_violence"], .ucdpGED),
            (newACLED.reversed(), .acled), (newACLED.map { $0.uppercased() }, .acled),
        ] {
            let match = try #require(EventProfile.matches(columns: columns))
            #expect(match.profile.id == id)
            #expect(match.isComplete)
        }
    }

    @Test func `X and Y stand for longitude and latitude`() throws {
        let columns = reducedGED.filter { $0 != "lon" && $0 != "lat" }
        let match = try #require(EventProfile.matches(columns: columns + ["X", "Y"]))
        #expect(match.isComplete)
        let without = try #require(EventProfile.matches(columns: columns))
        #expect(without.missing.map(\.role) == [.longitude, .latitude])
    }

    @Test func `a missing column is named, not a reason to be unknown`() throws {
        let match = try #require(
            EventProfile.matches(
                columns: newACLED.filter { $0 != "fatalities" && $0 != "latitude" }))
        #expect(match.profile.id == .acled)
        #expect(match.missing.map { $0.names[0] } == ["latitude", "fatalities"])
    }

    @Test func `other tables are no event tables`() {
        #expect(EventProfile.matches(columns: ["base_id", "name", "latitude", "longitude"]) == nil)
        #expect(EventProfile.matches(columns: []) == nil)
    }

    @Test func `no profile has a role or a name twice`() {
        for profile in EventProfile.all {
            #expect(Set(profile.columns.map(\.role)).count == profile.columns.count)
            let names = profile.columns.flatMap(\.names)
            #expect(Set(names).count == names.count)
            #expect(EventProfile.named(profile.id) == profile)
        }
    }

    @Test func `the codebook has six types and 25 sub types`() {
        #expect(ACLEDEventType.allCases.count == 6)
        #expect(Set(ACLEDEventType.allCases.flatMap(\.subTypes)).count == 25)
    }

    @Test(arguments: [
        ("Battles", "Armed clash", true), ("explosions/remote violence", "Grenade", true),
        ("Violence against civilians", "Attack", true), ("Protests", "Peaceful protest", false),
        ("Protests", "Excessive force against protesters", true), ("Riots", "Mob violence", true),
        ("Riots", "Violent demonstration", false), ("Strategic developments", "Arrests", false),
    ])
    func `political violence is what the codebook types say`(
        type: String, subType: String, expected: Bool
    ) throws {
        let known = try #require(ACLEDEventType(name: type))
        #expect(known.has(subType: subType))
        #expect(known.isPoliticalViolence(subType: subType) == expected)
    }
}
