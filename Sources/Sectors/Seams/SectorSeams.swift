import Geo
import Glibc
import GridCore

/// The seams between all sectors of a mission.
///
/// A seam is where two outlines run together. Drawn borders seldom meet
/// exactly, so outlines within a tolerance of each other count as shared too,
/// and the length found that way is reported. The zone of a seam is the land
/// of both sectors within the width of the border.
public struct SectorSeams: Sendable, Hashable {
    /// Pairs of sectors in ascending order of first and second.
    public let seams: [SectorSeam]
    /// Sectors that have an outer edge, in their order.
    public let edges: [MissionEdge]
    /// Distance from the border up to which land belongs to a zone.
    public let widthInMeters: Double
    /// Distance of two outlines up to which they count as one border.
    public let toleranceInMeters: Double
    /// How the map is measured.
    public let measure: MapMeasure

    /// Chords per quarter turn around the ends and corners of a border: the
    /// area of a circle is 0.01 % low.
    private static let segmentsPerQuadrant = 64

    /// Finds the seams.
    ///
    /// - Parameters:
    ///   - sectors: may be empty; one that is not valid is taken as the area
    ///     that its rings enclose.
    ///   - widthInMeters: above 0.
    ///   - toleranceInMeters: 0 = outlines must meet exactly. Two sectors that
    ///     share less than this length meet at a corner and have no seam.
    /// - Throws: `GeoError` when areas cannot be intersected or have no place
    ///   in the plane around them.
    public init(
        sectors: [MultiPolygon], measure: MapMeasure, widthInMeters: Double = 15_000,
        toleranceInMeters: Double = 1_000
    ) throws(GeoError) {
        precondition(widthInMeters > 0 && toleranceInMeters >= 0, "widths are not negative")
        self.widthInMeters = widthInMeters
        self.toleranceInMeters = toleranceInMeters
        self.measure = measure
        var outlines = try Outlines(sectors: sectors, measure: measure)
        let finder = SeamFinder(
            sectors: sectors, measure: measure, width: widthInMeters,
            tolerance: toleranceInMeters, segmentsPerQuadrant: Self.segmentsPerQuadrant)
        var seams: [SectorSeam] = []
        for first in sectors.indices {
            for second in sectors.indices.dropFirst(first + 1)
            where outlines.areNear(first, second, meters: toleranceInMeters) {
                if let seam = try finder.seam(first, second, &outlines) { seams.append(seam) }
            }
        }
        self.seams = seams
        var edges: [MissionEdge] = []
        for sector in sectors.indices {
            let lines = BorderLines.joined(outlines.unshared[sector].lines)
            guard !lines.isEmpty else { continue }
            edges.append(
                MissionEdge(
                    sector: sector, lines: lines,
                    lengthInMeters: lines.reduce(0) { $0 + measure.meters($1) }))
        }
        self.edges = edges
    }
}

/// The outlines of all sectors, and what of each no other shares so far.
private struct Outlines {
    let whole: [PlaneGeometry]
    var unshared: [PlaneGeometry]
    let boxes: [BoundingBox?]
    let measure: MapMeasure

    init(sectors: [MultiPolygon], measure: MapMeasure) throws(GeoError) {
        var whole: [PlaneGeometry] = []
        for sector in sectors { whole.append(try PlaneGeometry(sector).madeValid.boundary()) }
        self.whole = whole
        unshared = whole
        boxes = sectors.map(\.boundingBox)
        self.measure = measure
    }

    /// The box of a sector with a margin of at least `meters`.
    func box(_ sector: Int, margin meters: Double) -> BoundingBox? {
        guard let box = boxes[sector] else { return nil }
        switch measure {
        case .plane(let metersPerUnit): return box.expanded(by: meters / metersPerUnit)
        case .longitudeLatitude:
            // A degree of latitude has at least 110,574 m; one of longitude
            // shrinks with the cosine.
            let farthest = min(max(abs(box.minY), abs(box.maxY)), 85) * .pi / 180
            return box.expanded(by: meters / 110_574 / cos(farthest) * 1.01)
        }
    }

    func areNear(_ first: Int, _ second: Int, meters: Double) -> Bool {
        guard let a = box(first, margin: meters), let b = boxes[second] else { return false }
        return a.intersects(b)
    }
}

private struct SeamFinder {
    let sectors: [MultiPolygon]
    let measure: MapMeasure
    let width: Double
    let tolerance: Double
    let segmentsPerQuadrant: Int

    /// The seam of two sectors; nil when they meet nowhere or at corners.
    /// Takes what they share from the unshared outlines.
    func seam(
        _ first: Int, _ second: Int, _ outlines: inout Outlines
    ) throws(GeoError) -> SectorSeam? {
        guard let box = outlines.box(first, margin: 2 * tolerance),
            let other = outlines.box(second, margin: 2 * tolerance)
        else { return nil }
        let common = BoundingBox(
            minX: max(box.minX, other.minX), minY: max(box.minY, other.minY),
            maxX: min(box.maxX, other.maxX), maxY: min(box.maxY, other.maxY))
        let shared = try outlines.whole[first].intersection(outlines.whole[second]).lines
        if !shared.isEmpty {
            let lines = PlaneGeometry(lines: shared)
            for sector in [first, second] {
                outlines.unshared[sector] = try outlines.unshared[sector].subtracting(lines)
            }
        }
        let plane = try SeamPlane(measure, around: common.center)
        var near: [[Coordinate]] = []
        if tolerance > 0 {
            near = try nearLines(first, second, common, shared, plane, outlines)
        }
        let border = BorderLines.joined(shared) + near
        let length = border.reduce(0) { $0 + measure.meters($1) }
        guard length > 0, length >= tolerance else { return nil }
        if !near.isEmpty {
            // Both outlines of a bridged border lie within the tolerance of
            // it; the factor is for rounding.
            let strip = try plane.lines(near).buffered(
                by: plane.units(ofMeters: tolerance) * 1.000_001,
                segmentsPerQuadrant: segmentsPerQuadrant)
            let taken = PlaneGeometry(try plane.multiPolygon(strip)).madeValid
            for sector in [first, second] {
                outlines.unshared[sector] = try outlines.unshared[sector].subtracting(taken)
            }
        }
        return try seam(
            first, second, border, length: length,
            bridged: near.reduce(0) { $0 + measure.meters($1) }, near, plane)
    }

    /// Stretches of the first outline that the second accompanies within the
    /// tolerance without meeting it. Where two outlines part, or meet at a
    /// corner, they are near each other for a while: stretches shorter than
    /// four times the tolerance are left out.
    private func nearLines(
        _ first: Int, _ second: Int, _ common: BoundingBox, _ shared: [[Coordinate]],
        _ plane: SeamPlane, _ outlines: Outlines
    ) throws(GeoError) -> [[Coordinate]] {
        let window = PlaneGeometry(MultiPolygon([Polygon(exterior: common.ring)]))
        let own = try outlines.whole[first].intersection(window)
        let exact = PlaneGeometry(lines: shared)
        let candidates = try plane.lines(
            (shared.isEmpty ? own : try own.subtracting(exact)).lines)
        let other = try plane.lines(try outlines.whole[second].intersection(window).lines)
        guard !candidates.isEmpty, !other.isEmpty else { return [] }
        let reach = plane.units(ofMeters: tolerance)
        var close = try candidates.intersection(
            try other.buffered(by: reach, segmentsPerQuadrant: segmentsPerQuadrant))
        if !shared.isEmpty {
            close = try close.subtracting(
                try plane.lines(shared).buffered(
                    by: reach, segmentsPerQuadrant: segmentsPerQuadrant))
        }
        return BorderLines.joined(try plane.lines(close))
            .filter { measure.meters($0) >= 4 * tolerance }
    }

    private func seam(
        _ first: Int, _ second: Int, _ border: [[Coordinate]], length: Double, bridged: Double,
        _ near: [[Coordinate]], _ plane: SeamPlane
    ) throws(GeoError) -> SectorSeam {
        let zone = try plane.lines(border).buffered(
            by: plane.units(ofMeters: width), segmentsPerQuadrant: segmentsPerQuadrant)
        let firstArea = try plane.area(sectors[first])
        let secondArea = try plane.area(sectors[second])
        let firstSide = try plane.multiPolygon(try zone.intersection(firstArea))
        let secondSide = try plane.multiPolygon(
            try zone.intersection(secondArea).subtracting(firstArea))
        var between = MultiPolygon()
        if !near.isEmpty {
            var slivers = try plane.lines(near).buffered(
                by: plane.units(ofMeters: tolerance), segmentsPerQuadrant: segmentsPerQuadrant)
            for sector in sectors where !sector.isEmpty {
                slivers = try slivers.subtracting(try plane.area(sector))
            }
            between = try plane.multiPolygon(try slivers.intersection(zone))
        }
        return SectorSeam(
            first: first, second: second, border: border, borderMeters: length,
            bridgedMeters: bridged, firstSide: firstSide, secondSide: secondSide,
            between: between,
            zoneSquareMeters: [firstSide, secondSide, between].reduce(0) {
                $0 + measure.squareMeters($1)
            })
    }
}

extension BoundingBox {
    /// The outline, closed.
    fileprivate var ring: Ring {
        [
            Coordinate(x: minX, y: minY), Coordinate(x: maxX, y: minY),
            Coordinate(x: maxX, y: maxY), Coordinate(x: minX, y: maxY),
            Coordinate(x: minX, y: minY),
        ]
    }
}
