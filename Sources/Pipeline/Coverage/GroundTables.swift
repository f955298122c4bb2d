import Bases
import Tables

/// What was counted while friction was computed, and what was moved to
/// passable land.
struct GroundTables {
    let edition: Edition

    /// Every class, multiplier and count of the friction: no place in it.
    func friction(_ scenes: [TravelScene]) -> CSVTable {
        var table = CSVTable(columns: [
            .init("season", .string, "dry, wet or flood"),
            .init("profile", .string, "physical or secured"),
            .init("what", .string, "What is counted"),
            .init("class", .string, "Class or multiplier; empty where there is none"),
            .init("cells", .integer, "Cells of the grid"),
            .init(
                "speed_kmh", .number, unit: "km/h", decimals: 2,
                "Speed with all multipliers, before slope; of a multiplier its factor"),
            Edition.column,
        ])
        for scene in scenes {
            // Crossings by name, such as a ferry, are places.
            let hidden = edition.isPublic ? SpeedTable.Layer.crossing.rawValue : nil
            for entry in Self.entries(scene.log) where entry.what != hidden {
                table.append([
                    .text(scene.season.rawValue), .text(scene.profile.name), .text(entry.what),
                    .optional(entry.name), .integer(entry.cells), .optional(entry.speed),
                    edition.cell,
                ])
            }
        }
        return table
    }

    private struct Entry {
        var what: String
        var name: String?
        var cells: Int
        var speed: Double?
    }

    private static func entries(_ log: FrictionLog) -> [Entry] {
        let impassable = log.impassable
        let counts: [(String, Int)] = [
            ("cells", log.cells), ("passable", log.passable),
            ("impassable: no data", impassable.noData),
            ("impassable: unknown class", impassable.unknownClass),
            ("impassable: speed 0", impassable.zeroSpeed),
            ("impassable: river", impassable.river),
            ("impassable: too steep", impassable.tooSteep),
            ("road cells closed by a river", log.roadCellsInRivers),
            ("raised to the slowest speed", log.raisedToSlowest),
            ("lowered to the fastest speed", log.loweredToFastest),
            ("friction clamped", log.clampedFriction), ("slowed by slope", log.slowedBySlope),
            ("without height", log.missingElevation),
            ("slowed by insecurity", log.slowedByInsecurity),
        ]
        let classes = log.classes.map {
            Entry(
                what: $0.layer.rawValue, name: $0.name, cells: $0.cells,
                speed: $0.kilometersPerHour)
        }
        let unknown = log.unknownCodes.map {
            Entry(what: "unknown \($0.layer.rawValue)", name: "\($0.code)", cells: $0.cells)
        }
        let multipliers = log.multipliers.map {
            Entry(
                what: "multiplier of \($0.multiplier.layer.rawValue)", name: $0.multiplier.note,
                cells: $0.cells, speed: $0.multiplier.factor)
        }
        return counts.map { Entry(what: $0.0, cells: $0.1) } + classes + unknown + multipliers
    }

    /// Bases and settlements that do not stand where they are; restricted
    /// only.
    func snapped(_ scenes: [TravelScene]) -> CSVTable {
        var table = CSVTable(columns: [
            .init("kind", .string, "base or settlement"), .init("id", .string, "Identifier"),
            .init("name", .string, "Name"), .init("season", .string, "dry or wet"),
            .init("status", .string, "snapped, off_network or outside_grid"),
            .init("snap_m", .number, unit: "m", decimals: 0, "Metres that it was moved"),
            Edition.column,
        ])
        for scene in scenes {
            let bases = zip(scene.model.bases, scene.basePlaces).map {
                ("base", $0.id, $0.name, $1)
            }
            let settlements = zip(scene.model.inputs.settlements, scene.settlementPlaces)
                .map { ("settlement", $0.id, $0.name, $1) }
            for (kind, id, name, place) in bases + settlements where !place.isInside {
                table.append([
                    .text(kind), .text(id), .text(name), .text(scene.season.rawValue),
                    .text(place.status), .optional(place.meters), edition.cell,
                ])
            }
        }
        return table
    }
}

extension SnappedPlace {
    var isInside: Bool {
        if case .inside = self { true } else { false }
    }

    /// The word of the table.
    var status: String {
        switch self {
        case .inside: "inside"
        case .snapped: "snapped"
        case .offNetwork: "off_network"
        case .outsideGrid: "outside_grid"
        }
    }
}
