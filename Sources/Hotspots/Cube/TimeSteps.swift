import Diagnostics

/// The steps of a space-time cube: days in a row, counted from any fixed day.
public struct TimeSteps: Hashable, Sendable {
    /// Where steps of equal length meet the data.
    public enum Alignment: String, Hashable, Sendable, CaseIterable {
        /// The last step ends with the data; the first may begin before
        /// them. The default.
        case end
        /// The first step begins with the data; days that do not fill a last
        /// step are left out.
        case start
    }

    /// The days of each step, the oldest first; each begins where the one
    /// before ends.
    public let days: [Range<Int>]
    /// Whether the data begin within the first step, which then holds less
    /// than the others.
    public let isFirstPartial: Bool
    /// The days of the data after the last step: too few for one. A step
    /// that is not over would look like a decline.
    public let unusedDays: Range<Int>

    public var count: Int { days.count }

    /// Fewer steps than this are enough for a trend, but not for much trust
    /// in it.
    public static let fewSteps = 10
    /// Fewer steps than this have no trend.
    public static let fewestSteps = 4

    /// Steps of equal length.
    ///
    /// - Parameters:
    ///   - data: the days that the data cover, without gaps.
    ///   - daysPerStep: 1 or more.
    /// - Throws: `.unsuitableParameter` when no day is covered or, with
    ///   alignment at the start, no step is full.
    public init(
        covering data: Range<Int>, daysPerStep: Int, alignment: Alignment = .end
    ) throws(HotspotError) {
        guard daysPerStep >= 1, !data.isEmpty else {
            throw HotspotError(
                .unsuitableParameter,
                "time steps: \(data.count) days of data in steps of \(daysPerStep) days "
                    + "(expected at least one day of each)",
                mend: "Give the days that the data cover and a step of a day or more")
        }
        let whole = data.count / daysPerStep
        let first: Int
        let count: Int
        switch alignment {
        case .end:
            count = (data.count + daysPerStep - 1) / daysPerStep
            first = data.upperBound - count * daysPerStep
        case .start:
            count = whole
            first = data.lowerBound
        }
        try self.init(
            covering: data, starts: (0...count).map { first + $0 * daysPerStep })
    }

    /// Steps of a calendar, such as months.
    ///
    /// - Parameter starts: first day of each step, ascending, and the day
    ///   after the last; steps that end before the data or after them are
    ///   left out.
    /// - Throws: `.unsuitableParameter` when days do not ascend or no step is
    ///   left.
    public init(covering data: Range<Int>, starts: [Int]) throws(HotspotError) {
        let pairs = zip(starts, starts.dropFirst())
        guard pairs.allSatisfy({ $0 < $1 }) else {
            throw HotspotError(
                .unsuitableParameter, "time steps: a step begins before the one before it ends",
                mend: "Give first days in ascending order")
        }
        days = pairs.map { $0..<$1 }
            .filter { $0.upperBound > data.lowerBound && $0.upperBound <= data.upperBound }
        guard let first = days.first, let last = days.last else {
            throw HotspotError(
                .unsuitableParameter,
                "time steps: no step ends within the \(data.count) days of data",
                mend: "Use shorter steps or more data")
        }
        isFirstPartial = first.lowerBound < data.lowerBound
        unusedDays = last.upperBound..<max(last.upperBound, data.upperBound)
    }
}
