import Diagnostics
import Foundation
import GridCore
import TestSupport
import Testing

@testable import Tables

private func square(_ x: Double, _ y: Double, _ side: Double) -> Ring {
    [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map {
        Coordinate(x: $0.0, y: $0.1)
    }
}

private func text(_ geometry: GeoJSONGeometry?, decimals: Int = 7) throws -> String {
    let feature = GeoJSONFeature(id: "f", geometry: geometry, properties: [])
    return String(decoding: try GeoJSONWriter(decimals: decimals).utf8([feature]), as: UTF8.self)
}

@Suite struct GeoJSONWriterTests {
    @Test func `a collection has one feature a line, a box and members in order`() throws {
        let features = [
            GeoJSONFeature(
                id: "b",
                geometry: .point(Coordinate(longitude: 45.123456789, latitude: -0.00000001)),
                properties: [JSONMember("z", 1), JSONMember("a", .number(.nan))]),
            GeoJSONFeature(id: "a", geometry: nil, properties: []),
        ]
        let bytes = try GeoJSONWriter().utf8(features, members: [JSONMember("name", "hot")])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"type":"FeatureCollection","name":"hot","bbox":[45.1234568,0,45.1234568,0],"features":["#
                + "\n"
                + #"{"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[45.1234568,0]},"properties":{"z":1,"a":null}},"#
                + "\n" + #"{"type":"Feature","id":"a","geometry":null,"properties":{}}"# + "\n]}\n")
    }

    @Test func `no features give a valid collection`() throws {
        let bytes = try GeoJSONWriter().utf8([])
        let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        #expect((object?["features"] as? [Any])?.isEmpty == true)
        #expect(object?["bbox"] == nil)
    }

    @Test(arguments: [false, true], [false, true])
    func `exteriors run counter-clockwise and holes clockwise`(turnsExterior: Bool, turnsHole: Bool)
        throws
    {
        let exterior = square(0, 0, 1)
        let hole = square(0.25, 0.25, 0.5)
        let polygon = Polygon(
            exterior: turnsExterior ? exterior.reversed() : exterior,
            holes: [turnsHole ? hole.reversed() : hole])
        let bytes = try GeoJSONWriter().utf8([
            GeoJSONFeature(
                id: "f", geometry: .multiPolygon(MultiPolygon([polygon])), properties: [])
        ])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let feature = try #require((object["features"] as? [[String: Any]])?.first)
        let geometry = try #require(feature["geometry"] as? [String: Any])
        #expect(geometry["type"] as? String == "MultiPolygon")
        let rings = try #require((geometry["coordinates"] as? [[[[Double]]]])?.first)
        let areas = rings.map { ring in ring.map { Coordinate(x: $0[0], y: $0[1]) }.signedArea }
        #expect(areas == [1, -0.25])
        #expect(rings.allSatisfy { $0.first == $0.last })
    }

    @Test func `what rounding leaves without area is dropped`() throws {
        let speck = Polygon(
            exterior: square(10, 10, 0.001), holes: [square(10.0002, 10.0002, 0.0001)])
        let large = Polygon(exterior: square(0, 0, 1), holes: [square(0.5, 0.5, 0.001)])
        let both = try text(.multiPolygon(MultiPolygon([speck, large])), decimals: 2)
        #expect(both.contains(#""coordinates":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]}"#))
        #expect(both.contains(#""bbox":[0,0,1,1]"#))
        #expect(
            try text(.multiPolygon(MultiPolygon([speck])), decimals: 2).contains(
                #""geometry":null"#))
        let sliver = [(0.0, 0.0), (1.0, 0.0), (0.5, 0.001), (0.0, 0.0)].map {
            Coordinate(x: $0.0, y: $0.1)
        }
        #expect(
            try text(.multiPolygon(MultiPolygon([Polygon(exterior: sliver)])), decimals: 2)
                .contains(#""geometry":null"#))
    }

    @Test func `neighbours that rounding makes equal become one`() throws {
        let line = [(1.0, 1.0), (1.001, 1.001), (2.0, 2.0)].map { Coordinate(x: $0.0, y: $0.1) }
        #expect(
            try text(.line(line), decimals: 1)
                .contains(#"{"type":"LineString","coordinates":[[1,1],[2,2]]}"#))
        #expect(try text(.line(Array(line.prefix(2))), decimals: 1).contains(#""geometry":null"#))
    }

    @Test(arguments: [
        (0.5, "0.5"), (-0.5, "-0.5"), (12.0, "12"), (-0.0000001, "-0.0000001"),
        (179.9999999, "179.9999999"),
        (100.0, "100"), (0.1000001, "0.1000001"), (-170.25, "-170.25"),
    ])
    func `coordinates have no trailing zeros`(longitude: Double, expected: String) throws {
        let point = try text(.point(Coordinate(longitude: longitude, latitude: 1)))
        #expect(point.contains(#""coordinates":[\#(expected),1]"#))
    }

    @Test func `what GeoJSON cannot hold is refused with the feature`() {
        func kind(_ geometry: GeoJSONGeometry) -> TablesFailureKind? {
            do {
                _ = try GeoJSONWriter().utf8([
                    GeoJSONFeature(id: "f", geometry: geometry, properties: [])
                ])
                return nil
            } catch {
                #expect(error.place.feature == "f")
                return error.kind
            }
        }
        #expect(kind(.point(Coordinate(x: 450_000, y: 1))) == .coordinateOutOfRange)
        #expect(kind(.point(Coordinate(x: 1, y: 90.1))) == .coordinateOutOfRange)
        #expect(kind(.point(Coordinate(x: .nan, y: 1))) == .coordinateOutOfRange)
        let across = [(179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 0.0)].map {
            Coordinate(x: $0.0, y: $0.1)
        }
        #expect(
            kind(.multiPolygon(MultiPolygon([Polygon(exterior: across)]))) == .crossesAntimeridian)
        let open = Array(square(0, 0, 1).dropLast())
        #expect(kind(.multiPolygon(MultiPolygon([Polygon(exterior: open)]))) == .openRing)
        #expect(kind(.multiPolygon(MultiPolygon([Polygon(exterior: [])]))) == .openRing)
    }

    @Test func `two features with one id are refused`() {
        let feature = GeoJSONFeature(id: "x", geometry: nil, properties: [])
        #expect(throws: TablesError.self) { try GeoJSONWriter().utf8([feature, feature]) }
    }
}
