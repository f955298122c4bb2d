import Diagnostics

/// A phased plan on one page: for each base who holds it in each phase, and
/// under the bases of a sector its coverage with its floor. Restricted: it
/// names bases.
public struct ScheduleSheet: Sendable {
    /// Who holds a base.
    public enum State: Hashable, Sendable, CaseIterable {
        case mission
        case host
        case closed
    }

    /// A column. The first is usually the state before the plan.
    public struct Phase: Hashable, Sendable {
        /// Such as "Phase 2".
        public var label: String
        /// Second line: dates.
        public var dates: String
        /// Third line: season; empty = none.
        public var season: String

        public init(label: String, dates: String, season: String = "") {
            self.label = label
            self.dates = dates
            self.season = season
        }
    }

    /// A row.
    public struct Base: Hashable, Sendable {
        public var id: String
        public var name: String
        /// One for each phase; missing ones are left empty.
        public var states: [State]
        /// Positions of phases in which its supply route is cut, so that
        /// nothing can be handed over.
        public var routeCutPhases: Set<Int>

        public init(
            id: String, name: String = "", states: [State], routeCutPhases: Set<Int> = []
        ) {
            self.id = id
            self.name = name
            self.states = states
            self.routeCutPhases = routeCutPhases
        }
    }

    /// Coverage of a sector in one phase.
    public struct Coverage: Hashable, Sendable {
        /// People covered, 0 ... 1; nil = not known.
        public var share: Double?
        /// The least that is allowed, 0 ... 1; nil = none.
        public var floor: Double?
        /// People missing to the floor; nil or 0 = the floor holds.
        public var shortfallInPeople: Double?

        public init(share: Double?, floor: Double? = nil, shortfallInPeople: Double? = nil) {
            self.share = share
            self.floor = floor
            self.shortfallInPeople = shortfallInPeople
        }
    }

    /// Bases under one heading, and what people have of them.
    public struct Sector: Hashable, Sendable {
        public var name: String
        public var bases: [Base]
        /// One for each phase; empty = not computed.
        public var coverage: [Coverage]

        public init(name: String, bases: [Base], coverage: [Coverage] = []) {
            self.name = name
            self.bases = bases
            self.coverage = coverage
        }
    }

    /// How good the plan is, and how good any plan could be.
    public struct Certificate: Hashable, Sendable {
        /// What is maximised, such as "people protected, summed over phases".
        public var measure: String
        public var value: Double
        /// No plan can exceed it.
        public var bound: Double
        /// (bound - value) / bound, 0 ... 1.
        public var gap: Double

        public init(measure: String, value: Double, bound: Double, gap: Double) {
            self.measure = measure
            self.value = value
            self.bound = bound
            self.gap = gap
        }
    }

    public var caption: MapCaption
    public var phases: [Phase]
    public var sectors: [Sector]
    /// nil = no plan was found.
    public var certificate: Certificate?

    public init(
        caption: MapCaption, phases: [Phase], sectors: [Sector], certificate: Certificate?
    ) {
        self.caption = caption
        self.phases = phases
        self.sectors = sectors
        self.certificate = certificate
    }

    /// Rows beyond this number do not fit on a picture.
    public static let mostRows = 240
    /// Columns beyond this number do not fit.
    public static let mostPhases = 24

    /// The sheet as PNG bytes, as high as it has rows.
    ///
    /// - Throws: `drawing` with more than `mostRows` bases and sectors or
    ///   more than `mostPhases` phases, or when memory is short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        let rows = sectors.reduce(0) { $0 + $1.bases.count + 3 }
        guard rows <= Self.mostRows, phases.count <= Self.mostPhases else {
            throw ReportError(
                .drawing,
                "the schedule \"\(caption.title)\" has \(rows) rows and \(phases.count) phases; at "
                    + "most \(Self.mostRows) rows (three for each sector, one for each base) and "
                    + "\(Self.mostPhases) phases fit on a page",
                mend: "Draw one sheet for each sector")
        }
        return try ScheduleSheetDrawing(self).pngBytes()
    }
}

extension ScheduleSheet.State {
    var color: Color {
        switch self {
        case .mission: Color(0x0B3C6F)
        case .host: Color(0x33A487)
        case .closed: Color(0xE3E3E3)
        }
    }

    /// Colour of text on the bar.
    var textColor: Color {
        switch self {
        case .mission: Ink.paper
        case .host, .closed: Ink.text
        }
    }

    var label: String {
        switch self {
        case .mission: "Mission"
        case .host: "Host unit"
        case .closed: "Closed"
        }
    }
}

extension ScheduleSheet.Sector {
    /// Whether a floor is broken in one of the first phases.
    func breaksFloor(inPhases count: Int) -> Bool {
        coverage.prefix(count).contains(where: \.breaksFloor)
    }
}

extension ScheduleSheet.Coverage {
    /// Half of what is printed, so that a floor that is met by rounding in
    /// the solver is not shown as broken.
    private static let tolerance = 0.0005

    var breaksFloor: Bool {
        if let shortfallInPeople, shortfallInPeople > 0 { return true }
        guard let share, let floor else { return false }
        return share < floor - Self.tolerance
    }

    /// `76.0 %`.
    var shareText: String {
        guard let share, share.isFinite else { return "no data" }
        return NumberText.fixed(share * 100, decimals: 1) + " %"
    }

    /// What a broken floor lacks, line by line: `4.0 points below floor`,
    /// `12,300 people short`; none when it holds.
    var shortfallTexts: [String] {
        guard breaksFloor else { return [] }
        var lines: [String] = []
        if let share, let floor, floor > share {
            lines.append(
                NumberText.fixed((floor - share) * 100, decimals: 1) + " points below floor")
        }
        if let people = shortfallInPeople, people > 0 {
            lines.append(NumberText.fixed(people, decimals: 0) + " people short")
        }
        return lines
    }
}
