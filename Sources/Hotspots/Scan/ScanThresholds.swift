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
        // Sixteen doublings; cylinders that expect less than 1 / 65,536 of
        // the largest fall into the first class, with no lower bound.
        smallest = Float(largest) * 0x1p-16
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

    /// All thresholds of a lane are raised when its best ratio exceeds what
    /// they were made for by this factor, which takes a pass over the
    /// classes; below that each is raised when a count exceeds it.
    private static var raise: Double { 1.2 }

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

    /// Takes note of a ratio that a lane has reached in a class.
    func reach(_ ratio: Double, lane: Int, classIndex: Int) {
        best[lane] = max(best[lane], ratio)
        if best[lane] > level[lane] * Self.raise {
            level[lane] = best[lane]
            for i in 0..<classes.count { adjust(i, lane: lane) }
        } else {
            adjust(classIndex, lane: lane)
        }
    }

    @inline(__always)
    private func adjust(_ classIndex: Int, lane: Int) {
        let place = UnsafeMutableRawPointer(table + classIndex)
            + lane * MemoryLayout<Lanes.Count>.stride
        var most = Int(place.load(as: Lanes.Count.self))
        while most < classes.total,
            !classes.mayExceed(best[lane], cases: most + 1, classIndex: classIndex)
        {
            most += 1
        }
        place.storeBytes(of: Lanes.Count(most), as: Lanes.Count.self)
    }
}
