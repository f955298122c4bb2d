import Drought
import GridCore
import Sectors

/// What a zone has of a tile, or of all tiles. All of it adds up exactly, so
/// that it depends neither on tiles nor on threads.
struct IndicatorZoneEntry: Sendable {
    var zone: Int
    /// One for each output: those with values.
    var values: [ZonalSpread]
    /// One for each output: areas, of those with classes.
    var classes: [ExactClassWeights]
    /// The same of people, where they are known.
    var people: [ExactClassWeights]
    /// Cells by stress code, each counted once; empty unless they are asked
    /// for.
    var stressCells: [Int] = []
    /// Mean VCI of each of the plan's condition steps, when asked for.
    var condition: [ExactZonalSum]
    /// Of each line of the plan, step by step.
    var lines: [[ExactZonalSum]]

    mutating func merge(_ other: IndicatorZoneEntry) {
        for i in values.indices { values[i].merge(other.values[i]) }
        for i in classes.indices { classes[i].merge(other.classes[i]) }
        for i in people.indices { people[i].merge(other.people[i]) }
        for i in stressCells.indices { stressCells[i] += other.stressCells[i] }
        for i in condition.indices { condition[i].merge(other.condition[i]) }
        for line in lines.indices {
            for i in lines[line].indices { lines[line][i].merge(other.lines[line][i]) }
        }
    }
}

/// Adds the layers of a tile up by zone.
struct IndicatorTileZones {
    let zones: ZoneIndex
    let tile: CellWindow
    /// Share of each cell that is kept; nil without a mask.
    let shares: UnsafePointer<Float>?
    /// nil without a raster of people.
    let people: UnsafePointer<Float>?

    /// Without what is over time.
    func entry(_ zone: Int, of layers: IndicatorLayers, countsStress: Bool) -> IndicatorZoneEntry {
        var entry = IndicatorZoneEntry(
            zone: zone, values: layers.outputs.map(\.emptySpread),
            classes: layers.outputs.map { _ in ExactClassWeights(.squareMeters) },
            people: layers.outputs.map { _ in ExactClassWeights(.people) }, condition: [],
            lines: [])
        for (index, output) in layers.outputs.enumerated() {
            guard output.isClass else {
                zones.accumulate(
                    window: tile, zone: zone, values: layers.values(index), shares: shares,
                    into: &entry.values[index])
                continue
            }
            let codes = layers.codes(index)
            zones.accumulate(
                window: tile, zone: zone, values: codes, shares: shares,
                into: &entry.classes[index])
            if let people {
                zones.accumulate(
                    window: tile, zone: zone, values: codes, amounts: people,
                    into: &entry.people[index])
            }
            if countsStress, output.name == StressMethod.className {
                entry.stressCells = [Int](repeating: 0, count: 256)
                zones.countCells(
                    window: tile, zone: zone, codes: codes, shares: shares,
                    into: &entry.stressCells)
            }
        }
        return entry
    }
}
