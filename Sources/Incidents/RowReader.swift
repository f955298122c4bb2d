import Calendar
import Diagnostics
import GridCore
import Products
import Tables

/// Turns one record into an incident by the rules of its source.
struct RowReader {
    let binding: ColumnBinding
    let schema: IncidentSchema
    let options: IncidentOptions
    var actors: ActorClassifier

    init(binding: ColumnBinding, schema: IncidentSchema, options: IncidentOptions) {
        self.binding = binding
        self.schema = schema
        self.options = options
        actors = ActorClassifier(coding: schema.coding, missionActors: options.missionActors)
    }

    /// An incident that may still be a duplicate or not asked for.
    struct Draft {
        var incident: Incident
        var notes: [IncidentWarningKind] = []
        /// Greater = newer.
        var revision: Int
        /// Whether the source's type counts as political violence.
        var isPoliticalViolence = true
        /// Whether it counts as violence or looting against somebody.
        var isAttack = true
        /// Longitude and latitude look exchanged; everything else is fine.
        var swapped: RowRejection?
        /// A key of its own, not one made from its line.
        var hasKey: Bool
    }

    mutating func draft(_ record: TableRecord) throws(RowRejection) -> Draft {
        if let problem = record.problem {
            let field = problem.place.field.map { $0 + ": " } ?? ""
            throw RowRejection(
                .malformedRow, nil, found: field + problem.cause,
                expected: "a row that fits the header")
        }
        let key = text(.key, record)
        if key == nil, binding.column(.key) != nil {
            throw RowRejection(
                .missingKey, binding.name(.key), found: "", expected: "an identifier")
        }
        var swapped: RowRejection?
        var coordinate = Coordinate(x: 0, y: 0)
        do throws(RowRejection) {
            coordinate = try self.coordinate(record)
        } catch  where error.reason == .swappedCoordinates {
            swapped = error
        }
        let (start, end) = try dates(record)
        let deaths = try deaths(record)
        let civilianCount = try deathCount(.deathsCivilians, record)
        var draft = Draft(
            incident: Incident(
                key: key ?? "#\(record.position)", source: schema.source, coordinate: coordinate,
                dateStart: start, dateEnd: end, timing: EventTiming(day: start),
                timePrecision: text(.timePrecision, record), timeGrade: .unknown,
                locationPrecision: text(.locationPrecision, record), locationGrade: .unknown,
                eventType: text(.eventType, record), subEventType: text(.subEventType, record),
                deaths: deaths ?? DeathEstimate(best: 0, low: 0, high: 0),
                civilianDeaths: civilianCount, civilianTargeting: nil,
                isSummary: isSummary(record), place: text(.place, record),
                country: text(.country, record), admin1: text(.admin1, record),
                admin2: text(.admin2, record), line: record.position),
            revision: text(.revision, record).flatMap(FieldText.wholeNumber) ?? Int.min,
            swapped: swapped, hasKey: key != nil)
        if deaths == nil { draft.notes.append(.deathsAbsent) }
        grade(&draft)
        classify(&draft, record)
        draft.incident.sides = actors.sides(actorFields(draft.incident, record))
        checkDeaths(&draft, record)
        checkGridCell(&draft, record)
        time(&draft)
        return draft
    }

    func text(_ role: EventRole, _ record: TableRecord) -> String? {
        record.field(binding.column(role))?.trimmed
    }
}

// MARK: - Dates

extension RowReader {
    private func dates(
        _ record: TableRecord
    ) throws(RowRejection) -> (start: CalendarDate, end: CalendarDate) {
        guard let start = try date(.date, record) else {
            throw RowRejection(.missingDate, binding.name(.date), found: "", expected: "a date")
        }
        let end = try date(.dateEnd, record) ?? start
        guard start <= end else {
            throw RowRejection(
                .endBeforeStart, binding.name(.dateEnd), found: end.description,
                expected: "not before \(start)")
        }
        return (start, end)
    }

    private func date(_ role: EventRole, _ record: TableRecord) throws(RowRejection)
        -> CalendarDate?
    {
        guard let text = text(role, record) else { return nil }
        // Old ACLED files write dd-mm-yyyy, and no source writes mm-dd-yyyy.
        let dashedOrder: DateOrder? = schema.coding == .plain ? nil : .dayMonthYear
        switch EventDate.read(text, order: options.dateOrder, dashedOrder: dashedOrder) {
        case .date(let date): return date
        case .ambiguous:
            throw RowRejection(
                .ambiguousDate, binding.name(role), found: text,
                expected: "YYYY-MM-DD, or state the order of day and month")
        case .unreadable:
            throw RowRejection(
                .unparsableDate, binding.name(role), found: text,
                expected: "a date such as 2024-01-05 or 05 January 2024")
        }
    }

    /// Spreads the mass over the event's own days; where ACLED or a table of
    /// one's own codes one date for a week or month, over that.
    private func time(_ draft: inout Draft) {
        let incident = draft.incident
        var timing = EventTiming(day: incident.dateStart)
        if incident.dateEnd > incident.dateStart {
            timing = EventTiming(first: incident.dateStart, last: incident.dateEnd) ?? timing
        } else if schema.coding != .ucdpGED {
            switch incident.timeGrade {
            case .week: timing = EventTiming(weekOf: incident.dateStart)
            case .month: timing = EventTiming(monthOf: incident.dateStart)
            case .day, .longer, .unknown: break
            }
        }
        draft.incident.timing = timing
    }
}

// MARK: - Deaths

extension RowReader {
    /// More than this in one event is a typing error, not an estimate.
    static let greatestDeaths = 10_000_000

    /// nil when a table of one's own does not state deaths.
    private func deaths(_ record: TableRecord) throws(RowRejection) -> DeathEstimate? {
        guard let best = try deathCount(.deaths, record) else {
            guard case .mapping = schema else {
                throw RowRejection(
                    .missingDeaths, binding.name(.deaths), found: "",
                    expected: "a whole number, 0 or more")
            }
            return nil
        }
        return DeathEstimate(
            best: best, low: try deathCount(.deathsLow, record) ?? best,
            high: try deathCount(.deathsHigh, record) ?? best)
    }

    private func deathCount(_ role: EventRole, _ record: TableRecord) throws(RowRejection) -> Int? {
        guard let text = text(role, record) else { return nil }
        guard let count = FieldText.wholeNumber(text), count <= Self.greatestDeaths else {
            throw RowRejection(
                .unparsableDeaths, binding.name(role), found: text,
                expected: "a whole number from 0 to \(Self.greatestDeaths)")
        }
        guard count >= 0 else {
            throw RowRejection(
                .negativeDeaths, binding.name(role), found: text, expected: "0 or more")
        }
        return count
    }

    private func checkDeaths(_ draft: inout Draft, _ record: TableRecord) {
        let deaths = draft.incident.deaths
        if deaths.low > deaths.best { draft.notes.append(.lowAboveBest) }
        if deaths.best > deaths.high { draft.notes.append(.bestAboveHigh) }
        let parts = [.deathsSideA, .deathsSideB, .deathsCivilians, .deathsUnknown]
            .compactMap { (role: EventRole) in text(role, record).flatMap(FieldText.wholeNumber) }
        guard parts.count == 4, parts.allSatisfy({ (0...Self.greatestDeaths).contains($0) }) else {
            return
        }
        if parts.reduce(0, +) != deaths.best { draft.notes.append(.deathsSum) }
    }
}

// MARK: - Precision

extension RowReader {
    private func grade(_ draft: inout Draft) {
        if let code = draft.incident.locationPrecision {
            if let grade = schema.coding.locationGrade(code) {
                draft.incident.locationGrade = grade
            } else {
                draft.notes.append(.unknownLocationPrecision)
            }
        } else {
            draft.notes.append(.locationPrecisionAbsent)
        }
        if let code = draft.incident.timePrecision {
            if let grade = schema.coding.timeGrade(code) {
                draft.incident.timeGrade = grade
            } else {
                draft.notes.append(.unknownTimePrecision)
            }
        } else {
            draft.notes.append(.timePrecisionAbsent)
        }
    }
}
