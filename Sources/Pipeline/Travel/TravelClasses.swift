import Bases
import Diagnostics

/// The classes of land, roads, rivers and crossings as numbers, with their
/// speeds.
struct TravelClasses {
    let table: SpeedTable
    private var roads: [String: Int] = [:]
    private var rivers: [String: Int] = [:]
    private var crossings: [String: Int] = [:]
    private var ferries: [String: Int] = [:]
    /// Codes of roads, those with the lowest speed in the dry season first.
    let roadsSlowestFirst: [Int]

    /// Where the table has no speed for a ferry: it runs but under flood.
    private static let ferrySpeed = SeasonalSpeed(dry: 5, wet: 5, flood: 0)

    init(_ movement: MovementInputs, _ section: TravelConfiguration) {
        var rows: [SpeedTable.Row] = []
        var nextCrossing = 1
        for record in movement.speeds {
            let speed = SeasonalSpeed(dry: record.dry, wet: record.wet, flood: record.flood)
            func add(_ layer: SpeedTable.Layer, _ code: Int, minutes: Double = 0) {
                rows.append(
                    SpeedTable.Row(
                        layer: layer, code: code, name: record.className,
                        kilometersPerHour: speed, crossingMinutes: minutes))
            }
            switch record.layer {
            case .landCover:
                if let code = Int(record.className) { add(.landCover, code) }
            case .road:
                roads[record.className] = roads.count + 1
                add(.road, roads.count)
            case .river:
                // One that nobody can ford is blocked, whatever the season.
                guard speed != SeasonalSpeed(0) else { continue }
                rivers[record.className] = nextCrossing
                add(.crossing, nextCrossing)
                nextCrossing += 1
            case .crossing:
                crossings[record.className] = nextCrossing
                add(.crossing, nextCrossing)
                nextCrossing += 1
            }
        }
        let ferrySpeed =
            movement.speeds.first { $0.layer == .crossing && $0.className == "ferry" }
            .map { SeasonalSpeed(dry: $0.dry, wet: $0.wet, flood: $0.flood) } ?? Self.ferrySpeed
        for ferry in movement.crossings where ferry.kind == .ferry {
            ferries[ferry.id] = nextCrossing
            rows.append(
                SpeedTable.Row(
                    layer: .crossing, code: nextCrossing, name: "ferry \(ferry.id)",
                    kilometersPerHour: ferrySpeed, crossingMinutes: ferry.ferryMinutes))
            nextCrossing += 1
        }
        roadsSlowestFirst = rows.filter { $0.layer == .road }
            .sorted { ($0.kilometersPerHour.dry, $0.code) < ($1.kilometersPerHour.dry, $1.code) }
            .map(\.code)
        let codes: [SpeedLayerChoice: [String: Int]] = [
            .road: roads, .river: rivers, .crossing: crossings,
        ]
        let multipliers = section.multipliers.map { factor in
            SpeedMultiplier(
                layer: factor.layer.layer,
                code: factor.className.map { name in
                    factor.layer == .landCover ? Int(name) ?? 0 : codes[factor.layer]?[name] ?? 0
                },
                season: factor.season?.season, factor: factor.factor,
                note: factor.note ?? "\(factor.layer.rawValue) x \(Decimal.text(factor.factor))")
        }
        table = SpeedTable(rows: rows, multipliers: multipliers)
    }

    func roadCode(_ name: String) -> Int? { roads[name] }

    /// nil for a river that cannot be forded in any season.
    func riverCode(_ name: String) -> Int? { rivers[name] }

    /// nil when the table of speeds does not have the kind.
    func crossingCode(_ crossing: CrossingRecord) -> Int? {
        crossing.kind == .ferry ? ferries[crossing.id] : crossings[crossing.kind.rawValue]
    }
}

extension SpeedLayerChoice {
    fileprivate var layer: SpeedTable.Layer {
        switch self {
        case .landCover: .landCover
        case .road: .road
        case .river, .crossing: .crossing
        }
    }
}

extension SeasonChoice {
    var season: TravelSeason {
        switch self {
        case .dry: .dry
        case .wet: .wet
        case .flood: .flood
        }
    }
}
