import Calendar
import Drought
import Foundation
import Products
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct GoodFileTests {
    @Test func `A minimal file gets every default`() throws {
        let file = try PipelineText(fixture: "minimal.yaml").read()
        let configuration = file.configuration
        #expect(configuration.name == "NO")
        #expect(configuration.asOf == .latest)
        #expect(!configuration.synthetic)
        #expect(configuration.sectors?.file.path == "/pipelines/sectors.geojson")
        #expect(configuration.sectors?.approximate == false)
        #expect(configuration.drought == nil)
        #expect(configuration.bases?.id == "id")
        #expect(configuration.bases?.reach == .kilometers(50))
        #expect(configuration.bases?.edition == .public)
        #expect(file.sha256.count == 64)
    }

    @Test func `Every key of a complete file is read`() throws {
        let c = try PipelineText(fixture: "complete.yaml").read().configuration
        #expect(c.notes == ["Sector lines are approximate.", "12:30"])
        #expect(c.asOf == CalendarDate(year: 2010, month: 12, day: 19).map(AsOf.date))
        #expect(c.output?.path == "/pipelines/out/somalia-2010")
        #expect(
            c.sectors?.file
                == ConfiguredPath(
                    written: "${JILAAL_DATA}/sectors/sectors.geojson",
                    path: "/data/sectors/sectors.geojson"))
        #expect(c.sectors?.approximate == true)
        #expect(c.districts?.file.path == "/sector-data/districts.shp")
        #expect(c.livelihoodZones?.layer == "livelihoods")
        #expect(c.livelihoodZones?.repair == true)
        #expect(c.settlements?.population == "people")
        #expect(c.roads?.crs == "EPSG:32638")
        #expect(c.outlines?.file.path == "/maps/outlines.geojson")
        let ndvi = try #require(c.drought?.ndvi)
        #expect(ndvi.product == "mod13c1")
        #expect(
            ndvi.source
                == .files(ConfiguredPattern(written: "ndvi/*.tif", path: "/pipelines/ndvi/*.tif")))
        #expect(ndvi.dates == .pattern("NDVI_{yyyy}{mm}{dd}.tif"))
        #expect(ndvi.scale == 0.0001)
        #expect(ndvi.offset == -0.5)
        #expect(ndvi.fill == [-3000, -9999])
        #expect(ndvi.validRange == -2000...10000)
        #expect(ndvi.quality?.bits?.count == 2)
        #expect(ndvi.quality?.dates == .pattern("QA_{yyyy}{doy}.tif"))
        #expect(ndvi.irregularDates == .accept)
        let temperature = try #require(c.drought?.lst)
        #expect(temperature.product == RasterStackConfiguration.custom)
        #expect(temperature.scale == 0.02)
        #expect(temperature.periods == .eightDay)
        let rain = try #require(c.drought?.rain)
        #expect(rain.file?.path == "/pipelines/rain.tif")
        #expect(rain.periods == .month)
        #expect(c.drought?.baseline == YearRange(first: 2000, last: 2009))
        #expect(c.drought?.periods == .sixteenDay)
        #expect(c.drought?.maximumAge == Days(48))
        #expect(c.drought?.series == Months(0))
        #expect(c.drought?.classes == .ndma)
        let masks = try #require(c.drought?.masks)
        #expect(masks.minimum == 0.2)
        #expect(masks.used.map(\.role) == [.cropland, .rangeland, .water])
        #expect(masks.layers.map(\.layer.isKept) == [true, true, false, false])
        #expect(masks.layers[0].scale == 0.01)
        #expect(masks.layers[1].values == [30, 40])
        #expect(masks.layers[2].polygons?.path == "/pipelines/lakes.geojson")
        #expect(c.drought?.people?.file.path == "/pipelines/people.tif")
        let indicators = try #require(c.drought?.indicators)
        #expect(indicators.compute.first == .vci3m)
        #expect(indicators.smoothing.asymmetry == 0.9)
        #expect(indicators.spi.zeros == .center)
        #expect(indicators.breaks.monitor == Months(36))
        #expect(indicators.runs.threshold == 30)
        #expect(indicators.stress.calendar.seasons.map(\.name) == ["Gu", "Deyr"])
        #expect(indicators.stress.index == .cells)
        #expect(indicators.stress.cropCoefficients == [0.4, 1.1, 0.7])
        #expect(indicators.zoneSeries == Months(24))
        #expect(indicators.parity == .ndma)
        #expect(
            c.drought?.climatology
                == ConfiguredPath(
                    written: "climatology/somalia", path: "/pipelines/climatology/somalia"))
        let sources = try #require(c.incidents?.sources)
        #expect(sources.map(\.source) == [.acled, .ucdpGED, .mapped])
        #expect(sources[1].coordinatesFrom == .wkt)
        #expect(sources[2].columns?.date == "day")
        #expect(sources[2].columns?.dateEnd == nil)
        #expect(sources[2].columns?.timePrecision == "when")
        #expect(c.incidents?.invalid == .fail)
        #expect(c.hotspots?.cell == .meters(2500))
        #expect(c.hotspots?.cap == 25)
        #expect(c.hotspots?.density.halfLife == Days(1))
        #expect(c.hotspots?.density.edge == .diggle)
        #expect(c.hotspots?.density.adaptive == true)
        #expect(c.hotspots?.density.bandwidth == .scott)
        #expect(c.hotspots?.density.sampling == .average)
        #expect(c.hotspots?.giStar.radius == .kilometers(12.5))
        #expect(c.hotspots?.giStar.correction == CorrectionChoice.none)
        #expect(c.hotspots?.giStar.significance == .normal)
        #expect(c.hotspots?.robustness?.draws == 50)
        #expect(c.hotspots?.moran?.level == Percent(1))
        #expect(c.hotspots?.cube?.step == .months(12))
        #expect(c.hotspots?.cube?.trend == .hamedRao)
        #expect(c.hotspots?.scan?.step == Days(3))
        #expect(c.hotspots?.nearRepeat?.distances == [.kilometers(2), .kilometers(8)])
        #expect(c.hotspots?.relation?.dryBelow == 20)
        #expect(c.hotspots?.confidence == Percent(95))
        #expect(c.bases?.edition == .restricted)
    }

    @Test func `An empty section of hotspots has every default`() throws {
        let c = try PipelineText(fixture: "mapped.yaml").read().configuration
        let hotspots = try #require(c.hotspots)
        #expect(hotspots.cell == .kilometers(5))
        #expect(hotspots.window == Days(90))
        #expect(hotspots.cap == nil)
        #expect(hotspots.density == DensityConfiguration())
        #expect(hotspots.giStar == GiStarConfiguration())
        #expect(hotspots.confidence == Percent(90))
        #expect(hotspots.robustness == nil && hotspots.moran == nil && hotspots.cube == nil)
        #expect(hotspots.scan == nil && hotspots.nearRepeat == nil && hotspots.relation == nil)
        #expect(c.drought?.baseline.count == 10)
        #expect(c.drought?.ndvi.quality?.source == .layer("pixel reliability"))
        #expect(c.drought?.ndvi.quality?.test == .accept([0, 1], best: [0]))
        #expect(
            c.drought?.lst?.quality?.keep == [
                QualityRequirement("lst_error", ["1k"]),
                QualityRequirement("mandatory", ["good", "other"]),
            ])
        #expect(c.drought?.lst?.quality?.source == .product)
        #expect(c.drought?.rain == nil)
    }

    @Test func `Travel, coverage and transfer are read as they are written`() throws {
        let c = try PipelineText(fixture: "complete.yaml").read().configuration
        let travel = try #require(c.travel)
        #expect(travel.moves == 16 && travel.corners == .strict && travel.slope == .walk)
        #expect(travel.roads?.classField == "kind" && travel.snap == 3)
        #expect(travel.multipliers.map(\.factor) == [0.5])
        #expect(travel.multipliers.first?.season == .wet)
        let coverage = try #require(c.coverage)
        #expect(coverage.limits == [Minutes(30), Minutes(90), Minutes(180)])
        #expect(coverage.limit == Minutes(90))
        let transfer = try #require(c.transfer)
        #expect(transfer.gates.evidenceAge == Days(120) && transfer.weights.population == 4)
        #expect(transfer.schedule?.phases.map(\.season) == [.dry, .wet])
        #expect(transfer.schedule?.floor == Percent(5))
    }

    @Test func `The middle limit counts where none is chosen`() throws {
        let head = "bases: { file: b.csv }\npopulation: { file: p.tif }\n"
            + "travel: { speeds: s.csv, land_cover: l.tif }\n"
        let c = try PipelineText(after: head + "coverage: {}\n").read().configuration
        #expect(c.coverage?.limit == Minutes(120))
        #expect(c.transfer == nil)
    }

    @Test func `Capped fatalities are capped at ten unless the file says another number`() throws {
        let text = PipelineText(
            after: """
                incidents: { sources: [{ source: acled, file: a.csv }] }
                hotspots: { weight: capped-fatalities }
                """)
        #expect(try text.read().configuration.hotspots?.cap == 10)
    }

    @Test(
        "Words that YAML 1.1 takes for other types stay text where text is expected",
        arguments: ["NO", "1.10", "12:30", "0x1F", "2010-12-19", "1e3", "007", "on"])
    func wordsStayText(_ word: String) throws {
        let text = PipelineText(
            "version: 1\nname: \(word)\nsectors: { file: s.shp, id: \(word) }\nbases: { file: b.csv }\n"
        )
        let configuration = try text.read().configuration
        #expect(configuration.name == word)
        #expect(configuration.sectors?.id == word)
    }

    @Test func `A byte order mark and Windows line ends change nothing`() throws {
        let plain = try PipelineText(fixture: "complete.yaml")
        let windows = PipelineText(
            "\u{FEFF}" + plain.text.replacing("\n", with: "\r\n"))
        #expect(try plain.read().configuration == windows.read().configuration)
    }

    @Test(
        "The canonical parameters are a pipeline file of the same meaning",
        arguments: ["minimal.yaml", "complete.yaml", "mapped.yaml"])
    func canonicalParametersReadBack(_ name: String) throws {
        let file = try PipelineText(fixture: name).read()
        let canonical = file.canonicalParameters.text(.pretty)
        let again = try PipelineText(canonical).read()
        #expect(again.configuration == file.configuration)
        #expect(again.canonicalParameters == file.canonicalParameters)
        #expect(!canonical.contains("/pipelines"), "paths are as written")
        #expect(!canonical.contains("\"/data"))
    }

    @Test func `Files that mean the same have the same canonical parameters`() throws {
        let a = PipelineText(
            after: """
                incidents: { sources: [{ source: acled, file: a.csv }] }
                hotspots: { cell: 5 km, density: { radius: 15000 m } }
                """)
        let b = PipelineText(
            """
            hotspots:
              confidence: 90%   # the default
              window: "90 days"
            incidents:
              sources: [{ file: a.csv, source: acled }]
            sectors: { id: "sid", file: 's.geojson' }
            name: Test
            version: 1
            """)
        #expect(try a.read().canonicalParameters == b.read().canonicalParameters)
        #expect(try a.read().sha256 != b.read().sha256)
    }

    @Test func `Canonical parameters state defaults in the order of the documentation`() throws {
        let text = try PipelineText(fixture: "minimal.yaml").read().canonicalParameters.text()
        let expected =
            #"{"version":1,"name":"NO","notes":[],"synthetic":false,"variables":[],"#
            + #""as_of":"latest","sectors":{"file":"sectors.geojson","id":"sector_id","#
            + #""approximate":false},"bases":{"file":"bases.csv","id":"id","name":"name","#
            + #""longitude":"longitude","latitude":"latitude","reach":"50 km","edition":"public"}}"#
        #expect(text == expected)
    }

    @Test func `A pipeline file is read from disk with paths relative to it`() throws {
        let folder = try TestPaths.temporaryDirectory()
        let path = folder.appendingPathComponent("p.yml").path
        try PipelineText(fixture: "minimal.yaml").text.write(
            toFile: path, atomically: true, encoding: .utf8)
        let file = try PipelineFile(path: path, environment: [:])
        #expect(file.configuration.sectors?.file.path == folder.path + "/sectors.geojson")
        #expect(file.sha256 == (try Digest(ofFileAt: path)).sha256)
    }
}
