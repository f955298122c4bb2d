import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Expectations sorted into classes, so narrow that a count can be judged by
/// the class alone almost always.
struct ScanClasses: Sendable {
    /// See `ScanWindows`.
    let smallest: Float
    let firstClass: UInt32
    /// No expectation of a class is below this.
    let lowest: [Double]
    fileprivate let logLowest: [Double]
    fileprivate let logRest: [Double]
    /// n ln n of every possible count.
    fileprivate let caseLogs: [Double]
    fileprivate let total: Int
    /// More than the rounding of a ratio of these logarithms.
    fileprivate let slack: Double

    /// - Parameter largest: no cylinder expects more; positive.
    init(largest: Double, total: Int) {
        // Twenty doublings; cylinders that expect less than a millionth of
        // the largest fall into the first class, with no lower bound.
        smallest = Float(largest) * 0x1p-20
        let first = smallest.bitPattern >> ScanWindows.classShift
        let last = (Float(largest) * 1.000_01 + smallest).bitPattern >> ScanWindows.classShift
        firstClass = first
        let floor = Double(smallest)
        // Single precision rounds a few times on the way to a class.
        let rounding = 1e-6
        lowest = (first...last).map {
            let edge = Double(Float(bitPattern: $0 << ScanWindows.classShift))
            return max(0, edge * (1 - rounding) - floor * (1 + rounding))
        }
        logLowest = lowest.map { log($0) }
        logRest = lowest.map { log(max(Double(total) - $0, .leastNormalMagnitude)) }
        caseLogs = (0...total).map { $0 == 0 ? 0 : Double($0) * log(Double($0)) }
        self.total = total
        slack = 16 * caseLogs[total].ulp + 1e-12
    }

    var count: Int { lowest.count }

    /// The class of an expectation; at most the one it belongs to.
    @inline(__always)
    func index(of expected: Double) -> Int {
        Int(((Float(expected) + smallest).bitPattern >> ScanWindows.classShift) - firstClass)
    }

    /// Whether so many cases may have a higher ratio than `ratio` for some
    /// expectation of the class.
    @inline(__always)
    fileprivate func mayExceed(_ ratio: Double, cases: Int, classIndex: Int) -> Bool {
        let c = Double(cases)
        guard c > lowest[classIndex] else { return false }
        let bound =
            caseLogs[cases] - c * logLowest[classIndex] + caseLogs[total - cases]
            - Double(total - cases) * logRest[classIndex]
        return bound > ratio * (1 - 1e-9) - slack
    }
}

/// By class and lane, the most cases that cannot beat the lane's best ratio.
final class ScanThresholds<Lanes: ScanLanes> {
    let table: UnsafeMutablePointer<Lanes>
    private let classes: ScanClasses
    private(set) var best: [Double]
    private var level: [Double]

    /// Thresholds are raised when the best ratio exceeds what they were made
    /// for by this factor; less often than every time, since each takes a
    /// pass over the classes.
    private static var raise: Double { 1.03 }

    init(_ classes: ScanClasses, minimumCases: Int) {
        self.classes = classes
        best = [Double](repeating: 0, count: scanLaneCount)
        level = best
        table = .allocate(capacity: classes.count)
        for i in 0..<classes.count {
            var lanes = Lanes()
            let most = max(minimumCases - 1, Int(classes.lowest[i]))
            for lane in 0..<scanLaneCount { lanes[lane] = Lanes.Count(min(most, classes.total)) }
            table.advanced(by: i).initialize(to: lanes)
        }
    }

    deinit { table.deallocate() }

    /// Takes note of a ratio that a lane has reached.
    func reach(_ ratio: Double, lane: Int) {
        guard ratio > best[lane] else { return }
        best[lane] = ratio
        guard ratio > level[lane] * Self.raise else { return }
        level[lane] = ratio
        for i in 0..<classes.count {
            var most = Int(table[i][lane])
            while most < classes.total,
                !classes.mayExceed(ratio, cases: most + 1, classIndex: i)
            {
                most += 1
            }
            table[i][lane] = Lanes.Count(most)
        }
    }
}
