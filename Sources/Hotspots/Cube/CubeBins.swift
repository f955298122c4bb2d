import GridCore

/// The confidence bins of all cells of a cube at all steps.
public struct CubeBins: Sendable {
    /// Raw values of `ConfidenceBin` of each step, or `ConfidenceBin.nodata`
    /// where a cell takes no part.
    public let steps: [Grid<Int8>]
    public let correction: MultipleTesting
    /// The largest significant p-value at 90, 95 and 99 percent; nil where
    /// nothing was significant.
    public let thresholds: [Double?]

    /// Judges all scores of the cube at once at the levels 0.10, 0.05 and
    /// 0.01, as `ConfidenceBins` does those of a map.
    ///
    /// - Parameter threads: changes no bit of the result.
    public init(
        of map: SpaceTimeGetisOrd, correction: MultipleTesting = .benjaminiHochberg, threads: Int
    ) {
        let scores = map.z
        var tests = [Int](repeating: 0, count: scores.count)
        var small = [[Double]](repeating: [], count: scores.count)
        tests.withUnsafeMutableBufferPointer { tests in
            small.withUnsafeMutableBufferPointer { small in
                let (tests, small) = (SharedCells(tests), SharedCells(small))
                forEachInParallel(count: scores.count, threads: threads) { _, step in
                    scores[step].withCells { z in
                        var (count, found) = (0, [Double]())
                        for value in z where !value.isNaN {
                            count += 1
                            if value.magnitude < Self.leastScore { continue }
                            let p = normalTwoSidedP(value)
                            if p <= ConfidenceBins.levels[0] { found.append(p) }
                        }
                        tests.cells[step] = count
                        small.cells[step] = found
                    }
                }
            }
        }
        let values = PValues(tests: tests.reduce(0, +), smallest: small.flatMap(\.self))
        let thresholds = ConfidenceBins.levels.map { values.threshold(correction, level: $0) }
        let valid = map.valid
        steps = CubeInput.grids(count: scores.count, on: valid.spec) {
            (bins: UnsafeBufferPointer<UnsafeMutableBufferPointer<Int8>>) in
            let output = SharedInput(bins)
            forEachInParallel(count: scores.count, threads: threads) { _, step in
                Self.fill(output.cells[step], scores[step], valid, thresholds)
            }
        }
        self.correction = correction
        self.thresholds = thresholds
    }

    /// Scores closer to 0 have a p-value above 0.10, whose limit is at
    /// 1.645.
    private static let leastScore = 1.64

    private static func fill(
        _ bins: UnsafeMutableBufferPointer<Int8>, _ z: Grid<Double>, _ valid: Grid<UInt8>,
        _ thresholds: [Double?]
    ) {
        z.withCells { z in
            valid.withCells { valid in
                for i in bins.indices {
                    if valid[i] == 0 {
                        bins[i] = ConfidenceBin.nodata
                    } else if z[i].magnitude < leastScore || z[i].isNaN {
                        bins[i] = ConfidenceBin.notSignificant.rawValue
                    } else {
                        bins[i] = ConfidenceBins.bin(
                            z: z[i], p: normalTwoSidedP(z[i]), thresholds)
                    }
                }
            }
        }
    }

    /// The bins of a cell, the oldest first; empty when it takes no part.
    public func series(of cell: CellIndex) -> [Int8] {
        let series = steps.map { $0[cell] }
        return series.contains(ConfidenceBin.nodata) ? [] : series
    }
}
