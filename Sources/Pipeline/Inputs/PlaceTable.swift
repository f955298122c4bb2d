import Diagnostics
import GridCore
import Tables

/// A row of a table of places.
struct PlaceRecord: Sendable {
    var id: String
    var name: String
    var coordinate: Coordinate
    /// nil when there is no such column or no number in it.
    var population: Int?
    var sector: String?
    var record: Int
}

/// Which columns of a table of places hold what.
struct PlaceColumns {
    var id: String?
    var name: String?
    var longitude: String?
    var latitude: String?
    var population: String?
    var sector: String?
    /// Whether a missing or repeated identifier is a problem.
    var needsUniqueID = false
}

/// Reads settlements and bases.
struct PlaceTable {
    let table: RecordTable
    let columns: PlaceColumns
    /// Box of the mission, to tell exchanged coordinates; nil = not checked.
    let area: BoundingBox?

    /// The places; what is wrong goes into the log, with the row named.
    func places(_ log: inout ProblemLog) -> [PlaceRecord] {
        guard columnsAreThere(&log) else { return [] }
        var seen: [String: Int] = [:]
        var places: [PlaceRecord] = []
        for record in table {
            if let problem = record.problem {
                log.add(problem)
                continue
            }
            let position = record.position
            guard let coordinate = coordinate(of: record, &log) else { continue }
            let named = text(record, columns.id)
            if columns.needsUniqueID, named == nil {
                log.add(
                    PipelineError(
                        .missingValue, at: table.place(at: position, field: columns.id),
                        "has no identifier (expected one of its own)",
                        mend: "Fill it in, or remove the row"))
                continue
            }
            let id = named ?? "\(position)"
            if columns.needsUniqueID {
                if let first = seen[id] {
                    log.add(
                        PipelineError(
                            .duplicateIdentifier, at: table.place(at: position, field: columns.id),
                            "the identifier \"\(id)\" is there twice (also in row \(first))",
                            mend: "Make it unique"))
                    continue
                }
                seen[id] = position
            }
            places.append(
                PlaceRecord(
                    id: id, name: text(record, columns.name) ?? id, coordinate: coordinate,
                    population: text(record, columns.population).flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0.rounded()) } },
                    sector: text(record, columns.sector), record: position))
        }
        return places
    }

    private func text(_ record: TableRecord, _ name: String?) -> String? {
        name.flatMap { table.column(named: $0) }.flatMap { record.field($0) }
    }

    private func columnsAreThere(_ log: inout ProblemLog) -> Bool {
        var wanted = [columns.id, columns.name, columns.population, columns.sector]
        if !table.hasGeometry { wanted += [columns.longitude, columns.latitude] }
        let missing = wanted.compactMap { $0 }.filter { table.column(named: $0) == nil }
        for name in missing {
            let near = NearNames.near(name, among: table.columns, limit: 1).first
            log.add(
                PipelineError(
                    .missingColumn, at: Place(file: table.file),
                    "has no column \"\(name)\" (found \(table.columns.joined(separator: ", ")))",
                    mend: near.map { "Did you mean \"\($0)\"?" }
                        ?? "Name the column in the pipeline file, or add it to the table"))
        }
        if !table.hasGeometry, columns.longitude == nil || columns.latitude == nil {
            log.add(
                PipelineError(
                    .missingColumn, at: Place(file: table.file),
                    "nothing says which columns hold longitude and latitude",
                    mend: "Name them as `longitude` and `latitude` in the pipeline file"))
            return false
        }
        return missing.isEmpty
    }

    private func coordinate(of record: TableRecord, _ log: inout ProblemLog) -> Coordinate? {
        let place = table.place(at: record.position)
        let coordinate: Coordinate
        if let position = record.coordinate {
            coordinate = position
        } else {
            let x = text(record, columns.longitude)
            let y = text(record, columns.latitude)
            guard let x, let y, let longitude = Double(x), let latitude = Double(y),
                abs(longitude) <= 180, abs(latitude) <= 90
            else {
                log.add(
                    PipelineError(
                        .noCoordinate, at: place,
                        "has no position (found longitude \"\(x ?? "")\", latitude \"\(y ?? "")\"; "
                            + "expected degrees)",
                        mend: "Correct the row or remove it"))
                return nil
            }
            coordinate = Coordinate(longitude: longitude, latitude: latitude)
        }
        let swapped = Coordinate(longitude: coordinate.latitude, latitude: coordinate.longitude)
        if let area, !area.contains(coordinate), area.contains(swapped) {
            log.add(
                PipelineError(
                    .noCoordinate, at: place,
                    "the position (\(coordinate.longitude), \(coordinate.latitude)) lies outside the "
                        + "mission's area and inside it when longitude and latitude change places",
                    mend: "Exchange them"))
            return nil
        }
        return coordinate
    }
}
