import Foundation
import GridCore
import TestSupport

/// A table of numbers with named columns; empty fields are NaN.
struct NumberTable {
    private var columns: [String: [Double]] = [:]

    init(_ path: String) throws {
        let text = try String(contentsOf: TestPaths.fixture(path), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let names = lines[0].map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
        for (i, name) in names.enumerated() {
            columns[name] = lines.dropFirst().map { Double($0[i]) ?? .nan }
        }
    }

    subscript(name: String) -> [Double] { columns[name] ?? [] }
}

enum Vectors {
    static let lattice = Shape(rows: 20, columns: 20)

    /// A grid of square cells with its lower left corner at (0, 0).
    static func spec(rows: Int, columns: Int, cell: Double = 1000) -> GridSpec {
        GridSpec(
            shape: Shape(rows: rows, columns: columns),
            geotransform: Geotransform(
                originX: 0, cellWidth: cell, originY: Double(rows) * cell, cellHeight: -cell),
            crs: CRSIdentifier("test, metres"))
    }

    static var latticeSpec: GridSpec { spec(rows: 20, columns: 20) }

    static func events() throws -> [Double] {
        try NumberTable("hotspots/lattice20_input.csv")["events"]
    }
}

/// The golden numbers were computed in another order of operations; scores
/// up to about 10 and sums of 400 numbers leave some 1e-13.
let goldenTolerance = 1e-12

/// The largest difference of two lists; infinite when one has a NaN where
/// the other has none, or when they are empty or differ in length.
func largestDifference(_ a: [Double], _ b: [Double], relative: Bool = false) -> Double {
    guard a.count == b.count, !a.isEmpty else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        if pair.0.isNaN && pair.1.isNaN { return largest }
        let difference = abs(pair.0 - pair.1) / (relative ? max(abs(pair.1), .ulpOfOne) : 1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
}
