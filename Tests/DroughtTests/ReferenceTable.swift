import Foundation
import GridCore
import TestSupport
import Testing

/// A CSV fixture of numbers and words, by column name.
struct ReferenceTable {
    let header: [String]
    let rows: [[String]]

    init(_ name: String) throws {
        let lines = try String(contentsOf: TestPaths.fixture(name), encoding: .utf8)
            .split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map {
                    String($0.filter { $0 != "\r" })
                }
            }
        header = try #require(lines.first)
        rows = Array(lines.dropFirst())
    }

    /// NaN where the field is empty.
    func number(_ row: [String], _ column: String) throws -> Double {
        let text = row[try #require(header.firstIndex(of: column))]
        return text.isEmpty ? .nan : try #require(Double(text))
    }
}

/// Numbers of a JSON array, null as NaN.
func numbers(_ json: Any?) throws -> [Double] {
    try #require(json as? [Any]).map { ($0 as? NSNumber)?.doubleValue ?? .nan }
}

func jsonFixture(_ name: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: TestPaths.fixture(name)))
    return try #require(object as? [String: Any])
}

/// A block with the series of some cells.
func seriesBlock(_ series: [[Double]]) -> SeriesBlock {
    let steps = series.first?.count ?? 0
    let block = SeriesBlock(cells: series.count, steps: steps)
    block.prepare(cells: series.count, steps: steps)
    for (cell, values) in series.enumerated() {
        for (step, value) in values.enumerated() { block.plane(step)[cell] = Float(value) }
    }
    return block
}

/// Series of whole numbers in a range, some of them missing.
func randomSeries(
    seed: UInt64, cells: Int, steps: Int, range: ClosedRange<Int>, missingInTen: Int
) -> [[Double]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<cells).map { _ in
        (0..<steps).map { _ in
            Int.random(in: 0..<10, using: &generator) < missingInTen
                ? .nan : Double(Int.random(in: range, using: &generator))
        }
    }
}

/// Bits of two Float32 results that agree, NaN with NaN.
func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
    a.map(\.bitPattern) == b.map(\.bitPattern)
}
