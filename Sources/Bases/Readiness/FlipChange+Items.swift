import Calendar

extension FlipChange {
    /// The smallest change of an item that lets it pass; an unknown one is
    /// recorded, once as passing and once as failing. A passing one may fail
    /// when `allowsWorse`.
    static func changes(
        of item: EvidenceItem, in assessment: BaseAssessment, allowsWorse: Bool
    ) -> [FlipChange] {
        guard let requirement = assessment.gateRules.requirement(of: item) else { return [] }
        let state = GatePart.state(
            of: item, evidence: assessment.evidence, asOf: assessment.asOf,
            rules: assessment.gateRules)
        let entry = assessment.evidence[item]
        switch state {
        case .unknown:
            return [
                assessed(item, requirement, passes: true, on: assessment.asOf),
                assessed(item, requirement, passes: false, on: assessment.asOf),
            ]
        case .fail:
            return [mended(item, requirement, entry, on: assessment.asOf)]
        case .pass where allowsWorse:
            return [worsened(item, requirement, entry, on: assessment.asOf)]
        case .pass:
            return []
        }
    }

    private static func assessed(
        _ item: EvidenceItem, _ requirement: GateRequirement, passes: Bool, on date: CalendarDate
    ) -> FlipChange {
        let value = requirement.boundary(passes: passes, on: date)
        let needed = GatePart.text(of: requirement, item)
        return FlipChange(
            .item(item), distance: 1,
            text: passes
                ? "\(item.label) recorded as \(needed)"
                : "\(item.label) recorded as not \(needed)",
            value: value)
    }

    private static func mended(
        _ item: EvidenceItem, _ requirement: GateRequirement, _ entry: EvidenceEntry?,
        on date: CalendarDate
    ) -> FlipChange {
        let needed = GatePart.text(of: requirement, item)
        let goal = requirement.boundary(passes: true, on: date)
        switch (requirement, entry?.value) {
        case (.atLeast(let limit), .number(let number)):
            var text = movement(item, from: number, to: limit)
            var day: CalendarDate?
            if item == .colocatedDays, let entry {
                let reached = entry.asOf.adding(days: Int((limit - number).rounded(.up)))
                text +=
                    reached < date
                    ? " (to be confirmed: if it has gone on, reached on \(reached))"
                    : " (reached on \(reached) if it goes on)"
                day = reached
            }
            return FlipChange(
                .item(item), distance: distance(number, limit), text: text, value: goal,
                reachedOn: day)
        case (.atMost(let limit), .number(let number)):
            return FlipChange(
                .item(item), distance: distance(number, limit),
                text: movement(item, from: number, to: limit), value: goal)
        case (.supportAllowed, .humanRights(let state)):
            return FlipChange(
                .item(item), distance: steps(state, .mediumWithMitigation),
                text: "\(item.label) from \(state.rawValue) to "
                    + HumanRightsState.mediumWithMitigation.rawValue,
                value: goal)
        case (.within(let days), .date(let contact)):
            let age = date.days(since: contact)
            return FlipChange(
                .item(item), distance: distance(Double(age), Double(days - 1)),
                text: "\(item.label) \(needed) (the last is of \(contact))", value: goal)
        case (.yes, _):
            return FlipChange(
                .item(item), distance: 1, text: "\(item.label) from no to yes", value: goal)
        default:
            return FlipChange(
                .item(item), distance: 1, text: "\(item.label) \(needed)", value: goal)
        }
    }

    private static func worsened(
        _ item: EvidenceItem, _ requirement: GateRequirement, _ entry: EvidenceEntry?,
        on date: CalendarDate
    ) -> FlipChange {
        let worse = requirement.boundary(passes: false, on: date)
        switch (requirement, entry?.value) {
        case (.atLeast(let limit), .number(let number)):
            return FlipChange(
                .item(item), distance: distance(number, limit),
                text: "\(item.label) from \(NumberText.beside(limit, number)) to below "
                    + NumberText.upToTwoDecimals(limit) + item.unit,
                value: worse)
        case (.atMost(let limit), .number(let number)):
            return FlipChange(
                .item(item), distance: distance(number, limit),
                text: "\(item.label) from \(NumberText.beside(limit, number)) to over "
                    + NumberText.upToTwoDecimals(limit) + item.unit,
                value: worse)
        case (.supportAllowed, .humanRights(let state)):
            return FlipChange(
                .item(item), distance: steps(state, .mediumUnmitigated),
                text: "\(item.label) from \(state.rawValue) to "
                    + HumanRightsState.mediumUnmitigated.rawValue,
                value: worse)
        case (.within(let days), .date(let contact)):
            let age = date.days(since: contact)
            return FlipChange(
                .item(item), distance: distance(Double(age), Double(days)),
                text: "no \(item.label) until \(contact.adding(days: days))", value: worse)
        case (.yes, _):
            return FlipChange(
                .item(item), distance: 1, text: "\(item.label) from yes to no", value: worse)
        default:
            return FlipChange(
                .item(item), distance: 1, text: "\(item.label) withdrawn", value: worse)
        }
    }

    private static func movement(_ item: EvidenceItem, from number: Double, to limit: Double)
        -> String
    {
        "\(item.label) from \(NumberText.beside(limit, number)) to "
            + NumberText.upToTwoDecimals(limit) + item.unit
    }

    static func distance(_ value: Double, _ limit: Double) -> Double {
        limit == 0 ? abs(value) : abs(value - limit) / abs(limit)
    }

    /// Steps between two states of the due diligence, the one that nobody
    /// has assessed left out.
    private static func steps(_ a: HumanRightsState, _ b: HumanRightsState) -> Double {
        let states = HumanRightsState.allCases.filter { $0 != .notAssessed }
        let positions = [a, b].compactMap { states.firstIndex(of: $0) }
        return positions.count == 2 ? Double(abs(positions[0] - positions[1])) : 1
    }
}

extension GateRequirement {
    /// The value nearest to the threshold that passes, or that fails.
    func boundary(passes: Bool, on date: CalendarDate) -> EvidenceValue {
        switch self {
        case .atLeast(let limit): .number(passes ? limit : limit.nextDown)
        case .atMost(let limit): .number(passes ? limit : limit.nextUp)
        case .named: passes ? .text("named") : .absent
        case .yes: .yesNo(passes)
        case .supportAllowed: .humanRights(passes ? .mediumWithMitigation : .mediumUnmitigated)
        case .within(let days): .date(date.adding(days: passes ? min(0, 1 - days) : -days))
        }
    }
}
