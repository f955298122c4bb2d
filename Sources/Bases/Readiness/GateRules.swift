import Diagnostics

/// The thresholds of the gates.
public struct GateRules: Sendable, Hashable, Codable {
    /// G2: the host unit has shared the base for at least this long.
    public var minimumColocatedDays: Double
    /// G3. The battalions assessed in 2017 had 0.63 on average.
    public var minimumPersonnelRatio: Double
    /// G4: the standard that contributed equipment is held to.
    public var minimumServiceabilityRatio: Double
    /// G6: of armed personnel, communications and vehicles alike.
    public var minimumEquipmentRatio: Double
    /// G8: civilian-harm cases open for more than 90 days.
    public var maximumOpenHarmCases: Double
    /// G9.
    public var maximumEvacuationMinutes: Double
    /// G11: the last record of contact is younger than this.
    public var contactWithinDays: Int
    /// Evidence older than this counts as unknown.
    public var maximumEvidenceAgeInDays: Int

    /// - Throws: `AssessmentError` when one is negative or not a number, or a
    ///   ratio is above 1.5.
    public init(
        minimumColocatedDays: Double = 30, minimumPersonnelRatio: Double = 0.70,
        minimumServiceabilityRatio: Double = 0.75, minimumEquipmentRatio: Double = 0.70,
        maximumOpenHarmCases: Double = 0, maximumEvacuationMinutes: Double = 60,
        contactWithinDays: Int = 60, maximumEvidenceAgeInDays: Int = 180
    ) throws(AssessmentError) {
        self.init(
            checked: minimumColocatedDays, minimumPersonnelRatio, minimumServiceabilityRatio,
            minimumEquipmentRatio, maximumOpenHarmCases, maximumEvacuationMinutes,
            contactWithinDays, maximumEvidenceAgeInDays)
        for (name, value, limit) in [
            ("days of co-location", minimumColocatedDays, Double.infinity),
            ("personnel ratio", minimumPersonnelRatio, 1.5),
            ("serviceability ratio", minimumServiceabilityRatio, 1.5),
            ("equipment ratio", minimumEquipmentRatio, 1.5),
            ("open civilian-harm cases", maximumOpenHarmCases, Double.infinity),
            ("evacuation minutes", maximumEvacuationMinutes, Double.infinity),
            ("days since contact", Double(contactWithinDays), Double.infinity),
            ("age of evidence", Double(maximumEvidenceAgeInDays), Double.infinity),
        ] {
            guard value >= 0, value.isFinite, value <= limit else {
                throw AssessmentError(
                    .unsuitableParameter, at: Place(field: "gates"),
                    "the threshold of \(name) cannot be \(value)",
                    mend: limit == 1.5 && value > 1.5
                        ? "Write 75 % as 0.75" : "Give a number from 0 on")
            }
        }
    }

    private init(
        checked colocated: Double, _ personnel: Double, _ serviceability: Double,
        _ equipment: Double, _ harm: Double, _ evacuation: Double, _ contact: Int, _ age: Int
    ) {
        minimumColocatedDays = colocated
        minimumPersonnelRatio = personnel
        minimumServiceabilityRatio = serviceability
        minimumEquipmentRatio = equipment
        maximumOpenHarmCases = harm
        maximumEvacuationMinutes = evacuation
        contactWithinDays = contact
        maximumEvidenceAgeInDays = age
    }

    /// 30 days, 0.70, 0.75, 0.70, 0 cases, 60 minutes, 60 and 180 days.
    public static let standard = GateRules(checked: 30, 0.70, 0.75, 0.70, 0, 60, 60, 180)
}

/// What an item of evidence must be for its gate.
enum GateRequirement: Hashable {
    case atLeast(Double)
    case atMost(Double)
    case named
    case yes
    case supportAllowed
    /// A date less than so many days before the assessment.
    case within(days: Int)
}

extension GateRules {
    /// nil for items that no gate asks for.
    func requirement(of item: EvidenceItem) -> GateRequirement? {
        switch item {
        case .hostUnit, .supplyHub: .named
        case .colocatedDays: .atLeast(minimumColocatedDays)
        case .personnelRatio: .atLeast(minimumPersonnelRatio)
        case .serviceabilityRatio: .atLeast(minimumServiceabilityRatio)
        case .armedRatio, .communicationsRatio, .vehicleRatio: .atLeast(minimumEquipmentRatio)
        case .humanRightsDiligence: .supportAllowed
        case .supplyPackage, .harmResponse, .evacuationAgreement, .landRelease,
            .giftingCertificate, .cleanupCertificate:
            .yes
        case .openHarmCases: .atMost(maximumOpenHarmCases)
        case .evacuationMinutes: .atMost(maximumEvacuationMinutes)
        case .communityContact: .within(days: contactWithinDays)
        case .ammunitionDays, .trainingState, .payCurrentMonths, .commandNamed, .ownSupply: nil
        }
    }
}
