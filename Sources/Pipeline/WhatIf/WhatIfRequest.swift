import Bases
import Diagnostics
import Geo
import GridCore

/// Bases to be closed and opened in thought.
public struct WhatIfRequest: Sendable {
    /// Identifiers, names or aliases.
    public var close: [String]
    /// Longitude and latitude, WGS 84.
    public var open: [Coordinate]

    public init(close: [String], open: [Coordinate]) {
        self.close = close
        self.open = open
    }

    /// The bases that remain, with those that are opened behind them.
    ///
    /// - Throws: `FailureList` with every name that nobody knows and every
    ///   place that lies outside the grid or on land that nobody can travel.
    func bases(of scene: TravelScene, snap: Int) throws -> (after: [TravelBase], closed: [Int]) {
        let model = scene.model
        var problems: [any Diagnostic] = []
        let names = try BaseNames(
            model.bases.map { .init(id: $0.id, name: $0.name, aliases: $0.details.aliases) })
        var closed: Set<Int> = []
        for text in close {
            let match = names.match(text)
            if let base = match.base {
                closed.insert(base)
            } else {
                problems.append(
                    PipelineError(
                        .unknownName, at: Place(field: "--close"),
                        "names no base that is open (found \"\(text)\")",
                        mend: names.advice(for: match)))
            }
        }
        let opened = try open.enumerated().map { number, place in
            try Self.check(place, scene, snap, &problems)
            return TravelBase(
                id: "NEW\(number + 1)", name: "New base \(number + 1)", coordinate: place,
                sector: model.inputs.sectors.index(containing: place), details: BaseDetails(),
                record: nil)
        }
        guard problems.isEmpty else { throw FailureList(problems) }
        let kept = model.bases.indices.filter { !closed.contains($0) }.map { model.bases[$0] }
        return (kept + opened, closed.sorted())
    }

    private static func check(
        _ place: Coordinate, _ scene: TravelScene, _ snap: Int, _ problems: inout [any Diagnostic]
    ) throws {
        func found(_ coordinate: Coordinate) throws -> SnappedPlace {
            guard abs(coordinate.latitude) <= 90, abs(coordinate.longitude) <= 180 else {
                return .outsideGrid
            }
            let toGrid = try CoordinateTransform(from: .wgs84, to: scene.model.spec.crs)
            return scene.surface.snap(try toGrid(coordinate), maximumCells: snap)
        }
        let text = "\(Decimal.text(place.longitude)),\(Decimal.text(place.latitude))"
        switch try found(place) {
        case .inside, .snapped: return
        case .offNetwork:
            problems.append(
                PipelineError(
                    .outsideGrid, at: Place(field: "--open"),
                    "lies on land that nobody can travel (found \(text))",
                    mend: "Give a place on passable land"))
        case .outsideGrid:
            let swapped = Coordinate(longitude: place.latitude, latitude: place.longitude)
            let fits: Bool
            if case .outsideGrid = try found(swapped) { fits = false } else { fits = true }
            problems.append(
                PipelineError(
                    .outsideGrid, at: Place(field: "--open"),
                    "lies outside the population raster (found \(text))",
                    mend: fits
                        ? "Longitude comes first: exchange the two" : "Give a place inside it"))
        }
    }
}
