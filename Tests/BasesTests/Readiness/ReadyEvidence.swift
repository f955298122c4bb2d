import Bases
import Calendar
import Testing
import TestSupport

/// Evidence that passes every gate on 2 December 2022.
enum ReadyEvidence {
    static let asOf = CalendarDate(dayNumber: 19_328)
    static let recorded = asOf.adding(days: -12)

    static let values: [EvidenceItem: EvidenceValue] = [
        .hostUnit: .text("3rd Battalion"), .colocatedDays: .number(45),
        .personnelRatio: .number(0.9), .armedRatio: .number(0.8),
        .communicationsRatio: .number(0.75), .vehicleRatio: .number(0.7),
        .serviceabilityRatio: .number(0.8), .trainingState: .number(0.65),
        .humanRightsDiligence: .humanRights(.low), .supplyHub: .text("North hub"),
        .supplyPackage: .yesNo(true), .openHarmCases: .number(0), .harmResponse: .yesNo(false),
        .evacuationMinutes: .number(50), .evacuationAgreement: .yesNo(false),
        .landRelease: .yesNo(true), .giftingCertificate: .yesNo(true),
        .cleanupCertificate: .yesNo(true),
        .communityContact: .date(asOf.adding(days: -20)),
    ]

    /// With some items replaced; nil takes one away.
    static func with(_ changes: [EvidenceItem: EvidenceValue?] = [:], age: Int = 12)
        -> BaseEvidence
    {
        var evidence = BaseEvidence()
        for item in EvidenceItem.allCases {
            var value = values[item]
            if let change = changes[item] { value = change }
            evidence[item] = value.map {
                EvidenceEntry(
                    value: $0, asOf: asOf.adding(days: -age), source: "visit", row: 1)
            }
        }
        return evidence
    }

    /// Closing loses people, but no settlement its last cover.
    static let someLoss = ClosingLoss(
        populationShareDry: 0.01, populationShareWet: 0.02, seamGrowthDry: 0, seamGrowthWet: 0,
        dependants: 0, largestSettlement: 200)

    static let noLoss = ClosingLoss(
        populationShareDry: 0, populationShareWet: 0, seamGrowthDry: 0, seamGrowthWet: 0,
        dependants: 0, largestSettlement: 0)

    static func assessment(
        _ changes: [EvidenceItem: EvidenceValue?] = [:], importance: Double = 0.01,
        loss: ClosingLoss = someLoss
    ) -> BaseAssessment {
        BaseAssessment(
            evidence: with(changes), asOf: asOf, importance: importance, loss: loss)
    }
}
