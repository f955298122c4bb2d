import Diagnostics
import GridCore

/// Which Mann-Kendall test judges the scores of a cell over time.
///
/// Neighbours at earlier steps make the scores of steps in a row alike, so
/// that the plain test finds too many trends; the others allow for that.
public enum CubeTrendTest: String, Hashable, Sendable, CaseIterable {
    /// As first published. The default, as in other programs.
    case original
    case hamedRao = "hamed-rao"
    case yueWang = "yue-wang"
    case prewhitening
    case trendFreePrewhitening = "trend-free-prewhitening"
}

/// The trend of the scores of every cell of a cube. NaN scores are left out;
/// cells that take no part have NaN and a count of 0.
public struct CubeTrends: Sendable {
    /// S: rising pairs less falling ones.
    public let statistic: Grid<Double>
    /// Variance of S.
    public let variance: Grid<Double>
    public let z: Grid<Double>
    /// Two-sided.
    public let p: Grid<Double>
    /// Scores that are not NaN.
    public let count: Grid<Int32>
    public let test: CubeTrendTest

    /// - Parameter threads: changes no bit of the result.
    /// - Complexity: O(cells x steps^2); with tests other than the original
    ///   some hundred times slower.
    public init(of map: SpaceTimeGetisOrd, test: CubeTrendTest = .original, threads: Int) {
        self.init(of: map.z, valid: map.valid, test: test, threads: threads)
    }

    /// The trend of any values per cell, the oldest first.
    ///
    /// - Parameters:
    ///   - steps: on the grid of `valid`; NaN is left out.
    ///   - valid: 1 where a cell takes part.
    init(of steps: [Grid<Double>], valid: Grid<UInt8>, test: CubeTrendTest, threads: Int) {
        self.test = test
        let output = CubeInput.grids(count: 4, on: valid.spec) {
            (numbers: UnsafeBufferPointer<UnsafeMutableBufferPointer<Double>>) in
            let columns = TrendColumns(SharedInput(numbers), valid)
            switch test {
            case .original: columns.fill(steps, threads: threads)
            default:
                columns.fill(steps, threads: threads) { series in
                    switch test {
                    case .original: .original(series)
                    case .hamedRao: .hamedRao(series)
                    case .yueWang: .yueWang(series)
                    case .prewhitening: .prewhitening(series)
                    case .trendFreePrewhitening: .trendFreePrewhitening(series)
                    }
                }
            }
        }
        (statistic, variance, z, p) = (output[0], output[1], output[2], output[3])
        count = Self.counts(of: steps, valid: valid)
    }

    private static func counts(of steps: [Grid<Double>], valid: Grid<UInt8>) -> Grid<Int32> {
        var counts = Grid<Int32>(valid.spec, filledWith: 0)
        counts.withMutableCells { counts in
            for step in steps {
                step.withCells { values in
                    for i in counts.indices { counts[i] += values[i].isNaN ? 0 : 1 }
                }
            }
        }
        return counts
    }

    /// Autocorrelation at lag 1 of the scores of every cell, which says how
    /// far the plain test can be trusted; NaN for fewer than two scores or
    /// equal ones.
    public static func lagOneAutocorrelation(
        of map: SpaceTimeGetisOrd, threads: Int
    ) -> Grid<Double> {
        let shape = map.valid.shape
        return Grid(map.valid.spec) { cells in
            let output = SharedCells(cells)
            forEachInParallel(count: shape.rows, threads: threads) { _, row in
                for column in 0..<shape.columns {
                    let series = map.series(of: CellIndex(row: row, column: column))
                    output.cells[row * shape.columns + column] =
                        MannKendall.lagOneAutocorrelation(series)
                }
            }
        }
    }
}

/// Where the trends of a cube go: S, variance, z and p.
private struct TrendColumns: Sendable {
    let numbers: SharedInput<UnsafeMutableBufferPointer<Double>>
    let valid: Grid<UInt8>

    init(_ numbers: SharedInput<UnsafeMutableBufferPointer<Double>>, _ valid: Grid<UInt8>) {
        self.numbers = numbers
        self.valid = valid
    }

    /// The plain test, eight cells at a time. Blocks of 64 cells are copied
    /// together, so that whole lines of memory are used.
    func fill(_ steps: [Grid<Double>], threads: Int) {
        let cellCount = valid.count
        let groups = 8
        let blocks = (cellCount + 8 * groups - 1) / (8 * groups)
        let workers = max(1, min(threads, blocks))
        let scratch = ScratchMemory<SIMD8<Double>>(count: workers * groups * steps.count)
        let kernel = BandKernels.best.mannKendall
        forEachInParallel(count: blocks, threads: workers) { worker, block in
            let series = scratch.base + worker * groups * steps.count
            let first = block * 8 * groups
            Self.copy(steps, from: first, groups: groups, into: series)
            for group in 0..<groups where first + 8 * group < cellCount {
                let found = kernel(series + group * steps.count, steps.count)
                let z = found.z
                for lane in 0..<min(8, cellCount - first - 8 * group) {
                    set(
                        first + 8 * group + lane, Double(found.statistic[lane]),
                        found.variance18[lane] / 18, z[lane])
                }
            }
        }
    }

    private static func copy(
        _ steps: [Grid<Double>], from first: Int, groups: Int,
        into series: UnsafeMutablePointer<SIMD8<Double>>
    ) {
        for (step, grid) in steps.enumerated() {
            grid.withCells { cells in
                guard let base = cells.baseAddress else { return }
                for group in 0..<groups {
                    let start = first + 8 * group
                    var values = SIMD8<Double>(repeating: .nan)
                    if start + 8 <= cells.count {
                        values = UnsafeRawPointer(base + start)
                            .loadUnaligned(as: SIMD8<Double>.self)
                    } else {
                        for lane in 0..<max(0, cells.count - start) {
                            values[lane] = cells[start + lane]
                        }
                    }
                    (series + (group * steps.count + step)).initialize(to: values)
                }
            }
        }
    }

    /// Any test, one cell at a time.
    func fill(
        _ steps: [Grid<Double>], threads: Int, test: @Sendable ([Double]) -> MannKendall
    ) {
        let columns = valid.shape.columns
        forEachInParallel(count: valid.shape.rows, threads: threads) { _, row in
            for column in 0..<columns {
                let found = test(steps.map { $0[row, column] })
                set(row * columns + column, found.statistic, found.variance, found.z)
            }
        }
    }

    private func set(_ cell: Int, _ statistic: Double, _ variance: Double, _ z: Double) {
        let isValid = valid.withCells { $0[cell] != 0 }
        numbers.cells[0][cell] = isValid ? statistic : .nan
        numbers.cells[1][cell] = isValid ? variance : .nan
        numbers.cells[2][cell] = isValid ? z : .nan
        numbers.cells[3][cell] = isValid ? normalTwoSidedP(z) : .nan
    }
}
