import Drought
import GridCore

/// The work of the drought stage in parts that any worker may do.
struct TileWork: Sendable {
    /// A tile in one period of the year, or in all that the night needs.
    struct Part: Sendable {
        var tile: CellWindow
        var slots: [SlotPlan.Slot]
        /// Whether the rasters of the night come out of it.
        var hasCurrent: Bool
        /// The same in every night of the same stack.
        var name: String
    }

    let parts: [Part]

    /// Period by period, so that the files of a period are opened once for
    /// all tiles; where one block holds the bands of all periods, tile by
    /// tile, so that it is decoded once. The as-of composite comes last:
    /// what it leaves in a worker's layers is what is kept of them.
    ///
    /// For each composite the tiles come in their order, whichever way.
    init(_ plan: SlotPlan, _ tiles: TilePlan, isInterleaved: Bool) {
        let hasCurrent = { (slot: SlotPlan.Slot) in slot.wanted.contains(plan.current) }
        let slots = plan.slots.filter { !hasCurrent($0) } + plan.slots.filter(hasCurrent)
        let places = tiles.tiles.enumerated()
        if isInterleaved {
            parts = places.map { place, tile in
                Part(tile: tile, slots: slots, hasCurrent: true, name: "tile-\(place)")
            }
        } else {
            parts = slots.flatMap { slot in
                places.map { place, tile in
                    Part(
                        tile: tile, slots: [slot], hasCurrent: hasCurrent(slot),
                        name: "tile-\(place)-period-\(slot.index)")
                }
            }
        }
    }
}
