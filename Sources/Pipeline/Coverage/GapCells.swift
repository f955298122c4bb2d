import Bases
import Calendar
import Geo
import GridCore
import Tables

/// Where people are beyond reach, on cells so coarse and so late that neither
/// a base nor a gap of today can be found from them: the only map of gaps
/// that the public edition has.
struct GapCells {
    let study: TravelStudy
    let caption: RunCaption
    let edition: Edition

    /// Edge of a cell, metres.
    static let edge = 25_000.0
    /// Bases as they stood so many days before.
    static let lagInDays = 30

    /// Cells with people, each with the share beyond the main limit.
    ///
    /// - Throws: `TravelError` of the sweep.
    func features(_ season: TravelSeason, _ profile: TravelProfileChoice) throws -> [GeoJSONFeature] {
        let model = study.model
        let day = model.asOf.adding(days: -Self.lagInDays)
        let lagged = zip(model.inputs.bases, model.movement.details)
            .filter { $1.isOpen(on: day) }
            .map { record, details in
                TravelBase(
                    id: record.id, name: record.name, coordinate: record.coordinate, sector: nil,
                    details: details, record: record.record)
            }
        let scene = try study.scene(season, profile).with(bases: lagged, snap: study.snap)
        let limit = model.limits[model.mainLimit]
        let spec = model.spec
        let block = try blockShape(spec)
        var features: [GeoJSONFeature] = []
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        var index = 0
        for top in stride(from: 0, to: spec.shape.rows, by: block.rows) {
            for left in stride(from: 0, to: spec.shape.columns, by: block.columns) {
                index += 1
                var people = 0.0
                var beyond = 0.0
                for row in top..<min(spec.shape.rows, top + block.rows) {
                    for column in left..<min(spec.shape.columns, left + block.columns) {
                        let count = Double(model.people[row, column])
                        people += count
                        if scene.times.firstMinutes[row, column] > limit { beyond += count }
                    }
                }
                // Few people would be rounded to none.
                guard people >= Edition.Step.people else { continue }
                let properties: [JSONMember] = [
                    JSONMember("people", .number(rounded(people, Edition.Step.people))),
                    JSONMember(
                        "share_beyond", .rounded(rounded(beyond / people, Edition.Step.share), decimals: 2)),
                    JSONMember("T_min", .number(limit)),
                    JSONMember("season", .string(season.rawValue)),
                    JSONMember("bases_as_of", .string("\(day)")), edition.member,
                ] + (caption.isSynthetic ? [JSONMember("synthetic", .bool(true))] : [])
                features.append(
                    GeoJSONFeature(
                        id: "\(index)",
                        geometry: .multiPolygon(
                            try back(square(spec, top, left, block))),
                        properties: properties))
            }
        }
        return features
    }

    private func rounded(_ value: Double, _ step: Double) -> Double {
        (value / step).rounded() * step
    }

    /// Cells of the grid in one coarse cell, at least `edge` each way.
    private func blockShape(_ spec: GridSpec) throws -> Shape {
        let metric = try GroundMetric(spec.crs)
        let middle = CellIndex(row: spec.shape.rows / 2, column: spec.shape.columns / 2)
        let here = spec.center(of: middle)
        let east = spec.center(of: CellIndex(row: middle.row, column: middle.column + 1))
        let south = spec.center(of: CellIndex(row: middle.row + 1, column: middle.column))
        // A little more, where meridians run together towards the pole.
        return Shape(
            rows: Int((Self.edge * 1.1 / metric.distanceInMeters(from: here, to: south)).rounded(.up)),
            columns: Int((Self.edge * 1.1 / metric.distanceInMeters(from: here, to: east)).rounded(.up)))
    }

    private func square(
        _ spec: GridSpec, _ top: Int, _ left: Int, _ block: Shape
    ) -> MultiPolygon {
        let bottom = min(spec.shape.rows, top + block.rows)
        let right = min(spec.shape.columns, left + block.columns)
        let transform = spec.geotransform
        func corner(_ row: Int, _ column: Int) -> Coordinate {
            Coordinate(
                x: transform.originX + Double(column) * transform.cellWidth,
                y: transform.originY + Double(row) * transform.cellHeight)
        }
        return MultiPolygon([
            Polygon(
                exterior: [
                    corner(bottom, left), corner(bottom, right), corner(top, right),
                    corner(top, left), corner(bottom, left),
                ], holes: [])
        ])
    }
}
