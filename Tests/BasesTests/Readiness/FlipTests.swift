import Bases
import Calendar
import Testing
import TestSupport

@Suite("What turns a verdict")
struct FlipTests {
    private static func text(_ assessment: BaseAssessment) -> String {
        Flip.text(Flip(of: assessment), from: assessment.verdict)
    }

    @Test("The one failing number comes to its threshold")
    func serviceability() throws {
        let assessment = ReadyEvidence.assessment([.serviceabilityRatio: .number(0.71)])
        let flip = try #require(Flip(of: assessment))
        #expect(flip.verdict == .transferReady)
        #expect(flip.changes.map(\.subject) == [.item(.serviceabilityRatio)])
        #expect(
            Self.text(assessment)
                == "Serviceability from 0.71 to 0.75 would turn TRANSFER_CONDITIONAL into TRANSFER_READY.")
    }

    @Test("Co-location names the day on which it is reached")
    func coLocation() throws {
        let assessment = ReadyEvidence.assessment(
            [.colocatedDays: .number(12)], importance: 0.5)
        #expect(
            Self.text(assessment)
                == "Co-location from 12 to 30 days (reached on 2022-12-08 if it goes on) "
                + "would turn KEEP into TRANSFER_READY.")
        #expect(Flip(of: assessment)?.changes.first?.reachedOn?.description == "2022-12-08")
    }

    @Test("An unknown item is to be recorded")
    func unknown() {
        let assessment = ReadyEvidence.assessment(
            [.humanRightsDiligence: .humanRights(.notAssessed)], importance: 0.5)
        #expect(assessment.verdict == .holdData)
        #expect(
            Self.text(assessment)
                == "Human rights due diligence recorded as low or medium_with_mitigation would turn "
                + "HOLD_DATA into TRANSFER_READY.")
    }

    @Test("Where no single change turns the verdict the smallest pair is named")
    func pair() throws {
        var loss = ReadyEvidence.someLoss
        loss.largestSettlement = 9000
        let assessment = ReadyEvidence.assessment(
            [.serviceabilityRatio: .number(0.71), .landRelease: .yesNo(false)],
            importance: 0.5, loss: loss)
        let flip = try #require(Flip(of: assessment))
        #expect(flip.changes.map(\.subject) == [.item(.serviceabilityRatio), .item(.landRelease)])
        #expect(
            Self.text(assessment)
                == "No single change turns the verdict; serviceability from 0.71 to 0.75 and land "
                + "release from no to yes, together, would turn KEEP_NO_SUBSTITUTE into "
                + "TRANSFER_READY.")
    }

    @Test("Where two changes do not do either, it says so")
    func none() {
        var loss = ReadyEvidence.someLoss
        loss.largestSettlement = 9000
        let assessment = ReadyEvidence.assessment(
            [
                .serviceabilityRatio: .number(0.71), .landRelease: .yesNo(false),
                .hostUnit: EvidenceValue.absent,
            ], loss: loss)
        #expect(Flip(of: assessment) == nil)
        #expect(Self.text(assessment) == "No change of one or two values turns the verdict.")
    }

    @Test("When all gates pass, the one nearest to failing is named")
    func ready() {
        #expect(
            Self.text(ReadyEvidence.assessment())
                == "Vehicles from 0.7 to below 0.7 would turn TRANSFER_READY into TRANSFER_CONDITIONAL.")
    }

    @Test("Without any evidence one gate recorded as failing ends the holding")
    func nothing() {
        var assessment = ReadyEvidence.assessment()
        assessment.evidence = BaseEvidence()
        #expect(Flip(of: assessment)?.changes.map(\.subject) == [.item(.hostUnit)])
        #expect(Flip(of: assessment)?.verdict == .transferConditional)
    }

    // MARK: Brute force

    /// Values that an item can be changed to, other than by `Flip`: a fine
    /// grid that holds all thresholds.
    private static func values(_ item: EvidenceItem) -> [EvidenceValue] {
        switch item.form {
        case .number: (0...120).map { .number(Double($0)) }
        case .count: (0...5).map { .number(Double($0)) }
        case .ratio: (0...150).map { .number(Double($0) / 100) }
        case .yesNo: [.yesNo(false), .yesNo(true)]
        case .text: [.text("named"), .absent]
        case .humanRights: HumanRightsState.allCases.map { .humanRights($0) }
        case .date: (0...150).map { .date(ReadyEvidence.asOf.adding(days: -$0)) }
        }
    }

    /// The distance as documented, from the record and the rules alone.
    private static func distance(
        _ item: EvidenceItem, _ old: EvidenceValue?, _ new: EvidenceValue
    ) -> Double {
        let limits: [EvidenceItem: Double] = [
            .colocatedDays: 30, .personnelRatio: 0.7, .serviceabilityRatio: 0.75,
            .armedRatio: 0.7, .communicationsRatio: 0.7, .vehicleRatio: 0.7,
            .openHarmCases: 0, .evacuationMinutes: 60,
        ]
        switch (old, new) {
        case (.number(let a)?, .number(let b)):
            let limit = limits[item] ?? 1
            return abs(a - b) / (limit == 0 ? 1 : limit)
        case (.humanRights(let a)?, .humanRights(let b)) where a != .notAssessed:
            let order: [HumanRightsState] = [
                .low, .mediumWithMitigation, .mediumUnmitigated, .high, .suspended,
            ]
            guard let from = order.firstIndex(of: a), let to = order.firstIndex(of: b) else {
                return .infinity
            }
            return Double(abs(from - to))
        case (.date(let a)?, .date(let b)):
            return Double(abs(a.days(since: b))) / 59
        default: return 1
        }
    }

    private static func random(_ random: inout SeededGenerator) -> BaseAssessment {
        var changes: [EvidenceItem: EvidenceValue?] = [:]
        let items = Gate.allCases.flatMap(\.items)
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            guard let item = items.randomElement(using: &random) else { continue }
            changes[item] =
                Int.random(in: 0...3, using: &random) == 0
                ? .some(nil) : values(item).randomElement(using: &random)
        }
        let loss = ClosingLoss(
            populationShareDry: Double(Int.random(in: 0...10, using: &random)) / 1000,
            populationShareWet: Double(Int.random(in: 0...10, using: &random)) / 1000,
            seamGrowthDry: Double(Int.random(in: 0...1, using: &random)), seamGrowthWet: 0,
            dependants: Int.random(in: 0...1, using: &random),
            largestSettlement: Double(Int.random(in: 0...8, using: &random)) * 125)
        return ReadyEvidence.assessment(
            changes, importance: Double(Int.random(in: 0...40, using: &random)) / 1000, loss: loss)
    }

    @Test("Applying the flip turns the verdict; where there is none, no two mended items do")
    func turns() {
        var counts = [0, 0, 0]
        for seed in UInt64(1)...120 {
            var random = SeededGenerator(seed: seed)
            let assessment = Self.random(&random)
            let flip = Flip(of: assessment)
            counts[flip?.changes.count ?? 0] += 1
            if let flip {
                let changed = flip.changes.reduce(assessment) { $1.applied(to: $0) }
                #expect(changed.verdict == flip.verdict && flip.verdict != assessment.verdict)
            } else {
                let ready = ReadyEvidence.with()
                for a in EvidenceItem.allCases {
                    for b in EvidenceItem.allCases {
                        var changed = assessment
                        changed.evidence[a] = ready[a]
                        changed.evidence[b] = ready[b]
                        if changed.verdict != assessment.verdict {
                            Issue.record("seed \(seed): \(a) and \(b) turn it")
                        }
                    }
                }
            }
        }
        // All three kinds have been met.
        #expect(counts.allSatisfy { $0 > 0 })
    }

    @Test("No single value of a fine grid turns the verdict with less", arguments: UInt64(1)...25)
    func smallest(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let assessment = Self.random(&random)
        let verdict = assessment.verdict
        // Infinite when no single change turns it.
        let flip = Flip(of: assessment).flatMap { $0.changes.count == 1 ? $0 : nil }
        let least = flip?.relativeDistance ?? .infinity
        let allPass = assessment.gateStates.allSatisfy { $0 == .pass }
        for item in Gate.allCases.flatMap(\.items) {
            let old = assessment.evidence[item]
            let part = assessment.gates.flatMap(\.parts).first { $0.item == item }
            // What passes is made worse only when all gates pass.
            guard part?.state != .pass || allPass else { continue }
            for value in Self.values(item) {
                var changed = assessment
                changed.evidence[item] = EvidenceEntry(
                    value: value, asOf: ReadyEvidence.asOf, source: "", row: 0)
                guard changed.verdict != verdict else { continue }
                let distance = Self.distance(item, old?.value, value)
                // Rounding of decimal fractions, far below a step of the grid.
                #expect(
                    least <= distance + 1e-9,
                    "\(item) \(value) at \(distance) turns it, seed \(seed)")
            }
        }
        for importance in (0...60).map({ Double($0) / 1000 }) {
            var changed = assessment
            changed.importance = importance
            guard changed.verdict != verdict else { continue }
            #expect(least <= abs(importance - assessment.importance) / 0.02 + 1e-9)
        }
    }

    @Test("Of equal changes the first in the order of the gates is taken")
    func order() throws {
        let assessment = ReadyEvidence.assessment(
            [.supplyPackage: nil, .hostUnit: nil], importance: 0.5)
        let flip = try #require(Flip(of: assessment))
        #expect(flip.changes.map(\.subject) == [.item(.hostUnit)])
        #expect(flip.verdict == .keep)
    }
}
