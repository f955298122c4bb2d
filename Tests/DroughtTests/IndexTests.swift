import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// Indices of cells given as (baseline samples, current sample).
func indices(
    of cells: [(baseline: [Float], current: Float)], rule: VegetationIndexRule,
    table: DroughtClassTable = .kogan, kernels: Kernels = .best
) -> ChunkIndices {
    let planes = cells.map(\.baseline.count).max() ?? 0
    let chunk = CellChunk(planeCapacity: planes + 1)
    for plane in 0..<planes {
        for (cell, data) in cells.enumerated() {
            chunk.plane(plane)[cell] = plane < data.baseline.count ? data.baseline[plane] : .nan
        }
    }
    for (cell, data) in cells.enumerated() { chunk.plane(planes)[cell] = data.current }
    kernels.climatology(chunk, planes, cells.count, false)
    let result = ChunkIndices()
    let current = UnsafePointer(chunk.plane(planes))
    result.compute(
        current: current, chunk: chunk, cells: cells.count, rule: rule, table: table,
        kernels: kernels)
    result.explain(current: current, chunk: chunk, cells: cells.count, rule: rule)
    return result
}

@Suite struct IndexTests {
    let plain = VegetationIndexRule(
        scale: 1, offset: 0, minimumYears: 5, minimumRange: 0, minimumMean: 0)

    /// Float32 results of values around 100.
    static let floatTolerance = 1e-5

    @Test func theIndicesEqualTheReferenceSeries() throws {
        let rows = try String(
            contentsOf: TestPaths.fixture("drought/vci_family_reference.csv"), encoding: .utf8
        ).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(rows.first)
        func value(_ row: [String], _ name: String) -> Double? {
            header.firstIndex(of: name).flatMap { Double(row[$0]) }
        }
        let data = Array(rows.dropFirst())
        let rule = VegetationIndexRule(
            scale: 1, offset: 0, minimumYears: 5, minimumRange: 0, minimumMean: 0)
        var compared = 0
        for dekad in 1...36 {
            let slot = data.filter { Int($0[1]) == dekad }
            let baseline = slot.map { Float(value($0, "ndvi") ?? .nan) }
            let result = indices(
                of: slot.map { (baseline, Float(value($0, "ndvi") ?? .nan)) }, rule: rule)
            for (cell, row) in slot.enumerated() {
                for (name, found) in [
                    ("vci", result.vci[cell]), ("anom", result.anomaly[cell]),
                    ("pct_of_avg", result.percent[cell]), ("z", result.zscore[cell]),
                ] {
                    guard let expected = value(row, name) else {
                        #expect(found.isNaN, "dekad \(dekad) \(name): \(found)")
                        continue
                    }
                    compared += 1
                    #expect(
                        abs(Double(found) - expected)
                            <= Self.floatTolerance * max(1, abs(expected)),
                        "dekad \(dekad) \(name): \(found), expected \(expected)")
                }
            }
        }
        #expect(compared > 2000)
    }

    @Test func theAnchorsThatCanBeCheckedByHand() {
        // min .2, max .6, x .3 -> VCI 25
        let rule = VegetationIndexRule(
            scale: 0.0001, offset: 0, minimumYears: 5, minimumRange: 0.02, minimumMean: 0.05)
        let result = indices(of: [([2000, 6000, 4000, 4000, 4000], 3000)], rule: rule)
        #expect(abs(result.vci[0] - 25) < 1e-5)
        #expect(abs(result.anomaly[0] - -0.1) < 1e-7)
        #expect(abs(result.percent[0] - 75) < 1e-5)
        // sd of {2, 6, 4, 4, 4} is sqrt 2
        #expect(abs(Double(result.zscore[0]) + 1 / 2.0.squareRoot()) < 1e-6)
    }

    @Test func indicesDoNotChangeWhenStoredNumbersAreShiftedAndScaled() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let baseline = (0..<8).map { _ in Float(Int.random(in: 0...900, using: &generator)) }
            let x = Float(Int.random(in: 0...900, using: &generator))
            let one = indices(of: [(baseline, x)], rule: plain)
            let other = indices(of: [(baseline.map { $0 * 4 + 512 }, x * 4 + 512)], rule: plain)
            #expect(one.vci[0] == other.vci[0] || one.vci[0].isNaN)
            #expect(one.zscore[0] == other.zscore[0] || one.zscore[0].isNaN)
            #expect(one.classes[0] == other.classes[0])
        }
    }

    @Test func valuesBeyondTheBaselineAreNotClamped() {
        let result = indices(
            of: [([1, 2, 3, 4, 5], 0), ([1, 2, 3, 4, 5], 7)], rule: plain)
        #expect(result.vci[0] == -25)
        #expect(result.vci[1] == 150)
        #expect(result.classes[0] == 1)
        #expect(result.classes[1] == 5)
    }

    @Test func everyReasonIsGivenWhereItApplies() {
        let rule = VegetationIndexRule(
            scale: 1, offset: 0, minimumYears: 5, minimumRange: 2, minimumMean: 1)
        let result = indices(
            of: [
                ([1, 2, 3, 4, 5], 3), ([1, 2, 3, 4, 5], .nan), ([1, 2, 3, 4, .nan], 3),
                ([3, 3, 3, 3, 3], 3), ([3, 3, 3, 3, 4], 3), ([-3, 1, 1, 1, 1], 1),
            ], rule: rule)
        let reasons = (0..<6).map { DroughtReason(rawValue: result.reasons[$0]) }
        #expect(
            reasons == [
                .ok, .inputNodata, .insufficientBaseline, .zeroRange, .zeroRange,
                .zeroDeviationOrMean,
            ])
        #expect(result.vci[2].isNaN && result.zscore[2].isNaN && result.anomaly[2].isNaN)
        #expect(result.percent[5].isNaN && !result.vci[5].isNaN)
    }

    @Test func aRangeOfExactlyTheMinimumPasses() {
        let rule = VegetationIndexRule(
            scale: 0.0001, offset: 0, minimumYears: 5, minimumRange: 0.02, minimumMean: 0)
        let result = indices(
            of: [([1000, 1200, 1100, 1100, 1100], 1100), ([1000, 1199, 1100, 1100, 1100], 1100)],
            rule: rule)
        #expect(result.vci[0] == 50)
        #expect(result.vci[1].isNaN)
    }

    @Test func classesFollowThePublishedTable() throws {
        let rows = try String(
            contentsOf: TestPaths.fixture("drought/class_thresholds.csv"), encoding: .utf8
        ).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        for (scheme, table) in [
            ("VCI_VHI_KOGAN", DroughtClassTable.kogan), ("VCI3M_NDMA", .ndma),
        ] {
            let expected = rows.filter { $0[0] == scheme }
            #expect(expected.map { $0[1] } == table.classes.map(\.name))
            for row in expected {
                if let lower = Double(row[2]) {
                    #expect(table.droughtClass(ofVCI: lower)?.name == row[1])
                }
                if let upper = Double(row[4]) {
                    #expect(table.droughtClass(ofVCI: upper.nextDown)?.name == row[1])
                    #expect(table.droughtClass(ofVCI: upper)?.name != row[1])
                }
            }
        }
        #expect(DroughtClassTable.kogan.droughtClass(ofVCI: -20)?.name == "extreme")
        #expect(DroughtClassTable.kogan.droughtClass(ofVCI: .nan) == nil)
    }

    @Test func allFormsOfTheKernelGiveTheSameBits() throws {
        let (_, columns) = randomChunk(seed: 21, planes: 12, cells: 300)
        let cells = columns.map { column in
            (baseline: column.dropLast().map { Float($0) }, current: Float(column[11]))
        }
        let results = kernelForms.map { form in
            let result = indices(of: cells, rule: plain, kernels: form)
            return (0..<300).flatMap {
                [
                    result.vci[$0].bitPattern, result.zscore[$0].bitPattern,
                    result.percent[$0].bitPattern, result.anomaly[$0].bitPattern,
                    UInt32(result.classes[$0]), UInt32(result.reasons[$0]),
                ]
            }
        }
        let first = try #require(results.first)
        #expect(results.allSatisfy { $0 == first })
    }
}
