import Diagnostics
import Foundation
import GridCore
import Hotspots
import Incidents
import TestSupport
import Testing

@testable import Pipeline

/// Gi* of the events of the Central African Republic, in double precision,
/// against the scores and classes of esda (`Fixtures/car/README.md`). Its
/// events were read, projected and counted by another program.
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct PeerScoreTests {
    /// Both add up some thousand terms in double precision, in another order;
    /// esda's scores are written with twelve digits.
    private static let tolerance = 1e-9

    private struct Score {
        var cell: CellIndex
        var z: Double
        var bin: Int8
    }

    private func scores(_ period: String) throws -> [Score] {
        try String(contentsOf: TestPaths.fixture("car/esda-\(period).csv"), encoding: .utf8)
            .split(separator: "\n").dropFirst().map { line in
                let fields = line.split(separator: ",")
                return Score(
                    cell: CellIndex(
                        row: try #require(Int(fields[0])), column: try #require(Int(fields[1]))),
                    z: try #require(Double(fields[2])), bin: try #require(Int8(fields[3])))
            }
    }

    private func grids(days: Int) throws -> ViolenceGrids {
        let data = try #require(TestPaths.data)
        let file = try PipelineFile(
            path: TestPaths.package.appendingPathComponent("pipelines/car.yaml").path,
            environment: ["JILAAL_DATA": data.path])
        var log = ProblemLog()
        let inputs = try #require(
            NightLoader(configuration: file.configuration, asOf: nil).load(&log))
        var section = try #require(file.configuration.hotspots)
        section.giStar.significance = .normal
        let stage = HotspotStage(
            configuration: section, precision: .keep, deaths: .best, sectors: inputs.sectors,
            districts: nil, asOf: inputs.asOf, threads: 2)
        let incidents = try #require(inputs.incidents).incidents
        return try stage.field(of: incidents).grids(
            in: TimeWindow(days: days, endingOn: inputs.asOf))
    }

    @Test(
        "Scores of all cells equal those of esda, and no class differs",
        arguments: [("2022", 365), ("1991-2022", 11_688)])
    func scores(period: String, days: Int) throws {
        let expected = try scores(period)
        let grids = try grids(days: days)
        var largest = 0.0
        var differing = 0
        var isListed = Set<CellIndex>()
        for score in expected {
            isListed.insert(score.cell)
            largest = max(largest, abs(grids.map.z[score.cell] - score.z))
            if grids.bins.bins[score.cell] != score.bin { differing += 1 }
        }
        #expect(expected.count > 1000)
        #expect(largest < Self.tolerance, "largest difference \(largest)")
        #expect(differing == 0)
        // Without an event in the neighbourhood nothing is significant.
        let columns = grids.bins.bins.shape.columns
        let others = grids.bins.bins.cells.indices.filter { index in
            !isListed.contains(CellIndex(row: index / columns, column: index % columns))
                && grids.bins.bins.cells[index] != ConfidenceBin.nodata
        }
        #expect(others.allSatisfy { grids.bins.bins.cells[$0] == 0 })
        #expect(others.count + expected.count == grids.map.cellCount)
    }
}
