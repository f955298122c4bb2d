import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RasterFolderTests {
    @Test(
        "Of a folder the rasters of the product are read, and nothing else",
        arguments: [
            (["MOD13A2.a.hdf", "MOD13A2.b.hdf", "LICENSE", "READ.md"], "mod13a2", "MOD13A2*.hdf", true),
            (["MOD13A2.a.hdf", "MYD13A2.a.hdf", "VNP13A2.a.h5"], "mxd13a2", "M?D13A2*.hdf", true),
            (["MOD13A2.a.hdf", "VNP13A2.a.h5", "VJ113A2.a.h5"], "vnp13a2", "V??13A2*.h5", true),
            (["n_1.tif", "n_2.tif", "mask.nc", "notes.txt"], "custom", "*.tif", true),
            (["n_1.TIF", "n_2.TIF"], "mod13c1", "*.TIF", true),
            (["stack.tif", "som.csv", "PROVENANCE.md"], "mod13c1", "stack.tif", false),
            (["notes.txt"], "custom", "*", true), ([".hidden.tif"], "custom", "*", true),
        ])
    func folders(_ names: [String], _ product: String, _ expected: String, _ isPattern: Bool) throws {
        let folder = try TestPaths.temporaryDirectory()
        for name in names { try Data().write(to: folder.appendingPathComponent(name)) }
        let wanted = RasterFolder.Source(path: "\(folder.path)/\(expected)", isPattern: isPattern)
        #expect(RasterFolder.source(of: folder.path, product: product) == wanted)
        #expect(RasterFolder.source(of: folder.path + "/", product: product) == wanted)
    }

    @Test func `A file and a pattern are what they are`() {
        #expect(
            RasterFolder.source(of: "a/n_*.tif", product: "custom")
                == RasterFolder.Source(path: "a/n_*.tif", isPattern: true))
        #expect(
            RasterFolder.source(of: "a/none.tif", product: "custom")
                == RasterFolder.Source(path: "a/none.tif", isPattern: false))
    }

    @Test func `A missing key and a wrong value are told by their flag, without line or column`() {
        var request = DroughtRequest(
            vegetation: .init(path: "n.tif", product: "custom", dates: "{yyyy}{mm}"),
            baseline: "2000-2009", indicators: [])
        func text() -> String {
            do {
                _ = try request.file(environment: [:], products: ["mod13c1"])
                return ""
            } catch { return "\(error)" }
        }
        #expect(text().contains("the key \"periods\" is missing"))
        #expect(text().contains("The flag is --periods."))
        #expect(text().hasPrefix("jilaal drought: drought: the key"))
        request.periods = "month"
        request.minimumYears = 1
        #expect(text().contains("drought.minimum_years: is out of range"))
        #expect(text().contains("The flag is --minimum-years."))
    }
}
