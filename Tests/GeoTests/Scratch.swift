import Foundation
import Geo
import GridCore
import TestSupport

/// A folder of its own for one test, removed with it.
final class Scratch {
    let folder: URL

    init() throws { folder = try TestPaths.temporaryDirectory() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ data: Data) throws -> String {
        try data.write(to: folder.appendingPathComponent(name))
        return path(name)
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try write(name, Data(text.utf8))
    }

    /// Copies a fixture and returns the path of the copy.
    @discardableResult
    func copy(fixture: String, as name: String? = nil) throws -> String {
        let source = TestPaths.fixture(fixture)
        return try write(name ?? source.lastPathComponent, Data(contentsOf: source))
    }

    /// Copies a file of this folder.
    func copy(path: String, as name: String) throws { try write(name, bytes(of: path)) }

    func bytes(of name: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(name))
    }
}

/// GeoJSON text of features, one per geometry.
func geoJSON(_ geometries: [String], crs: String? = nil) -> String {
    let features = geometries.enumerated().map { index, geometry in
        """
        {"type": "Feature", "properties": {"name": "f\(index)", "rank": \(index)}, \
        "geometry": \(geometry)}
        """
    }
    let stated = crs.map { "\"crs\": \($0), " } ?? ""
    return "{\"type\": \"FeatureCollection\", \(stated)\"features\": ["
        + features.joined(separator: ",\n") + "]}"
}

/// GeoJSON text of a polygon of the given rings.
func polygonJSON(_ rings: [[(Double, Double)]]) -> String {
    let texts = rings.map { ring in
        "[" + ring.map { "[\($0.0), \($0.1)]" }.joined(separator: ", ") + "]"
    }
    return "{\"type\": \"Polygon\", \"coordinates\": [" + texts.joined(separator: ", ") + "]}"
}

/// A closed square with its lower left corner at (x, y), counter-clockwise.
func square(_ x: Double, _ y: Double, side: Double = 1) -> [(Double, Double)] {
    [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
}

extension MultiPolygon {
    init(_ rings: [(Double, Double)]...) {
        let closed = rings.map { ring in ring.map { Coordinate(x: $0.0, y: $0.1) } }
        self.init([Polygon(exterior: closed[0], holes: Array(closed.dropFirst()))])
    }
}
