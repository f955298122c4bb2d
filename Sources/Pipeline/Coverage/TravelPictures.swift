import Bases
import Foundation
import Geo
import GridCore
import Hotspots
import Report
import Tables

/// What the maps of coverage and transfer have in common.
struct TravelPictures {
    let study: TravelStudy
    let caption: RunCaption
    let sources: [SourceCredit]
    let hotspots: [MultiPolygon]

    private var model: TravelModel { study.model }

    /// The frame around the sectors, with a margin.
    private var extent: BoundingBox {
        let box = model.inputs.sectors.boundingBox
            ?? BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1)
        return box.expanded(by: 0.04 * max(box.width, box.height))
    }

    func ground() -> MapGround {
        var ground = MapGround(extent: extent)
        ground.sectors = model.inputs.sectors.zones.map { .init(name: $0.name, shape: $0.area) }
        ground.settlements = model.inputs.settlements.map {
            .init(
                name: $0.name, position: $0.coordinate, people: $0.population.map { Double($0) })
        }
        ground.roads =
            model.inputs.roads.isEmpty
            ? model.movement.roads.flatMap(\.lines) : model.inputs.roads
        ground.outlines = model.inputs.outlines
        return ground
    }

    func mapCaption(_ title: String, _ notes: [String]) -> MapCaption {
        var parts = ["As of \(caption.asOf)"]
        parts.append("incidents of the last \(model.coverage.window)")
        return MapCaption(
            title: title + (title.hasSuffix("?") ? " " : ": ") + caption.title, dateLine: parts.joined(separator: "; "),
            banner: caption.banner, notes: notes + caption.notes,
            source: SourceCredit.line(sources))
    }

    /// Travel times of two seasons side by side.
    func coverage(_ analyses: [CoverageAnalysis]) throws -> [UInt8] {
        let limits = model.limits.suffix(3).map { Int($0.rounded()) }
        var map = CoverageMap(
            caption: mapCaption(
                "Coverage by bases",
                [
                    "Travel times over land, \(analyses.first?.scene.profile.name ?? "") profile: "
                        + "estimates from speeds by class, not measured.",
                    CivilianLedOptions.preface,
                ]),
            ground: ground(),
            panels: try analyses.map { analysis in
                CoverageMap.Panel(
                    title: "\(analysis.scene.season.rawValue.capitalized) season",
                    travelTime: ClassRaster(
                        try classes(analysis, limits),
                        table: .travelTime(limitsInMinutes: limits)),
                    seamGaps: try gaps(analysis))
            })
        map.bases = model.bases.map {
            .init(id: $0.id, position: $0.coordinate, status: .mission)
        }
        map.hotspots = hotspots
        return try map.pngBytes()
    }

    /// Seams with hotspot area that neither side reaches at the main limit.
    func gaps(_ analysis: CoverageAnalysis) throws -> [CoverageMap.SeamGap] {
        let zones = model.inputs.sectors.zones
        return try analysis.seams.seams.enumerated().compactMap { index, figures in
            let gap = figures.limits[model.mainLimit].totals.gap.hotspotSquareMeters / 1e6
            guard gap >= 0.5 else { return nil }
            return CoverageMap.SeamGap(
                label: "\(zones[figures.first].id)-\(zones[figures.second].id): "
                    + "\(Int(gap.rounded())) km2",
                shape: try study.seamShape(index))
        }
    }

    private func classes(_ analysis: CoverageAnalysis, _ limits: [Int]) throws -> Grid<UInt8> {
        let minutes = analysis.scene.times.firstMinutes
        return try Self.onMap(minutes.spec) { cell in
            let value = minutes[cell]
            if model.people[cell] <= 0 { return UInt8(limits.count + 3) }
            if value == .infinity { return UInt8(limits.count + 2) }
            return UInt8((limits.firstIndex { value <= Double($0) } ?? limits.count) + 1)
        }
    }

    /// Cells on a grid of degrees, which maps are drawn on: those of the grid
    /// itself where it has degrees, else of one as fine as pictures need.
    static func onMap(
        _ spec: GridSpec, _ code: (CellIndex) -> UInt8
    ) throws -> Grid<UInt8> {
        let columns = spec.shape.columns
        guard try SpatialReference(spec.crs).metersPerUnit != nil else {
            return Grid(spec) { cells in
                for index in cells.indices {
                    cells[index] = code(
                        CellIndex(row: index / columns, column: index % columns))
                }
            }
        }
        let target = try degrees(around: spec)
        let transform = try CoordinateTransform(from: .wgs84, to: spec.crs)
        var codes: [UInt8] = []
        codes.reserveCapacity(target.shape.count)
        for row in 0..<target.shape.rows {
            let centers = (0..<target.shape.columns).map {
                target.center(of: CellIndex(row: row, column: $0))
            }
            for center in try transform(centers) {
                codes.append(spec.cell(containing: center).map(code) ?? 0)
            }
        }
        return Grid(target, cells: codes)
    }

    /// A grid of degrees over the same land, at most 900 cells long.
    private static func degrees(around spec: GridSpec) throws -> GridSpec {
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        let box = spec.boundingBox
        let edge = (0...20).flatMap { step -> [Coordinate] in
            let x = box.minX + Double(step) / 20 * box.width
            let y = box.minY + Double(step) / 20 * box.height
            return [
                Coordinate(x: x, y: box.minY), Coordinate(x: x, y: box.maxY),
                Coordinate(x: box.minX, y: y), Coordinate(x: box.maxX, y: y),
            ]
        }
        guard let around = BoundingBox(try back(edge)) else { return spec }
        let cell = max(around.width, around.height) / 900
        return GridSpec(
            shape: Shape(
                rows: max(1, Int((around.height / cell).rounded(.up))),
                columns: max(1, Int((around.width / cell).rounded(.up)))),
            geotransform: Geotransform(
                originX: around.minX, cellWidth: cell, originY: around.maxY, cellHeight: -cell),
            crs: .wgs84)
    }

    /// Shares by sector, for everybody.
    func sectors(_ analysis: CoverageAnalysis, _ edition: Edition) throws -> [UInt8] {
        let limit = model.mainLimit
        func percent(_ share: Double?) -> Double? {
            share.map { ($0 / Edition.Step.share).rounded() * Edition.Step.share * 100 }
        }
        var map = SectorCoverageMap(
            caption: mapCaption(
                "Coverage by sector",
                [
                    "Shares are rounded to 5 %. \(analysis.scene.season.rawValue.capitalized) season, "
                        + "\(analysis.scene.profile.name) profile."
                ]),
            extent: extent,
            sectors: zip(model.inputs.sectors.zones, analysis.report.sectors).map { zone, figures in
                SectorCoverageMap.Sector(
                    name: zone.name, shape: zone.area,
                    coveredPercent: percent(figures.share(limit)),
                    ownPercent: percent(figures.ownShare(limit)))
            }, limitText: model.coverage.limits[limit].description)
        map.outlines = model.inputs.outlines
        return try map.pngBytes()
    }
}
