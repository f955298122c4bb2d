extension FlipChange {
    /// The change of importance or loss across its limit, either way.
    static func change(of subject: FlipSubject, in assessment: BaseAssessment) -> FlipChange? {
        let loss = assessment.loss
        let rules = assessment.verdictRules
        switch subject {
        case .item: return nil
        case .importance:
            let limit = rules.importanceThreshold
            let value = assessment.importance
            return FlipChange(
                subject, distance: distance(value, limit),
                text: "importance from \(NumberText.beside(limit, value)) to "
                    + (value <= limit ? "over " : "") + NumberText.upToTwoDecimals(limit),
                number: value <= limit ? limit.nextUp : limit)
        case .populationShareDry:
            return share(loss.populationShareDry, "dry", subject, rules)
        case .populationShareWet:
            return share(loss.populationShareWet, "wet", subject, rules)
        case .seamGrowthDry: return seam(loss.seamGrowthDry, "dry", subject)
        case .seamGrowthWet: return seam(loss.seamGrowthWet, "wet", subject)
        case .dependants:
            let count = loss.dependants
            return FlipChange(
                subject, distance: Double(max(1, count)),
                text: "bases supplied past it from \(count) to \(count > 0 ? 0 : 1)",
                number: count > 0 ? 0 : 1)
        case .largestSettlement:
            let limit = rules.settlementWithoutSubstitute
            let people = loss.largestSettlement
            let goal = people <= limit ? limit.rounded(.down) + 1 : limit
            return FlipChange(
                subject, distance: distance(people, limit),
                text: "the largest settlement that loses its last cover from "
                    + "\(NumberText.grouped(people)) to "
                    + (people <= limit ? "over " : "at most ")
                    + "\(NumberText.grouped(limit)) people",
                number: goal)
        }
    }

    private static func share(
        _ value: Double, _ season: String, _ subject: FlipSubject, _ rules: VerdictRules
    ) -> FlipChange {
        let limit = rules.closingPopulationShare
        let isBelow = value < limit
        return FlipChange(
            subject, distance: distance(value, limit),
            text: "people who lose cover in the \(season) season from "
                + "\(NumberText.beside(limit * 100, value * 100)) % to "
                + (isBelow ? "" : "below ") + "\(NumberText.upToTwoDecimals(limit * 100)) %",
            number: isBelow ? limit : limit.nextDown)
    }

    private static func seam(_ growth: Double, _ season: String, _ subject: FlipSubject)
        -> FlipChange
    {
        growth > 0
            ? FlipChange(
                subject, distance: 1,
                text: "growth of the seam gaps in the \(season) season from "
                    + "\(NumberText.upToTwoDecimals(growth)) to 0 km2")
            : FlipChange(
                subject, distance: 1,
                text: "any growth of the seam gaps in the \(season) season",
                number: .leastNormalMagnitude)
    }
}
