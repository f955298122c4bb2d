import Diagnostics
import GridCore

/// Prints feature collections by RFC 7946: longitude before latitude, exterior
/// rings counter-clockwise and holes clockwise, at most seven decimals, a
/// `bbox`, no `crs`, one feature a line.
///
/// Coordinates are rounded to `decimals` places. A ring stays closed; one
/// that rounding leaves without area is dropped (with its holes, when it is an
/// exterior), and a feature that has nothing left gets a null geometry.
public struct GeoJSONWriter: Sendable {
    /// The most decimals that RFC 7946 finds sensible: about a centimetre.
    public static let maximumDecimals = 7

    public var decimals: Int

    /// - Precondition: 0 <= decimals <= 7.
    public init(decimals: Int = GeoJSONWriter.maximumDecimals) {
        precondition((0...Self.maximumDecimals).contains(decimals), "decimals must be 0...7")
        self.decimals = decimals
    }

    /// The whole file, features in the order given.
    /// - Parameter members: further members of the collection, such as `name`
    ///   or `attribution`, printed before the features.
    /// - Throws: `coordinate-out-of-range` for a position that is not a finite
    ///   longitude in -180...180 and latitude in -90...90, `open-ring`,
    ///   `crosses-antimeridian` when two neighbours lie more than 180 degrees
    ///   of longitude apart, `duplicate-feature`.
    public func utf8(
        _ features: some Sequence<GeoJSONFeature>, members: [JSONMember] = []
    ) throws(TablesError) -> [UInt8] {
        var extent: QuantizedBox?
        var seen: Set<String> = []
        var lines: [UInt8] = []
        for feature in features {
            guard seen.insert(feature.id).inserted else {
                throw TablesError(
                    .duplicateFeature, at: Place(feature: feature.id),
                    "a second feature has this id; ids of a collection must differ",
                    mend: "Give every feature an id of its own")
            }
            lines.append(contentsOf: (seen.count == 1 ? "\n" : ",\n").utf8)
            try append(feature, to: &lines, extent: &extent)
        }
        var bytes = Array(#"{"type":"FeatureCollection""#.utf8)
        for member in members {
            bytes.append(UInt8(ascii: ","))
            // The braces of a one-member object go.
            bytes.append(contentsOf: JSONValue.object([member]).utf8().dropFirst().dropLast())
        }
        if let extent {
            bytes.append(contentsOf: #","bbox":["#.utf8)
            append(extent.low, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            append(extent.high, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(contentsOf: #","features":["#.utf8)
        bytes.append(contentsOf: lines)
        bytes.append(contentsOf: "\n]}\n".utf8)
        return bytes
    }

    private func append(
        _ feature: GeoJSONFeature, to bytes: inout [UInt8], extent: inout QuantizedBox?
    ) throws(TablesError) {
        bytes.append(contentsOf: #"{"type":"Feature","id":"#.utf8)
        JSONValue.string(feature.id).append(to: &bytes, layout: .compact, depth: 0)
        bytes.append(contentsOf: #","geometry":"#.utf8)
        let quantizer = Quantizer(decimals: decimals, feature: feature.id)
        switch feature.geometry {
        case nil: bytes.append(contentsOf: "null".utf8)
        case .point(let coordinate):
            let position = try quantizer.position(coordinate)
            extent.extend(to: [position])
            bytes.append(contentsOf: #"{"type":"Point","coordinates":["#.utf8)
            append(position, to: &bytes)
            bytes.append(contentsOf: "]}".utf8)
        case .line(let coordinates):
            let line = try quantizer.line(coordinates)
            guard line.count >= 2 else {
                bytes.append(contentsOf: "null".utf8)
                break
            }
            extent.extend(to: line)
            bytes.append(contentsOf: #"{"type":"LineString","coordinates":"#.utf8)
            append(line, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .multiPolygon(let multiPolygon):
            try append(multiPolygon, quantizer, to: &bytes, extent: &extent)
        }
        bytes.append(contentsOf: #","properties":"#.utf8)
        JSONValue.object(feature.properties).append(to: &bytes, layout: .compact, depth: 0)
        bytes.append(UInt8(ascii: "}"))
    }

    private func append(
        _ multiPolygon: MultiPolygon, _ quantizer: Quantizer, to bytes: inout [UInt8],
        extent: inout QuantizedBox?
    ) throws(TablesError) {
        var isFirst = true
        for polygon in multiPolygon.polygons {
            guard let exterior = try quantizer.ring(polygon.exterior, runsClockwise: false) else {
                continue
            }
            extent.extend(to: exterior)
            bytes.append(
                contentsOf: (isFirst ? #"{"type":"MultiPolygon","coordinates":[["# : ",[").utf8)
            isFirst = false
            append(exterior, to: &bytes)
            for hole in polygon.holes {
                guard let ring = try quantizer.ring(hole, runsClockwise: true) else { continue }
                bytes.append(UInt8(ascii: ","))
                append(ring, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(contentsOf: (isFirst ? "null" : "]}").utf8)
    }

    private func append(_ positions: [QuantizedPosition], to bytes: inout [UInt8]) {
        for (i, position) in positions.enumerated() {
            bytes.append(contentsOf: (i == 0 ? "[[" : ",[").utf8)
            append(position, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private func append(_ position: QuantizedPosition, to bytes: inout [UInt8]) {
        append(position.x, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        append(position.y, to: &bytes)
    }

    /// A count of 10^-decimals degrees as a decimal without trailing zeros.
    private func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var fraction = decimals
        while fraction > 0, rest % 10 == 0 {
            rest /= 10
            fraction -= 1
        }
        var reversed: [UInt8] = []
        var place = 0
        while rest > 0 || place <= fraction {
            if place == fraction, fraction > 0 { reversed.append(UInt8(ascii: ".")) }
            reversed.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            place += 1
        }
        bytes.append(contentsOf: reversed.reversed())
    }
}
