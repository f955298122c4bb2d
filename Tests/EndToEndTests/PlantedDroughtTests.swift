import Foundation
import GridCore
import TestSupport
import Testing

/// The run finds the droughts that were planted in the invented country, and
/// no others, within the limits that `truth.json` states.
@Suite struct PlantedDroughtTests {
    private struct Shares {
        var zSum = 0.0
        var zCells = 0
        var severeCells = 0
        var classCells = 0

        var meanZ: Double { zSum / Double(zCells) }
        /// Classes 1 (extreme) and 2 (severe) among cells that have one.
        var severe: Double { Double(severeCells) / Double(classCells) }

        mutating func add(z: Float, droughtClass: Float) {
            if !z.isNaN {
                zSum += Double(z)
                zCells += 1
            }
            if !droughtClass.isNaN {
                classCells += 1
                severeCells += droughtClass <= 2 ? 1 : 0
            }
        }
    }

    private func check(_ drought: Truth.Drought, in run: PublishedRun) throws {
        let z = try run.raster("drought/zscore.tif")
        let classes = try run.raster("drought/class.tif")
        let sectors = try run.json("sectors.geojson", as: GeoJSONText.self)
        var core = Shares()
        var outside = Shares()
        for row in 0..<z.shape.rows {
            for column in 0..<z.shape.columns {
                let center = z.spec.center(of: CellIndex(row: row, column: column))
                let radius = drought.radius(longitude: center.x, latitude: center.y)
                let isCore = radius <= drought.coreShareOfRadius
                guard isCore || radius > 1,
                    sectors.features.contains(where: {
                        $0.geometry?.contains([center.x, center.y]) == true
                    })
                else { continue }
                if isCore {
                    core.add(z: z[row, column], droughtClass: classes[row, column])
                } else {
                    outside.add(z: z[row, column], droughtClass: classes[row, column])
                }
            }
        }
        let limits = drought.limits
        #expect(core.meanZ < limits.coreMeanZBelow)
        #expect(core.severe >= limits.coreShareSevereOrExtremeAtLeast)
        #expect(outside.severe < limits.outsideShareSevereOrExtremeBelow)
    }

    private func checkSectors(_ drought: Truth.Drought, in run: PublishedRun) throws {
        let table = try run.table("sectors.csv")
        #expect(table.rows.count == 6)
        for row in table.rows {
            let sector = try #require(row["sector_id"])
            let z = try row.number("z_mean")
            if drought.sectorsInDrought.contains(sector) {
                #expect(z < drought.limits.sectorMeanZOfDroughtSectorsBelow, "\(sector)")
            } else {
                #expect(z > drought.limits.sectorMeanZOfOtherSectorsAbove, "\(sector)")
            }
            #expect(row["composite"] == drought.composite)
            #expect(row["as_of"] == drought.asOf)
        }
    }

    @Test("The drought of this night is found in its core and not outside it")
    func current() throws {
        let drought = try Truth.read().drought("B")
        try check(drought, in: SharedRuns.korsavel.get())
    }

    @Test("The drought of this night is found in its sectors' figures only")
    func currentSectors() throws {
        let drought = try Truth.read().drought("B")
        try checkSectors(drought, in: SharedRuns.korsavel.get())
    }

    @Test("A night a year before shows the drought that has ended since")
    func past() throws {
        let drought = try Truth.read().drought("A")
        try check(drought, in: SharedRuns.korsavelBefore.get())
    }

    @Test("A night a year before shows its drought in its sectors' figures only")
    func pastSectors() throws {
        let drought = try Truth.read().drought("A")
        try checkSectors(drought, in: SharedRuns.korsavelBefore.get())
    }

    @Test("A night a year before reads nothing of what came after it")
    func nothingLater() throws {
        let run = try SharedRuns.korsavelBefore.get()
        let drought = try Truth.read().drought("A")
        let series = try run.table("drought/series.csv")
        #expect(series.rows.compactMap { $0["composite"] }.max() == drought.composite)
        let hotspots = try run.table("hotspots/hotspots.csv")
        #expect(hotspots.rows.allSatisfy { ($0["last_date"] ?? "") <= drought.asOf })
    }
}
