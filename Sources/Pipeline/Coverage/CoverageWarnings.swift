import Bases
import Diagnostics
import Geo
import GridCore
import Sectors

/// What is odd about the data that coverage rests on, each with a count.
///
/// Names of bases and crossings stand in the restricted edition only.
struct CoverageWarnings {
    let study: TravelStudy
    /// Dry and physical.
    let scene: TravelScene
    let edition: Edition

    private var model: TravelModel { study.model }
    private var check: PopulationCheck { model.check }

    var all: [Warning] { places + ground + people + borders }

    private func names(_ list: [String]) -> String {
        edition.isPublic ? "" : ": " + list.prefix(10).joined(separator: ", ")
    }

    private var places: [Warning] {
        var warnings: [Warning] = []
        if model.bases.isEmpty {
            warnings.append(
                Warning(
                    "no-base-held",
                    "no base is held on \(model.asOf) (\(model.inputs.bases.count) are listed): "
                        + "nobody is within reach of any"))
        }
        let away = zip(model.bases, scene.basePlaces).filter { $1.cell == nil }.map(\.0.id)
        if !away.isEmpty {
            warnings.append(
                Warning(
                    "base-off-network",
                    "\(away.count) of \(model.bases.count) bases stand on land that nobody can "
                        + "travel, or outside the population raster, and reach nobody"
                        + names(away)))
        }
        // Another fault of it has ended the stage before.
        if (try? study.floodScene()) == nil {
            warnings.append(
                Warning(
                    "no-travel-under-flood", at: Place(file: model.ground.speedsFile),
                    "nobody can travel anywhere under flood; every supply route is cut then"))
        }
        let lost = scene.settlementPlaces.count { $0.cell == nil }
        if lost > 0 {
            warnings.append(
                Warning(
                    "settlement-off-network",
                    "\(lost) of \(scene.settlementPlaces.count) settlements stand on land that "
                        + "nobody can travel, or outside the population raster; they count as "
                        + "unreachable"))
        }
        let old = (model.inputs.incidents?.incidents ?? []).count { TravelModel.isTooOld($0) }
        if old > 0 {
            warnings.append(
                Warning(
                    "incidents-before-1990",
                    "\(old) incidents are dated before 1990; they do not count for coverage"))
        }
        return warnings
    }

    private var ground: [Warning] {
        var warnings: [Warning] = []
        let impassable = scene.log.impassable
        if impassable.unknownClass > 0 {
            warnings.append(
                Warning(
                    "unknown-land",
                    "\(impassable.unknownClass) cells have a class that the table of speeds does "
                        + "not have; they are impassable"))
        }
        if impassable.noData > 0 {
            warnings.append(
                Warning(
                    "no-land-cover",
                    "\(impassable.noData) of \(scene.log.cells) cells have no land cover, or lie "
                        + "outside its raster; they are impassable"))
        }
        let missed = model.ground.openedCells.filter { $0.cells == 0 }.map(\.crossing.id)
        if !missed.isEmpty {
            warnings.append(
                Warning(
                    "crossing-off-river",
                    "\(missed.count) crossings lie on no river or are of a kind without a speed, and "
                        + "open nothing" + names(missed)))
        }
        return warnings
    }

    /// Less than this is the rounding of outlines to cells.
    private static let toleratedShareOutside = 0.001

    private var people: [Warning] {
        var warnings: [Warning] = []
        if check.finding == .tooFew || check.finding == .tooMany, let text = check.message {
            warnings.append(Warning("population-implausible", text))
        }
        let file = Place(file: model.movement.population.raster.name)
        if check.negativeCells > 0 {
            warnings.append(
                Warning(
                    "negative-people", at: file,
                    "\(check.negativeCells) cells have fewer than 0 people; they count as 0"))
        }
        if model.cellsWithoutNumber > 0 {
            warnings.append(
                Warning(
                    "people-not-numbers", at: file,
                    "\(model.cellsWithoutNumber) cells are infinite, or no numbers without a nodata "
                        + "value that says so; they count as 0 people"))
        }
        let outside = model.shareOutsideRaster
        if outside > Self.toleratedShareOutside {
            warnings.append(
                Warning(
                    "sectors-beyond-population", at: file,
                    "\(Decimal.text((outside * 1000).rounded() / 10)) % of the sectors' area lies "
                        + "outside the raster; nobody is counted there"))
        }
        return warnings
    }

    /// A line that two sectors share is drawn twice, and seldom alike.
    private var borders: [Warning] {
        let zones = model.inputs.sectors.zones
        return study.borders.seams.filter { $0.bridgedMeters >= 1 }.map { seam in
            let area = study.borders.measure.squareMeters(seam.between) / 1e6
            return Warning(
                "sector-slivers", at: Place(file: model.inputs.sectors.file),
                "the lines of \"\(zones[seam.first].id)\" and \"\(zones[seam.second].id)\" do not "
                    + "meet along \(Decimal.text((seam.bridgedMeters / 100).rounded() / 10)) km, "
                    + "with \(Decimal.text((area * 100).rounded() / 100)) km2 in no sector between "
                    + "them; that land counts in their seam and in the total only")
        }
    }
}
