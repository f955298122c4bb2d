/// Which trend test, and what it needs.
public struct TrendRule: Hashable, Sendable {
    public enum Variant: Hashable, Sendable {
        /// Mann (1945), Kendall (1975): all pairs of steps.
        case original
        /// Hirsch, Slack and Smith (1982): pairs of steps that are whole
        /// periods apart; statistic and variance are summed over the seasons.
        case seasonal(period: Int)
    }

    /// Fewer values than this: no trend. At least 2.
    public var minimumCount: Int
    /// A trend has a direction where p is below this.
    public var significance: Double
    public var variant: Variant

    public init(
        minimumCount: Int = 8, significance: Double = 0.05, variant: Variant = .original
    ) {
        self.minimumCount = max(2, minimumCount)
        self.significance = significance
        self.variant = variant
    }

    /// Steps from one value to the next that it is compared with.
    @inlinable public var period: Int {
        switch variant {
        case .original: 1
        case .seasonal(let period): max(1, period)
        }
    }
}

/// Where the trends of a block go: each array holds the block's cells.
///
/// NaN = no trend, with count and direction all the same.
public struct TrendOutput {
    /// Theil-Sen slope, units of the series per step; per period when
    /// seasonal.
    public var slope: UnsafeMutablePointer<Float>
    /// Median of the values minus slope times median of their times, counted
    /// in steps (periods when seasonal) from the block's first.
    public var intercept: UnsafeMutablePointer<Float>
    public var z: UnsafeMutablePointer<Float>
    /// Two-sided.
    public var p: UnsafeMutablePointer<Float>
    /// Kendall's tau-a.
    public var tau: UnsafeMutablePointer<Float>?
    /// Values in the series, at most 65535.
    public var count: UnsafeMutablePointer<UInt16>
    /// -1 falling, 1 rising, 0 neither.
    public var direction: UnsafeMutablePointer<Int8>

    public init(
        slope: UnsafeMutablePointer<Float>, intercept: UnsafeMutablePointer<Float>,
        z: UnsafeMutablePointer<Float>, p: UnsafeMutablePointer<Float>,
        tau: UnsafeMutablePointer<Float>? = nil, count: UnsafeMutablePointer<UInt16>,
        direction: UnsafeMutablePointer<Int8>
    ) {
        self.slope = slope
        self.intercept = intercept
        self.z = z
        self.p = p
        self.tau = tau
        self.count = count
        self.direction = direction
    }
}

/// The working memory of the trend kernel, for series of up to `stepCapacity`
/// steps.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class TrendScratch: @unchecked Sendable {
    /// Slopes of a lane that may be candidates for the median.
    public static let candidateCapacity = 1024

    public let stepCapacity: Int
    /// The series of eight cells, season after season.
    public let values: UnsafeMutablePointer<SIMD8<Float>>
    /// What is left of them after a trial slope; sorted values in between.
    public let lower: UnsafeMutablePointer<SIMD8<Float>>
    public let upper: UnsafeMutablePointer<SIMD8<Float>>
    /// Where each season starts in `values`, and the end.
    public let starts: UnsafeMutablePointer<Int>
    public let candidates: UnsafeMutablePointer<Double>
    /// All slopes of one cell.
    public let slopes: UnsafeMutablePointer<Double>
    public private(set) var seasons = 0
    public private(set) var pairs = 0

    private let memory: UnsafeMutableRawPointer

    public init(steps: Int) {
        stepCapacity = max(1, steps)
        let planeBytes = stepCapacity * MemoryLayout<SIMD8<Float>>.stride
        let slopeCount = max(1, stepCapacity * (stepCapacity - 1) / 2)
        let doubles = Self.candidateCapacity * 8 + slopeCount
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: 3 * planeBytes + doubles * 8 + (stepCapacity + 2) * 8, alignment: 64)
        values = memory.bindMemory(to: SIMD8<Float>.self, capacity: stepCapacity)
        lower = (memory + planeBytes).bindMemory(to: SIMD8<Float>.self, capacity: stepCapacity)
        upper = (memory + 2 * planeBytes).bindMemory(
            to: SIMD8<Float>.self, capacity: stepCapacity)
        let rest = memory + 3 * planeBytes
        candidates = rest.bindMemory(to: Double.self, capacity: Self.candidateCapacity * 8)
        let afterCandidates = rest + Self.candidateCapacity * 64
        slopes = afterCandidates.bindMemory(to: Double.self, capacity: slopeCount)
        starts = (afterCandidates + slopeCount * 8).bindMemory(
            to: Int.self, capacity: stepCapacity + 2)
        self.memory = memory
    }

    deinit { memory.deallocate() }

    /// Sets out where the seasons of a series lie.
    public func arrange(steps: Int, period: Int) {
        precondition(steps <= stepCapacity, "more steps than the scratch has room for")
        seasons = min(period, steps)
        pairs = 0
        var start = 0
        for season in 0..<seasons {
            starts[season] = start
            let members = (steps - season + period - 1) / period
            pairs += members * (members - 1) / 2
            start += members
        }
        starts[seasons] = start
    }
}
