import Diagnostics

/// What the evidence and the losses suggest for a base.
public enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// Too much depends on it, and the gates are not passed.
    case keep = "KEEP"
    /// All gates are passed.
    case transferReady = "TRANSFER_READY"
    /// It can be handed over when the failing gates are mended.
    case transferConditional = "TRANSFER_CONDITIONAL"
    /// Nobody loses by its closing.
    case closeCandidate = "CLOSE_CANDIDATE"
    /// What is unknown decides.
    case holdData = "HOLD_DATA"
    /// A settlement would lose its last cover, and no host unit is ready.
    case keepNoSubstitute = "KEEP_NO_SUBSTITUTE"
}

/// What closing a base without a successor would lose.
public struct ClosingLoss: Sendable, Hashable {
    /// Share of all people who lose cover, 0...1.
    public var populationShareDry: Double
    public var populationShareWet: Double
    /// Growth of the seam gaps, km2.
    public var seamGrowthDry: Double
    public var seamGrowthWet: Double
    /// Bases that must not lose this one before they leave themselves.
    public var dependants: Int
    /// People of the largest settlement that loses its last cover in any
    /// season; 0 when none does.
    public var largestSettlement: Double

    public init(
        populationShareDry: Double, populationShareWet: Double, seamGrowthDry: Double,
        seamGrowthWet: Double, dependants: Int, largestSettlement: Double
    ) {
        self.populationShareDry = populationShareDry
        self.populationShareWet = populationShareWet
        self.seamGrowthDry = seamGrowthDry
        self.seamGrowthWet = seamGrowthWet
        self.dependants = dependants
        self.largestSettlement = largestSettlement
    }
}

/// The limits of the verdict.
public struct VerdictRules: Sendable, Hashable, Codable {
    /// A base of more importance than this is kept until its gates pass. Our
    /// own default: one fiftieth of what the mission protects.
    public var importanceThreshold: Double
    /// Closing is suggested only below this share of people losing cover.
    public var closingPopulationShare: Double
    /// Closing is never suggested where a settlement of more people loses
    /// its last cover.
    public var settlementWithoutSubstitute: Double

    /// - Throws: `AssessmentError` when one is negative or not a number.
    public init(
        importanceThreshold: Double = 0.02, closingPopulationShare: Double = 0.005,
        settlementWithoutSubstitute: Double = 500
    ) throws(AssessmentError) {
        self.init(
            checked: importanceThreshold, closingPopulationShare, settlementWithoutSubstitute)
        for (name, value) in [
            ("importance", importanceThreshold), ("share of people", closingPopulationShare),
            ("size of a settlement", settlementWithoutSubstitute),
        ] where !(value >= 0 && value.isFinite) {
            throw AssessmentError(
                .unsuitableParameter, at: Place(field: "verdict"),
                "the limit of the \(name) cannot be \(value)", mend: "Give a number from 0 on")
        }
    }

    private init(checked importance: Double, _ share: Double, _ settlement: Double) {
        importanceThreshold = importance
        closingPopulationShare = share
        settlementWithoutSubstitute = settlement
    }

    /// 0.02, 0.005 and 500 people.
    public static let standard = VerdictRules(checked: 0.02, 0.005, 500)
}

extension ClosingLoss {
    /// Whether a settlement over the limit loses its last cover. What is not
    /// a number counts as one.
    public func leavesSettlement(_ rules: VerdictRules) -> Bool {
        !(largestSettlement <= rules.settlementWithoutSubstitute)
    }

    /// Whether nobody loses by closing: too few people in either season, no
    /// seam grows in either, nobody depends on the base, no settlement over
    /// the limit loses its last cover.
    public func isNegligible(_ rules: VerdictRules) -> Bool {
        populationShareDry < rules.closingPopulationShare
            && populationShareWet < rules.closingPopulationShare
            && seamGrowthDry <= 0 && seamGrowthWet <= 0 && dependants == 0
            && !leavesSettlement(rules)
    }
}

extension Verdict {
    /// The verdict, by the first line that holds:
    ///
    /// | # | condition | verdict |
    /// | --- | --- | --- |
    /// | 1 | all gates pass | TRANSFER_READY |
    /// | 2 | nobody loses by closing | CLOSE_CANDIDATE |
    /// | 3 | no gate fails, one or more are unknown | HOLD_DATA |
    /// | 4 | a settlement over the limit would lose its last cover | KEEP_NO_SUBSTITUTE |
    /// | 5 | importance over the threshold | KEEP |
    /// | 6 | otherwise | TRANSFER_CONDITIONAL |
    ///
    /// Why in this order. A host unit that passes every gate goes on covering
    /// everybody, so that a handover loses nobody, whatever the base is worth
    /// (1 before all others); that closing would be possible too stands among
    /// the reasons. A base that nobody misses needs no host unit, so that its
    /// gates do not matter (2 before 3). Where no gate is known to fail, the
    /// missing evidence decides between 1 and the rest, and the answer is to
    /// collect it (3 before 4 to 6); where one is known to fail, no further
    /// evidence makes the base ready, and what it protects decides (4 to 6).
    /// Closing is suggested by line 2 alone, and never where a settlement
    /// over the limit would lose its last cover.
    ///
    /// An importance that is not a number counts as over the threshold.
    public init(
        gates: [GateState], importance: Double, loss: ClosingLoss, rules: VerdictRules
    ) {
        if gates.allSatisfy({ $0 == .pass }) {
            self = .transferReady
        } else if loss.isNegligible(rules) {
            self = .closeCandidate
        } else if !gates.contains(.fail) {
            self = .holdData
        } else if loss.leavesSettlement(rules) {
            self = .keepNoSubstitute
        } else if !(importance <= rules.importanceThreshold) {
            self = .keep
        } else {
            self = .transferConditional
        }
    }
}
