import Foundation
import Geo
import GridCore
import Hotspots
import Incidents

/// The neighbours of a cell, and the events that count in them.
struct CellSurroundings {
    let field: ViolenceField
    let grids: ViolenceGrids
    let cell: CellIndex
    /// Cells within the Gi* radius that are compared, itself included.
    let cells: [CellIndex]
    /// Every event that adds to them, with what it adds; most first, then the
    /// nearest, then by key.
    let contributions: [Contribution]

    struct Contribution {
        /// Its position in the incidents of the field.
        var index: Int
        var units: Int64
        /// From the cell's centre, in metres; nil where it is spread.
        var distance: Double?
    }

    init(field: ViolenceField, grids: ViolenceGrids, cell: CellIndex) throws {
        self.field = field
        self.grids = grids
        self.cell = cell
        let spec = field.area.spec
        let (width, height) = (spec.geotransform.cellWidth, -spec.geotransform.cellHeight)
        // As the statistic has it: the radius belongs to the band.
        let radius = field.configuration.giStar.radius.meters * (1 + 1e-12)
        let reach = (rows: Int(radius / height), columns: Int(radius / width))
        var cells: [CellIndex] = []
        for row in max(0, cell.row - reach.rows)...min(spec.shape.rows - 1, cell.row + reach.rows) {
            for column in max(0, cell.column - reach.columns)...min(
                spec.shape.columns - 1, cell.column + reach.columns)
            {
                let dy = Double(row - cell.row) * height
                let dx = Double(column - cell.column) * width
                let other = CellIndex(row: row, column: column)
                if dx * dx + dy * dy <= radius * radius, field.valid[other] != 0 {
                    cells.append(other)
                }
            }
        }
        self.cells = cells
        contributions = try Self.contributions(field, grids.window, Set(cells), cell)
    }

    private static func contributions(
        _ field: ViolenceField, _ window: TimeWindow, _ cells: Set<CellIndex>, _ cell: CellIndex
    ) throws -> [Contribution] {
        let spec = field.area.spec
        let center = spec.center(of: cell)
        var found: [Contribution] = []
        for (index, incident) in zip(
            field.placedIndices(in: window), try field.placed(in: window).map(\.weighted))
        {
            if case .region(let region) = incident.footprint {
                guard region.cells.contains(where: cells.contains) else { continue }
                let alone = try MassGrid(of: [incident], on: spec)
                let units = cells.reduce(Int64(0)) { $0 + alone.units[$1] }
                if units > 0 { found.append(Contribution(index: index, units: units)) }
            } else if let own = spec.cell(containing: incident.position), cells.contains(own) {
                let dx = incident.position.x - center.x
                let dy = incident.position.y - center.y
                found.append(
                    Contribution(
                        index: index, units: incident.mass.units,
                        distance: (dx * dx + dy * dy).squareRoot()))
            }
        }
        return found.sorted { a, b in
            let (p, q) = (a.distance ?? .infinity, b.distance ?? .infinity)
            guard a.units == b.units else { return a.units > b.units }
            guard p == q else { return p < q }
            let keys = (field.incidents[a.index].key, field.incidents[b.index].key)
            return keys.0 == keys.1 ? a.index < b.index : keys.0 < keys.1
        }
    }

    var neighbourCount: Int { cells.count }

    /// Mass in the neighbourhood.
    var mass: MassUnits { MassUnits(units: cells.reduce(0) { $0 + grids.mass.units[$1] }) }

    /// The numbers of the score.
    var account: [String] {
        let map = grids.map
        let expected = map.mean * Double(cells.count)
        var lines = [
            "Itself \(NumberText.short(MassUnits(units: grids.mass.units[cell]).events)); with its "
                + "\(cells.count - 1) neighbours \(NumberText.short(mass.events)), where "
                + "\(NumberText.short(expected)) would be average"
        ]
        let n = Double(map.cellCount)
        let w = Double(cells.count)
        if n > 1, w < n {
            let error = map.standardDeviation * ((n * w - w * w) / (n - 1)).squareRoot()
            lines.append(
                "z = (\(NumberText.short(mass.events)) - \(NumberText.short(expected))) / "
                    + "\(NumberText.short(error)) = \(NumberText.short(map.z[cell]))")
        }
        let thresholds = zip(["90", "95", "99"], grids.bins.thresholds).map {
            "\($0) % up to \($1.map(Self.probability) ?? "none")"
        }
        if field.configuration.giStar.significance == .guarded {
            lines.append(
                "p of the normal distribution \(Self.probability(normalTwoSidedP(map.z[cell]))); the "
                    + "larger of it and of events scattered by chance counts")
        }
        lines.append(
            "p = \(Self.probability(grids.p[cell])); significant at "
                + thresholds.joined(separator: ", ")
                + " (correction \(field.configuration.giStar.correction.rawValue))")
        return lines
    }

    /// Small ones with their power of ten.
    static func probability(_ p: Double) -> String {
        p > 0 && p < 0.0001 ? String(format: "%.2g", p) : NumberText.short(p)
    }

    private func back() throws -> CoordinateTransform {
        try CoordinateTransform(from: field.area.spec.crs, to: .wgs84)
    }

    func center() throws -> Coordinate { try back()(field.area.spec.center(of: cell)) }

    /// Those with any mass, most first, then the nearest.
    func neighbours() throws -> [HotspotExplanation.Neighbour] {
        let spec = field.area.spec
        let from = spec.center(of: cell)
        let held = cells.filter { grids.mass.units[$0] > 0 }
        let centers = held.map(spec.center(of:))
        return zip(zip(held, centers), try back()(centers)).map { pair, position in
            let dx = pair.1.x - from.x
            let dy = pair.1.y - from.y
            return HotspotExplanation.Neighbour(
                center: position, distance: (dx * dx + dy * dy).squareRoot() / 1000,
                mass: MassUnits(units: grids.mass.units[pair.0]).events)
        }.sorted { ($1.mass, $0.distance) < ($0.mass, $1.distance) }
    }

    /// As `contributions`, for people.
    var shownEvents: [HotspotExplanation.Event] {
        contributions.map { item in
            let incident = field.incidents[item.index]
            return HotspotExplanation.Event(
                key: incident.key, source: incident.source, first: incident.dateStart,
                last: incident.dateEnd,
                kind: incident.subEventType ?? incident.eventType ?? "",
                deaths: incident.deaths.best, place: incident.locationGrade.rawValue,
                distance: item.distance.map { $0 / 1000 },
                mass: MassUnits(units: item.units).events)
        }
    }
}
