import Calendar

/// All that a verdict on one base is made from.
public struct BaseAssessment: Sendable, Hashable {
    public var evidence: BaseEvidence
    /// The date of the assessment.
    public var asOf: CalendarDate
    public var importance: Double
    public var loss: ClosingLoss
    public var gateRules: GateRules
    public var verdictRules: VerdictRules

    public init(
        evidence: BaseEvidence, asOf: CalendarDate, importance: Double, loss: ClosingLoss,
        gateRules: GateRules = .standard, verdictRules: VerdictRules = .standard
    ) {
        self.evidence = evidence
        self.asOf = asOf
        self.importance = importance
        self.loss = loss
        self.gateRules = gateRules
        self.verdictRules = verdictRules
    }

    /// The eleven gates, in order.
    public var gates: [GateResult] {
        GateResult.all(of: evidence, asOf: asOf, rules: gateRules)
    }

    /// The states of the gates, in order.
    public var gateStates: [GateState] {
        GateResult.states(of: evidence, asOf: asOf, rules: gateRules)
    }

    public var verdict: Verdict {
        Verdict(gates: gateStates, importance: importance, loss: loss, rules: verdictRules)
    }

    /// Why the verdict is what it is.
    public var reasons: [VerdictReason] {
        VerdictReason.all(
            gates: gates, importance: importance, loss: loss, rules: verdictRules)
    }

    public var readiness: HostReadiness {
        HostReadiness(of: evidence, asOf: asOf, rules: gateRules)
    }
}
