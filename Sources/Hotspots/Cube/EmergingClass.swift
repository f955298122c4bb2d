/// How a hot spot or cold spot developed over the steps of a cube.
///
/// The raw values name the classes in files; codes of hot ones are 1 to 8,
/// those of cold ones -1 to -8 in the same order.
public enum EmergingClass: String, Hashable, Sendable, CaseIterable {
    case newHotSpot = "new-hot-spot"
    case consecutiveHotSpot = "consecutive-hot-spot"
    case intensifyingHotSpot = "intensifying-hot-spot"
    case persistentHotSpot = "persistent-hot-spot"
    case diminishingHotSpot = "diminishing-hot-spot"
    case sporadicHotSpot = "sporadic-hot-spot"
    case oscillatingHotSpot = "oscillating-hot-spot"
    case historicalHotSpot = "historical-hot-spot"
    case newColdSpot = "new-cold-spot"
    case consecutiveColdSpot = "consecutive-cold-spot"
    case intensifyingColdSpot = "intensifying-cold-spot"
    case persistentColdSpot = "persistent-cold-spot"
    case diminishingColdSpot = "diminishing-cold-spot"
    case sporadicColdSpot = "sporadic-cold-spot"
    case oscillatingColdSpot = "oscillating-cold-spot"
    case historicalColdSpot = "historical-cold-spot"
    case noPattern = "no-pattern"

    /// The stored value of cells that take no part.
    public static let nodata: Int8 = -128

    /// 1...8 hot, -1...-8 cold, 0 none.
    public var code: Int8 {
        guard self != .noPattern, let place = Self.allCases.firstIndex(of: self) else { return 0 }
        return place < 8 ? Int8(place + 1) : Int8(7 - place)
    }

    /// The class of a code; nil for others.
    public init?(code: Int8) {
        guard let found = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = found
    }

    /// Such as "New Hot Spot"; "No Pattern Detected".
    public var title: String {
        if self == .noPattern { return "No Pattern Detected" }
        return rawValue.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: " ")
    }

    /// What the class says, in a sentence.
    public var meaning: String {
        guard self != .noPattern else {
            return "None of the patterns of a hot spot or cold spot."
        }
        let spot = code > 0 ? "hot" : "cold"
        let other = code > 0 ? "cold" : "hot"
        switch abs(code) {
        case 1: return "Significantly \(spot) at the final step and never before."
        case 2:
            return "Significantly \(spot) in one run of steps that ends at the final step, and in "
                + "less than 90 percent of all steps."
        case 3:
            return "Significantly \(spot) in at least 90 percent of the steps, the final one "
                + "included, and becoming more so."
        case 4:
            return "Significantly \(spot) in at least 90 percent of the steps, the final one "
                + "included, without a trend."
        case 5:
            return "Significantly \(spot) in at least 90 percent of the steps, the final one "
                + "included, and becoming less so."
        case 6: return "Significantly \(spot) on and off, and never significantly \(other)."
        case 7: return "Significantly \(spot) at the final step and significantly \(other) before."
        default:
            return "Significantly \(spot) in at least 90 percent of the steps, but not at the "
                + "final one."
        }
    }
}

/// What the classes leave open.
public struct EmergingRules: Hashable, Sendable {
    public enum Sporadic: String, Hashable, Sendable, CaseIterable {
        /// Sporadic spots are significant at the final step. The default.
        case finalStep = "final-step"
        /// They need not be.
        case any
    }

    public var sporadic: Sporadic
    /// Whether a spot that is new or consecutive is called oscillating when
    /// it was significant the other way before.
    public var isOscillatingStrict: Bool
    /// The trend counts where its p-value is below this.
    public var trendLevel: Double

    public init(
        sporadic: Sporadic = .finalStep, isOscillatingStrict: Bool = false,
        trendLevel: Double = 0.10
    ) {
        self.sporadic = sporadic
        self.isOscillatingStrict = isOscillatingStrict
        self.trendLevel = trendLevel
    }

    /// The class of a location: rules in the order of `EmergingClass`, the
    /// first that holds, hot before cold.
    ///
    /// Rules and names follow the published description of the emerging hot
    /// spot analysis tool of ArcGIS Pro; where it is silent, a persistent,
    /// intensifying or diminishing spot is significant at the final step.
    ///
    /// - Parameters:
    ///   - bins: raw values of `ConfidenceBin`, the oldest first; at least
    ///     one.
    ///   - trendZ: of the Mann-Kendall test; above 0 rising.
    ///   - trendP: NaN is no trend.
    public func classify(bins: [Int8], trendZ: Double, trendP: Double) -> EmergingClass {
        let trend = trendP < trendLevel ? (trendZ > 0 ? 1 : trendZ < 0 ? -1 : 0) : 0
        if let place = place(hot: bins.map { $0.signum() }, trend: trend) {
            return EmergingClass(code: place) ?? .noPattern
        }
        if let place = place(hot: bins.map { -$0.signum() }, trend: -trend) {
            return EmergingClass(code: -place) ?? .noPattern
        }
        return .noPattern
    }

    /// The place of the class among those of one family: `sides` is 1 for
    /// steps that count as hot, -1 as cold.
    private func place(hot sides: [Int8], trend: Int) -> Int8? {
        let count = sides.count { $0 > 0 }
        guard count > 0, let final = sides.last else { return nil }
        let isFinal = final > 0
        // At least 90 percent, without rounding.
        let isMost = 10 * count >= 9 * sides.count
        let run = sides.reversed().prefix { $0 > 0 }.count
        let wasOther = sides.dropLast().contains { $0 < 0 }
        let isOscillating = isFinal && !isMost && wasOther
        if isOscillatingStrict, isOscillating { return 7 }
        if isFinal, count == 1 { return 1 }
        if isFinal, run == count, !isMost { return 2 }
        if isFinal, isMost { return trend > 0 ? 3 : trend < 0 ? 5 : 4 }
        if !isMost, isFinal || sporadic == .any, !sides.contains(where: { $0 < 0 }) { return 6 }
        if isOscillating { return 7 }
        return isMost ? 8 : nil
    }
}
