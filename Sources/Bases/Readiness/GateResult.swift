import Calendar

/// One item of a gate against its threshold.
public struct GatePart: Sendable, Hashable {
    public var item: EvidenceItem
    public var state: GateState
    /// As recorded, also when it is too old to count; nil when nothing is.
    public var value: EvidenceValue?
    /// What it must be, such as `at least 0.75`.
    public var threshold: String
    public var asOf: CalendarDate?
    public var source: String
    /// Whether there is a record that is too old to count.
    public var isStale: Bool
    /// The value beside its threshold: enough decimals to see on which side
    /// it lies; `unknown` when there is none.
    public var valueText: String

    public init(
        item: EvidenceItem, state: GateState, value: EvidenceValue?, threshold: String,
        asOf: CalendarDate?, source: String, isStale: Bool, valueText: String
    ) {
        self.item = item
        self.state = state
        self.value = value
        self.threshold = threshold
        self.asOf = asOf
        self.source = source
        self.isStale = isStale
        self.valueText = valueText
    }
}

/// The state of one gate and what it rests on.
public struct GateResult: Sendable, Hashable {
    public var gate: Gate
    public var state: GateState
    /// One per item of the gate, in its order.
    public var parts: [GatePart]

    public init(gate: Gate, state: GateState, parts: [GatePart]) {
        self.gate = gate
        self.state = state
        self.parts = parts
    }

    /// The values of its parts, named when there are several.
    public var value: String {
        parts.count == 1
            ? parts[0].valueText
            : parts.map { "\($0.item.label) \($0.valueText)" }.joined(separator: "; ")
    }

    /// What they must be.
    public var threshold: String {
        var seen: [String] = []
        for part in parts where !seen.contains(part.threshold) { seen.append(part.threshold) }
        return seen.joined(separator: gate == .medicalEvacuation ? " or " : "; ")
    }

    /// The oldest record that it rests on; nil when there is none.
    public var asOf: CalendarDate? { parts.compactMap(\.asOf).min() }

    /// The sources of its records, each once.
    public var source: String {
        var seen: [String] = []
        for part in parts where !part.source.isEmpty && !seen.contains(part.source) {
            seen.append(part.source)
        }
        return seen.joined(separator: "; ")
    }

    /// All gates of a base, in order.
    public static func all(
        of evidence: BaseEvidence, asOf: CalendarDate, rules: GateRules = .standard
    ) -> [GateResult] {
        Gate.allCases.map { gate in
            let parts = gate.items.map { item in
                GatePart(item, evidence: evidence, asOf: asOf, rules: rules)
            }
            return GateResult(gate: gate, state: gate.state(of: parts.map(\.state)), parts: parts)
        }
    }

    /// The states alone, in the order of `Gate.allCases`: without any text,
    /// for searches over many changes.
    static func states(
        of evidence: BaseEvidence, asOf: CalendarDate, rules: GateRules
    ) -> [GateState] {
        Gate.allCases.map { gate in
            gate.state(
                of: gate.items.map {
                    GatePart.state(of: $0, evidence: evidence, asOf: asOf, rules: rules)
                })
        }
    }
}

extension GatePart {
    init(_ item: EvidenceItem, evidence: BaseEvidence, asOf: CalendarDate, rules: GateRules) {
        let entry = evidence[item]
        let isStale = entry.map { !$0.counts(on: asOf, rules) } ?? false
        let requirement = rules.requirement(of: item)
        self.init(
            item: item,
            state: Self.state(of: item, evidence: evidence, asOf: asOf, rules: rules),
            value: entry?.value,
            threshold: requirement.map { Self.text(of: $0, item) } ?? "", asOf: entry?.asOf,
            source: entry?.source ?? "", isStale: isStale,
            valueText: entry.map {
                Self.text(of: $0.value, item, requirement) + (isStale ? " (too old)" : "")
            } ?? "unknown")
    }

    static func state(
        of item: EvidenceItem, evidence: BaseEvidence, asOf: CalendarDate, rules: GateRules
    ) -> GateState {
        guard let entry = evidence[item], entry.counts(on: asOf, rules),
            let requirement = rules.requirement(of: item)
        else { return .unknown }
        return requirement.state(of: entry.value, on: asOf)
    }

    /// `0.71`, `12 days`, `2022-11-20`.
    private static func text(
        of value: EvidenceValue, _ item: EvidenceItem, _ requirement: GateRequirement?
    ) -> String {
        guard case .number(let number) = value else { return value.description }
        switch requirement {
        case .atLeast(let limit), .atMost(let limit):
            return NumberText.beside(limit, number) + item.unit
        default: return value.description + item.unit
        }
    }

    static func text(of requirement: GateRequirement, _ item: EvidenceItem) -> String {
        switch requirement {
        case .atLeast(let limit): "at least \(NumberText.upToTwoDecimals(limit))\(item.unit)"
        case .atMost(let limit): "at most \(NumberText.upToTwoDecimals(limit))\(item.unit)"
        case .named: "named"
        case .yes: "yes"
        case .supportAllowed: "low or medium_with_mitigation"
        case .within(let days): "less than \(days) days ago"
        }
    }
}

extension EvidenceEntry {
    /// Whether the record is young enough, and not of the future.
    func counts(on date: CalendarDate, _ rules: GateRules) -> Bool {
        (0...rules.maximumEvidenceAgeInDays).contains(date.days(since: asOf))
    }
}

extension GateRequirement {
    /// A value of another form than the requirement's is unknown.
    func state(of value: EvidenceValue, on date: CalendarDate) -> GateState {
        switch (self, value) {
        case (.atLeast(let limit), .number(let number)): number >= limit ? .pass : .fail
        case (.atMost(let limit), .number(let number)): number <= limit ? .pass : .fail
        case (.named, .text(let name)): name.isEmpty ? .fail : .pass
        case (.yes, .yesNo(let isSo)): isSo ? .pass : .fail
        case (.supportAllowed, .humanRights(let state)):
            state.allowsSupport.map { $0 ? .pass : .fail } ?? .unknown
        case (.within(let days), .date(let contact)):
            date.days(since: contact) < days ? .pass : .fail
        case (.named, .absent), (.within, .absent): .fail
        default: .unknown
        }
    }
}
