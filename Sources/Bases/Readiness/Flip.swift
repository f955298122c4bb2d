/// The smallest change that turns a verdict.
///
/// Changes that are looked at: an item that fails its gate is brought to the
/// threshold; an unknown one is recorded, as passing or as failing; the
/// importance crosses its threshold, either way; and when all gates pass, an
/// item that passes comes to fail. An item that passes is not made worse
/// otherwise: what to mend is asked, not what else might break. What closing
/// would lose follows from where people and bases are, and is put to the test
/// with scenarios instead.
///
/// One change is smaller than two. Of equally many the smaller relative
/// distance (two add up) is smaller, and of equal ones that which comes
/// first in the order of the gates and their items, importance last;
/// recorded as passing comes before recorded as failing. More than two
/// changes are not looked for.
public struct Flip: Sendable, Hashable {
    /// One or two; in the order of the gates.
    public var changes: [FlipChange]
    /// What the verdict becomes.
    public var verdict: Verdict

    /// The sum of the relative distances.
    public var relativeDistance: Double { changes.reduce(0) { $0 + $1.relativeDistance } }

    /// nil when no change of one or two values turns the verdict.
    public init?(of assessment: BaseAssessment) {
        let current = assessment.verdict
        let candidates = Self.candidates(of: assessment)
        if let single = Self.smallest(candidates.map { [$0] }, of: assessment, from: current) {
            self = single
            return
        }
        var pairs: [[FlipChange]] = []
        for first in candidates.indices {
            for second in candidates[(first + 1)...]
            where second.subject != candidates[first].subject {
                pairs.append([candidates[first], second])
            }
        }
        guard let pair = Self.smallest(pairs, of: assessment, from: current) else { return nil }
        self = pair
    }

    private init(changes: [FlipChange], verdict: Verdict) {
        self.changes = changes
        self.verdict = verdict
    }

    /// All changes of one value, in order.
    public static func candidates(of assessment: BaseAssessment) -> [FlipChange] {
        let allPass = assessment.gateStates.allSatisfy { $0 == .pass }
        return FlipSubject.all.flatMap { subject -> [FlipChange] in
            switch subject {
            case .item(let item):
                FlipChange.changes(of: item, in: assessment, allowsWorse: allPass)
            case .importance: [FlipChange.ofImportance(in: assessment)]
            }
        }
    }

    /// The first of the smallest sets that turn the verdict.
    private static func smallest(
        _ sets: [[FlipChange]], of assessment: BaseAssessment, from current: Verdict
    ) -> Flip? {
        var best: Flip?
        for set in sets {
            let distance = set.reduce(0) { $0 + $1.relativeDistance }
            guard distance < best?.relativeDistance ?? .infinity else { continue }
            let verdict = set.reduce(assessment) { $1.applied(to: $0) }.verdict
            if verdict != current { best = Flip(changes: set, verdict: verdict) }
        }
        return best
    }

    /// What turns the verdict, in a sentence or two.
    public static func text(_ flip: Flip?, from current: Verdict) -> String {
        guard let flip else {
            return "No change of one or two values turns the verdict."
        }
        let changes = NumberText.list(flip.changes.map(\.text))
        let outcome = "would turn \(current.rawValue) into \(flip.verdict.rawValue)."
        guard flip.changes.count > 1 else {
            return "\(changes.capitalizedFirst) \(outcome)"
        }
        return "No single change turns the verdict; \(changes), together, \(outcome)"
    }
}
