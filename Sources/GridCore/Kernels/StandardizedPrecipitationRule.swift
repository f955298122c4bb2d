/// How rainfall becomes a standardized precipitation index.
public struct StandardizedPrecipitationRule: Hashable, Sendable {
    /// How the gamma distribution is fitted to the amounts.
    public enum Fit: Hashable, Sendable {
        /// Thom (1958), Monthly Weather Review 86, closed form:
        /// `alpha = (1 + sqrt(1 + 4 A / 3)) / (4 A)`.
        case thom
        /// The root of `ln alpha - digamma(alpha) = A`.
        case maximumLikelihood
    }

    /// Which probability an amount of zero has, of m zeros among n values.
    public enum Zeros: Hashable, Sendable {
        /// m / n (WMO 2012, No. 1090).
        case classic
        /// m / (2 n), the middle of the zeros.
        case centerOfMass
        /// (m + 1) / (2 (n + 1)), the middle by Weibull's plotting positions
        /// (Stagge et al. 2015, International Journal of Climatology 35); the
        /// amounts keep the share m / n.
        case weibull
    }

    /// Steps added up, at least 1.
    public var accumulation: Int
    /// Steps in a year: 12 months, 36 dekads, 72 or 73 pentads.
    public var periodsPerYear: Int
    /// Place in the year, from 0, of step 0.
    public var firstSlot: Int
    /// Steps whose accumulated amounts the distributions are fitted to.
    public var calibration: Range<Int>
    public var fit: Fit
    public var zeros: Zeros
    /// Values further from 0 are cut off there; nil cuts off at 8.2, about
    /// where a probability in Float64 can no longer be told from 1.
    public var clip: Double?
    /// Fewer calibration values than this in a slot: no index.
    public var minimumCount: Int
    /// A larger share of zeros than this: no index; nil allows any.
    public var mostZeroShare: Double?
    /// Fewer amounts above zero than this: no fit. At least 2.
    public var fewestPositives: Int

    public init(
        accumulation: Int, periodsPerYear: Int, firstSlot: Int = 0, calibration: Range<Int>,
        fit: Fit = .thom, zeros: Zeros = .classic, clip: Double? = 3.09, minimumCount: Int = 20,
        mostZeroShare: Double? = 0.9, fewestPositives: Int = 4
    ) {
        self.accumulation = max(1, accumulation)
        self.periodsPerYear = max(1, periodsPerYear)
        self.firstSlot = firstSlot
        self.calibration = calibration
        self.fit = fit
        self.zeros = zeros
        self.clip = clip
        self.minimumCount = max(1, minimumCount)
        self.mostZeroShare = mostZeroShare
        self.fewestPositives = max(2, fewestPositives)
    }

    /// Where values are cut off.
    @inlinable public var limit: Double { clip ?? 8.2 }

    /// A shape above this (amounts that vary by 0.7 % or less) is no fit: the
    /// amounts are equal but for their rounding.
    public static let largestShape = 20_000.0

    /// The first step of slot `slot`; the others follow a year apart.
    @inlinable
    public func firstStep(ofSlot slot: Int) -> Int {
        let place = (slot - firstSlot) % periodsPerYear
        return place < 0 ? place + periodsPerYear : place
    }
}

/// The working memory of the SPI kernel, for series of up to `stepCapacity`
/// steps.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class StandardizedPrecipitationScratch: @unchecked Sendable {
    /// Terms of the gamma series.
    public static let termCapacity = 2048

    public let stepCapacity: Int
    /// Accumulated amounts of eight cells and their logarithms.
    public let sums: UnsafeMutablePointer<SIMD8<Double>>
    public let logarithms: UnsafeMutablePointer<SIMD8<Double>>
    public let terms: UnsafeMutablePointer<SIMD8<Double>>
    private let memory: UnsafeMutableRawPointer

    public init(steps: Int) {
        stepCapacity = max(1, steps)
        let stride = MemoryLayout<SIMD8<Double>>.stride
        let count = 2 * stepCapacity + Self.termCapacity
        memory = .allocate(byteCount: count * stride, alignment: 64)
        sums = memory.bindMemory(to: SIMD8<Double>.self, capacity: count)
        sums.initialize(repeating: SIMD8(repeating: 0), count: count)
        logarithms = sums + stepCapacity
        terms = sums + 2 * stepCapacity
    }

    deinit { memory.deallocate() }
}
