/// Which bases may be handed over to the host or closed, in which phases, and
/// what must stay protected meanwhile.
///
/// Phases are conditions, not dates: 0 is the first step after today. Before
/// it the mission holds every base. A plan keeps a base throughout, or the
/// mission leaves it in one phase: by handing it over, after which the host
/// protects with the base's effectiveness, or by closing it. What left does
/// not return: with a ceiling for the end alone, keeping the base is never
/// worse than leaving and coming back.
public struct ScheduleProblem: Sendable, Hashable, Codable {
    /// One base that the mission holds today.
    public struct Base: Sendable, Hashable, Codable {
        /// Share of the protection that remains after a handover, 0 ... 1.
        public var effectiveness: Double
        /// First phase in which the host can take over; nil when in none.
        public var readyPhase: Int?
        /// Phases in which no handover may happen, because the route is cut
        /// or the season forbids it. They do not stop closures: nobody has to
        /// arrive for one.
        public var blockedPhases: [Int]
        /// Index of the contingent that holds it; nil when no contingent has
        /// limits of its own.
        public var contingent: Int?
        /// The mission must not leave it.
        public var mustStay: Bool
        /// The mission may close it; otherwise it can only keep it or hand it
        /// over.
        public var mayClose: Bool

        public init(
            effectiveness: Double, readyPhase: Int? = nil, blockedPhases: [Int] = [],
            contingent: Int? = nil, mustStay: Bool = false, mayClose: Bool = true
        ) {
            self.effectiveness = effectiveness
            self.readyPhase = readyPhase
            self.blockedPhases = blockedPhases
            self.contingent = contingent
            self.mustStay = mustStay
            self.mayClose = mayClose
        }
    }

    /// A place, or a piece of a hotspot, to be protected.
    public struct Demand: Sendable, Hashable, Codable {
        /// The bases that reach it in time, ascending, each once.
        public var reach: [Int]
        /// What it counts in the objective, from 0.
        public var weight: Double
        /// What it counts in groups: the people of its sector, the square
        /// kilometres of a seam.
        public var groups: [GroupShare]

        public init(reach: [Int], weight: Double, groups: [GroupShare] = []) {
            self.reach = reach
            self.weight = weight
            self.groups = groups
        }
    }

    /// What a demand counts in one group.
    public struct GroupShare: Sendable, Hashable, Codable {
        public var group: Int
        /// From 0, in the group's units.
        public var weight: Double

        public init(group: Int, weight: Double) {
            self.group = group
            self.weight = weight
        }
    }

    /// The least protection of a group.
    public struct Floor: Sendable, Hashable, Codable {
        public enum Least: Sendable, Hashable, Codable {
            /// This share of what is covered today: 1 - delta.
            case shareOfToday(Double)
            /// What is covered today less this much: a gap may grow by no
            /// more.
            case todayLess(Double)
            /// This much.
            case amount(Double)
        }

        public var group: Int
        public var least: Least
        /// The phases in which it holds; nil for all.
        public var phases: [Int]?
        /// How bad a shortfall is when not all floors can be met, per share
        /// of today's cover.
        public var shortfallWeight: Double

        public init(
            group: Int, least: Least, phases: [Int]? = nil, shortfallWeight: Double = 1
        ) {
            self.group = group
            self.least = least
            self.phases = phases
            self.shortfallWeight = shortfallWeight
        }
    }

    /// One step of the drawdown.
    public struct Phase: Sendable, Hashable, Codable {
        /// What protection in this phase counts in the objective, from 0.
        public var discount: Double
        /// Most bases that the mission may leave in it; nil without limit.
        public var mostLeaving: Int?
        /// The same for each contingent, by its index; missing or nil without
        /// limit.
        public var mostLeavingByContingent: [Int?]
        /// Host units that can take over a base in it; nil without limit.
        public var hostUnits: Int?

        public init(
            discount: Double = 1, mostLeaving: Int? = nil,
            mostLeavingByContingent: [Int?] = [], hostUnits: Int? = nil
        ) {
            self.discount = discount
            self.mostLeaving = mostLeaving
            self.mostLeavingByContingent = mostLeavingByContingent
            self.hostUnits = hostUnits
        }
    }

    /// The way to `base` leads past `other`: while the mission holds `base`,
    /// mission or host must hold `other`.
    public struct Dependence: Sendable, Hashable, Codable {
        public var base: Int
        public var other: Int

        public init(base: Int, on other: Int) {
            self.base = base
            self.other = other
        }
    }

    /// Two bases that must not be left in the same phase: the first week
    /// after a handover is the time of risk.
    public struct Neighbours: Sendable, Hashable, Codable {
        public var first: Int
        public var second: Int

        public init(_ first: Int, _ second: Int) {
            self.first = first
            self.second = second
        }
    }

    public var bases: [Base]
    public var demands: [Demand]
    public var groupCount: Int
    public var phases: [Phase]
    public var floors: [Floor]
    /// Most bases that the mission holds after the last phase; nil without
    /// limit.
    public var mostHeldAtEnd: Int?
    /// The same for each contingent, by its index; missing or nil without
    /// limit.
    public var mostHeldAtEndByContingent: [Int?]
    public var dependences: [Dependence]
    public var neighbours: [Neighbours]
    /// Taken from the objective for every base that the mission leaves: small,
    /// so that among equals fewer move.
    public var costPerMove: Double

    public init(
        bases: [Base], demands: [Demand], groupCount: Int = 0, phases: [Phase],
        floors: [Floor] = [], mostHeldAtEnd: Int? = nil,
        mostHeldAtEndByContingent: [Int?] = [], dependences: [Dependence] = [],
        neighbours: [Neighbours] = [], costPerMove: Double = 0
    ) {
        self.bases = bases
        self.demands = demands
        self.groupCount = groupCount
        self.phases = phases
        self.floors = floors
        self.mostHeldAtEnd = mostHeldAtEnd
        self.mostHeldAtEndByContingent = mostHeldAtEndByContingent
        self.dependences = dependences
        self.neighbours = neighbours
        self.costPerMove = costPerMove
    }

    /// Demands of a matrix of minutes: every place with the bases that reach
    /// it within the limit, itself included, its weight and its groups.
    ///
    /// - Precondition: `groups` is empty or has one list per place.
    public static func demands(
        of matrix: DemandMatrix, within limitInMinutes: Double, groups: [[GroupShare]] = []
    ) -> [Demand] {
        precondition(groups.isEmpty || groups.count == matrix.demandCount, "groups of every place")
        return (0..<matrix.demandCount).map { place in
            Demand(
                reach: (0..<matrix.baseCount).filter { matrix[place, $0] <= limitInMinutes },
                weight: matrix.weights[place], groups: groups.isEmpty ? [] : groups[place])
        }
    }

    /// What is covered of a group today, while the mission holds every base.
    public func coverageToday(ofGroup group: Int) -> Double {
        var total = 0.0
        for demand in demands where !demand.reach.isEmpty {
            for share in demand.groups where share.group == group { total += share.weight }
        }
        return total
    }
}
