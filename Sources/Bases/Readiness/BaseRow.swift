/// A settlement that loses its last cover.
public struct LostSettlement: Sendable, Hashable {
    public var name: String
    /// nil when unknown.
    public var population: Double?

    public init(name: String, population: Double?) {
        self.name = name
        self.population = population
    }
}

/// Where a base is, what it is called and whose it is.
public struct BaseIdentity: Sendable, Hashable {
    public var id: String
    public var name: String
    /// nil when it lies in no sector.
    public var sector: String?
    /// The contributing country; nil when not given.
    public var contingent: String?
    /// As given, such as `open`.
    public var status: String

    public init(
        id: String, name: String, sector: String?, contingent: String?, status: String
    ) {
        self.id = id
        self.name = name
        self.sector = sector
        self.contingent = contingent
        self.status = status
    }
}

/// What the closing of a base would lose at one time limit, in the season in
/// which it loses more people.
public struct BaseLosses: Sendable, Hashable {
    /// The time limit that cover is measured with.
    public var limitInMinutes: Double
    /// The season, such as `wet`.
    public var season: String
    /// People who lose cover.
    public var population: Double
    /// Settlements that lose their last cover, the largest first.
    public var settlements: [LostSettlement]
    /// Sum over people of the minutes added.
    public var delayPersonMinutes: Double
    /// People who keep cover but lose the second base in reach.
    public var backupPopulation: Double
    public var hotspotKm2: Double
    public var seamGrowthKm2: Double
    /// The base that remains nearest to those who lose cover; nil when none
    /// does.
    public var nearestRemaining: String?
    /// Minutes to it from the largest settlement that loses its last cover;
    /// nil or infinite when it cannot be reached.
    public var nearestRemainingMinutes: Double?

    public init(
        limitInMinutes: Double, season: String, population: Double,
        settlements: [LostSettlement], delayPersonMinutes: Double, backupPopulation: Double,
        hotspotKm2: Double, seamGrowthKm2: Double, nearestRemaining: String?,
        nearestRemainingMinutes: Double?
    ) {
        self.limitInMinutes = limitInMinutes
        self.season = season
        self.population = population
        self.settlements = settlements
        self.delayPersonMinutes = delayPersonMinutes
        self.backupPopulation = backupPopulation
        self.hotspotKm2 = hotspotKm2
        self.seamGrowthKm2 = seamGrowthKm2
        self.nearestRemaining = nearestRemaining
        self.nearestRemainingMinutes = nearestRemainingMinutes
    }
}

/// How sure the place of a base in the ranking is.
public struct BaseRanking: Sendable, Hashable {
    public var importance: Double
    public var rank: Int
    public var rankMinimum: Int
    public var rankMaximum: Int
    /// Share of the weight settings with the same verdict; nil when none were
    /// drawn.
    public var robustShare: Double?
    /// How many weight settings were drawn.
    public var draws: Int

    public init(
        importance: Double, rank: Int, rankMinimum: Int, rankMaximum: Int, robustShare: Double?,
        draws: Int
    ) {
        self.importance = importance
        self.rank = rank
        self.rankMinimum = rankMinimum
        self.rankMaximum = rankMaximum
        self.robustShare = robustShare
        self.draws = draws
    }

    /// Of one base of a stability test.
    public init(_ stability: RankStability, base: Int) {
        let figures = stability.bases[base]
        self.init(
            importance: figures.importance, rank: figures.rank, rankMinimum: figures.rankMinimum,
            rankMaximum: figures.rankMaximum, robustShare: figures.robustShare,
            draws: stability.rules.draws)
    }
}

/// One row of the transfer table: everything that is said about a base. Its
/// explanation, checklist and watch list are made from it alone.
public struct BaseRow: Sendable, Hashable {
    public var identity: BaseIdentity
    public var verdict: Verdict
    public var reasons: [VerdictReason]
    public var ranking: BaseRanking
    public var losses: BaseLosses
    /// Route, exposure and detour; without a hub when none is reached.
    public var supply: SupplyRoute
    /// Months (1...12) in which the route is cut.
    public var cutOffMonths: [Int]
    /// Identifiers of the bases whose supply passes this one and that must
    /// leave first.
    public var dependants: [String]
    /// The eleven gates, in order.
    public var gates: [GateResult]
    /// nil when no change of one or two values turns the verdict.
    public var flip: Flip?

    public init(
        identity: BaseIdentity, assessment: BaseAssessment, ranking: BaseRanking,
        losses: BaseLosses, supply: SupplyRoute, cutOffMonths: [Int], dependants: [String]
    ) {
        self.identity = identity
        verdict = assessment.verdict
        reasons = assessment.reasons
        self.ranking = ranking
        self.losses = losses
        self.supply = supply
        self.cutOffMonths = cutOffMonths
        self.dependants = dependants
        gates = assessment.gates
        flip = Flip(of: assessment)
    }

    /// Codes of the gates that fail, in order.
    public var failingGates: [String] {
        gates.filter { $0.state == .fail }.map(\.gate.code)
    }

    /// Codes of the gates that are unknown, in order.
    public var unknownGates: [String] {
        gates.filter { $0.state == .unknown }.map(\.gate.code)
    }

    /// The smallest change that turns the verdict, in words.
    public var flipText: String { Flip.text(flip, from: verdict) }
}
