import Diagnostics
import GridCore

/// A position in counts of 10^-decimals degrees, so that equality and
/// orientation after rounding are exact.
struct QuantizedPosition: Hashable {
    var x: Int64
    var y: Int64
}

struct QuantizedBox {
    var low: QuantizedPosition
    var high: QuantizedPosition
}

extension QuantizedBox? {
    mutating func extend(to positions: [QuantizedPosition]) {
        for p in positions {
            guard let box = self else {
                self = QuantizedBox(low: p, high: p)
                continue
            }
            self = QuantizedBox(
                low: QuantizedPosition(x: min(box.low.x, p.x), y: min(box.low.y, p.y)),
                high: QuantizedPosition(x: max(box.high.x, p.x), y: max(box.high.y, p.y)))
        }
    }
}

/// Rounds and checks the coordinates of one feature.
struct Quantizer {
    let scale: Double
    let feature: String

    init(decimals: Int, feature: String) {
        scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        self.feature = feature
    }

    func position(_ c: Coordinate) throws(TablesError) -> QuantizedPosition {
        guard abs(c.longitude) <= 180, abs(c.latitude) <= 90 else {
            throw TablesError(
                .coordinateOutOfRange, at: Place(feature: feature),
                "position (\(c.x), \(c.y)) is not a longitude in -180...180 and a latitude in "
                    + "-90...90",
                mend: "Transform the geometry to longitude and latitude (EPSG:4326) before writing")
        }
        return QuantizedPosition(
            x: Int64((c.longitude * scale).rounded()), y: Int64((c.latitude * scale).rounded()))
    }

    /// Without neighbours that rounding made equal.
    func line(_ coordinates: [Coordinate]) throws(TablesError) -> [QuantizedPosition] {
        var line: [QuantizedPosition] = []
        line.reserveCapacity(coordinates.count)
        var previous: Coordinate?
        for c in coordinates {
            let position = try position(c)
            if let previous, abs(previous.x - c.x) > 180 {
                throw TablesError(
                    .crossesAntimeridian, at: Place(feature: feature),
                    "a step from longitude \(previous.x) to \(c.x) crosses the 180th meridian",
                    mend: "Cut the geometry at the 180th meridian first")
            }
            previous = c
            if line.last != position { line.append(position) }
        }
        return line
    }

    /// nil when rounding leaves no area.
    func ring(_ ring: Ring, runsClockwise: Bool) throws(TablesError) -> [QuantizedPosition]? {
        guard ring.count >= 4, ring.first == ring.last else {
            throw TablesError(
                .openRing, at: Place(feature: feature),
                "a ring has \(ring.count) positions and its ends "
                    + (ring.first == ring.last ? "meet" : "do not meet")
                    + " (expected at least 4, the last equal to the first)",
                mend: "Close the ring before writing")
        }
        let positions = try line(ring)
        guard positions.count >= 4 else { return nil }
        let area = Self.twiceSignedArea(positions)
        guard area != 0 else { return nil }
        return (area < 0) == runsClockwise ? positions : positions.reversed()
    }

    /// Exact: products of differences reach 2^65.
    private static func twiceSignedArea(_ ring: [QuantizedPosition]) -> Int128 {
        let origin = ring[0]
        var twice: Int128 = 0
        for i in 1..<(ring.count - 1) {
            let a = ring[i]
            let b = ring[i + 1]
            twice += Int128(a.x - origin.x) * Int128(b.y - origin.y)
            twice -= Int128(b.x - origin.x) * Int128(a.y - origin.y)
        }
        return twice
    }
}
