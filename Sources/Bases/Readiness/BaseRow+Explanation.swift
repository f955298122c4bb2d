extension BaseRow {
    /// One paragraph: what closing would lose, how the base is supplied, what
    /// stands against a transfer, what would turn the verdict, and how sure
    /// it is. Every number is one of this row.
    public var explanation: String {
        [closingSentence, supplySentence, transferSentence, flipText, stabilitySentence]
            .compactMap { $0 }.joined(separator: " ")
    }

    private var closingSentence: String {
        let limit = NumberText.upToTwoDecimals(losses.limitInMinutes)
        let head = "Closing \(identity.id) (\(identity.name)) would leave "
        guard losses.population >= 0.5 || !losses.settlements.isEmpty else {
            return head
                + "nobody more than \(limit) min from any base in the \(losses.season) season."
        }
        let people =
            losses.population.rounded() == 1
            ? "1 person" : "\(NumberText.grouped(losses.population)) people"
        var text = head + people
        if let largest = losses.settlements.first {
            text +=
                " in "
                + NumberText.counted(losses.settlements.count, "settlement", "settlements")
            let size = largest.population.map { ", \(NumberText.grouped($0))" } ?? ""
            text +=
                losses.settlements.count == 1
                ? " (\(largest.name)\(size))" : " (largest: \(largest.name)\(size))"
        }
        text += " more than \(limit) min from any base in the \(losses.season) season"
        return text + remainingClause + "."
    }

    /// Nothing where no settlement loses cover: there is no place to measure
    /// from.
    private var remainingClause: String {
        guard !losses.settlements.isEmpty else { return "" }
        guard let base = losses.nearestRemaining, let minutes = losses.nearestRemainingMinutes,
            minutes < .infinity
        else { return "; no remaining base can be reached" }
        return "; the nearest remaining base is \(base) at \(NumberText.grouped(minutes)) min"
    }

    private var supplySentence: String? {
        guard let kilometers = supply.kilometers else {
            return "No hub is reached by road: its supply is not measured."
        }
        var text = "Its supply route is \(NumberText.grouped(kilometers)) km long"
        if supply.isSingleRoute == true {
            text += " and has no way around its most exposed stretch"
        }
        if !cutOffMonths.isEmpty {
            text += "; it is cut in " + NumberText.list(cutOffMonths.map(Self.month))
        } else if supply.minutes.isCutInFlood {
            text += "; it is cut by floods"
        }
        if !dependants.isEmpty {
            text += "; \(NumberText.list(dependants)) "
                + (dependants.count == 1 ? "is" : "are") + " supplied past it"
        }
        return text + "."
    }

    private var transferSentence: String {
        let blocking = gates.flatMap { gate in
            gate.state == .pass ? [] : Self.blockingParts(of: gate)
        }
        guard !blocking.isEmpty else {
            return "All eleven gates for a transfer are passed."
        }
        return "Transfer is not ready: " + blocking.joined(separator: ", ") + "."
    }

    /// `serviceability 0.71 (needed: at least 0.75, as of 2024-05-02)`.
    private static func blockingParts(of gate: GateResult) -> [String] {
        gate.parts.filter { $0.state != .pass }.map { part in
            if part.state == .unknown {
                if part.isStale, let asOf = part.asOf {
                    return "\(part.item.label) not known (last record of \(asOf) is too old)"
                }
                return part.value == nil
                    ? "\(part.item.label) not known" : "\(part.item.label) \(words(part.valueText))"
            }
            let date = part.asOf.map { ", as of \($0)" } ?? ""
            return "\(part.item.label) \(words(part.valueText)) "
                + "(needed: \(words(part.threshold))\(date))"
        }
    }

    /// `medium_with_mitigation` in a sentence: words with spaces.
    private static func words(_ text: String) -> String {
        String(text.map { $0 == "_" ? " " : $0 })
    }

    private var stabilitySentence: String? {
        guard let share = ranking.robustShare, ranking.draws > 0 else { return nil }
        return "In \(NumberText.percent(share)) of \(NumberText.grouped(Double(ranking.draws))) "
            + "weight settings the verdict stays the same."
    }

    private static func month(_ number: Int) -> String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ]
        return names.indices.contains(number - 1) ? names[number - 1] : "\(number)"
    }
}
