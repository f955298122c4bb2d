/// Why a verdict is what it is: a stable word and a sentence.
public struct VerdictReason: Sendable, Hashable {
    /// `ALL_GATES_PASS`, `G4_FAIL`, `G5_UNKNOWN`, `IMPORTANT`,
    /// `NOT_IMPORTANT`, `CLOSING_LOSES_NOBODY`, `CLOSING_LOSES_POPULATION`,
    /// `CLOSING_WIDENS_SEAM`, `CLOSING_LEAVES_DEPENDANTS` or
    /// `NO_SUBSTITUTE`.
    public var code: String
    public var sentence: String

    public init(_ code: String, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// All that speaks to the verdict of a base: the gates that do not pass
    /// in their order, then importance, then what closing would lose.
    static func all(
        gates: [GateResult], importance: Double, loss: ClosingLoss, rules: VerdictRules
    ) -> [VerdictReason] {
        var reasons: [VerdictReason] = []
        if gates.allSatisfy({ $0.state == .pass }) {
            reasons.append(VerdictReason("ALL_GATES_PASS", "All gates are passed."))
        }
        for gate in gates where gate.state == .fail {
            reasons.append(
                VerdictReason(
                    gate.gate.code + "_FAIL",
                    "\(gate.gate.label.capitalizedFirst): \(gate.value) "
                        + "(needed: \(gate.threshold))."))
        }
        for gate in gates where gate.state == .unknown {
            reasons.append(
                VerdictReason(
                    gate.gate.code + "_UNKNOWN",
                    "\(gate.gate.label.capitalizedFirst) is not known: \(gate.value)."))
        }
        let limit = rules.importanceThreshold
        let isImportant = !(importance <= limit)
        reasons.append(
            VerdictReason(
                isImportant ? "IMPORTANT" : "NOT_IMPORTANT",
                "Its importance is \(NumberText.beside(limit, importance)), "
                    + (isImportant ? "over" : "not over")
                    + " the threshold of \(NumberText.upToTwoDecimals(limit))."))
        return reasons + closing(loss, rules)
    }

    private static func closing(_ loss: ClosingLoss, _ rules: VerdictRules) -> [VerdictReason] {
        guard !loss.isNegligible(rules) else {
            return [
                VerdictReason(
                    "CLOSING_LOSES_NOBODY",
                    "Closing it would leave almost nobody without cover, in the dry and in the "
                        + "wet season.")
            ]
        }
        var reasons: [VerdictReason] = []
        let share = max(loss.populationShareDry, loss.populationShareWet)
        if !(share < rules.closingPopulationShare) {
            reasons.append(
                VerdictReason(
                    "CLOSING_LOSES_POPULATION",
                    "Closing it would leave \(NumberText.upToTwoDecimals(share * 100)) % of all "
                        + "people without cover."))
        }
        let growth = max(loss.seamGrowthDry, loss.seamGrowthWet)
        if !(growth <= 0) {
            reasons.append(
                VerdictReason(
                    "CLOSING_WIDENS_SEAM",
                    "Closing it would widen gaps at sector borders by "
                        + "\(NumberText.upToTwoDecimals(growth)) km2."))
        }
        if loss.dependants > 0 {
            reasons.append(
                VerdictReason(
                    "CLOSING_LEAVES_DEPENDANTS",
                    "The supply of "
                        + NumberText.counted(loss.dependants, "other base", "other bases")
                        + " passes it."))
        }
        if loss.leavesSettlement(rules) {
            reasons.append(
                VerdictReason(
                    "NO_SUBSTITUTE",
                    "A settlement of \(NumberText.grouped(loss.largestSettlement)) people would "
                        + "lose its last cover: closing is not suggested."))
        }
        return reasons
    }
}

extension String {
    /// With a large first letter.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
