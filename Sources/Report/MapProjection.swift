import Diagnostics
import Foundation
import GridCore

/// Longitude and latitude to pixels: an equirectangular projection (plate
/// carrée) that is true to scale at the middle latitude, north up.
struct MapProjection: Hashable, Sendable {
    /// Mean radius of the earth (IUGG 1980) times pi / 180, in kilometres.
    static let kilometersPerDegree = 6371.0088 * Double.pi / 180
    /// Smallest extent shown, in degrees of latitude: about 2 km.
    static let smallestSpan = 0.02
    /// Width over height of the picture; extents beyond are padded.
    static let aspects = 0.6...1.8

    /// What the frame shows: the extent asked for, padded to a fair shape.
    let extent: BoundingBox
    /// Where it lies on the picture.
    let frame: Rectangle

    /// The latitude at which the scale is true.
    var middleLatitude: Double { extent.center.latitude }
    var kilometersPerPixel: Double { extent.height / frame.height * Self.kilometersPerDegree }

    /// The largest frame for `extent` in the room given, its upper left
    /// corner there. Precondition: a finite extent within 90° of latitude.
    init(_ extent: BoundingBox, in room: Rectangle) {
        let center = extent.center
        // Close to a pole the cosine vanishes; nothing is shown there.
        let narrowing = cos(min(max(center.latitude, -85), 85) * .pi / 180)
        var height = max(extent.height, Self.smallestSpan)
        var width = max(extent.width * narrowing, Self.smallestSpan)
        width = max(width, height * Self.aspects.lowerBound)
        height = max(height, width / Self.aspects.upperBound)
        let scale = min(room.width / width, room.height / height)
        frame = Rectangle(
            x: room.x, y: room.y, width: (width * scale).rounded(),
            height: (height * scale).rounded())
        let longitudes = width / narrowing / 2
        self.extent = BoundingBox(
            minX: center.x - longitudes, minY: center.y - height / 2,
            maxX: center.x + longitudes, maxY: center.y + height / 2)
    }

    /// - Throws: `bad-extent` when the extent is not finite, inside out or
    ///   beyond 90° of latitude or 540° of longitude.
    static func check(_ extent: BoundingBox, title: String) throws(ReportError) {
        let limits = BoundingBox(minX: -540, minY: -90, maxX: 540, maxY: 90)
        // Comparisons with NaN are false.
        guard extent.minX <= extent.maxX, extent.minY <= extent.maxY,
            limits.contains(Coordinate(x: extent.minX, y: extent.minY)),
            limits.contains(Coordinate(x: extent.maxX, y: extent.maxY))
        else {
            throw ReportError(
                .badExtent,
                "the extent of the map \"\(title)\" is longitude \(extent.minX) ... "
                    + "\(extent.maxX), latitude \(extent.minY) ... \(extent.maxY); expected "
                    + "degrees, the smaller first",
                mend: "Check the CRS of the sectors")
        }
    }

    /// Where a coordinate lies on the picture; not finite when it is not.
    func place(_ coordinate: Coordinate) -> Point {
        Point(
            x: frame.x + (coordinate.x - extent.minX) / extent.width * frame.width,
            y: frame.y + (extent.maxY - coordinate.y) / extent.height * frame.height)
    }

    /// Whether any of a shape's box is on the map.
    func shows(_ shape: MultiPolygon) -> Bool {
        shape.boundingBox.map(extent.intersects) ?? false
    }
}
