import Calendar

/// One value of an assessment that may change.
public enum FlipSubject: Sendable, Hashable {
    case item(EvidenceItem)
    case importance

    /// The items in the order of the gates, then the importance: the order
    /// in which equals are taken.
    static let all: [FlipSubject] =
        Gate.allCases.flatMap(\.items).map { .item($0) } + [.importance]
}

/// A change of one value to its threshold.
public struct FlipChange: Sendable, Hashable {
    public var subject: FlipSubject
    /// How large the change is: for numbers |value - threshold| / threshold
    /// (without the division when the threshold is 0), for states of the due
    /// diligence the number of steps, for a record or an answer 1.
    public var relativeDistance: Double
    /// The change in words, such as `serviceability from 0.71 to 0.75`.
    public var text: String
    /// When a co-location that goes on reaches its threshold.
    public var reachedOn: CalendarDate?
    /// The new value of an item.
    var value: EvidenceValue?
    /// The new importance.
    var number: Double

    init(
        _ subject: FlipSubject, distance: Double, text: String, value: EvidenceValue? = nil,
        number: Double = 0, reachedOn: CalendarDate? = nil
    ) {
        self.subject = subject
        relativeDistance = distance
        self.text = text
        self.value = value
        self.number = number
        self.reachedOn = reachedOn
    }

    /// The importance brought to its threshold, or over it.
    static func ofImportance(in assessment: BaseAssessment) -> FlipChange {
        let limit = assessment.verdictRules.importanceThreshold
        let value = assessment.importance
        let goesOver = value <= limit
        return FlipChange(
            .importance, distance: distance(value, limit),
            text: "importance from \(NumberText.beside(limit, value)) to "
                + (goesOver ? "over " : "") + NumberText.upToTwoDecimals(limit),
            number: goesOver ? limit.nextUp : limit)
    }

    /// The assessment after the change. A changed item is recorded on the
    /// day of the assessment.
    public func applied(to assessment: BaseAssessment) -> BaseAssessment {
        var changed = assessment
        switch subject {
        case .item(let item):
            changed.evidence[item] = value.map {
                EvidenceEntry(value: $0, asOf: assessment.asOf, source: "", row: 0)
            }
        case .importance: changed.importance = number
        }
        return changed
    }
}
