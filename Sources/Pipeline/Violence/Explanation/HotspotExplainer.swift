import Calendar
import Diagnostics
import Geo
import GridCore
import Hotspots
import Incidents
import Tables

/// Explains one cell of the hotspot stage, by the stage's own means.
struct HotspotExplainer {
    let stage: HotspotStage
    let incidents: [Incident]
    /// An earlier night with its incidents, to compare with.
    var earlier: (date: CalendarDate, incidents: [Incident])?

    func explanation(of subject: HotspotSubject) throws -> HotspotExplanation {
        let field = try stage.field(of: incidents)
        let window = TimeWindow(days: stage.configuration.window.count, endingOn: stage.asOf)
        let grids = try field.grids(in: window)
        let builder = HotspotBuilder(
            area: field.area, grids: grids, sectors: stage.sectors, placement: field.placement,
            radiusInMeters: stage.configuration.giStar.radius.meters)
        let hotspots = try builder.hotspots(incidents, field.positions)
        let (cell, hotspot) = try self.cell(of: subject, field, grids, hotspots)
        let around = try CellSurroundings(field: field, grids: grids, cell: cell)
        return HotspotExplanation(
            asOf: stage.asOf, window: "\(window), \(window.days) days",
            settings: settings(grids),
            region: hotspot.map { hotspot in
                HotspotExplanation.Region(
                    rank: hotspot.rank, count: hotspots.count,
                    areaInSquareKilometers: hotspot.areaInSquareKilometers,
                    cells: hotspot.region.cells.count, sectors: hotspot.sectors,
                    isOnSeam: hotspot.isOnSeam, incidents: hotspot.incidents,
                    deaths: hotspot.deaths)
            },
            center: try around.center(), row: cell.row, column: cell.column,
            account: around.account, outcome: ClassWords.text(grids.bins.bins[cell]),
            neighbours: try around.neighbours(), neighbourCount: around.neighbourCount,
            events: around.shownEvents,
            alternatives: try CellAlternatives(stage: stage, field: field, around: around).all(),
            since: try earlier.map { try since($0.date, $0.incidents, around) })
    }

    /// The same place on the earlier night.
    private func since(
        _ date: CalendarDate, _ incidents: [Incident], _ now: CellSurroundings
    ) throws -> HotspotExplanation.Since {
        var night = stage
        night.asOf = date
        let field = try night.field(of: incidents)
        guard field.area.spec == now.field.area.spec else {
            throw PipelineError(
                .unexpected, at: Place(field: "--since"),
                "the grid of \(date) is another one",
                mend: "Compare nights of the same sectors and cells")
        }
        let window = TimeWindow(days: night.configuration.window.count, endingOn: date)
        let then = try CellSurroundings(
            field: field, grids: try field.grids(in: window), cell: now.cell)
        return CellHistory(now: now, then: then).since(date)
    }

    private func cell(
        of subject: HotspotSubject, _ field: ViolenceField, _ grids: ViolenceGrids,
        _ hotspots: [Hotspot]
    ) throws -> (CellIndex, Hotspot?) {
        switch subject {
        case .rank(let rank):
            guard let hotspot = hotspots.first(where: { $0.rank == rank }) else {
                throw PipelineError(
                    .nothingToCompute, at: Place(field: "--explain"),
                    hotspots.isEmpty
                        ? "there is no hotspot in \(grids.window)"
                        : "there is no hotspot \(rank) in \(grids.window) (found \(hotspots.count))",
                    mend: "Give a rank of hotspots.csv, or longitude,latitude of any place")
            }
            return (hotspot.region.peak, hotspot)
        case .position(let longitude, let latitude):
            let transform = try CoordinateTransform(from: .wgs84, to: field.area.spec.crs)
            let point = try transform(Coordinate(x: longitude, y: latitude))
            guard let cell = field.area.spec.cell(containing: point), field.valid[cell] != 0 else {
                throw PipelineError(
                    .outsideRaster, at: Place(field: "--explain"),
                    "the position \(Decimal.text(longitude)), \(Decimal.text(latitude)) lies "
                        + "outside the cells that are compared",
                    mend: "Give longitude first, then latitude, of a place inside the area")
            }
            let number = Int(grids.regions.membership[cell])
            return (cell, hotspots.first { $0.region.number == number })
        }
    }

    private func settings(_ grids: ViolenceGrids) -> [String] {
        let section = stage.configuration
        return [
            "Counted: \(section.weight.rawValue), precision \(stage.precision.rawValue); cells of "
                + "\(section.cell), neighbours within \(section.giStar.radius)",
            "Compared: \(grids.map.cellCount) cells (universe \(section.universe.rawValue)), mean "
                + "\(NumberText.short(grids.map.mean)), standard deviation "
                + "\(NumberText.short(grids.map.standardDeviation))",
        ]
    }
}

/// The class of a cell for people.
enum ClassWords {
    static func text(_ bin: Int8) -> String {
        guard let bin = ConfidenceBin(rawValue: bin) else { return "not compared" }
        return switch bin {
        case .hot99: "hot, 99 % confidence"
        case .hot95: "hot, 95 % confidence"
        case .hot90: "hot, 90 % confidence"
        case .notSignificant: "not significant"
        case .cold90: "cold, 90 % confidence"
        case .cold95: "cold, 95 % confidence"
        case .cold99: "cold, 99 % confidence"
        }
    }
}
