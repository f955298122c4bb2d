import GridCore

/// The confidence bins of all cells of a cube at all steps.
public struct CubeBins: Sendable {
    /// Raw values of `ConfidenceBin` of each step, or `ConfidenceBin.nodata`
    /// where a cell takes no part.
    public let steps: [Grid<Int8>]
    public let significance: Significance
    public let correction: MultipleTesting
    /// The largest significant p-value at 90, 95 and 99 percent; nil where
    /// nothing was significant.
    public let thresholds: [Double?]

    /// Judges all scores of the cube at once by the normal distribution at
    /// the levels 0.10, 0.05 and 0.01, as `ConfidenceBins` does those of a
    /// map.
    ///
    /// - Parameter threads: changes no bit of the result.
    public init(
        of map: SpaceTimeGetisOrd, correction: MultipleTesting = .benjaminiHochberg, threads: Int
    ) {
        self.init(of: map, .normal, nil, correction, threads)
    }

    /// The same, judged by `significance`.
    ///
    /// `.guarded` takes the larger of the normal p-value and the p-value
    /// under complete randomness in space and time: given the N incidents of
    /// the window that a bin is compared with, its neighbourhood of W of the
    /// n cells and steps of the window holds a binomial count of N trials and
    /// chance W / n. Exact whatever N, and a bound where incidents are
    /// spread over cells or steps, which only evens counts out.
    ///
    /// - Parameters:
    ///   - counts: mass of the incidents at one event each, on the steps of
    ///     the map; not used by `.normal`. The map may be one of deaths,
    ///     which do not fall one by one.
    ///   - threads: changes no bit of the result.
    /// - Throws: `.mismatch` when grids or numbers of steps differ,
    ///   `.unsuitableValue` for a negative count or more than 2^50 units.
    /// - Complexity: O(cells x steps x rows in the band), and one incomplete
    ///   beta function per different pair of count and cells in a step.
    public init(
        of map: SpaceTimeGetisOrd, significance: Significance, counts: SpaceTimeCube,
        correction: MultipleTesting = .benjaminiHochberg, threads: Int
    ) throws(HotspotError) {
        let randomness: CubeRandomness? =
            switch significance {
            case .normal: nil
            case .guarded: try CubeRandomness(counts, of: map)
            }
        self.init(of: map, significance, randomness, correction, threads)
    }

    private init(
        of map: SpaceTimeGetisOrd, _ significance: Significance, _ randomness: CubeRandomness?,
        _ correction: MultipleTesting, _ threads: Int
    ) {
        let scores = map.z
        var judged = [JudgedStep](repeating: JudgedStep(), count: scores.count)
        judged.withUnsafeMutableBufferPointer { judged in
            let output = SharedCells(judged)
            forEachInParallel(count: scores.count, threads: threads) { _, step in
                output.cells[step] = JudgedStep(
                    scores[step],
                    atLeast: randomness?.p(
                        ofStep: step, z: scores[step], leastScore: Self.leastScore))
            }
        }
        let values = PValues(
            tests: judged.reduce(0) { $0 + $1.tests },
            smallest: judged.flatMap { $0.p.filter { $0 <= ConfidenceBins.levels[0] } })
        let thresholds = ConfidenceBins.levels.map { values.threshold(correction, level: $0) }
        let valid = map.valid
        steps = CubeInput.grids(count: scores.count, on: valid.spec) {
            [judged] (bins: UnsafeBufferPointer<UnsafeMutableBufferPointer<Int8>>) in
            let output = SharedInput(bins)
            forEachInParallel(count: scores.count, threads: threads) { _, step in
                Self.fill(output.cells[step], scores[step], judged[step].p, valid, thresholds)
            }
        }
        self.significance = significance
        self.correction = correction
        self.thresholds = thresholds
    }

    /// Scores closer to 0 have a p-value above 0.10, whose limit is at
    /// 1.645.
    private static let leastScore = 1.64

    /// The p-values of a step that may be significant.
    private struct JudgedStep {
        /// Cells with a score.
        var tests = 0
        /// Of scores from `leastScore` on, in the order of the cells.
        var p: [Double] = []

        init() {}

        /// - Parameter floor: what the p-values are raised to where they are
        ///   less; nil raises none.
        init(_ z: Grid<Double>, atLeast floor: [Double]?) {
            z.withCells { z in
                for value in z where !value.isNaN {
                    tests += 1
                    if value.magnitude < leastScore { continue }
                    let normal = normalTwoSidedP(value)
                    p.append(floor.map { max(normal, $0[p.count]) } ?? normal)
                }
            }
        }
    }

    private static func fill(
        _ bins: UnsafeMutableBufferPointer<Int8>, _ z: Grid<Double>, _ p: [Double],
        _ valid: Grid<UInt8>, _ thresholds: [Double?]
    ) {
        var next = 0
        z.withCells { z in
            valid.withCells { valid in
                for i in bins.indices {
                    if valid[i] == 0 {
                        bins[i] = ConfidenceBin.nodata
                    } else if z[i].magnitude < leastScore || z[i].isNaN {
                        bins[i] = ConfidenceBin.notSignificant.rawValue
                    } else {
                        bins[i] = ConfidenceBins.bin(z: z[i], p: p[next], thresholds)
                        next += 1
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
