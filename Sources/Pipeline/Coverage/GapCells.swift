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
        let least = try leastShape(spec)
        var features: [GeoJSONFeature] = []
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        var index = 0
        for rows in Self.parts(of: spec.shape.rows, least: least.rows) {
            for columns in Self.parts(of: spec.shape.columns, least: least.columns) {
                index += 1
                var people = 0.0
                var beyond = 0.0
                for row in rows {
                    for column in columns {
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
                            try back(square(spec, rows, columns))),
                        properties: properties))
            }
        }
        return features
    }

    private func rounded(_ value: Double, _ step: Double) -> Double {
        (value / step).rounded() * step
    }

    /// Cells of the grid in one coarse cell, so that it is at least `edge`
    /// wide and high wherever it lies.
    private func leastShape(_ spec: GridSpec) throws -> Shape {
        let metric = try GroundMetric(spec.crs)
        // Meridians run together towards the poles: the narrowest row counts.
        let lengths = [0, spec.shape.rows / 2, spec.shape.rows].map { row in
            let here = spec.center(of: CellIndex(row: row, column: 0))
            return (
                south: metric.distanceInMeters(
                    from: here, to: spec.center(of: CellIndex(row: row + 1, column: 0))),
                east: metric.distanceInMeters(
                    from: here, to: spec.center(of: CellIndex(row: row, column: 1)))
            )
        }
        func count(_ lengths: [Double]) -> Int {
            // Centres of rows stand for their edges, so a little more.
            Int((Self.edge * 1.1 / max(1, lengths.min() ?? 1)).rounded(.up))
        }
        return Shape(rows: count(lengths.map(\.south)), columns: count(lengths.map(\.east)))
    }

    /// Cuts `count` rows or columns into parts of at least `least`: what is
    /// left over widens the last. None where there are fewer.
    static func parts(of count: Int, least: Int) -> [Range<Int>] {
        (0..<count / least).map { part in
            let start = part * least
            return start..<(start + 2 * least > count ? count : start + least)
        }
    }

    private func square(
        _ spec: GridSpec, _ rows: Range<Int>, _ columns: Range<Int>
    ) -> MultiPolygon {
        let (top, bottom) = (rows.lowerBound, rows.upperBound)
        let (left, right) = (columns.lowerBound, columns.upperBound)
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
