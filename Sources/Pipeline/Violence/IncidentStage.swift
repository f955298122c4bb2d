import Calendar
import Diagnostics
import Geo
import GridCore
import Incidents
import Products
import Tables

/// Reads the incident sources of a pipeline.
struct IncidentStage {
    let configuration: IncidentsConfiguration
    /// The mission's area, to tell exchanged coordinates.
    var area: BoundingBox?
    /// Gives the tables as they were known on a day; nil: files are read.
    var nights: NightMemory?

    /// Positions this far outside the sectors are still in the mission's box.
    static let marginInDegrees = 2.0

    /// The tables, read but not yet interpreted; nil for each that could not
    /// be.
    func tables(_ log: inout ProblemLog) -> [RecordTable?] {
        configuration.sources.map { source in
            if let nights, let known = log.attempt({ try nights.knownTable(of: source) }) ?? nil {
                return known
            }
            let table = log.table(of: source.file, layer: source.layer, crs: source.crs)
            if let table { nights?.keep(table, of: source) }
            return table
        }
    }

    /// The incidents up to `asOf`; nil when problems were logged.
    func read(
        _ tables: [RecordTable?], asOf: CalendarDate?, _ log: inout ProblemLog
    ) -> IncidentCollection? {
        let before = log.failures.count
        var sources: [SourceReading] = []
        for (source, table) in zip(configuration.sources, tables) {
            guard let table,
                let reading = log.attempt({
                    try IncidentReader.read(
                        table, as: schema(of: source), options: options(of: source, asOf))
                })
            else { continue }
            log.add(contentsOf: reading.warnings.map { $0.warning(in: table) })
            if reading.incidents.isEmpty {
                let reasons = reading.rejectCounts
                    .map { "\($0.count) \($0.reason.rawValue)" }.joined(separator: ", ")
                log.add(
                    Warning(
                        "no-incidents", at: Place(file: source.file.written),
                        "none of its \(reading.rowsRead) rows is used (\(reasons))"))
            } else if let warning = Self.rejected(reading, table) {
                log.add(warning)
            }
            sources.append(
                SourceReading(
                    configuration: source, reading: reading, profile: profile(of: source)))
        }
        guard log.failures.count == before else { return nil }
        var collection = IncidentCollection(sources: sources)
        if configuration.duplicates != .keep {
            collection.matchDuplicates(merging: configuration.duplicates == .merge)
        }
        if let warning = collection.duplicateWarning { log.add(warning) }
        return collection
    }

    /// The column that identifies events; nil when there is none.
    func keyColumn(of source: IncidentSourceConfiguration, in table: RecordTable) -> Int? {
        IncidentReader.keyColumn(of: table, as: schema(of: source))
    }

    /// How many rows are faulty, by reason, with the place of the first.
    private static func rejected(_ reading: IncidentReading, _ table: RecordTable) -> Warning? {
        let faults = reading.rejects.filter(\.reason.isFault)
        guard let first = faults.first else { return nil }
        let reasons = reading.rejectCounts.filter(\.reason.isFault)
            .map { "\($0.count) \($0.reason.rawValue)" }.joined(separator: ", ")
        let place = table.place(
            at: first.line, field: first.field.map { "column \"\($0)\"" })
        return Warning(
            "rows-rejected", at: Place(file: table.file),
            "\(faults.count) of \(reading.rowsRead) rows are faulty and left out (\(reasons)); the "
                + "first: \(place): \"\(first.found)\" (expected \(first.expected)). "
                + "incidents/rejects.csv lists them; `invalid: fail` refuses them")
    }

    private func profile(of source: IncidentSourceConfiguration) -> EventProfile? {
        switch source.source {
        case .acled: EventProfile.acled
        case .ucdpGED: EventProfile.ucdpGED
        case .mapped: nil
        }
    }

    private func schema(of source: IncidentSourceConfiguration) -> IncidentSchema {
        if let profile = profile(of: source) { return .profile(profile) }
        return .mapping(
            ColumnMapping(name: source.file.stem, columns: source.columns?.byRole ?? [:]))
    }

    private func options(
        of source: IncidentSourceConfiguration, _ asOf: CalendarDate?
    ) -> IncidentOptions {
        let coordinates: CoordinateSource? =
            switch source.coordinatesFrom {
            case .columns: .columns
            case .wkt: .wellKnownText
            case nil: nil
            }
        let dateOrder: DateOrder? =
            switch source.dateFormat {
            case .dayFirst: .dayMonthYear
            case .monthFirst: .monthDayYear
            case .yearFirst, nil: nil
            }
        return IncidentOptions(
            asOf: asOf,
            preset: IncidentPreset(rawValue: configuration.preset.rawValue) ?? .politicalViolence,
            invalid: configuration.invalid == .fail ? .fail : .skip,
            area: area?.expanded(by: Self.marginInDegrees), coordinatesFrom: coordinates,
            dateOrder: dateOrder, missionActors: configuration.missionActors)
    }
}

extension IncidentColumnsConfiguration {
    /// The columns by what they hold.
    var byRole: [EventRole: String] {
        let pairs: [(EventRole, String?)] = [
            (.key, key), (.date, date), (.dateEnd, dateEnd), (.longitude, longitude),
            (.latitude, latitude), (.deaths, deaths), (.deathsCivilians, civilianDeaths),
            (.deathsLow, deathsLow), (.deathsHigh, deathsHigh),
            (.civilianTargeting, civilianTargeting), (.actor1, actor1), (.actor2, actor2),
            (.actorType1, actorType1), (.actorType2, actorType2), (.place, place),
            (.eventType, type), (.subEventType, subType),
            (.locationPrecision, locationPrecision), (.timePrecision, timePrecision),
        ]
        return pairs.reduce(into: [:]) { columns, pair in
            if let name = pair.1 { columns[pair.0] = name }
        }
    }
}
