import Diagnostics
import Geo
import GridCore
import Sectors

/// An area that results are summed over.
struct Zone: Sendable {
    var id: String
    var name: String
    /// Longitude and latitude, WGS 84.
    var area: MultiPolygon
    /// On the ellipsoid.
    var areaInSquareMeters: Double
}

/// The sectors or districts of a pipeline, checked.
struct ZoneSet: Sendable {
    /// As written in the pipeline file.
    let file: String
    let zones: [Zone]
    let isApproximate: Bool
    private let locator: ZoneLocator

    /// Overlaps up to this are digitising noise and only noted.
    static let toleratedOverlap = 1_000_000.0

    init(file: String, zones: [Zone], isApproximate: Bool) {
        self.file = file
        self.zones = zones
        self.isApproximate = isApproximate
        locator = ZoneLocator(zones: zones.map(\.area))
    }

    var boundingBox: BoundingBox? {
        BoundingBox(zones.lazy.flatMap { $0.area.polygons.flatMap(\.exterior) })
    }

    /// The zone that a position lies in.
    func index(containing coordinate: Coordinate) -> Int? {
        locator.zone(containing: coordinate)
    }

    /// Reads and checks the zones; nil when problems were logged.
    static func load(_ configuration: ZoneConfiguration, _ log: inout ProblemLog) -> ZoneSet? {
        let written = configuration.file.written
        guard
            let layer = log.attempt({
                try VectorSource.layer(
                    of: configuration.file, named: configuration.layer, crs: configuration.crs)
            })
        else { return nil }
        let before = log.failures.count
        for problem in layer.problems {
            guard configuration.repair == true, problem.kind == .invalidGeometry else {
                log.add(problem)
                continue
            }
            log.add(
                Warning(
                    "repaired-geometry", at: problem.place,
                    "\(problem.cause); it is taken as the area that its rings enclose"))
        }
        let invalid = Set(
            layer.problems.filter { $0.kind == .invalidGeometry }.compactMap(\.place.feature))
        var zones: [Zone] = []
        var seen: Set<String> = []
        for feature in layer.features {
            let place = Place(file: written, feature: feature.id)
            guard let id = feature.text(configuration.id), !id.isEmpty else {
                log.add(missing(configuration.id, "id", in: layer, at: place))
                break
            }
            if let name = configuration.name, !layer.info.hasField(name) {
                log.add(missing(name, "name", in: layer, at: place))
                break
            }
            guard seen.insert(id).inserted else {
                log.add(
                    PipelineError(
                        .duplicateIdentifier, at: place,
                        "the identifier \"\(id)\" is there twice", mend: "Make it unique"))
                continue
            }
            // Its own problem has been told.
            guard configuration.repair == true || !invalid.contains(feature.id) else { continue }
            guard case .polygons(let read) = feature.geometry, !read.isEmpty else {
                log.add(
                    PipelineError(
                        .wrongGeometry, at: place, "is not a polygon",
                        mend: "Give areas, or remove the feature"))
                continue
            }
            let area = invalid.contains(feature.id) ? GeometryOperations.repaired(read) : read
            zones.append(
                Zone(
                    id: id, name: configuration.name.flatMap { feature.text($0) } ?? id,
                    area: area, areaInSquareMeters: Geodesic.areaInSquareMeters(of: area)))
        }
        checkOverlaps(zones, written, &log)
        guard log.failures.count == before else { return nil }
        return ZoneSet(file: written, zones: zones, isApproximate: configuration.approximate)
    }

    private static func missing(
        _ field: String, _ key: String, in layer: VectorLayer, at place: Place
    ) -> PipelineError {
        let fields = layer.info.fields.map(\.name)
        if fields.contains(field) {
            return PipelineError(
                .missingColumn, at: place,
                "has no value for \"\(field)\" (expected a code of its own)",
                mend:
                    "Give the feature one, or name another attribute as `\(key)` in the pipeline file"
            )
        }
        let near = NearNames.near(field, among: fields, limit: 1).first
        return PipelineError(
            .missingColumn, at: place,
            "has no value for \"\(field)\" (found the attributes \(fields.joined(separator: ", ")))",
            mend: near.map { "Did you mean \"\($0)\"? Correct `\(key)` in the pipeline file" }
                ?? "Write the name of the attribute as `\(key)` in the pipeline file")
    }

    private static func checkOverlaps(_ zones: [Zone], _ file: String, _ log: inout ProblemLog) {
        guard let overlaps = log.attempt({ try GeometryOperations.overlaps(of: zones.map(\.area)) })
        else { return }
        for (a, b, squareMeters) in overlaps {
            let text =
                "\"\(zones[a].id)\" and \"\(zones[b].id)\" overlap by "
                + "\(kilometers(squareMeters)) km2"
            if squareMeters > toleratedOverlap {
                log.add(
                    PipelineError(
                        .overlappingZones, at: Place(file: file, feature: zones[b].id), text,
                        mend: "Cut one of them back to the common line: what lies in both would be "
                            + "counted twice"))
            } else if squareMeters > 1 {
                log.add(
                    Warning(
                        "sliver-overlap", at: Place(file: file, feature: zones[b].id),
                        text + ", within tolerance"))
            }
        }
    }

    private static func kilometers(_ squareMeters: Double) -> String {
        Decimal.text((squareMeters / 1e6 * 1000).rounded() / 1000)
    }
}
