import Bases
import Testing
import TestSupport

@Suite("Verdicts")
struct VerdictTests {
    private static let rules = VerdictRules.standard

    /// Every loss of the space: each part on either side of its limit.
    private static let losses: [ClosingLoss] = (0..<64).map { bits in
        func has(_ bit: Int) -> Bool { bits & (1 << bit) != 0 }
        return ClosingLoss(
            populationShareDry: has(0) ? 0.005 : 0.0049,
            populationShareWet: has(1) ? 0.005 : 0.0049, seamGrowthDry: has(2) ? 0.1 : 0,
            seamGrowthWet: has(3) ? 0.1 : -1, dependants: has(4) ? 1 : 0,
            largestSettlement: has(5) ? 501 : 500)
    }

    /// The state of every gate, as digits of a number to the base of three.
    private static func gates(_ number: Int) -> [GateState] {
        var rest = number
        return (0..<11).map { _ in
            defer { rest /= 3 }
            return GateState.allCases[rest % 3]
        }
    }

    /// The table of the documentation, as a lookup by what is known.
    private static let table: [String: Verdict] = [
        "fail negligible": .closeCandidate, "unknown negligible": .closeCandidate,
        "unknown lost": .holdData, "fail settlement": .keepNoSubstitute,
        "unknown settlement": .holdData, "fail lost important": .keep,
        "fail lost": .transferConditional,
    ]

    private static func expected(_ gates: [GateState], _ bits: Int, isImportant: Bool) -> Verdict? {
        if Set(gates) == [.pass] { return .transferReady }
        let state = Set(gates).contains(.fail) ? "fail" : "unknown"
        if bits == 0 { return table[state + " negligible"] }
        if bits >= 32 { return table[state + " settlement"] }
        return table[state + " lost" + (state == "fail" && isImportant ? " important" : "")]
    }

    @Test("Every state of all gates has the verdict of the table, with every kind of loss")
    func allGates() {
        let kinds = [0, 1, 32]
        for number in 0..<177_147 {
            let gates = Self.gates(number)
            let kind = kinds[number % 3]
            let isImportant = number % 2 == 0
            let verdict = Verdict(
                gates: gates, importance: isImportant ? 0.021 : 0.02, loss: Self.losses[kind],
                rules: Self.rules)
            if verdict != Self.expected(gates, kind, isImportant: isImportant) {
                Issue.record("gates \(number), loss \(kind): \(verdict)")
            }
        }
    }

    @Test("Every loss and importance has the verdict of the table, with every kind of gates")
    func allLosses() {
        let ready = Array(repeating: GateState.pass, count: 11)
        for position in 0..<11 {
            for pair in [[GateState.pass, .pass], [.fail, .pass], [.unknown, .pass], [.fail, .unknown]] {
                var gates = ready
                gates[position] = pair[0]
                gates[(position + 1) % 11] = pair[1]
                for (bits, loss) in Self.losses.enumerated() {
                    for importance in [0.0, 0.02, 0.0200001, 1, .nan] {
                        let verdict = Verdict(
                            gates: gates, importance: importance, loss: loss, rules: Self.rules)
                        let isImportant = importance.isNaN || importance > 0.02
                        #expect(verdict == Self.expected(gates, bits, isImportant: isImportant))
                    }
                }
            }
        }
    }

    @Test("Closing is never suggested where a settlement over the limit loses its last cover")
    func noSubstitute() {
        var loss = ReadyEvidence.noLoss
        loss.largestSettlement = 501
        let weak: [EvidenceItem: EvidenceValue?] = [.serviceabilityRatio: .number(0.5)]
        #expect(ReadyEvidence.assessment(weak, loss: loss).verdict == .keepNoSubstitute)
        loss.largestSettlement = 500
        #expect(ReadyEvidence.assessment(weak, loss: loss).verdict == .closeCandidate)
        loss.largestSettlement = .nan
        #expect(ReadyEvidence.assessment(weak, loss: loss).verdict == .keepNoSubstitute)
    }

    @Test("A host unit that passes all gates makes a handover possible even where closing is not")
    func ready() {
        var loss = ReadyEvidence.someLoss
        loss.largestSettlement = 9000
        let assessment = ReadyEvidence.assessment(importance: 0.5, loss: loss)
        #expect(assessment.verdict == .transferReady)
        #expect(
            assessment.reasons.map(\.code)
                == ["ALL_GATES_PASS", "IMPORTANT", "CLOSING_LOSES_POPULATION", "NO_SUBSTITUTE"])
    }

    @Test("No evidence at all holds the base; nothing lost closes it")
    func noEvidence() {
        var assessment = ReadyEvidence.assessment()
        assessment.evidence = BaseEvidence()
        #expect(assessment.verdict == .holdData)
        assessment.loss = ReadyEvidence.noLoss
        #expect(assessment.verdict == .closeCandidate)
    }

    @Test("No readiness makes up for a gate")
    func noCompensation() {
        var excellent: [EvidenceItem: EvidenceValue?] = [:]
        for item in EvidenceItem.readinessItems { excellent[item] = .number(1) }
        excellent[.humanRightsDiligence] = .humanRights(.mediumUnmitigated)
        let assessment = ReadyEvidence.assessment(excellent)
        #expect(assessment.readiness.score == 1)
        #expect(assessment.verdict == .transferConditional)
        #expect(assessment.reasons.first?.code == "G5_FAIL")
        #expect(
            assessment.reasons.first?.sentence
                == "Human rights due diligence: medium_unmitigated (needed: low or medium_with_mitigation).")
    }

    @Test("The reasons name every gate that does not pass and every loss")
    func reasons() {
        let loss = ClosingLoss(
            populationShareDry: 0.1, populationShareWet: 0.2, seamGrowthDry: 3, seamGrowthWet: 0,
            dependants: 2, largestSettlement: 4100)
        let assessment = ReadyEvidence.assessment(
            [.serviceabilityRatio: .number(0.7499), .hostUnit: nil], importance: 0.3,
            loss: loss)
        #expect(
            assessment.reasons.map(\.code) == [
                "G4_FAIL", "G1_UNKNOWN", "IMPORTANT", "CLOSING_LOSES_POPULATION",
                "CLOSING_WIDENS_SEAM", "CLOSING_LEAVES_DEPENDANTS", "NO_SUBSTITUTE",
            ])
        // Two decimals would show 0.75, as if it passed.
        #expect(assessment.reasons[0].sentence.contains("0.7499"))
        #expect(assessment.reasons[5].sentence == "The supply of 2 other bases passes it.")
        #expect(assessment.reasons[6].sentence.contains("4,100 people"))
    }

    @Test("Limits below zero are refused")
    func rulesAreChecked() {
        #expect(throws: AssessmentError.self) { try VerdictRules(importanceThreshold: -0.1) }
        #expect(throws: AssessmentError.self) { try VerdictRules(closingPopulationShare: .nan) }
    }
}
