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

    @Test("Two failing gates need both, and no single change is claimed")
    func pair() throws {
        var loss = ReadyEvidence.someLoss
        loss.largestSettlement = 9000
        let assessment = ReadyEvidence.assessment(
            [.serviceabilityRatio: .number(0.71), .landRelease: .yesNo(false)],
            importance: 0.5, loss: loss)
        // The settlement that keeps it from another verdict is far above the
        // limit, but a single change goes before two.
        let flip = try #require(Flip(of: assessment))
        #expect(flip.changes.map(\.subject) == [.largestSettlement])
        #expect(flip.verdict == .keep)
        loss.largestSettlement = 0
        loss.populationShareDry = 0.5
        loss.populationShareWet = 0.5
        let other = ReadyEvidence.assessment(
            [.serviceabilityRatio: .number(0.71), .landRelease: .yesNo(false)],
            importance: 0.0001, loss: loss)
        #expect(Flip(of: other)?.changes.count == 1)
    }

    @Test("When a single change does nothing, the smallest pair is found and said to be one")
    func onlyPairs() throws {
        // No loss but two dependants' routes and a growing seam: closing
        // needs both to go; two gates are unknown, and nothing else turns.
        var loss = ReadyEvidence.noLoss
        loss.populationShareDry = 0.3
        loss.populationShareWet = 0.3
        let assessment = ReadyEvidence.assessment(
            [.hostUnit: EvidenceValue.absent, .landRelease: .yesNo(false)],
            importance: .infinity, loss: loss)
        #expect(assessment.verdict == .keep)
        let single = Flip.candidates(of: assessment).filter {
            $0.applied(to: assessment).verdict != .keep
        }
        // The importance and a settlement can turn it alone.
        #expect(Set(single.map(\.subject)) == [.importance, .largestSettlement])
    }

    @Test("When all gates pass, the one nearest to failing is named")
    func ready() {
        #expect(
            Self.text(ReadyEvidence.assessment())
                == "Vehicles from 0.7 to below 0.7 would turn TRANSFER_READY into TRANSFER_CONDITIONAL.")
    }

    @Test("A base without any evidence has a flip or says that there is none")
    func nothing() {
        var assessment = ReadyEvidence.assessment()
        assessment.evidence = BaseEvidence()
        // One gate recorded as failing is enough to end the holding.
        #expect(Flip(of: assessment)?.changes.count == 1)
        #expect(Flip.text(nil, from: .keep) == "No change of one or two values turns the verdict.")
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
        for _ in 0..<Int.random(in: 0...3, using: &random) {
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

    @Test("Applying the flip turns the verdict into the one it names", arguments: UInt64(1)...60)
    func turns(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let assessment = Self.random(&random)
        let flip = try #require(Flip(of: assessment))
        let changed = flip.changes.reduce(assessment) { $1.applied(to: $0) }
        #expect(changed.verdict == flip.verdict && flip.verdict != assessment.verdict)
        if flip.changes.count == 2 {
            for change in flip.changes {
                #expect(change.applied(to: assessment).verdict == assessment.verdict)
            }
        }
    }

    @Test("No single value of a fine grid turns the verdict with less", arguments: UInt64(1)...60)
    func smallest(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let assessment = Self.random(&random)
        let flip = try #require(Flip(of: assessment))
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
                guard changed.verdict != assessment.verdict else { continue }
                let distance = Self.distance(item, old?.value, value)
                // Rounding of decimal fractions, far below a step of the grid.
                #expect(
                    flip.changes.count == 1 && flip.relativeDistance <= distance + 1e-9,
                    "\(item) \(value) at \(distance) turns it, seed \(seed)")
            }
        }
        for importance in (0...60).map({ Double($0) / 1000 }) {
            var changed = assessment
            changed.importance = importance
            guard changed.verdict != assessment.verdict else { continue }
            let distance = abs(importance - assessment.importance) / 0.02
            #expect(flip.changes.count == 1 && flip.relativeDistance <= distance + 1e-9)
        }
        for people in 0...1200 {
            var changed = assessment
            changed.loss.largestSettlement = Double(people)
            guard changed.verdict != assessment.verdict else { continue }
            let distance = abs(Double(people) - assessment.loss.largestSettlement) / 500
            #expect(flip.changes.count == 1 && flip.relativeDistance <= distance + 1e-9)
        }
    }

    @Test("Of equal changes the first in the order of the gates is taken")
    func order() throws {
        let assessment = ReadyEvidence.assessment(
            [.supplyPackage: .some(nil), .hostUnit: .some(nil)], importance: 0.5)
        let flip = try #require(Flip(of: assessment))
        #expect(flip.changes.map(\.subject) == [.item(.hostUnit)])
        #expect(flip.verdict == .keep)
    }
}
