/// What dated evidence about the handover of a base can speak of. The raw
/// values are the words of the evidence table.
public enum EvidenceItem: String, Sendable, Hashable, CaseIterable, Codable {
    /// Name of the unit that is to take over.
    case hostUnit = "host_unit"
    /// Days that the host unit has shared the base.
    case colocatedDays = "colocated_days"
    /// Host personnel present over authorised.
    case personnelRatio = "personnel_ratio"
    /// Host personnel with a weapon over present.
    case armedRatio = "armed_ratio"
    /// Communications equipment over needed.
    case communicationsRatio = "comms_ratio"
    /// Vehicles over needed.
    case vehicleRatio = "vehicle_ratio"
    /// Equipment that works over equipment held.
    case serviceabilityRatio = "serviceability_ratio"
    /// Days that the ammunition lasts.
    case ammunitionDays = "ammunition_days"
    /// Share of the training that is complete.
    case trainingState = "training_state"
    /// Months for which the host unit's pay is current.
    case payCurrentMonths = "pay_current_months"
    case commandNamed = "command_named"
    /// Whether the host unit supplies itself.
    case ownSupply = "own_supply"
    /// State of the human rights due diligence on the host unit.
    case humanRightsDiligence = "hrddp_state"
    /// Hub that supplies the base after the handover.
    case supplyHub = "supply_hub"
    /// Whether a support package after the handover is agreed.
    case supplyPackage = "supply_package"
    /// Civilian-harm cases of the host unit open for more than 90 days.
    case openHarmCases = "harm_cases_open_over_90d"
    /// Whether the response to them is on record.
    case harmResponse = "harm_response_recorded"
    /// Minutes until the wounded and sick are in care.
    case evacuationMinutes = "casevac_minutes"
    /// Whether somebody has agreed to evacuate them.
    case evacuationAgreement = "casevac_agreement"
    case landRelease = "land_release"
    case giftingCertificate = "gifting_certificate"
    case cleanupCertificate = "cleanup_certificate"
    /// Date of the last record of contact with the community.
    case communityContact = "community_contact"

    /// How values of an item are written and compared.
    public enum Form: Sendable, Hashable {
        /// A name, or `none`.
        case text
        /// A number from 0 on; `largerIsBetter` tells the worse of two.
        case number(largerIsBetter: Bool)
        /// A whole number from 0 on; the larger one is worse.
        case count
        /// A part of one, up to `limit`; the smaller one is worse.
        case ratio(limit: Double)
        /// `yes` or `no`; no is worse.
        case yesNo
        /// A `HumanRightsState`.
        case humanRights
        /// `YYYY-MM-DD`, or `none`; the earlier one is worse.
        case date
    }

    public var form: Form {
        switch self {
        case .hostUnit, .supplyHub: .text
        case .colocatedDays, .ammunitionDays, .payCurrentMonths: .number(largerIsBetter: true)
        case .evacuationMinutes: .number(largerIsBetter: false)
        case .openHarmCases: .count
        case .personnelRatio, .armedRatio, .communicationsRatio, .vehicleRatio,
            .serviceabilityRatio:
            // Units can be over strength, hardly by more than half.
            .ratio(limit: 1.5)
        case .trainingState: .ratio(limit: 1)
        case .commandNamed, .ownSupply, .supplyPackage, .harmResponse, .evacuationAgreement,
            .landRelease, .giftingCertificate, .cleanupCertificate:
            .yesNo
        case .humanRightsDiligence: .humanRights
        case .communityContact: .date
        }
    }

    /// The item in a sentence.
    public var label: String {
        switch self {
        case .hostUnit: "host unit"
        case .colocatedDays: "co-location"
        case .personnelRatio: "personnel"
        case .armedRatio: "armed personnel"
        case .communicationsRatio: "communications"
        case .vehicleRatio: "vehicles"
        case .serviceabilityRatio: "serviceability"
        case .ammunitionDays: "ammunition"
        case .trainingState: "training"
        case .payCurrentMonths: "pay"
        case .commandNamed: "named command"
        case .ownSupply: "own supply"
        case .humanRightsDiligence: "human rights due diligence"
        case .supplyHub: "supply hub"
        case .supplyPackage: "support package"
        case .openHarmCases: "civilian-harm cases open for more than 90 days"
        case .harmResponse: "recorded response to civilian harm"
        case .evacuationMinutes: "medical evacuation"
        case .evacuationAgreement: "agreement on medical evacuation"
        case .landRelease: "land release"
        case .giftingCertificate: "gifting certificate"
        case .cleanupCertificate: "clean-up certificate"
        case .communityContact: "community contact"
        }
    }

    /// The unit behind a number of the item, with a space before it.
    var unit: String {
        switch self {
        case .colocatedDays, .ammunitionDays: " days"
        case .payCurrentMonths: " months"
        case .evacuationMinutes: " min"
        default: ""
        }
    }

    /// The ratios and shares whose mean is the readiness of the host unit:
    /// the dimensions of an operational readiness assessment.
    public static let readinessItems: [EvidenceItem] = [
        .personnelRatio, .armedRatio, .communicationsRatio, .vehicleRatio, .serviceabilityRatio,
        .trainingState,
    ]

    /// Its place in `allCases`.
    var position: Int { Self.positions[self] ?? 0 }

    private static let positions = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// Outcome of the due diligence that comes before support to forces that are
/// not the United Nations' own (HRDDP: A/67/775, 2013), in order of concern.
public enum HumanRightsState: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
    case low
    case mediumWithMitigation = "medium_with_mitigation"
    case notAssessed = "not_assessed"
    case mediumUnmitigated = "medium_unmitigated"
    case high
    case suspended

    /// Whether support may go on; nil when nobody has assessed it.
    public var allowsSupport: Bool? {
        switch self {
        case .low, .mediumWithMitigation: true
        case .notAssessed: nil
        case .mediumUnmitigated, .high, .suspended: false
        }
    }

    private var concern: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (a: HumanRightsState, b: HumanRightsState) -> Bool {
        a.concern < b.concern
    }
}
