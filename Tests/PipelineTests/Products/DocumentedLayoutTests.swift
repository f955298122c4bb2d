import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Products
import TestSupport
import Testing

@testable import Pipeline

/// Containers in the documented layout of products of which no file is at
/// hand (`Tests/Fixtures/products`), with values worked out by hand.
@Suite struct DocumentedLayoutTests {
    private static let tile = "A2024353.h22v08.061.2025005025031.hdf"

    /// Snow, cloud, fill and what lies outside the valid range are no values.
    @Test(
        "MOD13 and MYD13 of 250 and 500 m are divided by 10000 and kept by their ranks",
        arguments: [
            ("MOD13Q1", "MOD13Q1", "mod13q1", 4800.0), ("MOD13A1", "MOD13A1", "mod13a1", 2400),
            ("MOD13Q1", "MYD13Q1", "myd13q1", 4800), ("MOD13A1", "MYD13A1", "myd13a1", 2400),
            ("MOD13Q1", "MYD13Q1", "mxd13q1", 4800), ("MOD13A1", "MOD13A1", "mxd13a1", 2400),
        ])
    func vegetation(_ fixture: String, _ prefix: String, _ product: String, _ cells: Double) throws {
        let stack = try DocumentedStack(
            fixture: "\(fixture).\(Self.tile)", named: "\(prefix).\(Self.tile)", product: product)
        let nan = Float.nan
        let found = try stack.values()
        expectSame(found.values, [0.3, -0.2, 1, nan, nan, nan, nan, nan])
        #expect(found.date == "2024-12-18")
        #expect(found.warnings.contains("unchecked-product"))
        // h22 v08: four tiles east of the meridian, one north of the equator.
        let origin = found.spec.geotransform
        #expect(abs(origin.originX - 4 * SinusoidalTile.edgeInMeters) < 1e-3)
        #expect(abs(origin.originY - SinusoidalTile.edgeInMeters) < 1e-3)
        #expect(abs(origin.cellWidth - SinusoidalTile.edgeInMeters / cells) < 1e-3)
        let kept = try stack.values(
            ", qa: { keep: { modland: [good], land_water: [land], aerosol: [climatology] } }")
        expectSame(kept.values, [0.3, nan, nan, nan, nan, nan, nan, 0.0007])
    }

    @Test("Months of MOD13A3 and MYD13A3 are read alike", arguments: ["MOD13A3", "MYD13A3"])
    func months(_ prefix: String) throws {
        let stamp = "A2024336.h22v08.061.2025005025031.hdf"
        let found = try DocumentedStack(
            fixture: "MOD13A3.\(stamp)", named: "\(prefix).\(stamp)", product: prefix.lowercased()
        ).values(", periods: month")
        let nan = Float.nan
        expectSame(found.values, [0.3, -0.2, 1, nan, nan, nan, nan, nan])
        #expect(found.date == "2024-12-01")
        let width = found.spec.geotransform.cellWidth
        #expect(abs(width - SinusoidalTile.edgeInMeters / 1200) < 1e-3)
    }

    @Test func `Bits of VI Quality are counted by name`() throws {
        let path = TestPaths.fixture("products/MOD13Q1.\(Self.tile)").path
        let profile = try #require(RasterProfile.named("mod13q1"))
        let layer = try #require(
            profile.qualityLayer(for: [QualityRequirement("modland", ["good"])]))
        let counts = try QualityCounts(
            of: layer, in: RasterSource(RasterReference(name: "t", path: path, layer: layer.layer)))
        func found(_ name: String) throws -> [Int] {
            counts.counts(of: try #require(layer.field(name)))
        }
        #expect(counts.ungraded == 1)
        #expect(try found("modland") == [4, 2, 1, 0])
        #expect(try found("usefulness") == [6, 0, 1, 0, 0, 0, 0])
        #expect(try found("aerosol") == [5, 1, 0, 1])
        #expect(try found("mixed_clouds") == [6, 1])
        #expect(try found("land_water") == [0, 6, 0, 0, 0, 0, 0, 1])
        #expect(try found("shadow") == [6, 1])
    }

    @Test(
        "MOD11A2 and MYD11A2 are kelvin in steps of 0.02, without errors beyond 3 K",
        arguments: [
            ("MOD11A2", "mod11a2"), ("MOD11A2", "mod11a2-night"), ("MYD11A2", "myd11a2"),
            ("MYD11A2", "myd11a2-night"),
        ])
    func temperature(_ prefix: String, _ product: String) throws {
        let stamp = "A2024361.h22v08.061.2025006052437.hdf"
        let found = try DocumentedStack(
            fixture: "MOD11A2.\(stamp)", named: "\(prefix).\(stamp)", product: product,
            section: .lst
        ).values()
        let nan = Float.nan
        expectSame(found.values, [300, nan, 150, nan, 1310.7, nan, nan, nan])
        #expect(found.date == "2024-12-26")
    }

    @Test(
        "VNP13 of 500 m and of months is multiplied by 0.0001 and placed by its name",
        arguments: [
            ("VNP13A1.A2024353.h22v08.002.2025013090544.h5", "vnp13a1", 2400.0, "2024-12-18"),
            ("VNP13A3.A2024336.h22v08.002.2025013090544.h5", "vnp13a3", 1200, "2024-12-01"),
        ])
    func viirs(_ name: String, _ product: String, _ cells: Double, _ day: String) throws {
        let window = CellWindow(row: 0, column: 0, rows: 2, columns: 4)
        let found = try DocumentedStack(fixture: name, product: product).values(in: window)
        let nan = Float.nan
        expectSame(found.values, [0.3, -1, 1, nan, nan, nan, nan, nan])
        #expect(found.date == day)
        let origin = found.spec.geotransform
        #expect(abs(origin.originX - 4 * SinusoidalTile.edgeInMeters) < 1e-3)
        #expect(abs(origin.originY - SinusoidalTile.edgeInMeters) < 1e-3)
        #expect(abs(origin.cellWidth - SinusoidalTile.edgeInMeters / cells) < 1e-6)
    }

    @Test(
        "Layers of VHP are read from NetCDF on the grid of the documents",
        arguments: [
            ("vhp-smn", DroughtSection.ndvi, [-0.2, 0.8, Float.nan, 0.35, .nan, 0]),
            ("vhp-smt", .lst, [288, 301.5, .nan, 310, .nan, .nan]),
        ])
    func health(_ product: String, _ section: DroughtSection, _ expected: [Float]) throws {
        let stack = try DocumentedStack(
            fixture: "VHP.G04.C07.j01.P2024052.SM.nc", product: product, section: section)
        let window = CellWindow(row: 0, column: 0, rows: 2, columns: 3)
        let found = try stack.values(section == .ndvi ? ", periods: week" : "", in: window)
        expectSame(found.values, expected)
        #expect(found.date == "2024-12-23")
        #expect(found.spec.geotransform.originX == -180)
        #expect(found.spec.geotransform.originY == 75.024)
        #expect(found.spec.shape == Shape(rows: 3616, columns: 10_000))
    }

    /// No section takes these; the layers are read and checked as `inspect`
    /// does.
    @Test(
        "The indices of VHP are found by their layer and agree with their profile",
        arguments: ["vhp-vci", "vhp-tci", "vhp-vhi"])
    func healthIndices(_ product: String) throws {
        let name = "VHP.G04.C07.j01.P2024052.VH.nc"
        let profile = try #require(RasterProfile.named(product))
        #expect(RasterProfile.allMatching(fileName: name).contains(profile))
        let source = try RasterSource(
            RasterReference(
                name: name, path: TestPaths.fixture("products/\(name)").path, layer: profile.layer,
                placement: profile.placement(ofFile: name)))
        var cells = [Float](repeating: 0, count: 6)
        try source.read(
            band: 1, window: CellWindow(row: 0, column: 0, rows: 2, columns: 3), into: &cells)
        // The netCDF driver itself puts fill in the place of the 101, which is
        // outside the valid range that the file states.
        #expect(cells == [0, 100, -999, 35.5, -999, 7])
        let check = ProfileCheck(profile)
        #expect(check.isOriginal(source.info))
        #expect(check.differences(in: source.info, band: 1) == [])
        let agreements = check.agreements(in: source.info, band: 1)
        for words in ["stores Float32", "fill -999", "valid range 0, 100", "cells of 0.036"] {
            #expect(agreements.contains { $0.contains(words) }, "\(agreements)")
        }
    }

    @Test func `Copernicus NDVI of 1 km is read from NetCDF4 and from a cloud-optimized copy`() throws {
        let name = "c_gls_NDVI_202006110000_GLOBE_PROBAV_V3.0.1.nc"
        let stack = try DocumentedStack(fixture: name, product: "cgls-ndvi-1km")
        let found = try stack.values(", periods: dekad")
        let expected: [Float] = [-0.08, 0.92, .nan, .nan, 0.5, 0]
        expectSame(found.values, expected)
        #expect(found.date == "2020-06-11")
        #expect(abs(found.spec.geotransform.originX - 40) < 1e-9)
        #expect(abs(found.spec.geotransform.originY - 2) < 1e-9)

        let folder = try TestPaths.temporaryDirectory()
        let plain = folder.appendingPathComponent("plain.tif")
        let cloud = folder.appendingPathComponent(name.replacing(".nc", with: ".tiff"))
        let description = RasterDescription(
            spec: found.spec, type: .uint8, nodata: 255, bands: [.init(description: "", unit: "")])
        let writer = try RasterWriter(path: plain.path, description: description)
        let cells: [Float] = [0, 250, 254, 255, 145, 20]
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(found.spec.shape), cells: base)
        }
        try writer.close()
        try CloudOptimizedGeoTIFF.write(from: plain.path, to: cloud.path, description: description)
        let copy = try DocumentedStack(url: cloud, product: "cgls-ndvi-1km", section: .ndvi)
            .values(", periods: dekad")
        expectSame(copy.values, expected)
        #expect(copy.date == found.date)
    }

    @Test(
        "Rainfall of CHIRPS of every version and period is millimetres",
        arguments: [
            ("chirps-v2.0.2011.10.3.tif", "chirps-v2-dekad", "2011-10-21"),
            ("chirps-v2.0.2011.10.6.tif", "chirps-v2-pentad", "2011-10-26"),
            ("chirps-v2.0.2011.10.tif", "chirps-v2-month", "2011-10-01"),
            ("chirps-v3.0.2011.10.3.tif", "chirps-v3-dekad", "2011-10-21"),
            ("chirps-v3.0.2011.10.6.tif", "chirps-v3-pentad", "2011-10-26"),
            ("chirps-v3.0.2011.10.tif", "chirps-v3-month", "2011-10-01"),
        ])
    func rainfall(_ name: String, _ product: String, _ day: String) throws {
        let url = try TestPaths.temporaryDirectory().appendingPathComponent(name)
        let spec = GridSpec(
            shape: Shape(rows: 2, columns: 2),
            geotransform: Geotransform(originX: 40, cellWidth: 0.05, originY: 2, cellHeight: -0.05),
            crs: .wgs84)
        // Another nodata tag than the fill, as in some copies.
        let writer = try RasterWriter(
            path: url.path,
            description: RasterDescription(
                spec: spec, type: .float32, nodata: -1, bands: [.init(description: "", unit: "")]))
        let cells: [Float] = [0, 0.25, -9999, 1200]
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
        let found = try DocumentedStack(url: url, product: product, section: .rain).values()
        expectSame(found.values, [0, 0.25, .nan, 1200])
        #expect(found.date == day)
        #expect(found.warnings.contains("unchecked-product"))
    }

    @Test(
        "A file that is not as the product is known is refused, and the message names it",
        arguments: [
            ("wrong_scale.hdf", "MOD13Q1", "mod13q1", "states the scale 0.0001 (expected 10000)"),
            ("wrong_fill.hdf", "MOD13Q1", "mod13q1", "states the fill -28672 (expected -3000)"),
            ("wrong_cells.hdf", "MOD13Q1", "mod13q1", "has cells of 463.3"),
            ("wrong_tile.hdf", "MOD13Q1", "mod13q1", "says that it is tile h21 v8 (expected h22 v8"),
            ("wrong_scale.h5", "VNP13A1", "vnp13a1", "states the scale 10000 (expected 0.0001)"),
            ("wrong_fill.h5", "VNP13A1", "vnp13a1", "states the fill -3000 (expected -15000, -13000)"),
        ])
    func refused(_ fixture: String, _ prefix: String, _ product: String, _ words: String) throws {
        let name = "\(prefix).A2024353.h22v08.\(fixture.hasSuffix("hdf") ? "061.hdf" : "002.h5")"
        let stack = try DocumentedStack(fixture: fixture, named: name, product: product)
        let refusals = try stack.refusals()
        #expect(refusals.count == 1)
        let first = try #require(refusals.first)
        #expect(first.hasPrefix(name), "\(first)")
        #expect(first.contains(words), "\(first)")
        #expect(first.contains("so it is not as \(product) is known"), "\(first)")
    }

    @Test(
        "A NetCDF with another scale or other cells is refused",
        arguments: [
            ("wrong_scale.nc", "states the scale 0.5 (expected 0.004)"),
            ("wrong_cells.nc", "has cells of 0.0029"),
        ])
    func refusedNetCDF(_ fixture: String, _ words: String) throws {
        let name = "c_gls_NDVI_202006110000_GLOBE_PROBAV_V3.0.1.nc"
        let stack = try DocumentedStack(fixture: fixture, named: name, product: "cgls-ndvi-1km")
        let refusals = try stack.refusals(", periods: dekad")
        #expect(refusals.contains { $0.hasPrefix(name) && $0.contains(words) }, "\(refusals)")
    }

    @Test func `A file without the layer of the product is refused by the layer's name`() throws {
        let name = "MOD13Q1.A2024353.h22v08.061.hdf"
        let stack = try DocumentedStack(
            fixture: "MOD13A1.\(Self.tile)", named: name, product: "mod13q1")
        let first = try #require(try stack.refusals().first)
        #expect(first.hasPrefix(name), "\(first)")
        #expect(first.contains("250m 16 days NDVI"), "\(first)")
    }
}
