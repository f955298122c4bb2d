import Diagnostics

/// The parts of the importance of a base, in the order of their weights.
public enum ImportanceTerm: Int, Sendable, Hashable, CaseIterable, Codable {
    /// People who lose cover when the base closes.
    case population
    /// Hotspot area that loses cover.
    case hotspot
    /// Recent incidents in what loses cover.
    case incidents
    /// Drought-stressed people who lose cover.
    case drought
    /// Hotspot area in the seams of sectors that loses cover.
    case seam
    /// Bases whose supply route passes this one.
    case corridor

    /// The term in a table.
    public var label: String {
        switch self {
        case .population: "population"
        case .hotspot: "hotspot area"
        case .incidents: "incidents"
        case .drought: "drought-stressed population"
        case .seam: "seam"
        case .corridor: "corridor"
        }
    }
}

/// How much each term counts.
public struct ImportanceWeights: Sendable, Hashable {
    /// In the order of `ImportanceTerm`, adding up to one.
    public let values: [Double]
    /// What the given ones added up to when that was not one.
    public let normalizedFrom: Double?

    /// Rounding of decimal weights such as 0.1 stays below this.
    private static let sumTolerance = 1e-9

    /// Weights that do not add up to one are divided by their sum; `warning`
    /// then says so.
    ///
    /// - Throws: `AssessmentError` when there are not six, one is negative or
    ///   not a number, or all are zero.
    public init(_ values: [Double]) throws(AssessmentError) {
        let place = Place(field: "weights")
        guard values.count == ImportanceTerm.allCases.count else {
            throw AssessmentError(
                .unsuitableParameter, at: place,
                "there are \(values.count) weights, expected "
                    + "\(ImportanceTerm.allCases.count)",
                mend: "Give one for " + NumberText.list(ImportanceTerm.allCases.map(\.label)))
        }
        for (term, value) in zip(ImportanceTerm.allCases, values)
        where !(value >= 0 && value.isFinite) {
            throw AssessmentError(
                .unsuitableParameter, at: place,
                "the weight of \(term.label) cannot be \(value) (expected 0 or more)",
                mend: "Leave a term out with the weight 0")
        }
        let sum = values.reduce(0, +)
        guard sum > 0, sum.isFinite else {
            throw AssessmentError(
                .unsuitableParameter, at: place, "the weights add up to \(sum)",
                mend: "Give at least one term a weight above 0")
        }
        let isNormal = abs(sum - 1) <= Self.sumTolerance
        self.values = isNormal ? values : values.map { $0 / sum }
        normalizedFrom = isNormal ? nil : sum
    }

    private init(checked values: [Double]) {
        self.values = values
        normalizedFrom = nil
    }

    /// 0.35, 0.20, 0.15, 0.10, 0.10, 0.10: our own choice, people first.
    public static let standard = ImportanceWeights(
        checked: [0.35, 0.20, 0.15, 0.10, 0.10, 0.10])

    public subscript(term: ImportanceTerm) -> Double { values[term.rawValue] }

    /// nil when the weights were given as shares of one.
    public var warning: Warning? {
        normalizedFrom.map {
            Warning(
                "weights-normalized", at: Place(field: "weights"),
                "the weights add up to \(NumberText.upToTwoDecimals($0)), not to 1: each was "
                    + "divided by that sum")
        }
    }
}

/// What a base's closing would lose, as shares of totals that do not depend
/// on the list of bases.
///
/// Shares of fixed totals, not of the largest base: a further base then
/// changes no other base's importance, and ranks do not reverse.
public struct ImportanceShares: Sendable, Hashable {
    /// In the order of `ImportanceTerm`.
    public let values: [Double]

    /// Amounts over totals; 0 where the total is 0. What is not a number
    /// above 0 counts as 0.
    ///
    /// Precondition: six of each.
    public init(amounts: [Double], totals: [Double]) {
        let count = ImportanceTerm.allCases.count
        precondition(amounts.count == count && totals.count == count, "one for every term")
        values = zip(amounts, totals).map { amount, total in
            amount > 0 && amount.isFinite && total > 0 ? amount / total : 0
        }
    }

    public subscript(term: ImportanceTerm) -> Double { values[term.rawValue] }

    /// The weighted sum, 0...1 when no amount exceeds its total.
    public func importance(_ weights: ImportanceWeights) -> Double { importance(weights.values) }

    func importance(_ weights: [Double]) -> Double {
        var sum = 0.0
        for index in values.indices { sum += weights[index] * values[index] }
        return sum
    }
}
