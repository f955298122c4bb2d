import Foundation
import GridCore
import TestSupport
import Testing

@testable import Pipeline

/// A good small country with one thing spoiled, and what is said of it.
struct BadTransferInput: Sendable, CustomTestStringConvertible {
    var name: String
    /// Code of the failure or warning.
    var code: String
    /// 0: it is taken, with a warning.
    var exitCode: Int32
    /// Where: file, row and field as they are printed.
    var place: String
    /// Part of the message.
    var says: String
    /// Known only once cells are read, so that `validate` cannot tell.
    var isFoundInRun = false
    /// Restricted where its message names a base or crossing, or its tables
    /// are looked into; the public edition takes half the time.
    var edition = EditionChoice.public
    var spoil: @Sendable (inout TransferCountry) -> Void

    var testDescription: String { name }

    static let seed: UInt64 = 7

    func country() -> TransferCountry {
        var country = TransferCountry(seed: Self.seed, edition: edition)
        spoil(&country)
        return country
    }

    // MARK: Refused

    static let refused: [BadTransferInput] = bases + evidence + speeds + grids + settings

    private static let bases: [BadTransferInput] = [
        .init(
            name: "base without identifier", code: "missing-value", exitCode: 2,
            place: "bases.csv:2: id", says: "has no identifier"
        ) { $0.replace("\nBX9K0,", with: "\n,", in: "bases.csv") },
        .init(
            name: "identifier of a base twice", code: "duplicate-identifier", exitCode: 2,
            place: "bases.csv:3: id", says: "\"BX9K0\" is there twice (also in row 2)"
        ) { $0.replace("\nBX9K1,", with: "\nBX9K0,", in: "bases.csv") },
        .init(
            name: "longitude and latitude of a base exchanged", code: "no-coordinate", exitCode: 2,
            place: "bases.csv:2", says: "when longitude and latitude change places. Exchange them"
        ) { country in
            let place = country.baseCoordinates[0]
            country.replace(
                "\(place.longitude),\(place.latitude)", with: "\(place.latitude),\(place.longitude)",
                in: "bases.csv")
        },
        .init(
            name: "unknown status of a base", code: "bad-value", exitCode: 2,
            place: "bases.csv:2: status", says: "is not one of open, reoccupied, handed_over"
        ) { $0.replace(",open,", with: ",opened,", in: "bases.csv") },
        .init(
            name: "no base is held, with a transfer", code: "nothing-to-compute", exitCode: 2,
            place: "bases.csv", says: "no base is held on 2024-06-30"
        ) { country in closeAll(&country) },
        .init(
            name: "sectors overlap", code: "overlapping-zones", exitCode: 2,
            place: "sectors.geojson: feature", says: "\"S1\" and \"S2\" overlap by"
        ) { $0.setSectors([("S1", 0...7.3), ("S2", 7...13), ("S3", 13...20)]) },
    ]

    private static func closeAll(_ country: inout TransferCountry) {
        country.texts["bases.csv"] = country.texts["bases.csv"]?.replacingOccurrences(
            of: ",open,", with: ",closed,")
    }

    /// A row behind the good ones.
    private static func evidence(
        _ name: String, _ row: String, code: String, field: String, says: String
    ) -> BadTransferInput {
        let good = TransferCountry(seed: seed, edition: .restricted).lines("readiness.csv").count
        return .init(
            name: name, code: code, exitCode: 2, place: "readiness.csv:\(good + 1): \(field)",
            says: says
        ) { $0.texts["readiness.csv"]?.append(row + "\n") }
    }

    private static let evidence: [BadTransferInput] = [
        evidence(
            "per cent instead of a share", "BX9K0,training_state,75,2024-06-01,s",
            code: "unsuitable-value", field: "value", says: "Is it per cent? Write 0.75"),
        evidence(
            "unknown word of the due diligence", "BX9K0,hrddp_state,fine,2024-06-01,s",
            code: "unsuitable-value", field: "value",
            says: "expected one of low, medium_with_mitigation, not_assessed, medium_unmitigated, "
                + "high, suspended"),
        evidence(
            "unknown item", "BX9K0,servicability_ratio,0.8,2024-06-01,s", code: "unknown-item",
            field: "item", says: "Did you mean \"serviceability_ratio\"?"),
        evidence(
            "unknown base", "BX9K00,training_state,0.8,2024-06-01,s", code: "unknown-base",
            field: "base", says: "Did you mean \"BX9K0\" (Basemarker 0)"),
        evidence(
            "evidence without a date", "BX9K0,training_state,0.8,,s", code: "missing-field",
            field: "as_of", says: "has no date"),
        evidence(
            "evidence below 0", "BX9K0,pay_current_months,-1,2024-06-01,s",
            code: "unsuitable-value", field: "value", says: "expected 0 or more"),
    ]

    private static let speeds: [BadTransferInput] = [
        .init(
            name: "unknown layer of speeds", code: "bad-value", exitCode: 2,
            place: "speeds.csv:8: layer", says: "is not one of land_cover, road, river, crossing"
        ) { $0.texts["speeds.csv"]?.append("roads,main,1,1,1\n") },
        .init(
            name: "class of speeds twice", code: "duplicate-identifier", exitCode: 2,
            place: "speeds.csv:8: class", says: "is there twice (also in row 5)"
        ) { $0.texts["speeds.csv"]?.append("road,main,1,1,1\n") },
        .init(
            name: "column of speeds missing", code: "missing-column", exitCode: 2,
            place: "speeds.csv", says: "has no column \"wet_kmh\""
        ) { $0.replace("wet_kmh", with: "wet", in: "speeds.csv") },
        .init(
            name: "250 km/h", code: "bad-value", exitCode: 2, place: "speeds.csv:5: dry_kmh",
            says: "is no number from 0 to 200 (found \"250\")"
        ) { $0.replace("road,main,50", with: "road,main,250", in: "speeds.csv") },
        .init(
            name: "class of land that is no code", code: "bad-value", exitCode: 2,
            place: "speeds.csv:2: class", says: "is no code of land cover (found \"crop\""
        ) { $0.replace("land_cover,1,", with: "land_cover,crop,", in: "speeds.csv") },
        .init(
            name: "class of roads without a speed", code: "unknown-class", exitCode: 2,
            place: "roads.geojson: class",
            says: "(found \"main\" in 1 line, expected trunk). Add a row of layer road"
        ) { $0.replace("road,main,", with: "road,trunk,", in: "speeds.csv") },
        .init(
            name: "class of rivers without a speed", code: "unknown-class", exitCode: 2,
            place: "rivers.geojson: class", says: "(found \"river\" in 1 line, expected stream)"
        ) { $0.replace("river,river,", with: "river,stream,", in: "speeds.csv") },
        .init(
            name: "multiplier of an unknown class", code: "unknown-class", exitCode: 2,
            place: "travel.multipliers", says: "(found \"mian\", expected main). Did you mean"
        ) {
            $0.replace(
                "wet_months: [4, 5]",
                with: "wet_months: [4, 5]\n  multipliers: [{ layer: road, class: mian, factor: 0.5 }]",
                in: "pipeline.yaml")
        },
        .init(
            name: "unknown kind of crossing", code: "bad-value", exitCode: 2,
            place: "crossings.csv:2: kind", says: "is not one of bridge, ford, ferry"
        ) { $0.replace(",bridge,", with: ",tunnel,", in: "crossings.csv") },
        .init(
            name: "nobody can travel anywhere", code: "all-impassable", exitCode: 2,
            place: "speeds.csv", says: "lets nobody travel in the dry season: all 400 cells",
            isFoundInRun: true
        ) { country in
            country.texts["speeds.csv"] = """
                layer,class,dry_kmh,wet_kmh,flood_kmh
                land_cover,1,0,0,0
                land_cover,2,0,0,0
                land_cover,3,0,0,0
                road,main,0,0,0
                crossing,bridge,0,0,0
                river,river,0,0,0

                """
        },
    ]

    private static let grids: [BadTransferInput] = [
        .init(
            name: "population without a CRS", code: "no-crs", exitCode: 2, place: "population.tif",
            says: "CRS"
        ) { $0.copies["population.tif"] = TestPaths.fixture("bad/no_crs.tif") },
        .init(
            name: "population across the antimeridian", code: "unsuitable-grid", exitCode: 2,
            place: "population.tif", says: "lies over the antimeridian"
        ) { $0.rasters["population.tif"]?.spec.geotransform.originX = 179.5 },
        .init(
            name: "population at a pole", code: "unsuitable-grid", exitCode: 2,
            place: "population.tif", says: "reaches a pole"
        ) { $0.rasters["population.tif"]?.spec.geotransform.originY = 90 },
        .init(
            name: "people per km2 instead of people", code: "density-not-counts", exitCode: 2,
            place: "population.tif", says: "the values look like people per km2",
            isFoundInRun: true
        ) { country in
            let cells = country.rasters["population.tif"]?.cells ?? []
            country.rasters["population.tif"]?.cells = cells.map { $0 / 30 }
        },
    ]

    /// A further line in the section transfer.
    private static func transfer(_ line: String) -> @Sendable (inout TransferCountry) -> Void {
        { $0.replace("  draws: 20\n", with: "  draws: 20\n  \(line)\n", in: "pipeline.yaml") }
    }

    private static let settings: [BadTransferInput] = [
        .init(
            name: "limit of 0 minutes", code: "out-of-range", exitCode: 65,
            place: "pipeline.yaml:22:22: coverage.limits[0]", says: "0 min"
        ) { $0.replace("[60 min,", with: "[0 min,", in: "pipeline.yaml") },
        .init(
            name: "negative weight", code: "out-of-range", exitCode: 65,
            place: "pipeline.yaml:27:26: transfer.weights.population", says: "-1",
            spoil: transfer("weights: { population: -1 }")),
        .init(
            name: "weights that are all 0", code: "out-of-range", exitCode: 65,
            place: "pipeline.yaml:27:12: transfer.weights", says: "are all 0",
            spoil: transfer(
                "weights: { population: 0, hotspot: 0, incidents: 0, drought: 0, seam: 0, corridor: 0 }"
            )),
        .init(
            name: "threshold of a gate in per cent", code: "out-of-range", exitCode: 65,
            place: "pipeline.yaml:27:28: transfer.gates.serviceability",
            says: "Is it per cent? Write 0.75", spoil: transfer("gates: { serviceability: 75 }")),
    ]

    // MARK: Taken, with a warning

    static let taken: [BadTransferInput] = [
        .init(
            name: "base outside all sectors", code: "base-without-sector", exitCode: 0,
            place: "bases.csv", says: "lies in no sector; it counts in the totals only",
            isFoundInRun: true, edition: .restricted
        ) { country in
            country.texts["bases.csv"]?.append(
                "BX9K50,Basemarker 50,\(country.originX - 0.5),\(country.originY - 0.5),,,,,open,\n")
        },
        .init(
            name: "base of an unknown sector", code: "base-of-unknown-sector", exitCode: 0,
            place: "bases.csv",
            says: "base \"BX9K50\" names the sector \"S99\", which is not there",
            isFoundInRun: true, edition: .restricted
        ) { country in
            country.texts["bases.csv"]?.append(
                "BX9K50,Basemarker 50,\(country.originX + 0.05),\(country.originY - 0.05),S99,,,,open,\n")
        },
        .init(
            name: "nobody can travel under flood", code: "no-travel-under-flood", exitCode: 0,
            place: "speeds.csv", says: "every supply route is cut then", isFoundInRun: true
        ) { country in
            let rows = (country.texts["speeds.csv"] ?? "").split(separator: "\n")
            country.texts["speeds.csv"] = rows.enumerated().map { index, row in
                index == 0
                    ? String(row)
                    : row.split(separator: ",").dropLast().joined(separator: ",") + ",0"
            }.joined(separator: "\n") + "\n"
        },
        .init(
            name: "sectors overlap by less than 1 km2", code: "sliver-overlap", exitCode: 0,
            place: "sectors.geojson: feature", says: "within tolerance"
        ) { $0.setSectors([("S1", 0...7.001), ("S2", 7...13), ("S3", 13...20)]) },
        .init(
            name: "gap between two sectors", code: "sector-slivers", exitCode: 0,
            place: "sectors.geojson", says: "the lines of \"S1\" and \"S2\" do not meet along",
            isFoundInRun: true
        ) { $0.setSectors([("S1", 0...6.95), ("S2", 7...13), ("S3", 13...20)]) },
        .init(
            name: "negative people", code: "negative-people", exitCode: 0, place: "population.tif",
            says: "2 cells have fewer than 0 people; they count as 0", isFoundInRun: true
        ) { country in
            country.rasters["population.tif"]?.cells[5] = -5
            country.rasters["population.tif"]?.cells[6] = -1
        },
        .init(
            name: "people that are no numbers", code: "people-not-numbers", exitCode: 0,
            place: "population.tif", says: "1 cells are infinite, or no numbers",
            isFoundInRun: true
        ) { $0.rasters["population.tif"]?.cells[5] = .infinity },
        .init(
            name: "population smaller than the sectors", code: "sectors-beyond-population",
            exitCode: 0, place: "population.tif", says: "% of the sectors' area lies outside",
            isFoundInRun: true
        ) { country in narrow("population.tif", &country) },
        .init(
            name: "land cover smaller than the population", code: "no-land-cover", exitCode: 0,
            place: "", says: "171 of 400 cells have no land cover, or lie outside its raster",
            isFoundInRun: true
        ) { country in narrow("land_cover.tif", &country) },
        .init(
            name: "code of land without a speed", code: "unknown-land", exitCode: 0, place: "",
            says: "cells have a class that the table of speeds does not have", isFoundInRun: true
        ) { $0.replace("land_cover,2,", with: "land_cover,7,", in: "speeds.csv") },
        .init(
            name: "crossing on no river", code: "crossing-off-river", exitCode: 0, place: "",
            says: "1 crossings lie on no river", isFoundInRun: true, edition: .restricted
        ) { country in
            country.texts["crossings.csv"]? = "id,longitude,latitude,kind,ferry_minutes\n"
                + "C1,\(country.originX + 0.1),\(country.originY - 0.1),bridge,\n"
        },
        .init(
            name: "incidents before 1990", code: "incidents-before-1990", exitCode: 0, place: "",
            says: "1 incidents are dated before 1990", isFoundInRun: true
        ) { country in
            country.texts["incidents.csv"]?.append(
                "EOLD,1985-05-05,\(country.originX + 0.3),\(country.originY - 0.3),1,1,Battles,exact\n")
        },
        .init(
            name: "weights that do not add up to 1", code: "weights-normalized", exitCode: 0,
            place: "weights", says: "add up to 1.15, not to 1", isFoundInRun: true,
            spoil: transfer("weights: { population: 0.5 }")),
        .init(
            name: "no hub in reach", code: "no-supply-route", exitCode: 0, place: "",
            says: "are reached from no hub; their exposure is not known", isFoundInRun: true, edition: .restricted
        ) { country in
            country.texts["hubs.csv"]? = "id,name,longitude,latitude\n"
                + "HX9K0,Hubmarker 0,\(country.originX - 0.5),\(country.originY - 0.5)\n"
        },
        .init(
            name: "no base is held, without a transfer", code: "no-base-held", exitCode: 0,
            place: "", says: "nobody is within reach of any", isFoundInRun: true
        ) { country in
            closeAll(&country)
            let text = country.texts["pipeline.yaml"] ?? ""
            country.texts["pipeline.yaml"] = text.range(of: "transfer:").map {
                String(text[..<$0.lowerBound])
            }
        },
        .init(
            name: "floors that no schedule meets", code: "floors-missed", exitCode: 0, place: "",
            says: "no schedule meets all floors", isFoundInRun: true, edition: .restricted
        ) { country in
            country.makeReady(ratio: 0.8)
            country.replace("leave: 1", with: "leave: 2\n    floor: 0 %", in: "pipeline.yaml")
        },
        .init(
            name: "more bases to leave than may", code: "no-schedule", exitCode: 0, place: "",
            says: "no schedule obeys all rules", isFoundInRun: true, edition: .restricted
        ) { $0.replace("leave: 1", with: "leave: 5", in: "pipeline.yaml") },
    ]

    /// The western half of a raster.
    private static func narrow(_ name: String, _ country: inout TransferCountry) {
        guard var raster = country.rasters[name] else { return }
        let columns = raster.spec.shape.columns
        raster.cells = raster.cells.enumerated().filter { $0.offset % columns < columns / 2 }
            .map(\.element)
        raster.spec.shape.columns = columns / 2
        country.rasters[name] = raster
    }
}
