import Calendar
import Testing

@testable import Products

@Suite struct RasterProfileTests {
    @Test func `Profiles have ids of their own and whole descriptions`() {
        let ids = RasterProfile.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for profile in RasterProfile.all {
            #expect(profile.scale != 0, "\(profile.id)")
            #expect(!profile.citation.isEmpty, "\(profile.id)")
            // What is kept by default is of one layer and has names that exist.
            guard !profile.keep.isEmpty else { continue }
            let layer = profile.qualityLayer(for: profile.keep)
            #expect(layer != nil, "\(profile.id)")
            for requirement in profile.keep {
                let names = layer?.field(requirement.field)?.values.map(\.name) ?? []
                #expect(Set(requirement.values).isSubset(of: names), "\(profile.id)")
            }
        }
    }

    @Test func `Fields of quality do not overlap and name each code once`() {
        for layer in RasterProfile.all.flatMap(\.qualityLayers) {
            var used = 0
            for field in layer.fields {
                let mask = ((1 << field.width) - 1) << field.shift
                #expect(used & mask == 0, "\(layer.layer): \(field.name)")
                used |= mask
                let codes = field.values.flatMap(\.codes)
                #expect(Set(codes).count == codes.count, "\(layer.layer): \(field.name)")
                #expect(codes.allSatisfy { $0 < 1 << field.width }, "\(layer.layer): \(field.name)")
            }
            #expect(used < 1 << 16, "\(layer.layer)")
        }
    }

    @Test func `Ids of pipeline files that exist stay known`() {
        for id in [
            "mod13q1", "mod13a1", "mod13a2", "mod13a3", "mod13c1", "cgls-ndvi-1km", "gimms-ndvi3g",
        ] {
            #expect(RasterProfile.named(id) != nil, "\(id)")
        }
    }

    @Test(arguments: [
        ("MOD13Q1.A2024353.h22v08.061.2025005025031.hdf", "mod13q1", "2024-12-18"),
        ("MYD13A1.A2025009.h22v08.061.2025030154035.hdf", "myd13a1", "2025-01-09"),
        ("MOD13A2.A2025097.h18v09.061.2025114002335.hdf", "mod13a2", "2025-04-07"),
        ("MYD13A2.A2025009.h18v09.061.2025030154035.hdf", "myd13a2", "2025-01-09"),
        ("MYD13A3.A2024336.h22v08.061.2025006004214.hdf", "myd13a3", "2024-12-01"),
        ("VNP13A2.A2025009.h18v09.002.2025031192612.h5", "vnp13a2", "2025-01-09"),
        ("VJ113A1.A2024361.h22v08.002.2025013090544.h5", "vnp13a1", "2024-12-26"),
        ("MYD11A2.A2024361.h22v08.061.2025006052437.hdf", "myd11a2", "2024-12-26"),
        ("c_gls_NDVI300_202107010000_GLOBE_OLCI_V2.0.1.nc", "cgls-ndvi-300m", "2021-07-01"),
        ("c_gls_NDVI_202006110000_GLOBE_PROBAV_V3.0.1.nc", "cgls-ndvi-1km", "2020-06-11"),
        ("chirps-v2.0.2011.10.tif", "chirps-v2-month", "2011-10-01"),
        ("chirps-v2.0.2011.10.3.tif", "chirps-v2-dekad", "2011-10-21"),
        ("chirps-v2.0.2011.10.6.tif", "chirps-v2-pentad", "2011-10-26"),
        ("chirps-v3.0.2023.02.tif", "chirps-v3-month", "2023-02-01"),
        ("VHP.G04.C07.npp.P2018001.VH.VCI.tif", "vhp-vci", "2018-01-01"),
        ("VHP.G04.C07.j01.P2024052.SM.SMT.tif", "vhp-smt", "2024-12-23"),
        ("VHP.G04.C07.NP.P2011030.VH.nc", "vhp-vci", "2011-07-23"),
    ])
    func `The names of a producer tell product and date`(
        _ name: String, _ id: String, _ date: String
    ) throws {
        let profile = try #require(RasterProfile.matching(fileName: name))
        #expect(profile.id == id)
        #expect(profile.date(ofFile: name)?.description == date)
    }

    @Test func `Names that products share match all of them`() {
        func ids(_ name: String) -> [String] { RasterProfile.allMatching(fileName: name).map(\.id) }
        #expect(ids("chirps-v3.0.2023.02.2.tif") == ["chirps-v3-dekad", "chirps-v3-pentad"])
        #expect(ids("VHP.G04.C07.npp.P2018001.SM.nc") == ["vhp-smn", "vhp-smt"])
        #expect(
            ids("MOD11A2.A2024361.h22v08.061.2025006052437.hdf") == ["mod11a2", "mod11a2-night"])
        #expect(ids("other.tif").isEmpty)
        // An archive of two products is nobody's file name.
        #expect(ids("MOD13A2.A2025001.h18v09.061.2025022080611.hdf") == ["mod13a2"])
    }

    @Test func `A year of an eVIIRS name has two digits and a pentad`() throws {
        let profile = try #require(RasterProfile.named("eviirs-ndvi"))
        #expect(profile.date(ofFile: "ea2407.tif")?.description == "2024-02-01")
        #expect(profile.date(ofFile: "ea2473.tif") == nil)
        #expect(profile.needsStatedScale && !profile.isCheckedAgainstRealFile)
    }

    @Test func `Composites of Terra and Aqua in one archive are eight days apart`() throws {
        let both = try #require(RasterProfile.named("mxd13a2"))
        #expect(both.periods == .eightDay)
        let terra = try #require(both.date(ofFile: "MOD13A2.A2025001.h18v09.061.1.hdf"))
        let aqua = try #require(both.date(ofFile: "MYD13A2.A2025009.h18v09.061.1.hdf"))
        #expect(aqua.days(since: terra) == 8)
        #expect(both.periods.slot(of: terra) == 0)
        #expect(both.periods.slot(of: aqua) == 1)
        #expect(both.combines == ["mod13a2", "myd13a2"])
    }

    @Test func `Named fields accept the codes that have them`() throws {
        let profile = try #require(RasterProfile.named("mod13q1"))
        let requirements = [
            QualityRequirement("modland", ["good", "other"]),
            QualityRequirement("aerosol", ["climatology", "low", "average"]),
            QualityRequirement("adjacent_cloud", ["no"]),
        ]
        let accepted = try #require(profile.qualityLayer(for: requirements)).accepted(requirements)
        for code in 0..<65_535 {
            let wanted = code & 3 <= 1 && (code >> 6) & 3 <= 2 && (code >> 8) & 1 == 0
            if accepted[code] != wanted {
                Issue.record("code \(code)")
                break
            }
        }
        // Nothing was graded there, though the bits would fit another wish.
        let cloudy = [QualityRequirement("mixed_clouds", ["yes"])]
        let clouds = try #require(profile.qualityLayer(for: cloudy)).accepted(cloudy)
        #expect(!clouds[65_535] && clouds[1 << 10])
    }

    @Test func `The quality of temperatures has four fields of two bits`() throws {
        let profile = try #require(RasterProfile.named("mod11a2"))
        let layer = try #require(profile.qualityLayers.first)
        let code = 0b10_01_00_01
        #expect(layer.fields.map { $0.name(of: code) } == ["other", "good", "0.02", "3k"])
        #expect(layer.accepted(profile.keep)[code])
        #expect(!layer.accepted(profile.keep)[0b11_00_00_01])
        #expect(!layer.accepted(profile.keep)[0b00_00_00_10])
    }

    @Test func `A sinusoidal tile hangs on its upper left corner`() throws {
        let tile = try #require(SinusoidalTile(fileName: "VNP13A2.A2025001.h18v09.002.2025017.h5"))
        #expect(tile.westInMeters == 0)
        #expect(tile.northInMeters == 0)
        let other = try #require(SinusoidalTile(fileName: "MOD13Q1.A2025001.h22v08.061.1.hdf"))
        #expect(abs(other.westInMeters - 4 * 1_111_950.519667) < 1e-3)
        #expect(abs(other.northInMeters - 1_111_950.519667) < 1e-3)
        #expect(SinusoidalTile(fileName: "MOD13Q1.A2025001.h36v08.061.1.hdf") == nil)
        #expect(SinusoidalTile(fileName: "h1v2.tif") == nil)
    }
}
