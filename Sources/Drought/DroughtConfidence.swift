import GridCore

/// Why a result is as sure as it is: the three parts, each 0...1, and their
/// product. See `ConfidenceRule` for the formulas.
public struct DroughtConfidence: Hashable, Sendable {
    /// The parts by the number that a raster of the weakest part holds.
    public enum Part: UInt8, Sendable, Hashable, CaseIterable {
        case observations = 1
        case quality = 2
        case timeliness = 3

        /// A word for tables and manifests.
        public var name: String {
            switch self {
            case .observations: "observations"
            case .quality: "quality"
            case .timeliness: "timeliness"
            }
        }

        /// What a low part says.
        public var text: String {
            switch self {
            case .observations: "few valid observations"
            case .quality: "few observations of the best quality"
            case .timeliness: "the newest image is old"
            }
        }
    }

    public let observations: Double
    public let quality: Double
    public let timeliness: Double

    /// 0...100, rounded half up.
    public var percent: Int {
        Int((observations * quality * timeliness * 100 + 0.5).rounded(.down))
    }

    /// The lowest part, the first of equals; nil when all are 1.
    public var weakest: Part? {
        let parts: [(Part, Double)] = [
            (.observations, observations), (.quality, quality), (.timeliness, timeliness),
        ]
        guard let least = parts.map(\.1).min(), least < 1 else { return nil }
        return parts.first { $0.1 == least }?.0
    }

    /// - Parameters:
    ///   - validShare: valid observations among those expected, 0...1.
    ///   - bestShare: of best quality among the valid; nil when unknown.
    ///   - ageInDays: of the newest image; nil when there is none.
    public init(
        validShare: Double, bestShare: Double?, ageInDays: Double?,
        rule: ConfidenceRule = .standard
    ) {
        func unitRange(_ x: Double) -> Double { x.isNaN ? 0 : min(max(x, 0), 1) }
        observations = unitRange(validShare / rule.fullShare)
        quality =
            unitRange(bestShare ?? rule.unknownQuality) * (1 - rule.qualityFloor)
            + rule.qualityFloor
        timeliness =
            ageInDays.map {
                unitRange((rule.staleDays - $0) / (rule.staleDays - rule.freshDays))
            } ?? 0
    }
}
