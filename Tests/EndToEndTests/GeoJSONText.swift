import Foundation

/// A feature collection as its text says it.
struct GeoJSONText: Decodable {
    var features: [Feature]

    struct Feature: Decodable {
        var geometry: Geometry?
        var properties: [String: Value]
    }

    struct Geometry: Decodable {
        var type: String
        /// Empty for points.
        var polygons: [[[[Double]]]]

        private enum Key: CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            type = try container.decode(String.self, forKey: .type)
            switch type {
            case "Polygon":
                polygons = [try container.decode([[[Double]]].self, forKey: .coordinates)]
            case "MultiPolygon":
                polygons = try container.decode([[[[Double]]]].self, forKey: .coordinates)
            default: polygons = []
            }
        }

        /// Even-odd rule over all rings.
        func contains(_ point: [Double]) -> Bool {
            polygons.joined().reduce(false) { inside, ring in
                inside != Self.isInside(point, ring)
            }
        }

        private static func isInside(_ point: [Double], _ ring: [[Double]]) -> Bool {
            zip(ring, ring.dropFirst()).reduce(false) { inside, edge in
                let (a, b) = edge
                guard (a[1] > point[1]) != (b[1] > point[1]) else { return inside }
                let x = a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
                return inside != (point[0] < x)
            }
        }

        /// Distance from a point to the nearest corner, on a local plane; an
        /// upper bound of that to the polygon, off by half a cell at most.
        func kilometersToNearestCorner(from point: [Double]) -> Double {
            let kmPerDegree = 111.195
            let distances = polygons.joined().joined().map { corner in
                hypot(
                    (corner[0] - point[0]) * kmPerDegree * cos(point[1] * .pi / 180),
                    (corner[1] - point[1]) * kmPerDegree)
            }
            return contains(point) ? 0 : distances.min() ?? .infinity
        }
    }

    enum Value: Decodable, Equatable {
        case text(String)
        case number(Double)
        case flag(Bool)
        case nothing

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .nothing
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        var text: String? {
            if case .text(let text) = self { text } else { nil }
        }
        var number: Double? {
            if case .number(let number) = self { number } else { nil }
        }
    }
}
