import Foundation
import Geo
import GridCore
import TestSupport
import Testing

/// What becomes of the planted hotspots in time, and how sure they are.
@Suite struct PlantedPatternTests {
    private func features(_ name: String) throws -> [GeoJSONText.Feature] {
        try SharedRuns.korsavel.get().json(name, as: GeoJSONText.self).features
    }

    @Test("Planted hotspots began lately: their centres are new or consecutive, the old one is none")
    func cube() throws {
        let truth = try Truth.read()
        let cells = try features("cube/emerging.geojson")
        for planted in truth.hotspots {
            let cell = try #require(
                cells.first { $0.geometry?.contains(planted.centre) == true }, "\(planted.id)")
            let name = cell.properties["class"]?.text ?? ""
            #expect(
                ["new-hot-spot", "consecutive-hot-spot"].contains(name), "\(planted.id) \(name)")
            let first = cell.properties["first_hot"]?.text ?? ""
            #expect(first >= "2022-06", "\(planted.id) \(first)")
        }
        for place in [truth.oldHotspot, truth.capitalPileUp] {
            #expect(
                !cells.contains {
                    $0.geometry?.contains(place.centre) == true
                        && $0.properties["class"]?.text != "no-pattern"
                })
        }
    }

    @Test("The steps of the cube hold the months of the old hotspot, and follow each other")
    func steps() throws {
        let rows = try SharedRuns.korsavel.get().table("cube/steps.csv").rows
        #expect(rows.count == 24)
        #expect(rows.last?["last_date"] == "2022-12-02")
        let old = try rows.filter { ($0["first_date"] ?? "").hasPrefix("2021-05") }
            .map { try $0.number("hot_cells") }
        #expect(old.count == 1 && old[0] > 20)
        let quiet = try rows.filter { ($0["first_date"] ?? "").hasPrefix("2022-04") }
            .map { try $0.number("hot_cells") }
        #expect(quiet.count == 1 && quiet[0] < 10)
    }

    @Test("Classes add up: the cells of all sectors are those of the whole area, as in the list")
    func classes() throws {
        let run = try SharedRuns.korsavel.get()
        let rows = try run.table("cube/classes.csv").rows
        let cells = try run.table("cube/emerging.csv").rows
        // Of cells without a pattern only those are listed that were hot or cold once.
        for name in Set(rows.compactMap { $0["class"] }) where name != "no-pattern" {
            func sum(_ isWhole: Bool) throws -> Double {
                try rows.filter { $0["class"] == name && ($0["sector"] == "all") == isWhole }
                    .reduce(0) { try $0 + $1.number("cells") }
            }
            let listed = cells.filter { $0["class"] == name }
            #expect(try sum(true) == Double(listed.count), "\(name)")
            let outside = listed.count { ($0["sector"] ?? "").isEmpty }
            #expect(try sum(false) + Double(outside) == sum(true), "\(name)")
        }
    }

    @Test("Each planted hotspot is a cluster that lasts, in its sectors; the old one is none")
    func clusters() throws {
        let truth = try Truth.read()
        let clusters = try features("clusters/clusters.geojson")
        for planted in truth.hotspots {
            let hits = clusters.filter { $0.geometry?.contains(planted.centre) == true }
            #expect(!hits.isEmpty, "\(planted.id)")
            for hit in hits {
                #expect(hit.properties["last_date"]?.text == "2022-12-02")
                let sectors = hit.properties["sectors"]?.text?.split(separator: " ").map(String.init)
                #expect(Set(planted.sectors).isSuperset(of: sectors ?? ["?"]), "\(planted.id)")
            }
        }
        #expect(!clusters.contains { $0.geometry?.contains(truth.oldHotspot.centre) == true })
    }

    @Test("Planted hotspots stay hot whatever the codes leave open; the pile-up does not become one")
    func robustness() throws {
        let truth = try Truth.read()
        for hotspot in try features("hotspots/hotspots.geojson") {
            let planted = truth.hotspots.contains {
                hotspot.geometry?.contains($0.centre) == true
            }
            guard planted else { continue }
            #expect((hotspot.properties["peak_hot_pct"]?.number ?? 0) > 95)
            #expect((hotspot.properties["mean_hot_pct"]?.number ?? 0) > 80)
        }
        let share = try SharedRuns.korsavel.get().raster("hotspots/hot_probability.tif")
        let transform = try CoordinateTransform(from: .wgs84, to: share.spec.crs)
        for place in [truth.oldHotspot, truth.capitalPileUp] {
            let point = try transform(Coordinate(x: place.centre[0], y: place.centre[1]))
            let cell = try #require(share.spec.cell(containing: point))
            #expect(share[cell] < 50)
        }
    }

    @Test("Near and soon after one another there are more pairs than chance makes")
    func nearRepeats() throws {
        let rows = try SharedRuns.korsavel.get().table("clusters/near_repeat.csv").rows
        let soonest = try #require(
            rows.first { $0["up_to_km"] == "5.000" && $0["from_days"] == "0" })
        #expect(soonest["near_repeat"] == "true")
        #expect(try soonest.number("ratio") > 1.5)
    }

    @Test("The relation has a row for each sector, all of them, and each lag, with a verdict")
    func relation() throws {
        let rows = try SharedRuns.korsavel.get().table("relation/relation.csv").rows
        #expect(rows.count == 7 * 4)
        let verdicts: Set = ["interval includes none", "more when dry", "less when dry", "too few"]
        #expect(rows.allSatisfy { verdicts.contains($0["verdict"] ?? "") })
        // Three years of single sectors are too few.
        #expect(rows.allSatisfy { $0["sector"] == "all" || $0["verdict"] == "too few" })
    }
}
