/// A condition for a handover.
public enum Gate: Int, Sendable, Hashable, CaseIterable, Codable, Comparable {
    case hostUnit = 1
    case coLocation
    case personnel
    case serviceability
    case humanRightsDiligence
    case equipment
    case supplyAfterTransfer
    case civilianHarm
    case medicalEvacuation
    case papers
    case communityContact

    /// `G1` ... `G11`.
    public var code: String { "G\(rawValue)" }

    /// The gate in a sentence or a heading.
    public var label: String {
        switch self {
        case .hostUnit: "host unit named"
        case .coLocation: "co-location"
        case .personnel: "personnel"
        case .serviceability: "serviceability"
        case .humanRightsDiligence: "human rights due diligence"
        case .equipment: "arms, communications and vehicles"
        case .supplyAfterTransfer: "supply after the transfer"
        case .civilianHarm: "civilian-harm cases"
        case .medicalEvacuation: "medical evacuation"
        case .papers: "papers"
        case .communityContact: "community contact"
        }
    }

    /// The items that decide it, in the order of its parts.
    public var items: [EvidenceItem] {
        switch self {
        case .hostUnit: [.hostUnit]
        case .coLocation: [.colocatedDays]
        case .personnel: [.personnelRatio]
        case .serviceability: [.serviceabilityRatio]
        case .humanRightsDiligence: [.humanRightsDiligence]
        case .equipment: [.armedRatio, .communicationsRatio, .vehicleRatio]
        case .supplyAfterTransfer: [.supplyHub, .supplyPackage]
        case .civilianHarm: [.openHarmCases, .harmResponse]
        case .medicalEvacuation: [.evacuationMinutes, .evacuationAgreement]
        case .papers: [.landRelease, .giftingCertificate, .cleanupCertificate]
        case .communityContact: [.communityContact]
        }
    }

    /// The state of the gate, of the states of its items.
    ///
    /// Most gates ask for all of their items: one that fails fails the gate,
    /// else one that is unknown leaves it unknown. Medical evacuation passes
    /// by the time or by the agreement. Civilian harm passes without open
    /// cases, or with a recorded response to a known number of them; an
    /// unknown number stays unknown, because no record of harm is not a
    /// record of no harm.
    ///
    /// Precondition: as many states as items.
    public func state(of items: [GateState]) -> GateState {
        precondition(items.count == self.items.count, "a state for every item")
        switch self {
        case .medicalEvacuation:
            return items.contains(.pass) ? .pass : items.contains(.unknown) ? .unknown : .fail
        case .civilianHarm:
            return items[0] == .fail ? items[1] : items[0]
        default:
            return items.contains(.fail) ? .fail : items.contains(.unknown) ? .unknown : .pass
        }
    }

    public static func < (a: Gate, b: Gate) -> Bool { a.rawValue < b.rawValue }
}

/// Whether a condition is met. Unknown is not met.
public enum GateState: String, Sendable, Hashable, CaseIterable, Codable {
    case pass
    case fail
    case unknown
}
