import Diagnostics
import GridCore
import Tables
import Testing

@testable import Pipeline

@Suite struct PlaceTableTests {
    private let area = BoundingBox(minX: 40, minY: -2, maxX: 48, maxY: 8)

    private func read(
        _ text: String, _ columns: PlaceColumns? = nil
    ) throws -> (places: [PlaceRecord], log: ProblemLog) {
        let table = try CSVReader.read(Array(text.utf8), file: "bases.csv").requireTable()
        var log = ProblemLog()
        let places = PlaceTable(
            table: table,
            columns: columns
                ?? PlaceColumns(
                    id: "id", name: "name", longitude: "longitude", latitude: "latitude",
                    needsUniqueID: true), area: area
        ).places(&log)
        return (places, log)
    }

    @Test func placesKeepTheirOrderAndRows() throws {
        let (places, log) = try read(
            "id,name,longitude,latitude\nB2,Two,45.5,2\nB1,,44,-1\n")
        #expect(log.isClean)
        #expect(places.map(\.id) == ["B2", "B1"])
        #expect(places.map(\.name) == ["Two", "B1"])
        #expect(places.map(\.record) == [2, 3])
        #expect(places[0].coordinate == Coordinate(longitude: 45.5, latitude: 2))
    }

    @Test func everyFaultyRowIsNamedAtOnce() throws {
        let (places, log) = try read(
            """
            id,name,longitude,latitude
            A,a,45,2
            A,again,45,3
            B,swapped,2,45
            C,none,,
            D,far,200,2
            E,words,east,2

            """)
        #expect(places.map(\.id) == ["A"])
        #expect(
            log.failures.map(\.code) == [
                "duplicate-identifier", "no-coordinate", "no-coordinate", "no-coordinate",
                "no-coordinate",
            ])
        #expect(log.failures.map { $0.place.line } == [3, 4, 5, 6, 7])
        #expect(log.failures[1].description.contains("change places"))
    }

    @Test func aMissingColumnIsNamedWithANearOne() throws {
        let (places, log) = try read("id,name,longtitude,latitude\nA,a,45,2\n")
        #expect(places.isEmpty)
        #expect(log.failures.map(\.code) == ["missing-column"])
        #expect(log.failures[0].description.contains("Did you mean \"longtitude\"?"))
    }

    @Test func populationsAreReadAsWholeNumbers() throws {
        let columns = PlaceColumns(
            name: "name", longitude: "longitude", latitude: "latitude", population: "people")
        let (places, log) = try read(
            "name,longitude,latitude,people\na,45,2,1200\nb,45,2,1200.0\nc,45,2,\nd,45,2,many\n",
            columns)
        #expect(log.isClean)
        #expect(places.map(\.population) == [1200, 1200, nil, nil])
    }
}
