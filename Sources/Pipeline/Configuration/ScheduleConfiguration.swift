import Calendar
import Tables

/// `transfer.schedule`: the phases of a transfer and what must hold in each.
public struct ScheduleConfiguration: Hashable, Sendable {
    public var phases: [PhaseConfiguration]
    /// Least number of bases that the mission has left in the end.
    public var leave: Int
    /// What a sector's covered people may fall by.
    public var floor: Percent
    /// What the hotspot area that no side of a seam reaches may grow by, km2.
    public var seamGrowth: Double
    /// Bases nearer to each other do not leave in one phase; 0: they may.
    public var apart: Length
    /// Longest time that the solver may take, seconds.
    public var seconds: Int
}

extension ScheduleConfiguration: ConfigurationSection {
    static let phases = RequiredKey(
        \Self.phases, "phases",
        .list(of: .section(), count: 1...24)
            .example("[{ starts: 2025-01-01, moves: 2 }, { starts: 2025-07-01, moves: 2 }]"),
        "The phases, in order.")
    static let leave = RequiredKey(
        \Self.leave, "leave", .integer(0...10_000, example: "4"),
        "Least number of bases that the mission has left after the last phase.")
    static let floor = DefaultKey(
        \Self.floor, "floor", .percent(0...100, example: "10 %"), default: Percent(10),
        "What the people covered in a sector may fall by, of those covered before.")
    static let seamGrowth = DefaultKey(
        \Self.seamGrowth, "seam_growth", .number(0...1_000_000, example: "0"), default: 0,
        "Square kilometres that the uncovered hotspot area of a seam may grow by.")
    static let apart = DefaultKey(
        \Self.apart, "apart", .length(.meters(0)...(.kilometers(1000)), example: "20 km"),
        default: .meters(0), "Bases nearer to each other do not leave in one phase.")
    static let seconds = DefaultKey(
        \Self.seconds, "seconds", .integer(1...86_400, example: "60"), default: 60,
        "Longest time that the solver may take; the gap is told.")

    static let keys = SectionKeys<Self>(
        "Phases of a transfer. They follow conditions: a base leaves only when its gates are passed.",
        [
            phases.entry, leave.entry, floor.entry, seamGrowth.entry, apart.entry, seconds.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let phases = reader.value(Self.phases)
        let leave = reader.value(Self.leave)
        floor = reader.value(Self.floor)
        seamGrowth = reader.value(Self.seamGrowth)
        apart = reader.value(Self.apart)
        seconds = reader.value(Self.seconds)
        guard let phases, let leave else { return nil }
        if !zip(phases, phases.dropFirst()).allSatisfy({ $0.starts < $1.starts }) {
            reader.report(
                .outOfRange, at: Self.phases.name, "do not start one after the other",
                mend: "Write the earliest phase first")
        }
        self.phases = phases
        self.leave = leave
    }
}

/// One of `transfer.schedule.phases`.
public struct PhaseConfiguration: Hashable, Sendable {
    public var starts: CalendarDate
    /// Most bases that leave in it.
    public var moves: Int
    /// Host units that can take over a base in it; nil: any number.
    public var hostUnits: Int?
    /// Most bases of one contingent that leave in it; nil: any number.
    public var contingentMoves: Int?
    /// The season that it falls into: no handover while a route is cut then.
    public var season: SeasonChoice
}

extension PhaseConfiguration: ConfigurationSection {
    static let starts = RequiredKey(
        \Self.starts, "starts", .date, "First day; no gate that opens later helps in it.")
    static let moves = RequiredKey(
        \Self.moves, "moves", .integer(0...10_000, example: "2"), "Most bases that leave in it.")
    static let hostUnits = OptionalKey(
        \Self.hostUnits, "host_units", .integer(0...10_000, example: "2"),
        "Host units that can take over a base in it; default: any number.")
    static let contingentMoves = OptionalKey(
        \Self.contingentMoves, "contingent_moves", .integer(0...10_000, example: "1"),
        "Most bases of one contingent (column tcc) that leave in it; default: any number.")
    static let season = DefaultKey(
        \Self.season, "season", .choice, default: .dry,
        "Season that it falls into: no base is handed over while its supply route is cut then.")

    static let keys = SectionKeys<Self>(
        "A phase.",
        [
            starts.entry, moves.entry, hostUnits.entry, contingentMoves.entry, season.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let starts = reader.value(Self.starts)
        let moves = reader.value(Self.moves)
        hostUnits = reader.value(Self.hostUnits)
        contingentMoves = reader.value(Self.contingentMoves)
        season = reader.value(Self.season)
        guard let starts, let moves else { return nil }
        self.starts = starts
        self.moves = moves
    }
}
