import Foundation
import TestSupport
import Testing

/// The run finds the hotspots that were planted in the invented country, and
/// accounts for every row of its incident files.
@Suite struct PlantedViolenceTests {
    private func hotspots() throws -> [GeoJSONText.Feature] {
        try SharedRuns.korsavel.get().json("hotspots/hotspots.geojson", as: GeoJSONText.self)
            .features
    }

    @Test("Each planted hotspot has its centre in exactly one polygon, in its sectors")
    func planted() throws {
        let truth = try Truth.read()
        let features = try hotspots()
        #expect(truth.hotspots.count == 3)
        for planted in truth.hotspots {
            let hits = features.filter { $0.geometry?.contains(planted.centre) == true }
            #expect(hits.count == 1, "\(planted.id)")
            let sectors = hits.first?.properties["sectors"]?.text?.split(separator: " ") ?? []
            #expect(sectors.map(String.init).sorted() == planted.sectors, "\(planted.id)")
            let isOnSeam = hits.first?.properties["on_seam"]
            #expect(isOnSeam == .flag(planted.sectors.count > 1), "\(planted.id)")
        }
    }

    @Test("False alarms stay within the stated number and area")
    func falseAlarms() throws {
        let truth = try Truth.read()
        let limits = truth.hotspotLimits
        let alarms = try hotspots().filter { feature in
            truth.hotspots.allSatisfy { planted in
                (feature.geometry?.kilometersToNearestCorner(from: planted.centre) ?? 0)
                    > limits.nearKm
            }
        }
        #expect(alarms.count <= limits.falseAlarmsAtMost)
        for alarm in alarms {
            let area = try #require(alarm.properties["area_km2"]?.number)
            #expect(area <= limits.falseAlarmAreaKm2AtMost)
        }
    }

    @Test("A hotspot that ended is in no polygon, and no pile-up on the capital either")
    func notReported() throws {
        let truth = try Truth.read()
        for centre in [truth.oldHotspot.centre, truth.capitalPileUp.centre] {
            let hits = try hotspots().filter { $0.geometry?.contains(centre) == true }
            #expect(hits.isEmpty, "\(centre)")
        }
    }

    @Test("The planted pile-up is listed first, at its place, and told in the manifest")
    func pileUp() throws {
        let planted = try Truth.read().capitalPileUp
        let run = try SharedRuns.korsavel.get()
        let first = try #require(try run.table("incidents/pile_ups.csv").rows.first)
        // The table has four decimals.
        #expect(abs(try first.number("longitude") - planted.centre[0]) < 1e-4)
        #expect(abs(try first.number("latitude") - planted.centre[1]) < 1e-4)
        #expect(try first.number("coarse_pct") > 50)
    }

    @Test("Harm of all sectors and of what lies outside adds up, class by class")
    func harm() throws {
        let rows = try SharedRuns.korsavel.get().table("incidents/harm.csv").rows
        let classes = Set(rows.compactMap { $0["actor_class"] })
        #expect(classes.isSuperset(of: ["all", "state-forces", "armed-group", "communal-militia"]))
        for column in ["incidents", "deaths_low", "deaths", "deaths_high", "civilian_incidents", "civilian_deaths"] {
            for name in classes {
                func sum(_ scopes: Set<String>) throws -> Double {
                    try rows.filter {
                        $0["actor_class"] == name && scopes.contains($0["scope"] ?? "")
                    }.reduce(0) { try $0 + $1.number(column) }
                }
                #expect(try sum(["total"]) == sum(["sector", "outside"]), "\(column) \(name)")
            }
        }
    }

    @Test("Rows read, used and rejected of each file are as planted, reason by reason")
    func rejects() throws {
        let truth = try Truth.read()
        let table = try SharedRuns.korsavel.get().table("incidents/sources.csv")
        let planted = truth.files.filter { $0.value.rejected != nil }
        #expect(planted.count == 3)
        for (file, expected) in planted {
            let rows = table.rows.filter { $0["file"] == file }
            func counts(_ item: String) -> [String: Int] {
                Dictionary(
                    rows.filter { $0["item"] == item }.compactMap { row in
                        guard let key = row["key"], let count = row["count"].flatMap({ Int($0) })
                        else { return nil }
                        return (key, count)
                    }, uniquingKeysWith: +)
            }
            let totals = counts("rows")
            #expect(counts("reject") == expected.rejected, "\(file)")
            #expect(totals["read"] == expected.rows, "\(file)")
            #expect(totals["used"] == expected.usedTotal, "\(file)")
            let used = totals["used"] ?? 0
            let rejected = totals["rejected"] ?? 0
            #expect(totals["read"] == used + rejected, "\(file)")
            #expect(counts("location").values.reduce(0, +) == used, "\(file)")
            #expect(counts("time").values.reduce(0, +) == used, "\(file)")
        }
    }

    @Test("The ledger has one row for each rejected row, under its reason")
    func ledger() throws {
        let truth = try Truth.read()
        let ledger = try SharedRuns.korsavel.get().table("incidents/rejects.csv")
        for (file, expected) in truth.files {
            guard let rejected = expected.rejected else { continue }
            let reasons = ledger.rows.filter { $0["file"] == file }.compactMap { $0["reason"] }
            let counts = Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(counts == rejected, "\(file)")
        }
    }

    @Test("The close pair of bases and the isolated one are found at their distances")
    func bases() throws {
        let planted = try Truth.read().bases
        let rows = try SharedRuns.korsavel.get().table("bases.csv").rows
        // The truth is measured on a sphere, the run on the ellipsoid.
        let tolerance = 0.006
        func nearest(_ id: String) throws -> (id: String?, km: Double) {
            let row = try #require(rows.first { $0["base_id"] == id })
            return (row["nearest_base_id"], try row.number("nearest_base_km"))
        }
        let first = try nearest(planted.closePair[0])
        #expect(first.id == planted.closePair[1])
        #expect(abs(first.km / planted.closePairKm - 1) < tolerance)
        #expect(try nearest(planted.closePair[1]).id == planted.closePair[0])
        let isolated = try nearest(planted.isolated)
        #expect(abs(isolated.km / planted.isolatedToNearestKm - 1) < tolerance)
        let farthest = try rows.map { try $0.number("nearest_base_km") }.max()
        #expect(farthest == isolated.km)
    }
}
