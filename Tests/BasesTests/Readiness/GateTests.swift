import Bases
import Calendar
import Testing
import TestSupport

@Suite("Gates")
struct GateTests {
    private static func state(_ gate: Gate, _ changes: [EvidenceItem: EvidenceValue?]) -> GateState {
        let gates = GateResult.all(of: ReadyEvidence.with(changes), asOf: ReadyEvidence.asOf)
        return gates[gate.rawValue - 1].state
    }

    @Test("The sample evidence is of 2 December 2022 and passes all gates")
    func ready() throws {
        #expect(ReadyEvidence.asOf.description == "2022-12-02")
        let gates = GateResult.all(of: ReadyEvidence.with(), asOf: ReadyEvidence.asOf)
        #expect(gates.map(\.gate.code) == (1...11).map { "G\($0)" })
        #expect(gates.allSatisfy { $0.state == .pass })
        #expect(gates[3].value == "0.8" && gates[3].threshold == "at least 0.75")
        #expect(gates[3].asOf == ReadyEvidence.recorded && gates[3].source == "visit")
        #expect(gates[5].value == "armed personnel 0.8; communications 0.75; vehicles 0.7")
    }

    @Test("A number on its threshold passes, the next one beyond fails")
    func thresholds() {
        for (gate, item, limit) in [
            (Gate.coLocation, EvidenceItem.colocatedDays, 30.0), (.personnel, .personnelRatio, 0.7),
            (.serviceability, .serviceabilityRatio, 0.75), (.equipment, .armedRatio, 0.7),
            (.equipment, .communicationsRatio, 0.7), (.equipment, .vehicleRatio, 0.7),
        ] {
            #expect(Self.state(gate, [item: .number(limit)]) == .pass)
            #expect(Self.state(gate, [item: .number(limit.nextDown)]) == .fail)
        }
        #expect(Self.state(.medicalEvacuation, [.evacuationMinutes: .number(60)]) == .pass)
        #expect(Self.state(.medicalEvacuation, [.evacuationMinutes: .number(60.0.nextUp)]) == .fail)
        let today = ReadyEvidence.asOf
        let contact = EvidenceItem.communityContact
        #expect(Self.state(.communityContact, [contact: .date(today.adding(days: -59))]) == .pass)
        #expect(Self.state(.communityContact, [contact: .date(today.adding(days: -60))]) == .fail)
        #expect(Self.state(.communityContact, [contact: EvidenceValue.absent]) == .fail)
    }

    @Test("Only low and medium with mitigation pass the due diligence; not assessed is unknown")
    func humanRights() {
        let expected: [HumanRightsState: GateState] = [
            .low: .pass, .mediumWithMitigation: .pass, .notAssessed: .unknown,
            .mediumUnmitigated: .fail, .high: .fail, .suspended: .fail,
        ]
        for state in HumanRightsState.allCases {
            #expect(
                Self.state(.humanRightsDiligence, [.humanRightsDiligence: .humanRights(state)])
                    == expected[state])
        }
    }

    @Test("Supply, equipment and papers need all of their items: failing goes before unknown")
    func allOf() {
        for gate in [Gate.equipment, .supplyAfterTransfer, .papers] {
            for item in gate.items {
                #expect(Self.state(gate, [item: nil]) == .unknown)
            }
        }
        #expect(Self.state(.papers, [.landRelease: .yesNo(false), .cleanupCertificate: nil]) == .fail)
        #expect(Self.state(.supplyAfterTransfer, [.supplyHub: EvidenceValue.absent]) == .fail)
        #expect(Self.state(.hostUnit, [.hostUnit: EvidenceValue.absent]) == .fail)
    }

    @Test("Harm cases pass at zero or with a recorded response; an unknown number stays unknown")
    func harm() {
        func state(_ cases: Double?, _ response: Bool?) -> GateState {
            Self.state(
                .civilianHarm,
                [
                    .openHarmCases: cases.map { .number($0) },
                    .harmResponse: response.map { .yesNo($0) },
                ])
        }
        #expect(state(0, nil) == .pass)
        #expect(state(2, true) == .pass)
        #expect(state(2, false) == .fail)
        #expect(state(2, nil) == .unknown)
        #expect(state(nil, true) == .unknown)
    }

    @Test("Evacuation passes by time or agreement and fails only when both are known to be missing")
    func evacuation() {
        func state(_ minutes: Double?, _ agreement: Bool?) -> GateState {
            Self.state(
                .medicalEvacuation,
                [
                    .evacuationMinutes: minutes.map { .number($0) },
                    .evacuationAgreement: agreement.map { .yesNo($0) },
                ])
        }
        #expect(state(90, true) == .pass)
        #expect(state(nil, true) == .pass)
        #expect(state(50, nil) == .pass)
        #expect(state(90, nil) == .unknown)
        #expect(state(nil, false) == .unknown)
        #expect(state(90, false) == .fail)
    }

    @Test("Evidence of 180 days counts, of 181 days no more, and of tomorrow neither")
    func age() {
        func states(_ age: Int) -> [GateState] {
            GateResult.all(of: ReadyEvidence.with(age: age), asOf: ReadyEvidence.asOf)
                .map(\.state)
        }
        // The contact itself is younger than that; its record is not.
        #expect(states(180).allSatisfy { $0 == .pass })
        #expect(states(181).allSatisfy { $0 == .unknown })
        #expect(states(-1).allSatisfy { $0 == .unknown })
        let stale = GateResult.all(of: ReadyEvidence.with(age: 181), asOf: ReadyEvidence.asOf)
        #expect(stale[3].value == "0.8 (too old)" && stale[3].parts[0].isStale)
    }

    @Test("Without any evidence every gate is unknown")
    func nothing() {
        let gates = GateResult.all(of: BaseEvidence(), asOf: ReadyEvidence.asOf)
        #expect(gates.allSatisfy { $0.state == .unknown && $0.asOf == nil && $0.source.isEmpty })
    }

    @Test("Thresholds can be set, but not to per cent or below zero")
    func rules() throws {
        let rules = try GateRules(minimumServiceabilityRatio: 0.85)
        let gates = GateResult.all(
            of: ReadyEvidence.with(), asOf: ReadyEvidence.asOf, rules: rules)
        #expect(gates.filter { $0.state == .fail }.map(\.gate) == [.serviceability])
        #expect(throws: AssessmentError.self) { try GateRules(minimumServiceabilityRatio: 75) }
        #expect(throws: AssessmentError.self) { try GateRules(maximumEvidenceAgeInDays: -1) }
    }

    @Test("Readiness is the mean of the known ratios, each at most one")
    func readiness() throws {
        let full = HostReadiness(of: ReadyEvidence.with(), asOf: ReadyEvidence.asOf)
        #expect(full.known == 6 && full.unknown == 0)
        #expect(abs((full.score ?? 0) - (0.9 + 0.8 + 0.75 + 0.7 + 0.8 + 0.65) / 6) < 1e-12)
        let part = HostReadiness(
            of: ReadyEvidence.with([.vehicleRatio: nil, .personnelRatio: .number(1.4)]),
            asOf: ReadyEvidence.asOf)
        #expect(part.unknown == 1)
        #expect(abs((part.score ?? 0) - (1 + 0.8 + 0.75 + 0.8 + 0.65) / 5) < 1e-12)
        let none = HostReadiness(of: BaseEvidence(), asOf: ReadyEvidence.asOf)
        #expect(none.score == nil && none.known == 0)
        #expect(try none.effectiveness() == 0)
        #expect(try none.effectiveness(override: 0.4) == 0.4)
        #expect(throws: AssessmentError.self) { try none.effectiveness(override: 75) }
        #expect(HostReadiness.burden(exposure: 2, total: 8) == 0.25)
        #expect(HostReadiness.burden(exposure: nil, total: 8) == nil)
        #expect(HostReadiness.burden(exposure: 0, total: 0) == 0)
    }
}
