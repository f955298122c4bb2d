import Calendar

/// What is to be on paper and agreed before a base is handed over.
public struct HandoverCheck: Sendable, Hashable {
    /// What is to be there, in a sentence.
    public var task: String
    public var gate: Gate
    /// `pass` is done, `fail` is missing, `unknown` is to be found out.
    public var state: GateState
    /// The record as it stands.
    public var value: String
    public var asOf: CalendarDate?

    public init(task: String, gate: Gate, state: GateState, value: String, asOf: CalendarDate?) {
        self.task = task
        self.gate = gate
        self.state = state
        self.value = value
        self.asOf = asOf
    }
}

extension BaseRow {
    /// One line for every item of the gates, in their order. The state is
    /// that of the item: of two alternatives (evacuation in time or agreed) one
    /// may be missing though the gate passes.
    public var handoverChecklist: [HandoverCheck] {
        gates.flatMap { gate in
            gate.parts.map { part in
                HandoverCheck(
                    task: part.item.handoverTask, gate: gate.gate, state: part.state,
                    value: part.valueText, asOf: part.asOf)
            }
        }
    }
}

extension EvidenceItem {
    /// The item as something to be done.
    fileprivate var handoverTask: String {
        switch self {
        case .hostUnit: "Name the unit that takes over."
        case .colocatedDays: "Let the host unit share the base before the handover."
        case .personnelRatio: "Count the host unit's personnel against its authorised strength."
        case .serviceabilityRatio: "Inspect the host unit's equipment for serviceability."
        case .humanRightsDiligence: "Assess the host unit under human rights due diligence."
        case .armedRatio: "Check that the personnel who guard the base are equipped."
        case .communicationsRatio: "Check the communications, with the neighbours as well."
        case .vehicleRatio: "Check the vehicles."
        case .supplyHub: "Agree which hub supplies the base afterwards."
        case .supplyPackage: "Agree the support package afterwards."
        case .openHarmCases: "Close or answer civilian-harm cases open for more than 90 days."
        case .harmResponse: "Record what was done for the people harmed."
        case .evacuationMinutes: "Measure the time of medical evacuation."
        case .evacuationAgreement: "Agree who evacuates the wounded and sick."
        case .landRelease: "Sign the land release."
        case .giftingCertificate: "Sign the gifting certificate of the equipment that stays."
        case .cleanupCertificate: "Certify the environmental clean-up."
        case .communityContact: "Consult the community and its liaison assistants."
        case .ammunitionDays, .trainingState, .payCurrentMonths, .commandNamed, .ownSupply:
            "Record the \(label)."
        }
    }
}

/// What else protects people where no base reaches them.
///
/// Cover by a base is one of three tiers of the protection of civilians,
/// physical protection; dialogue and a protective environment are the others,
/// and civilian-led ways belong beside every gap.
public enum CivilianLedOptions {
    /// In the order in which they are printed.
    public static let all = [
        "Dialogue and local mediation, of land and water disputes above all",
        "Unarmed civilian protection: presence and accompaniment",
        "Community alert networks and liaison assistants",
        "Rights monitoring and a way to complain that is answered",
    ]

    /// For the head of a list of gaps.
    public static let preface =
        "Cover by a base is physical protection only, one of three tiers. A gap asks first "
        + "what protects people there without soldiers."

    /// One line beside a gap.
    public static var line: String {
        "Civilian-led options: " + all.joined(separator: "; ") + "."
    }
}
