import Diagnostics
import Drought
import Foundation
import Geo
import GridCore
import Sectors
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct LandTests {
    /// Shares are kept as 32-bit numbers, and VCI too.
    private static let relativeTolerance = 1e-6

    private static let masks = """
          masks:
            minimum: 0.2
            layers:
              - { file: crop.tif, role: cropland, scale: 0.01 }
              - { polygons: lake.geojson, role: water }
          people: { file: people.tif }
        """

    /// Percent of cropland; 255 is nodata.
    private static let crop: [Float] = [
        100, 50, 10, 0, 75, 255, 100, 100, 30, 20, 19, 100, 0, 60, 80, 100,
    ]
    /// -1 is nodata.
    private static let people: [Float] = [
        10, 0, 30, -1, 50, 60, 70, 80, 90, 100, 110, 120, 130.5, 140, 150, 160,
    ]

    private func folder() throws -> LandFolder {
        let folder = try LandFolder()
        try folder.write(Self.crop, .uint8, nodata: 255, "crop.tif")
        try folder.write(Self.people, .float32, nodata: -1, "people.tif")
        // Half of cell 6 (row 1, column 2) and a quarter of cell 14.
        try folder.writeBox(2.5...3, 1...2, "lake.geojson")
        return folder
    }

    /// Share of each cell that is kept: cropland less the lake, none below
    /// a fifth.
    private var kept: [Double] {
        Self.crop.enumerated().map { index, percent in
            let land = percent == 255 ? 0 : Double(percent) / 100
            let share = land * (index == 6 ? 0.5 : 1)
            return share < 0.2 ? 0 : share
        }
    }

    /// Share of a cell that lies in the western or eastern zone.
    private func cover(_ zone: Int, _ cell: Int) -> Double {
        let west = [1, 1, 0.5, 0][cell % 4]
        return zone == 0 ? west : 1 - west
    }

    private func expectClose(
        _ a: Double?, _ b: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let a = a ?? .nan
        #expect(
            abs(a - b) <= Self.relativeTolerance * max(1, abs(b)), "\(a) and \(b)",
            sourceLocation: sourceLocation)
    }

    @Test func figuresAreWeightedByAreaAndKeptShare() throws {
        var log = ProblemLog()
        let folder = try folder()
        let prepared = try folder.prepare(Self.masks, &log)
        #expect(log.isClean)
        let result = try folder.run(prepared)
        let areas = CellAreas(geographic: LandFolder.spec)
        for zone in 0..<2 {
            let cells = (0..<16).map {
                (LandFolder.vci[$0], cover(zone, $0) * areas[$0 / 4] * kept[$0])
            }
            let weight = cells.reduce(0) { $0 + $1.1 }
            let summary = DroughtSummary(
                result.current[zone], zoneAreaInSquareMeters: 1, table: .kogan,
                medians: result.medians[zone], isMasked: true)
            expectClose(summary.vci, cells.reduce(0) { $0 + $1.0 * $1.1 } / weight)
            expectClose(summary.keptSquareMeters, weight)
            expectClose(summary.validPercent, 100)
            for (index, drought) in DroughtClassTable.kogan.classes.enumerated() {
                let area = cells.filter {
                    DroughtClassTable.kogan.droughtClass(ofVCI: $0.0) == drought
                }.reduce(0) { $0 + $1.1 }
                expectClose(summary.classSquareMeters[index], area)
            }
            let sorted = WeightedDistribution(
                cells.map { WeightedValue(value: $0.0, weight: $0.1) })
            expectClose(summary.medians.vci, try #require(sorted.lowerQuantile(0.5)))
        }
    }

    @Test func maskedCellsSayWhyAndHaveNoIndex() throws {
        var log = ProblemLog()
        let folder = try folder()
        let prepared = try folder.prepare(Self.masks, &log)
        let result = try folder.run(prepared)
        let masked = kept.filter { $0 == 0 }.count
        #expect(result.reasons == [16 - masked, 0, 0, 0, 0, masked])
        #expect(
            result.counts(of: prepared).first { $0.name == "cells_reason_masked" }?.value == masked)
        let source = try RasterSource(
            RasterReference(
                name: "reason",
                path: folder.url.appendingPathComponent("work-1/reason.plain.tif").path))
        var reasons = [Int16](repeating: -1, count: 16)
        try reasons.withUnsafeMutableBufferPointer {
            try source.read(
                band: 1, window: CellWindow(LandFolder.spec.shape),
                into: try #require($0.baseAddress))
        }
        #expect(reasons == kept.map { $0 == 0 ? 5 : 0 })
        #expect(source.info.metadata.contains { $0.key == "CLASSES" && $0.value.contains("5 ") })
    }

    @Test func withoutAMaskNothingIsSaidOfOne() throws {
        var log = ProblemLog()
        let folder = try folder()
        let prepared = try folder.prepare("", &log)
        let result = try folder.run(prepared)
        #expect(!result.counts(of: prepared).contains { $0.name == "cells_reason_masked" })
        #expect(result.reasons == [16, 0, 0, 0, 0, 0])
        let reason = DroughtOutput.reason.description(prepared, metadata: [])
        #expect(reason.metadata.last?.value.contains("5 ") == false)
        #expect(!prepared.zoneColumns.columns.contains { $0.name.hasSuffix("people") })
        #expect(!prepared.zoneColumns.columns.contains { $0.name == "kept_km2" })
        #expect(prepared.zoneColumns.columns.contains { $0.name == "vci_median" })
    }

    @Test func noPersonIsLostOrCountedTwice() throws {
        var log = ProblemLog()
        let folder = try folder()
        let result = try folder.run(try folder.prepare(Self.masks, &log))
        let total = Self.people.filter { $0 >= 0 }.reduce(0) { $0 + Double($1) }
        let found = result.medians.compactMap(\.people)
        #expect(found.count == 2)
        #expect(result.people?.cells == 15)
        #expect(result.people?.nodata == 1)
        expectClose(result.people?.total, total)
        expectClose(found.reduce(0) { $0 + $1.totalWeight }, total)
        for code in UInt8(0)...5 {
            let expected = (0..<16).filter { cell in
                let drought = DroughtClassTable.kogan.droughtClass(ofVCI: LandFolder.vci[cell])
                return (kept[cell] > 0 ? drought?.code ?? 0 : 0) == code
            }.reduce(0) { $0 + max(0, Double(Self.people[$1])) }
            expectClose(found.reduce(0) { $0 + $1[code: code] }, expected)
        }
    }

    @Test func threadsChangeNoBit() throws {
        var log = ProblemLog()
        let folder = try folder()
        let prepared = try folder.prepare(Self.masks, &log)
        func bytes(_ threads: Int) throws -> [Data] {
            let result = try folder.run(prepared, threads: threads)
            return [
                try PropertyListEncoder().encode(result.series),
                try PropertyListEncoder().encode(result.medians),
            ]
        }
        #expect(try bytes(1) == bytes(3))
    }

    @Test func theBandIsThatOfTheCellsClimatology() throws {
        var log = ProblemLog()
        let folder = try folder()
        let result = try folder.run(try folder.prepare("", &log))
        for zone in result.current {
            expectClose(zone.baseline.minimum.mean, 0.2)
            expectClose(zone.baseline.mean.mean, 0.4)
            expectClose(zone.baseline.maximum.mean, 0.6)
        }
    }

    @Test func distributionsSurviveBeingKept() throws {
        var distribution = ZoneDistribution()
        for value in [-0.31, 0.2, 0.2001, 0.7] { distribution.ndvi.add(Float(value), weight: 1.1) }
        distribution.vci.add(-1e9, weight: 3)
        distribution.people = ClassAreaAccumulator()
        distribution.people?.add(2, weight: 70.5)
        let kept = try PropertyListDecoder().decode(
            ZoneDistribution.self, from: try PropertyListEncoder().encode(distribution))
        #expect(kept.ndvi.bins.map(\.bin) == distribution.ndvi.bins.map(\.bin))
        #expect(kept.ndvi.bins.map(\.weight) == distribution.ndvi.bins.map(\.weight))
        #expect(kept.vci.median == -100)
        #expect(kept.zscore.median == nil)
        #expect(kept.people == distribution.people)
        var other = WeightedHistogram(binsPerUnit: 10, limits: 0...9)
        let isShort = other.add(packed: [1, 2, 3])
        #expect(!isShort)
        let isBeyond = other.add(packed: [200, 0, 0, 0, 0, 0, 0, 0, 240, 63])
        #expect(!isBeyond)
    }

    @Test func aMaskOnAnotherGridIsRefusedWithTheCommandThatMendsIt() throws {
        var log = ProblemLog()
        let folder = try folder()
        try folder.write(Self.crop, .uint8, nodata: 255, "shifted.tif", originX: 40.1)
        _ = try folder.prepare(
            "  masks: { layers: [{ file: shifted.tif, role: cropland, scale: 0.01 }] }", &log)
        #expect(log.failures.map(\.code) == ["mixed-grids"])
        let text = "\(log.failures[0])"
        #expect(
            text.contains("gdalwarp -t_srs EPSG:4326 -te 40.0 -0.5 41.0 0.5 -ts 4 4"), "\(text)")
    }

    @Test func percentTakenForSharesAreRefused() throws {
        var log = ProblemLog()
        let folder = try folder()
        let prepared = try folder.prepare(
            "  masks: { layers: [{ file: crop.tif, role: cropland }] }", &log)
        #expect(log.isClean)
        let error = #expect(throws: PipelineError.self) { try folder.run(prepared) }
        #expect(error?.code == "not-a-share")
    }

    @Test func codesOfLandCoverAreAllOrNothing() throws {
        var log = ProblemLog()
        let folder = try folder()
        let codes: [Float] = [40, 40, 30, 80, 40, 30, 30, 80, 10, 40, 40, 80, 40, 40, 10, 0]
        try folder.write(codes, .uint8, nodata: 0, "cover.tif")
        let prepared = try folder.prepare(
            "  masks: { layers: [{ file: cover.tif, role: cropland, values: [30, 40] }] }", &log)
        let result = try folder.run(prepared)
        let shown = codes.filter { $0 == 30 || $0 == 40 }.count
        #expect(result.reasons == [shown, 0, 0, 0, 0, 16 - shown])
    }

    @Test(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
    func theLivelihoodZonesOfSomaliaAreAZoneSet() throws {
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            livelihood_zones:
              file: "${JILAAL_DATA}/somalia_pkg_cc0/SO_LHZ_2015.shp"
              id: LZCODE
              name: LZNAME
              repair: true
            bases: { file: b.csv }
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: "/",
            environment: ["JILAAL_DATA": try #require(TestPaths.data).path])
        var log = ProblemLog()
        let zones = ZoneSet.load(try #require(file.configuration.livelihoodZones), &log)
        #expect(log.failures.map { "\($0)" } == [])
        #expect(zones?.zones.count == 19)
        #expect(log.warnings.filter { $0.code == "repaired-geometry" }.count == 1)
    }
}
