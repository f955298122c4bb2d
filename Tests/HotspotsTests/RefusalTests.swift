import Diagnostics
import GridCore
import Testing

@testable import Hotspots

@Suite("What is refused, and what is only noted")
struct RefusalTests {
    private let spec = Vectors.spec(rows: 10, columns: 10)
    private let place = Coordinate(x: 5000, y: 5000)

    private func refusal(
        _ incident: PlacedIncident? = nil, on spec: GridSpec? = nil, radius: Double = 3000,
        halfLife: Double? = nil
    ) -> HotspotError? {
        #expect(throws: HotspotError.self) {
            try kernelDensity(
                of: incident.map { [$0] } ?? [], on: spec ?? self.spec, radiusInMeters: radius,
                halfLifeInDays: halfLife, threads: 1)
        }
    }

    @Test("a grid in degrees is refused, with its extent and a way out")
    func degrees() {
        let degrees = GridSpec(
            shape: Shape(rows: 140, columns: 120),
            geotransform: Geotransform(
                originX: 40, cellWidth: 0.1, originY: 12, cellHeight: -0.1),
            crs: .wgs84)
        let error = refusal(on: degrees)
        #expect(error?.kind == .unsuitableGrid)
        #expect(error?.description.contains("look like degrees") == true)
        #expect(error?.description.contains("Project to an equal-area CRS") == true)
        let gi = #expect(throws: HotspotError.self) {
            try getisOrdGiStar(
                values: Grid<Double>(degrees, filledWith: 1), radiusInMeters: 15_000, threads: 1)
        }
        #expect(gi?.kind == .unsuitableGrid)
        let mass = #expect(throws: HotspotError.self) { try MassGrid(of: [], on: degrees) }
        #expect(mass?.kind == .unsuitableGrid)
    }

    @Test("a turned grid and one without cells are refused")
    func otherGrids() {
        var turned = spec
        turned.geotransform.rowRotation = 0.1
        #expect(refusal(on: turned)?.kind == .unsuitableGrid)
        var southUp = spec
        southUp.geotransform.cellHeight = 1000
        #expect(refusal(on: southUp)?.kind == .unsuitableGrid)
        #expect(
            refusal(on: Vectors.spec(rows: 0, columns: 5, cell: 1000))?.kind == .unsuitableGrid)
    }

    @Test("radius and half-life must be above 0 and finite")
    func parameters() {
        for radius in [0, -1, .nan, .infinity, 3e7] {
            #expect(refusal(radius: radius)?.kind == .unsuitableParameter)
        }
        for halfLife in [0, -1, .nan, Double.infinity] {
            #expect(refusal(halfLife: halfLife)?.kind == .unsuitableParameter)
        }
    }

    @Test("an incident with an impossible number is named and refused")
    func incidents() throws {
        let beyond = try SpreadRegion(cells: [(CellIndex(row: 10, column: 0), 1)])
        let flawed = [
            PlacedIncident(position: place, weight: -1),
            PlacedIncident(position: place, weight: .nan),
            PlacedIncident(position: place, ageInDays: -1),
            PlacedIncident(position: place, ageInDays: .infinity),
            PlacedIncident(position: place, mass: MassUnits(units: -1)),
            PlacedIncident(position: Coordinate(x: .nan, y: 0)),
            PlacedIncident(position: place, footprint: .widened(byMeters: -1)),
            PlacedIncident(position: place, footprint: .region(beyond)),
        ]
        for incident in flawed {
            let error = refusal(incident)
            #expect(error?.kind == .unsuitableIncident)
            #expect(error?.cause.hasPrefix("incident 1 of 1 has") == true)
        }
        let share = #expect(throws: HotspotError.self) {
            try SpreadRegion(cells: [(CellIndex(row: 0, column: 0), -0.5)])
        }
        #expect(share?.kind == .unsuitableIncident)
    }

    @Test("masses beyond a billion incidents are refused")
    func tooMuchMass() {
        let heavy = PlacedIncident(position: place, mass: MassUnits(units: MassUnits.largest))
        let error = #expect(throws: HotspotError.self) {
            try MassGrid(of: [heavy, PlacedIncident(position: place)], on: spec)
        }
        #expect(error?.kind == .unsuitableValue)
    }

    @Test("a radius below a cell, or a band of fewer than 8 neighbours, is noted")
    func warnings() {
        #expect(
            densityRadiusWarning(radiusInMeters: 999, on: spec)?.code
                == "density-radius-below-cell")
        #expect(densityRadiusWarning(radiusInMeters: 1000, on: spec) == nil)
        #expect(
            distanceBandWarning(radiusInMeters: 1000, on: spec)?.message
                .contains("4 neighbouring cells") == true)
        #expect(distanceBandWarning(radiusInMeters: 1500, on: spec) == nil)
    }
}
