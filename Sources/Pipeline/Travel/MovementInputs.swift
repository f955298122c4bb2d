import Bases
import Diagnostics
import Geo
import GridCore
import Tables

/// What travel, coverage and transfer read beside places and zones, checked.
struct MovementInputs: Sendable {
    var population: TravelRaster
    var landCover: TravelRaster
    var elevation: TravelRaster?
    var speeds: [SpeedRecord]
    var roads: [ClassedLines]
    var rivers: [ClassedLines]
    var crossings: [CrossingRecord]
    var hubs: [PlaceRecord]
    var evidence: [EvidenceRecord]
    /// One per base of the night, in their order.
    var details: [BaseDetails]
}

/// A row of the table of speeds.
struct SpeedRecord: Sendable {
    var layer: SpeedLayerChoice
    var className: String
    /// Kilometres an hour; 0 is impassable.
    var dry: Double
    var wet: Double
    var flood: Double
    var row: Int
}

/// A row of the table of crossings.
struct CrossingRecord: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case bridge
        case ford
        case ferry
    }

    var id: String
    var coordinate: Coordinate
    var kind: Kind
    /// Fixed minutes of a ferry; 0 for others.
    var ferryMinutes: Double
    var row: Int
}

/// A row of the table of evidence, as written.
struct EvidenceRecord: Sendable {
    var baseID: String?
    var item: String?
    var value: String?
    var asOf: String?
    var source: String?
    var row: Int
}

extension NightLoader {
    /// Reads and checks what travel is computed from; nil without the section
    /// or after a report.
    func movement(
        _ bases: [PlaceRecord], _ table: RecordTable?, _ area: BoundingBox?,
        _ log: inout ProblemLog
    ) -> MovementInputs? {
        guard let section = configuration.travel, let people = configuration.population else {
            return nil
        }
        let before = log.failures.count
        let population = TravelRaster(people.file, &log)
        let landCover = TravelRaster(section.landCover, &log)
        let elevation = section.elevation.flatMap { TravelRaster($0, &log) }
        if let population { MovementInputs.checkGrid(population, people.file, &log) }
        let speeds = MovementInputs.speeds(section.speeds, &log)
        let roads = section.roads.flatMap { ClassedLines.load($0, &log) } ?? []
        let rivers = section.rivers.flatMap { ClassedLines.load($0, &log) } ?? []
        let crossings = section.crossings.map { MovementInputs.crossings($0, area, &log) } ?? []
        let hubs = configuration.transfer?.hubs.map { MovementInputs.hubs($0, area, &log) } ?? []
        let evidence = (configuration.transfer?.readiness).map { MovementInputs.evidence($0, &log) }
        let details = table.map { BaseDetails.read($0, of: bases, &log) } ?? []
        ClassCheck(section: section, speeds: speeds).check(roads, rivers, crossings, &log)
        guard log.failures.count == before, let population, let landCover else { return nil }
        return MovementInputs(
            population: population, landCover: landCover, elevation: elevation, speeds: speeds,
            roads: roads, rivers: rivers, crossings: crossings, hubs: hubs,
            evidence: evidence ?? [], details: details)
    }
}

extension MovementInputs {
    /// Cells of the grid of travel times.
    static let mostCells = 40_000_000
    /// Times of two seasons in two profiles and of floods, with their ground.
    static let bytesPerCell = 160

    fileprivate static func checkGrid(
        _ population: TravelRaster, _ file: ConfiguredPath, _ log: inout ProblemLog
    ) {
        // Of a pole and of 180 degrees east or west too: told here, not
        // when the night is half done.
        do {
            _ = try EdgeLengths(population.spec, metric: GroundMetric(population.spec.crs))
        } catch {
            var problem = error
            problem.place = Place(file: file.written)
            log.add(problem)
        }
        let cells = population.spec.shape.count
        guard cells > mostCells else { return }
        log.add(
            PipelineError(
                .notEnoughMemory, at: Place(file: file.written),
                "has \(cells) cells; travel times are computed for at most \(mostCells), in some "
                    + "\(mostCells / 1_000_000 * bytesPerCell) MB",
                mend: "Cut it to the mission's area with gdalwarp -te, or add cells up with "
                    + "gdalwarp -tr ... -r sum"))
    }

    fileprivate static func speeds(
        _ file: ConfiguredPath, _ log: inout ProblemLog
    ) -> [SpeedRecord] {
        let columns = ["layer", "class", "dry_kmh", "wet_kmh", "flood_kmh"]
        guard let table = ColumnTable(file, columns: columns, &log) else { return [] }
        var seen: [String: Int] = [:]
        return table.rows(&log).compactMap { row in
            guard let layer = row.required("layer", &log), let name = row.required("class", &log)
            else { return nil }
            guard let known = SpeedLayerChoice(rawValue: layer) else {
                log.add(
                    PipelineError(
                        .badValue, at: row.place("layer"),
                        "is not one of "
                            + SpeedLayerChoice.allCases.map(\.rawValue).joined(separator: ", ")
                            + " (found \"\(layer)\")",
                        mend: "Write one of them"))
                return nil
            }
            if let first = seen.updateValue(row.position, forKey: layer + "\n" + name) {
                log.add(
                    PipelineError(
                        .duplicateIdentifier, at: row.place("class"),
                        "the class \"\(name)\" of \(layer) is there twice (also in row \(first))",
                        mend: "Keep one of the rows"))
                return nil
            }
            // Faster than any land vehicle is a slip of the decimal point.
            let speeds = columns.dropFirst(2).map { column -> Double? in
                row.required(column, &log).flatMap { _ in row.number(column, in: 0...200, &log) }
            }
            guard let dry = speeds[0], let wet = speeds[1], let flood = speeds[2] else {
                return nil
            }
            return SpeedRecord(
                layer: known, className: name, dry: dry, wet: wet, flood: flood,
                row: row.position)
        }
    }

    fileprivate static func crossings(
        _ file: ConfiguredPath, _ area: BoundingBox?, _ log: inout ProblemLog
    ) -> [CrossingRecord] {
        guard let table = ColumnTable(file, columns: ["id", "kind"], &log) else { return [] }
        let columns = PlaceColumns(
            id: "id", longitude: "longitude", latitude: "latitude", needsUniqueID: true)
        let places = PlaceTable(table: table.table, columns: columns, area: area).places(&log)
        var quiet = ProblemLog()
        let rows = Dictionary(
            table.rows(&quiet).map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
        return places.compactMap { place in
            guard let row = rows[place.record], let word = row.required("kind", &log) else {
                return nil
            }
            guard let kind = CrossingRecord.Kind(rawValue: word.lowercased()) else {
                log.add(
                    PipelineError(
                        .badValue, at: row.place("kind"),
                        "is not one of bridge, ford, ferry (found \"\(word)\")",
                        mend: "Write one of them"))
                return nil
            }
            let minutes = row.number("ferry_minutes", in: 0...10_080, &log) ?? 0
            return CrossingRecord(
                id: place.id, coordinate: place.coordinate, kind: kind,
                ferryMinutes: kind == .ferry ? minutes : 0, row: place.record)
        }
    }

    fileprivate static func hubs(
        _ file: ConfiguredPath, _ area: BoundingBox?, _ log: inout ProblemLog
    ) -> [PlaceRecord] {
        guard let table = ColumnTable(file, columns: ["id", "name"], &log) else { return [] }
        let columns = PlaceColumns(
            id: "id", name: "name", longitude: "longitude", latitude: "latitude",
            needsUniqueID: true)
        return PlaceTable(table: table.table, columns: columns, area: area).places(&log)
    }

    fileprivate static func evidence(
        _ file: ConfiguredPath, _ log: inout ProblemLog
    ) -> [EvidenceRecord] {
        let columns = ["base_id", "item", "value", "as_of", "source"]
        guard let table = ColumnTable(file, columns: columns, &log) else { return [] }
        return table.rows(&log).map { row in
            EvidenceRecord(
                baseID: row.text("base_id"), item: row.text("item"), value: row.text("value"),
                asOf: row.text("as_of"), source: row.text("source"), row: row.position)
        }
    }
}
