import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// Percentiles of the last plane among the others, cells side by side.
func percentiles(
    _ current: [Float], among planes: [[Float]], rule: PercentileRule, kernels: Kernels = .best
) -> (values: [Float], reasons: [UInt8]) {
    let flat = planes.flatMap { $0 }
    var values = [Float](repeating: 0, count: current.count)
    var reasons = [UInt8](repeating: 99, count: current.count)
    current.withUnsafeBufferPointer { current in
        flat.withUnsafeBufferPointer { flat in
            values.withUnsafeMutableBufferPointer { values in
                reasons.withUnsafeMutableBufferPointer { reasons in
                    guard let x = current.baseAddress, let y = flat.baseAddress,
                        let output = values.baseAddress
                    else { return }
                    kernels.percentile(
                        current: x, planes: y, planeStride: current.count,
                        planeCount: planes.count, cells: current.count, rule: rule, into: output,
                        reasons: reasons.baseAddress)
                }
            }
        }
    }
    return (values, reasons)
}

@Suite struct PercentileTests {
    /// A Float of a number up to 100.
    static let tolerance = 4e-6

    @Test func midRanksEqualTheReferenceSeries() throws {
        let rows = try String(
            contentsOf: TestPaths.fixture("drought/vci_family_reference.csv"), encoding: .utf8
        ).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let ndvi = try #require(rows[0].firstIndex(of: "ndvi"))
        let percentile = try #require(rows[0].firstIndex(of: "percentile_midrank"))
        var compared = 0
        for dekad in 1...36 {
            let slot = rows.dropFirst().filter { Int($0[1]) == dekad }
            let series = slot.map { Float($0[ndvi]) ?? .nan }
            // One cell for each year, all with the same baseline.
            let found = percentiles(
                series, among: series.map { [Float](repeating: $0, count: series.count) },
                rule: PercentileRule())
            for (cell, row) in slot.enumerated() {
                guard let expected = Double(row[percentile]) else {
                    #expect(found.values[cell].isNaN, "dekad \(dekad)")
                    continue
                }
                compared += 1
                #expect(
                    abs(Double(found.values[cell]) - expected) <= Self.tolerance * 100,
                    "dekad \(dekad): \(found.values[cell]), expected \(expected)")
            }
        }
        #expect(compared > 500)
    }

    struct Reference: Decodable {
        struct Case: Decodable {
            let x: [Double?]
            let out: [Double?]
        }
        let percentile_hdc: Case
        let percentile_hdc_nan: Case
    }

    @Test func plottingPositionsEqualThePeersExceptThatGapsDoNotCount() throws {
        let reference = try JSONDecoder().decode(
            Reference.self,
            from: Data(contentsOf: TestPaths.fixture("drought/runs_rolling_percentile.json")))
        let rule = PercentileRule(position: .plotting(a: 1.0 / 3, b: 1.0 / 3), minimumCount: 1)
        for part in [reference.percentile_hdc, reference.percentile_hdc_nan] {
            let x = part.x.map { Float($0 ?? .nan) }
            let found = percentiles(
                x, among: x.map { [Float](repeating: $0, count: x.count) }, rule: rule)
            let valid = Double(part.x.count { $0 != nil })
            for (cell, expected) in part.out.enumerated() {
                guard let expected else {
                    #expect(found.values[cell].isNaN && found.reasons[cell] == 1)
                    continue
                }
                // The peer divides by the length of the series with its gaps.
                let shared = expected * (Double(x.count) + 1.0 / 3) / (valid + 1.0 / 3)
                #expect(abs(Double(found.values[cell]) / 100 - shared) < Self.tolerance)
            }
        }
    }

    @Test(arguments: kernelForms.indices)
    func countingEqualsTheFormula(form: Int) {
        var generator = SeededGenerator(seed: 17)
        let cells = 21  // two vectors and a rest
        func plane() -> [Float] {
            (0..<cells).map { _ in
                let k = Int.random(in: 0..<9, using: &generator)
                return k == 0 ? .nan : Float(k)
            }
        }
        let current = plane()
        let planes = (0..<13).map { _ in plane() }
        for (rule, shift, extent) in [
            (PercentileRule(minimumCount: 11), 0.0, 0.0),
            (PercentileRule(position: .plotting(a: 0, b: 0), minimumCount: 11), 0.5, 1),
            (PercentileRule(position: .plotting(a: 0.44, b: 0.44), minimumCount: 11), 0.06, 0.12),
        ] {
            let found = percentiles(current, among: planes, rule: rule, kernels: kernelForms[form])
            for cell in 0..<cells {
                let sample = planes.map { $0[cell] }.filter { !$0.isNaN }
                let x = current[cell]
                if x.isNaN || sample.count < 11 {
                    #expect(found.values[cell].isNaN)
                    #expect(found.reasons[cell] == (x.isNaN ? 1 : 2))
                    continue
                }
                let below = Double(sample.count { $0 < x })
                let equal = Double(sample.count { $0 == x })
                let expected =
                    100 * (below + equal / 2 + shift) / (Double(sample.count) + extent)
                #expect(abs(Double(found.values[cell]) - expected) <= 100 * Self.tolerance)
                #expect(found.reasons[cell] == 0)
            }
        }
    }

    @Test(arguments: kernelForms.indices)
    func aStepOfABlockIsRankedAmongTheStepsGiven(form: Int) {
        var generator = SeededGenerator(seed: 18)
        let series = (0..<11).map { _ in
            (0..<20).map { _ in Float(Int.random(in: 0..<30, using: &generator)) }
        }
        let block = SeriesBlock(series)
        let baseline = [0, 4, 8, 12, 16]
        var values = [Float](repeating: 0, count: 11)
        values.withUnsafeMutableBufferPointer { buffer in
            guard let output = buffer.baseAddress else { return }
            kernelForms[form].percentile(
                block, step: 16, baseline: baseline, rule: PercentileRule(), into: output)
        }
        let planes = baseline.map { step in series.map { $0[step] } }
        let expected = percentiles(
            series.map { $0[16] }, among: planes, rule: PercentileRule())
        #expect(values == expected.values)
    }

    @Test func beyondTheBaselineThePercentileEndsAtTheEndsOfTheScale() {
        let planes: [[Float]] = (1...5).map { [Float($0), Float($0)] }
        #expect(percentiles([0, 9], among: planes, rule: PercentileRule()).values == [0, 100])
        let found = percentiles(
            [0, 9], among: planes, rule: PercentileRule(position: .plotting(a: 1, b: 1)))
        #expect(found.values == [0, 100])
    }
}
