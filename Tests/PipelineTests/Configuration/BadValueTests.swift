import Diagnostics
import Testing

@testable import Pipeline

private let incidents = "incidents: { sources: [{ source: acled, file: a.csv }] }\n"
private let ndvi = "  ndvi: { product: mod13c1, files: \"n/*.tif\" }\n"

private func keep(_ fields: String, of product: String = "mod13a2") -> String {
    "drought:\n  ndvi:\n    product: \(product)\n    file: n.tif\n    qa: { keep: \(fields) }\n"
        + "    dates: \"{yyyy}{doy}\"\n  periods: 16-day\n  baseline: 2000-2009\n"
}

/// Pipeline files with values that are none of their kind, and with values
private let travel = "travel: { speeds: s.csv, land_cover: l.tif }\n"
private let covering = "bases: { file: b.csv }\npopulation: { file: p.tif }\n" + travel

/// that contradict one another.
@Suite struct BadValueTests {
    static let values: [BadFile] = [
        .after(
            "a missing unit", .missingUnit, incidents + "hotspots: { cell: 25 }\n",
            "p.yml:5:19: hotspots.cell: missing unit (found \"25\", expected a length). Write \"25 km\"."
        ),
        .after(
            "an unknown unit", .unknownUnit, incidents + "hotspots: { cell: 25 miles }\n",
            "p.yml:5:19: hotspots.cell: unknown unit \"miles\" (known: m, km). Write a length such as \"5 km\"."
        ),
        .after(
            "a unit of another quantity", .unknownUnit,
            incidents + "hotspots: { window: 3 months }\n",
            "p.yml:5:21: hotspots.window: unknown unit \"months\" (known: days)"),
        .after(
            "a negative length", .outOfRange, incidents + "hotspots: { cell: -5 km }\n",
            "p.yml:5:19: hotspots.cell: is out of range (found -5 km, expected 10 m to 500 km)"),
        .after(
            "a decimal comma", .wrongType, incidents + "hotspots: { cell: \"2,5 km\" }\n",
            "p.yml:5:19: hotspots.cell: is not a length (found \"2,5 km\"). Write \"5 km\"."),
        .after(
            "half a day", .outOfRange, incidents + "hotspots: { window: 0.5 days }\n",
            "p.yml:5:21: hotspots.window: is out of range (found 0.5 days, expected 1 to 36600 whole days)"
        ),
        .after(
            "a confidence that is not offered", .outOfRange,
            incidents + "hotspots: { confidence: 80 % }\n",
            "p.yml:5:25: hotspots.confidence: is out of range (found 80 %, expected one of 90 %, 95 %, 99 %)"
        ),
        .after(
            "a fraction as percentage", .missingUnit, incidents + "hotspots: { confidence: 0.9 }\n",
            "p.yml:5:25: hotspots.confidence: missing unit (found \"0.9\", expected a percentage)"),
        .after(
            "a list for a length", .wrongType, incidents + "hotspots:\n  cell: [5 km]\n",
            "p.yml:6:9: hotspots.cell: is not a length (found a list). Write \"5 km\"."),
        .after(
            "a word for a number", .wrongType,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  minimum_range: small\n",
            "p.yml:7:18: drought.minimum_range: is not a number (found \"small\"). Write 0.02."),
        .after(
            "a quoted number", .wrongType,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  minimum_years: \"5\"\n",
            "p.yml:7:18: drought.minimum_years: is not a whole number (found \"5\")"),
        .after(
            "a fraction for a count", .wrongType,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  minimum_years: 5.5\n",
            "p.yml:7:18: drought.minimum_years: is not a whole number"),
        .after(
            "a number out of range", .outOfRange,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  minimum_years: 1\n",
            "p.yml:7:18: drought.minimum_years: is out of range (found 1, expected 2 to 200)"),
        .after(
            "yes for true", .wrongType, "synthetic: yes\nbases: { file: b.csv }\n",
            "p.yml:4:12: synthetic: is not true or false (found \"yes\"). Write true or false."),
        .after(
            "a mistyped choice", .unknownChoice, incidents + "hotspots: { weight: fatalitys }\n",
            "p.yml:5:21: hotspots.weight: is not one of events, fatalities, log-fatalities, capped-fatalities (found \"fatalitys\"). Did you mean fatalities?"
        ),
        .after(
            "no such day", .badDate, "as_of: 2010-02-30\nbases: { file: b.csv }\n",
            "p.yml:4:8: as_of: is neither latest nor a date of the calendar (found \"2010-02-30\")"),
        .after(
            "a day in another order", .badDate, "as_of: 19.12.2010\nbases: { file: b.csv }\n",
            "p.yml:4:8: as_of: is neither latest nor a date"),
        .after(
            "a baseline that ends before it begins", .outOfRange,
            "drought:\n" + ndvi + "  baseline: 2009-2000\n",
            "p.yml:6:13: drought.baseline: ends before it begins (found \"2009-2000\"). Write 2000-2009."
        ),
        .after(
            "a baseline of one year", .wrongType, "drought:\n" + ndvi + "  baseline: 2009\n",
            "p.yml:6:13: drought.baseline: is not a range of years (found \"2009\"). Write 2000-2009."
        ),
        .after(
            "a pattern without year", .badDate,
            "drought:\n  ndvi: { product: custom, files: \"n/*.tif\", dates: \"{mm}{dd}.tif\" }\n  periods: month\n  baseline: 2000-2009\n",
            "p.yml:5:53: drought.ndvi.dates: has no {yyyy} (found \"{mm}{dd}.tif\")"),
        .after(
            "a date listed twice", .badDate,
            "drought:\n  ndvi:\n    product: custom\n    file: n.tif\n    dates: [2010-01-01, 2010-01-01]\n  periods: month\n  baseline: 2000-2009\n",
            "p.yml:8:12: drought.ndvi.dates: lists 2010-01-01 twice"),
        .after(
            "a bad date in a list", .badDate,
            "drought:\n  ndvi:\n    product: custom\n    file: n.tif\n    dates: [2010-01-01, 2010-13-01]\n  periods: month\n  baseline: 2000-2009\n",
            "p.yml:8:25: drought.ndvi.dates[1]: is not a date of the calendar"),
        .after(
            "an empty range", .outOfRange,
            "drought:\n  ndvi: { product: mod13c1, file: n.tif, valid_range: [5, 5] }\n  baseline: 2000-2009\n",
            "p.yml:5:55: drought.ndvi.valid_range: is empty (found 5 to 5)"),
        .after(
            "three ends of a range", .outOfRange,
            "drought:\n  ndvi: { product: mod13c1, file: n.tif, valid_range: [1, 2, 3] }\n  baseline: 2000-2009\n",
            "p.yml:5:55: drought.ndvi.valid_range: has 3 elements (expected 2)"
        ),
        .after(
            "an address as CRS", .wrongType,
            "bases: { file: b.csv, crs: \"http://example.org/crs\" }\n",
            "p.yml:4:28: bases.crs: is neither an EPSG code nor WKT"),
        .after(
            "an empty name", .outOfRange, "bases: { file: b.csv, id: \"\" }\n",
            "p.yml:4:27: bases.id: is an empty text"),
    ]

    static let contradictions: [BadFile] = [
        .after(
            "file and files", .contradiction,
            "drought:\n  ndvi: { product: mod13c1, files: \"n/*.tif\", file: n.tif }\n  baseline: 2000-2009\n",
            "p.yml:5:47: drought.ndvi.file: excludes \"files\", which is there as well"),
        .after(
            "neither file nor files", .missingKey,
            "drought:\n  ndvi: { product: mod13c1 }\n  baseline: 2000-2009\n",
            "p.yml:5:9: drought.ndvi: neither \"files\" nor \"file\" is there (expected one)"),
        .after(
            "hotspots without incidents", .contradiction, "bases: { file: b.csv }\nhotspots: {}\n",
            "p.yml:5:1: hotspots: needs \"incidents\", which are not there"),
        .after(
            "a cap without capped fatalities", .contradiction,
            incidents + "hotspots: { cap: 10 }\n",
            "p.yml:5:13: hotspots.cap: is for weight capped-fatalities only (found events)"),
        .after(
            "a radius below one cell", .contradiction,
            incidents + "hotspots: { cell: 20 km, density: { radius: 20 km } }\n",
            "p.yml:5:13: hotspots.cell: the radius of gistar is less than one cell (15 km, 20 km)"),
        .after(
            "a uniform edge with many radii", .contradiction,
            incidents + "hotspots: { density: { edge: uniform, adaptive: true } }\n",
            "p.yml:5:24: hotspots.density.edge: uniform needs one radius for all events (found adaptive: true)"
        ),
        .after(
            "a relation without drought", .contradiction,
            incidents + "hotspots: { relation: {} }\n",
            "p.yml:5:1: hotspots: has relation, which needs \"drought\", which is not there"),
        .after(
            "a period of one step", .contradiction,
            incidents + "hotspots: { scan: { period: 40 days, step: 30 days } }\n",
            "p.yml:5:38: hotspots.scan.step: the period holds fewer than two steps (40 days, 30 days)"),
        .after(
            "bands out of order", .outOfRange,
            incidents + "hotspots: { near_repeat: { days: [14, 7] } }\n",
            "p.yml:5:28: hotspots.near_repeat.days: is not ascending"),
        .after(
            "travel without people", .contradiction,
            "bases: { file: b.csv }\n" + travel,
            "p.yml:5:1: travel: needs \"population\", which is not there"),
        .after(
            "a transfer without coverage", .contradiction,
            "bases: { file: b.csv }\npopulation: { file: p.tif }\n" + travel
                + "transfer: { readiness: r.csv }\n",
            "p.yml:7:1: transfer: needs \"coverage\", which is not there"),
        .after(
            "crossings without rivers", .contradiction,
            "bases: { file: b.csv }\npopulation: { file: p.tif }\n"
                + "travel: { speeds: s.csv, land_cover: l.tif, crossings: c.csv }\n",
            "p.yml:6:45: travel.crossings: needs \"rivers\", which are not there"),
        .after(
            "limits out of order", .outOfRange, covering + "coverage: { limits: [2 h, 60 min] }\n",
            "p.yml:7:13: coverage.limits: are not ascending"),
        .after(
            "a limit that is not one of them", .contradiction,
            covering + "coverage: { limits: [1 h], limit: 120 min }\n",
            "p.yml:7:28: coverage.limit: is not one of limits (found 120 min, expected 60 min)"),
        .after(
            "a travel time of nothing", .outOfRange, covering + "coverage: { limits: [0 min] }\n",
            "p.yml:7:22: coverage.limits[0]: "),
        .after(
            "weights of nothing", .outOfRange,
            covering + "coverage: {}\ntransfer: { readiness: r.csv, weights: { population: 0, "
                + "hotspot: 0, incidents: 0, drought: 0, seam: 0, corridor: 0 } }\n",
            "p.yml:8:40: transfer.weights: are all 0 (expected at least one above)"),
        .after(
            "a negative weight", .outOfRange,
            covering + "coverage: {}\ntransfer: { readiness: r.csv, weights: { hotspot: -1 } }\n",
            "p.yml:8:51: transfer.weights.hotspot: is out of range"),
        .after(
            "a share written as a percentage", .outOfRange,
            covering + "coverage: {}\ntransfer: { readiness: r.csv, gates: { serviceability: 75 } }\n",
            "p.yml:8:56: transfer.gates.serviceability: is out of range"),
        .after(
            "phases out of order", .outOfRange,
            covering + "coverage: {}\ntransfer: { readiness: r.csv, schedule: { leave: 1, phases: "
                + "[{ starts: 2025-07-01, moves: 1 }, { starts: 2025-01-01, moves: 1 }] } }\n",
            "p.yml:8:53: transfer.schedule.phases: do not start one after the other"),
        .after(
            "an area beside sectors", .contradiction, incidents + "area: incidents\n",
            "p.yml:5:1: area: is for incidents without sectors only"),
        .after(
            "a step without a unit", .wrongType,
            incidents + "hotspots: { cube: { step: 30 } }\n",
            "p.yml:5:27: hotspots.cube.step: is not a length of time in days, months or years"),
        .after(
            "columns of a source with its own layout", .contradiction,
            "incidents: { sources: [{ source: acled, file: a.csv, columns: { date: day } }] }\n",
            "p.yml:4:54: incidents.sources[0].columns: is for source mapped only (found source acled)"
        ),
        .after(
            "a mapped source without columns", .missingKey,
            "incidents: { sources: [{ source: mapped, file: a.csv }] }\n",
            "p.yml:4:24: incidents.sources[0]: the key \"columns\" is missing (expected with source mapped)"
        ),
        .after(
            "longitude without latitude", .contradiction,
            "settlements: { file: s.csv, longitude: lon }\nbases: { file: b.csv }\n",
            "p.yml:4:29: settlements.longitude: stands without \"latitude\""),
        .after(
            "a column of latitude only", .contradiction,
            "incidents: { sources: [{ source: mapped, file: a.csv, columns: { date: day, longitude: , latitude: lat } }] }\n",
            "p.yml:4:90: incidents.sources[0].columns.latitude: stands without \"longitude\""),
        .after(
            "a short baseline", .contradiction, "drought:\n" + ndvi + "  baseline: 2006-2009\n",
            "p.yml:6:3: drought.baseline: has 4 years (expected at least minimum_years, 5)"),
        .after(
            "a custom product without dates", .missingKey,
            "drought:\n  ndvi: { product: custom, file: n.tif }\n  periods: dekad\n  baseline: 2000-2009\n",
            "p.yml:5:9: drought.ndvi: the key \"dates\" is missing (expected with product custom)"),
        .after(
            "a custom product without periods", .missingKey,
            "drought:\n  ndvi: { product: custom, file: n.tif, dates: [2010-01-01] }\n  baseline: 2000-2009\n",
            "p.yml:5:3: drought: the key \"periods\" is missing (expected with ndvi.product custom)"
        ),
        .after(
            "custom temperatures without periods", .missingKey,
            "drought:\n" + ndvi
                + "  lst: { product: custom, file: t.tif, dates: [2010-01-01] }\n  baseline: 2000-2009\n",
            "p.yml:5:3: drought: the key \"periods\" is missing (expected with lst.product custom)"
        ),
        .after(
            "a vegetation product as rainfall", .contradiction,
            "drought:\n" + ndvi
                + "  rain: { product: MOD13A2, files: \"r/*.hdf\" }\n  baseline: 2000-2009\n",
            "p.yml:6:3: drought.rain: its product mod13a2 holds NDVI (expected rainfall)"
        ),
        .after(
            "accept and bits", .contradiction,
            "drought:\n  ndvi:\n    product: mod13c1\n    file: n.tif\n    qa: { layer: q, accept: [0], bits: [{ shift: 0, width: 1, accept: [0] }] }\n  baseline: 2000-2009\n",
            "p.yml:8:34: drought.ndvi.qa.bits: excludes \"accept\", which is there as well"),
        .after(
            "a field of quality that the product lacks", .unknownChoice,
            keep("{ aerosols: [low] }"),
            "p.yml:8:5: drought.ndvi.qa: mod13a2 has no field \"aerosols\" (known: pixel_reliability, "
                + "modland, usefulness, aerosol, adjacent_cloud, brdf_correction, mixed_clouds, "
                + "land_water, snow, shadow). Did you mean \"aerosol\"?"),
        .after(
            "a value that the field lacks", .unknownChoice, keep("{ aerosol: [low, midle] }"),
            "p.yml:8:5: drought.ndvi.qa: aerosol has no value \"midle\" (known: climatology, low, "
                + "average, high). Write some of the known values"),
        .after(
            "fields of two quality layers", .unknownChoice,
            keep("{ aerosol: [low], pixel_reliability: [good] }"),
            "p.yml:8:5: drought.ndvi.qa: keep names fields of several layers"),
        .after(
            "fields by name of a custom product", .unknownChoice,
            keep("{ aerosol: [low] }", of: "custom"),
            "p.yml:8:5: drought.ndvi.qa: keep names fields, and product custom has none"),
        .after(
            "bits and fields by name", .contradiction,
            "drought:\n  ndvi:\n    product: mod13a2\n    file: n.tif\n    qa: { layer: q, accept: [0], keep: { aerosol: [low] } }\n  baseline: 2000-2009\n",
            "p.yml:8:34: drought.ndvi.qa.keep: excludes \"accept\", which is there as well"),
        .after(
            "no test of quality", .missingKey,
            "drought:\n  ndvi:\n    product: mod13a2\n    file: n.tif\n    qa: { layer: q }\n  baseline: 2000-2009\n",
            "p.yml:8:9: drought.ndvi.qa: none of \"accept\", \"bits\", \"keep\" is there (expected one)"),
        .after(
            "a product of uncertain scale", .missingKey,
            "drought:\n  ndvi: { product: eviirs-ndvi, files: \"n/*.tif\" }\n  baseline: 2012-2021\n",
            "p.yml:5:9: drought.ndvi: the key \"scale\" is missing (expected with product eviirs-ndvi"),
        .after(
            "a value that the bits cannot hold", .contradiction,
            "drought:\n  ndvi:\n    product: mod13c1\n    file: n.tif\n    qa: { layer: q, bits: [{ shift: 0, width: 2, accept: [4] }] }\n  baseline: 2000-2009\n",
            "p.yml:8:50: drought.ndvi.qa.bits[0].accept: has 4, which 2 bits cannot hold"),
        .after(
            "best quality that is not accepted", .contradiction,
            "drought:\n  ndvi:\n    product: mod13c1\n    file: n.tif\n    qa: { layer: q, accept: [0, 1], best: [2] }\n  baseline: 2000-2009\n",
            "p.yml:8:37: drought.ndvi.qa.best: has 2, which accept does not have"),
        .after(
            "best quality without accepted values", .contradiction,
            "drought:\n  ndvi:\n    product: mod13a2\n    file: n.tif\n    qa: { keep: { modland: [good] }, best: [0] }\n  baseline: 2000-2009\n",
            "p.yml:8:38: drought.ndvi.qa.best: has 0, which accept does not have"),
        .after(
            "a mask of shares and codes", .contradiction,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  masks: { layers: [{ file: m.tif, role: water, scale: 1, values: [1] }] }\n",
            "p.yml:7:49: drought.masks.layers[0].scale: stands beside \"values\""),
        .after(
            "codes of areas", .contradiction,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  masks: { layers: [{ polygons: m.shp, role: water, values: [1] }] }\n",
            "p.yml:7:53: drought.masks.layers[0].values: stands beside \"polygons\""),
        .after(
            "other land without keep", .missingKey,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  masks: { layers: [{ polygons: m.shp, role: other }] }\n",
            "p.yml:7:21: drought.masks.layers[0]: the key \"keep\" is missing (expected with role other)"
        ),
        .after(
            "a role that no layer has", .contradiction,
            "drought:\n" + ndvi + "  baseline: 2000-2009\n  masks: { use: [built], layers: [{ file: m.tif, role: water }] }\n",
            "p.yml:7:12: drought.masks.use: names built, which no layer shows"),
    ]

    @Test(
        "A wrong value is reported once, at its line, column and path",
        arguments: values + contradictions)
    func valueIsReportedAtItsPlace(_ bad: BadFile) { bad.check() }
}
